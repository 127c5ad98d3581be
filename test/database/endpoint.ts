/** Callers of the specimen's endpoint, by plain records: nothing of HTTP stands between a test and the engine. */
import { expect } from "vitest";
import { acme, acmeToken, globex, globexToken } from "../../prisma/seed.js";
import { createScim } from "../../prisma/src/scim/generated/index.js";
import type { Db, Hooks, Rules, Scim, ScimOptions } from "../../prisma/src/scim/generated/index.js";
import type { LogEntry } from "../../prisma/src/scim/generated/protocol/engine.js";
import { isObject } from "../../prisma/src/scim/generated/protocol/json.js";
import type { Json, JsonObject } from "../../prisma/src/scim/generated/protocol/json.js";

export const baseUrl = "https://app.example/scim/v2";
export const coreUser = "urn:ietf:params:scim:schemas:core:2.0:User";
export const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
export const coreGroup = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const errorUrn = "urn:ietf:params:scim:api:messages:2.0:Error";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** `{}` where the answer has none. */
  readonly body: JsonObject;
}

/** One operation of a PATCH. */
export interface Operation {
  readonly op: string;
  readonly path?: string;
  readonly value?: unknown;
}

export interface Caller {
  /** `path`: below the base URL, with its query. A string is sent as it stands. */
  ask(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
  patch(path: string, ...operations: readonly Operation[]): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  /** The resources of a list, which must answer 200. */
  list(path: string, filter?: string): Promise<readonly JsonObject[]>;
}

export interface Endpoint {
  readonly acme: Caller;
  readonly globex: Caller;
  /** What the host's log was told. */
  readonly log: LogEntry[];
  /** What `onError` was told: causes of 500 and 503. */
  readonly errors: unknown[];
}

/** Hooks of a test: the specimen's mapping asks for one that takes passwords, which few tests are about. */
export interface SomeHooks {
  readonly User?: Partial<Hooks["User"]>;
  readonly Group?: Hooks["Group"];
}

export interface EndpointOptions {
  readonly rules?: Partial<Rules>;
  readonly hooks?: SomeHooks;
  readonly cursorSecret?: string;
  readonly leniencies?: ScimOptions["leniencies"];
}

export function openEndpoint(db: Db, { rules, hooks, cursorSecret, leniencies = {} }: EndpointOptions = {}): Endpoint {
  const log: LogEntry[] = [];
  const errors: unknown[] = [];
  const tenants = new Map([
    [`Bearer ${acmeToken}`, { tenant: acme, principal: "acme directory" }],
    [`Bearer ${globexToken}`, { tenant: globex, principal: "globex directory" }],
  ]);
  const scim = createScim({
    cursorSecret,
    leniencies,
    db,
    baseUrl,
    rules: { mayLink: () => true, ...rules },
    hooks: { ...(hooks?.Group === undefined ? {} : { Group: hooks.Group }), User: { password: () => undefined, ...hooks?.User } },
    authenticate: ({ header }) => tenants.get(header("authorization") ?? "") ?? null,
    log: (entry) => void log.push(entry),
    onError: (error) => void errors.push(error),
  });

  return { acme: callerOf(scim, acmeToken), globex: callerOf(scim, globexToken), log, errors };
}

/** Whoever holds a token, of any endpoint below `baseUrl`. */
export function callerOf(scim: Pick<Scim, "handle">, token: string): Caller {
  const ask: Caller["ask"] = async (method, target, body, headers = {}) => {
    const [path = "", query = ""] = target.split(/\?(.*)/s);
    const answer = await scim.handle({
      method,
      path: `/scim/v2${path}`,
      query,
      header: (name) => (name === "authorization" ? `Bearer ${token}` : name === "content-type" ? "application/scim+json" : headers[name]),
      body: () => Promise.resolve(typeof body === "string" ? body : (JSON.stringify(body) ?? "")),
      native: undefined,
    });
    const text = answer.body ?? "";
    return { status: answer.status, headers: answer.headers, text, body: text === "" ? {} : (JSON.parse(text) as JsonObject) };
  };
  return {
    ask,
    get: (path) => ask("GET", path),
    post: (path, body) => ask("POST", path, body),
    put: (path, body) => ask("PUT", path, body),
    patch: (path, ...operations) => ask("PATCH", path, { schemas: [patchOp], Operations: operations }),
    delete: (path) => ask("DELETE", path),
    async list(path, filter) {
      const sign = path.includes("?") ? "&" : "?";
      const answer = await ask("GET", filter === undefined ? path : `${path}${sign}filter=${encodeURIComponent(filter)}`);
      expect(answer.status, `${path} ${filter ?? ""}: ${answer.text}`).toBe(200);
      return objects(answer.body["Resources"]);
    },
  };
}

/** The elements of a multi-valued attribute; none where it is absent. */
export function objects(json: Json | undefined): readonly JsonObject[] {
  return Array.isArray(json) ? (json as readonly Json[]).filter(isObject) : [];
}

export function text(json: Json | undefined): string {
  return typeof json === "string" ? json : "";
}

export const idOf = (resource: JsonObject): string => text(resource["id"]);
export const valuesOf = (json: Json | undefined): string[] => objects(json).map((each) => text(each["value"]));
export const lastModified = (resource: JsonObject): string => (isObject(resource["meta"]) ? text(resource["meta"]["lastModified"]) : "");

/** A resource as POST makes it, whose success is not the point of the test. */
export async function made(caller: Caller, path: string, body: unknown): Promise<JsonObject> {
  const answer = await caller.post(path, body);
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
}

export const user = (userName: string, more: object = {}): object => ({ schemas: [coreUser], userName, ...more });
export const group = (displayName: string, ...members: readonly string[]): object => ({ schemas: [coreGroup], displayName, members: members.map((value) => ({ value })) });

/** A SCIM error (RFC 7644 3.12) of this status, in words for people: no SQL, no stack, no name of Prisma's. */
export function expectError(answer: Answer, status: number, scimType?: string): void {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.headers["Content-Type"]).toBe("application/scim+json");
  expect(answer.body["schemas"]).toEqual([errorUrn]);
  expect(answer.body["status"]).toBe(String(status));
  expect(answer.body["scimType"], answer.text).toBe(scimType);
  expect(answer.body["detail"]).toMatch(/^\S.+[.…)]$/s);
  expectNoInsides(answer);
}

export function expectNoInsides(answer: Answer): void {
  expect(answer.text).not.toMatch(/prisma|postgres|select |insert |update "|constraint|_key|_fkey|stack|\bat .+:\d+:\d+|node_modules|sqlstate|P20\d\d|ECONN/i);
}
