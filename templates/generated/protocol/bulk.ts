/** Several operations in one request (RFC 7644 3.7). Each is all or nothing by itself, and they are not one transaction together. */
import { postponed, referred, resolved, type Postponed } from "./bulk-references.js";
import { checkMessageSchemas } from "./declared.js";
import { refusal } from "./answer.js";
import type { ScimResponse } from "./engine.js";
import { refuse, ScimError } from "./error.js";
import { isObject, type Json, type JsonObject } from "./json.js";
import type { Reading } from "./leniencies.js";
import { member } from "./names.js";
import { target } from "./query.js";

const bulkRequest = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
const bulkResponse = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";
const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** One operation as the client sent it. */
export interface BulkOperation {
  readonly method: string;
  readonly path: string;
  readonly bulkId: string | undefined;
  readonly version: string | undefined;
  readonly data: JsonObject | undefined;
}

export interface BulkRequest {
  /** What stands where an operation should be and is none is refused when its turn comes. */
  readonly operations: readonly (BulkOperation | ScimError)[];
  /** Errors after which the rest is left undone. */
  readonly failOnErrors: number;
}

/** Does one operation as if it came alone. Rejects when there is no going on. */
export type RunOne = (operation: Omit<BulkOperation, "bulkId">) => Promise<ScimResponse>;

/**
 * Creates at one path, of which none refers to anything and no two can want the same name, written together. Undefined stands for one
 * that is to run alone; `whole`: all of them are made, or none.
 */
export type RunTogether = (operations: readonly BulkOperation[], whole: boolean) => Promise<readonly (ScimResponse | undefined)[]>;

/** Throws 400 `invalidSyntax`, `invalidValue`, and 413 beyond the limit of operations. */
export function readBulk(body: JsonObject, reading: Reading): BulkRequest {
  checkMessageSchemas(body, bulkRequest, reading);
  const sent = member(body, "Operations");
  if (!Array.isArray(sent)) throw refuse("invalidSyntax", '"Operations" must be an array of operations.');
  const all = sent as readonly Json[];
  const { bulkOperations } = reading.limits;
  if (all.length > bulkOperations) throw new ScimError(413, `A bulk request may hold ${String(bulkOperations)} operations at most (maxOperations), and this one holds ${String(all.length)}.`);
  const failOnErrors = member(body, "failOnErrors");
  if (failOnErrors !== undefined && failOnErrors !== null && !(typeof failOnErrors === "number" && Number.isInteger(failOnErrors) && failOnErrors >= 0)) {
    throw refuse("invalidValue", "failOnErrors must be a whole number.");
  }
  const seen = new Set<string>();
  const operations = all.map((each) => {
    try {
      const operation = readOperation(each, reading);
      if (operation.bulkId !== undefined && seen.has(operation.bulkId)) throw refuse("invalidValue", `The bulkId "${operation.bulkId.slice(0, 100)}" stands twice in this request.`);
      if (operation.bulkId !== undefined) seen.add(operation.bulkId);
      return operation;
    } catch (error) {
      if (error instanceof ScimError) return error;
      throw error;
    }
  });
  return { operations, failOnErrors: typeof failOnErrors === "number" && failOnErrors > 0 ? failOnErrors : Infinity };
}

const methods: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE"]);

function readOperation(json: Json, { lenient, note }: Reading): BulkOperation {
  if (!isObject(json)) throw refuse("invalidSyntax", "An operation must be an object.");
  const text = (name: string): string | undefined => {
    const value = member(json, name);
    if (value === undefined || value === null) return undefined;
    if (typeof value === "string") return value;
    throw refuse("invalidSyntax", `"${name}" of an operation must be text.`);
  };
  const sent = text("method") ?? "";
  const method = sent.toUpperCase();
  if (!methods.has(method)) throw refuse("invalidSyntax", "The method of an operation must be POST, PUT, PATCH or DELETE.");
  if (sent !== method && !lenient.opLetterCase) throw refuse("invalidSyntax", "The method of an operation is written in capitals.");
  if (sent !== method) note?.("opLetterCase", sent.slice(0, 20));
  const path = text("path");
  if (path === undefined || path === "") throw refuse("invalidSyntax", "An operation must name its path, as in /Users.");
  const bulkId = text("bulkId");
  if (method === "POST" && (bulkId === undefined || bulkId === "")) throw refuse("invalidSyntax", "A POST in a bulk request must have a bulkId.");
  const data = member(json, "data");
  if (method === "DELETE") return { method, path, bulkId, version: text("version"), data: undefined };
  if (!isObject(data)) throw refuse("invalidSyntax", `"data" of a ${method} must be an object.`);
  return { method, path, bulkId, version: text("version"), data };
}

/** As many creates are written together: one large insert holds the event loop for its whole length. */
const mostTogether = 500;

export interface BulkRun {
  readonly baseUrl: string;
  /** Operations that may run side by side. */
  readonly atOnce: number;
  readonly one: RunOne;
  readonly together: RunTogether;
}

/** RFC 7644 3.7.3. */
export async function runBulk({ operations, failOnErrors }: BulkRequest, { baseUrl, atOnce, one: run, together }: BulkRun): Promise<JsonObject> {
  const makers = new Map<string, number>();
  operations.forEach((each, index) => {
    if (!(each instanceof ScimError) && each.method === "POST" && each.bulkId !== undefined) makers.set(each.bulkId, index);
  });
  const results = new Map<number, JsonObject>();
  const made = new Map<string, string>();
  const waiting: { readonly index: number; readonly location: string; readonly later: readonly Postponed[]; readonly needs: Set<string> }[] = [];
  const nobody: ReadonlySet<number> = new Set();
  let errors = 0;

  const stops = failOnErrors < Infinity;
  for (let index = 0; index < operations.length && errors < failOnErrors; ) {
    const creates = apart(operations, index, mostTogether);
    if (creates.length > 1) await createAll(index, creates);
    const open = Array.from({ length: Math.max(creates.length, 1) }, (_, offset) => index + offset).filter((each) => !results.has(each));
    const width = stops ? 1 : atOnce;
    for (let start = 0; start < open.length && errors < failOnErrors; start += width) {
      await Promise.all(open.slice(start, start + width).map((each) => operate(each, nobody)));
    }
    index += Math.max(creates.length, 1);
  }
  return { schemas: [bulkResponse], Operations: [...results].sort(([a], [b]) => a - b).map(([, result]) => result) };

  async function createAll(from: number, creates: readonly BulkOperation[]): Promise<void> {
    const responses = await together(creates, stops);
    for (const [offset, operation] of creates.entries()) {
      const response = responses[offset];
      if (response === undefined) continue;
      note(operation, response);
      settle(from + offset, operation, response);
    }
    await addLate();
  }

  /** What an operation refers to is made first, wherever it stands. `above`: operations that wait for this one. */
  async function operate(index: number, above: ReadonlySet<number>): Promise<void> {
    const operation = operations[index];
    if (operation === undefined || results.has(index)) return;
    if (operation instanceof ScimError) return settle(index, undefined, refusal(operation));
    const needed = referred([operation.path, operation.data ?? null]);
    const begun = new Set([...above, index]);
    for (const id of needed) {
      const maker = makers.get(id);
      if (maker !== undefined && !begun.has(maker) && !results.has(maker) && errors < failOnErrors) await operate(maker, begun);
    }
    if (errors >= failOnErrors) return;
    const open = new Set([...needed].filter((id) => !made.has(id)));
    // Still being made: this operation itself, or one that waits for it.
    const circular = new Set([...open].filter((id) => begun.has(makers.get(id) ?? -1)));
    const missing = [...open].find((id) => !circular.has(id));
    if (missing !== undefined) return settle(index, operation, unmade(missing, makers.has(missing)));
    if (circular.size > 0 && (operation.method !== "POST" || operation.data === undefined)) return settle(index, operation, circle());

    const { data, later } = operation.data === undefined || circular.size === 0 ? { data: operation.data, later: [] } : postponed(operation.data, circular);
    const response = await run({ ...operation, path: resolved(operation.path, made), data: data === undefined ? undefined : resolved(data, made) });
    const location = note(operation, response);
    if (location !== undefined && later.length > 0) waiting.push({ index, location, later, needs: new Set([...referred(later.map(({ value }) => value))].filter((id) => !made.has(id))) });
    settle(index, operation, response);
    await addLate();
  }

  /** Where the resource is that an operation has made, for those that refer to it. */
  function note({ bulkId }: BulkOperation, { status, headers }: ScimResponse): string | undefined {
    const location = headers["Location"];
    if (bulkId === undefined || status !== 201 || location === undefined) return undefined;
    made.set(bulkId, decodeURIComponent(location.slice(location.lastIndexOf("/") + 1)));
    for (const { needs } of waiting) needs.delete(bulkId);
    return location;
  }

  /** What was left out for the sake of a circle, as soon as all of it is there. A resource that cannot be completed is taken back. */
  async function addLate(): Promise<void> {
    for (const one of [...waiting]) {
      if (one.needs.size > 0) continue;
      waiting.splice(waiting.indexOf(one), 1);
      const Operations = one.later.map(({ path, value }) => ({ op: "add", path, value: resolved(value, made) }));
      const response = await run({ method: "PATCH", path: one.location, version: undefined, data: { schemas: [patchOp], Operations } });
      if (response.status < 300) {
        // The version that was made is no more; an answer without a body tells none.
        results.set(one.index, { ...results.get(one.index), version: response.headers["ETag"] });
        continue;
      }
      await run({ method: "DELETE", path: one.location, version: undefined, data: undefined });
      const operation = operations[one.index];
      if (operation !== undefined && !(operation instanceof ScimError)) settle(one.index, operation, response);
    }
  }

  function settle(index: number, operation: BulkOperation | undefined, { status, headers, body }: ScimResponse): void {
    const isError = status >= 400;
    if (isError) errors++;
    const location = headers["Location"] ?? (operation === undefined ? undefined : located(baseUrl, resolved(operation.path, made)));
    results.set(index, {
      method: operation?.method,
      bulkId: operation?.bulkId,
      version: headers["ETag"],
      location: isError && operation?.method === "POST" ? undefined : location,
      status: String(status),
      response: isError && body !== undefined ? (JSON.parse(body) as Json) : undefined,
    });
  }
}

/** The operations from here that may run in any order: new resources of one type that refer to nothing, and that cannot want the same name. */
function apart(operations: BulkRequest["operations"], from: number, most: number): readonly BulkOperation[] {
  const claimed = new Set<string>();
  const creates: BulkOperation[] = [];
  while (creates.length < most) {
    const operation = operations[from + creates.length];
    if (operation === undefined || operation instanceof ScimError || operation.method !== "POST" || operation.data === undefined) break;
    const { data, path } = operation;
    if ((creates[0]?.path ?? path) !== path || referred([path, data]).size > 0) break;
    const claims = ["userName", "displayName", "externalId"].flatMap((name) => {
      const value = member(data, name);
      return typeof value === "string" ? [`${name} ${value.normalize("NFC").toLowerCase()}`] : [];
    });
    // A resource with none of these could be the twin of any other.
    if (claims.length === 0 || claims.some((claim) => claimed.has(claim))) break;
    for (const claim of claims) claimed.add(claim);
    creates.push(operation);
  }
  return creates;
}

/** Where an operation's path leads, be it a whole URL: its host decides nothing, and is not handed back. */
function located(baseUrl: string, path: string): string {
  const [local, base] = [target(path).path, target(baseUrl).path];
  return `${baseUrl}/${(local.startsWith(`${base}/`) ? local.slice(base.length) : local).replace(/^\//, "")}`;
}

function unmade(id: string, isKnown: boolean): ScimResponse {
  const name = id.slice(0, 100);
  return refusal(isKnown ? new ScimError(409, `The operation with the bulkId "${name}" failed, and this one needs its resource.`) : refuse("invalidValue", `No operation of this request has the bulkId "${name}".`));
}

function circle(): ScimResponse {
  return refusal(new ScimError(409, "The operation waits for one that waits for it."));
}
