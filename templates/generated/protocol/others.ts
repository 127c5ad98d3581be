/** Attributes that no schema here knows, kept as they were sent in a Json column of their own (`others` of the mapping). */
import type { ResourceType } from "./attributes.js";
import { isExtension } from "./attributes.js";
import { refuse } from "./error.js";
import { isObject } from "./json.js";
import type { Json, JsonObject } from "./json.js";
import type { Limits } from "./limits.js";
import { member } from "./names.js";
import { reserved } from "./parse-json.js";
import type { PatchOperation } from "./patch-message.js";
import type { KeepOthers } from "./resource.js";
import type { OthersColumn } from "./rows.js";
import { isSecret } from "./secrets.js";
import { isUnassigned } from "./value.js";

/** What the server makes, or tells by other means, is nobody's to keep. */
const made: ReadonlySet<string> = new Set(["schemas", "id", "meta", "groups"]);

/** `key`, `key-2` or a URN, of a length that a name has. What else stands in a body is no name of an attribute. */
const name = /^(?:[a-z$][\w$-]{0,99}|urn:[\x21-\x5a\x5c\x5e-\x7e]{1,200})$/i;

function isOther(key: string, type: ResourceType): boolean {
  // Behind the URN of a known schema stands an attribute's path, and no name.
  const { schema, extensions } = type.definition;
  if ([schema, ...extensions.map((each) => each.schema)].some(({ id }) => key.toLowerCase().startsWith(`${id}:`.toLowerCase()))) return false;
  // The path of a PATCH is text, in which nobody has looked for such a name yet.
  if (key.split(":").some((each) => reserved.has(each))) return false;
  return name.test(key) && !made.has(key.toLowerCase()) && !isSecret(key, type) && type.find(key) === undefined;
}

/** A resource as it was sent, in what the schemas know and what is kept besides: unknown attributes and extensions, and unknown members of known extensions. */
export function apart(body: JsonObject, type: ResourceType): { readonly known: JsonObject; readonly others: JsonObject } {
  const known: [string, Json | undefined][] = [];
  const others: [string, Json][] = [];
  for (const [key, value] of Object.entries(body)) {
    if (value === undefined) continue;
    const found = type.find(key);
    if (found !== undefined && isExtension(found) && isObject(value)) {
      const [own, beside] = split(value, (each) => isOther(each, type) && type.find(`${found.schema.id}:${each}`) === undefined);
      known.push([key, Object.fromEntries(own)]);
      if (beside.length > 0) others.push([found.schema.id, withoutPasswords(Object.fromEntries(beside))]);
    } else if (isOther(key, type)) {
      if (!isUnassigned(value)) others.push([key, withoutPasswords(value)]);
    } else {
      known.push([key, value]);
    }
  }
  const urns = new Set(others.map(([key]) => key.toLowerCase()));
  const declared = known.map(([key, value]): readonly [string, Json | undefined] =>
    key.toLowerCase() === "schemas" && Array.isArray(value) ? [key, (value as readonly Json[]).filter((urn) => typeof urn !== "string" || type.find(urn) !== undefined || !urns.has(urn.toLowerCase()))] : [key, value],
  );
  return { known: Object.fromEntries(declared), others: Object.fromEntries(others) };
}

function split(object: JsonObject, isKept: (key: string) => boolean): readonly [(readonly [string, Json])[], (readonly [string, Json])[]] {
  const entries = Object.entries(object).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return [entries.filter(([key]) => !isKept(key)), entries.filter(([key, value]) => isKept(key) && !isUnassigned(value))];
}

/** What nobody reads must hold no password either, however deep a client has put it. */
function withoutPasswords(json: Json): Json {
  if (isList(json)) return json.map(withoutPasswords);
  if (!isObject(json)) return json;
  return Object.fromEntries(Object.entries(json).flatMap(([key, value]) => (value === undefined || /^password$/i.test(key) ? [] : [[key, withoutPasswords(value)] as const])));
}

/** Bounded: what nobody looks at must not fill a database. */
function bounded(others: JsonObject, { others: most }: Limits): JsonObject {
  if (JSON.stringify(others).length > most) throw refuse("invalidValue", `The attributes that no schema of this product knows are longer than ${String(most)} characters together.`);
  return others;
}

/** All that a POST or PUT says of them. */
export function keepAll(others: JsonObject, limits: Limits): KeepOthers {
  const all = bounded(others, limits);
  return () => all;
}

interface OtherStep {
  readonly op: PatchOperation["op"];
  /** A known extension that the attribute stands in. */
  readonly holder: string | undefined;
  readonly key: string;
  readonly value: Json | undefined;
}

/** The operations of a PATCH in the same two parts; `keep` is undefined where none is about them. */
export function operationsApart(operations: readonly PatchOperation[], type: ResourceType, limits: Limits): { readonly operations: readonly PatchOperation[]; readonly keep: KeepOthers | undefined } {
  const steps: OtherStep[] = [];
  const known = operations.flatMap((operation) => operationApart(operation, type, steps));
  // Each name of a value without a path is a step too, and each step goes through all that is there.
  if (steps.length > limits.patchOperations) throw refuse("invalidValue", "The attributes that no schema of this product knows are too many; please send fewer at once.");
  return { operations: known, keep: steps.length === 0 ? undefined : (now) => steps.reduce((all, step) => bounded(after(all, step), limits), now) };
}

/** What is left of an operation for the schemas; the rest is added to `steps`. */
function operationApart(operation: PatchOperation, type: ResourceType, steps: OtherStep[]): readonly PatchOperation[] {
  const { op, path, value } = operation;
  const found = path === undefined ? undefined : type.find(path);
  if (path !== undefined && found === undefined) {
    const step = stepOf(path, type);
    if (step === undefined) return [operation];
    steps.push({ op, ...step, value: value === undefined ? undefined : withoutPasswords(value) });
    return [];
  }
  const extension = found !== undefined && isExtension(found) ? found.schema.id : undefined;
  // With the extension goes all that it holds.
  if (extension !== undefined && (op === "remove" || isUnassigned(value))) steps.push({ op: "remove", holder: undefined, key: extension, value: undefined });
  if (!isObject(value) || (path !== undefined && extension === undefined)) return [operation];
  const own = objectApart(op, value, extension, type, steps);
  return Object.keys(own).length === 0 && Object.keys(value).length > 0 ? [] : [{ ...operation, value: own }];
}

/** The members that the schemas know, of a value without a path or of a known extension. */
function objectApart(op: OtherStep["op"], value: JsonObject, extension: string | undefined, type: ResourceType, steps: OtherStep[]): JsonObject {
  const own: [string, Json][] = [];
  for (const [key, each] of Object.entries(value)) {
    if (each === undefined) continue;
    const path = extension === undefined ? key : `${extension}:${key}`;
    const found = type.find(path);
    const step = found === undefined ? stepOf(path, type) : undefined;
    if (step !== undefined) steps.push({ op, ...step, value: withoutPasswords(each) });
    else if (found !== undefined && isExtension(found) && isObject(each)) {
      const inner = objectApart(op, each, found.schema.id, type, steps);
      if (Object.keys(inner).length > 0 || Object.keys(each).length === 0) own.push([key, inner]);
    } else own.push([key, each]);
  }
  return Object.fromEntries(own);
}

/** Undefined: the path is none of an attribute that is kept, and is refused as any unknown one. */
function stepOf(path: string, type: ResourceType): Pick<OtherStep, "holder" | "key"> | undefined {
  const core = `${type.definition.schema.id}:`;
  const bare = path.toLowerCase().startsWith(core.toLowerCase()) ? path.slice(core.length) : path;
  const holder = type.definition.extensions.find(({ schema }) => path.toLowerCase().startsWith(`${schema.id}:`.toLowerCase()))?.schema.id;
  const key = holder === undefined ? bare : path.slice(holder.length + 1);
  return isOther(key, type) ? { holder, key } : undefined;
}

function after(now: JsonObject, { op, holder, key, value }: OtherStep): JsonObject {
  if (holder !== undefined) {
    const inner = member(now, holder);
    return withKey(now, holder, after(isObject(inner) ? inner : {}, { op, holder: undefined, key, value }));
  }
  // `urn:…:attribute` of an extension that is kept, or of one that begins with it.
  const border = /^urn:/i.test(key) && (member(now, key) ?? undefined) === undefined && !isObject(value) ? key.lastIndexOf(":") : -1;
  if (border > 0) return after(now, { op, holder: key.slice(0, border), key: key.slice(border + 1), value });
  if (op === "remove" || isUnassigned(value)) return withKey(now, key, undefined);
  const before = member(now, key);
  return withKey(now, key, op === "add" ? added(before, value ?? null) : (value ?? null));
}

/** RFC 7644 3.5.2.1: an object is merged, and what is in a list already is not added again. */
function added(before: Json | undefined, value: Json): Json {
  if (isObject(before) && isObject(value)) return { ...before, ...value };
  if (!isList(before)) return value;
  const more = isList(value) ? value : [value];
  return [...before, ...more.filter((each) => !before.some((one) => sameJson(one, each)))];
}

/** Names are the same in any letter case (RFC 7643 2.1); an empty value is none. */
function withKey(object: JsonObject, key: string, value: Json | undefined): JsonObject {
  const lower = key.toLowerCase();
  const rest = Object.entries(object).filter(([each]) => each.toLowerCase() !== lower);
  const isEmpty = value === undefined || (isObject(value) && Object.keys(value).length === 0);
  return Object.fromEntries(isEmpty ? rest : [...rest, [key, value] as const]);
}

/** What the column becomes; undefined: it says that already, or holds something else than we would put there. */
export function othersWritten<Own, Data>(column: OthersColumn<Own, Data> | undefined, row: Own | undefined, keep: KeepOthers | undefined): readonly Data[] {
  if (column === undefined || keep === undefined) return [];
  const stored = row === undefined ? null : column.read(row);
  if (stored !== null && stored !== undefined && !isObject(stored as Json)) return [];
  const now = (stored ?? {}) as JsonObject;
  const next = keep(now);
  return sameJson(now, next) ? [] : [column.write(next)];
}

/** An answer with what is kept; what is mapped wins, and a secret is never shown. */
export function withOthers<R extends { readonly schemas: readonly string[] }>(document: unknown, resource: R): R {
  if (!isObject(document as Json)) return resource;
  const taken = new Map(Object.entries(resource).map(([key, value]) => [key.toLowerCase(), { key, value: value as Json | undefined }]));
  const shown: [string, Json][] = [];
  for (const [key, value] of Object.entries(document as JsonObject)) {
    const there = taken.get(key.toLowerCase());
    if (value === undefined || value === null || made.has(key.toLowerCase()) || /^password$/i.test(key)) continue;
    if (there === undefined) shown.push([key, value]);
    else if (/^urn:/i.test(key) && isObject(value)) shown.push([there.key, { ...value, ...(isObject(there.value) ? there.value : {}) }]);
  }
  if (shown.length === 0) return resource;
  const urns = shown.map(([key]) => key).filter((key) => /^urn:/i.test(key) && !resource.schemas.includes(key));
  return { ...resource, ...Object.fromEntries(shown), schemas: [...resource.schemas, ...urns] };
}

function isList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json);
}

/** The order of keys means nothing: jsonb has one of its own. */
function sameJson(left: Json | undefined, right: Json | undefined): boolean {
  if (isList(left) && isList(right)) return left.length === right.length && left.every((each, index) => sameJson(each, right[index]));
  if (!isObject(left) || !isObject(right)) return left === right;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => Object.prototype.hasOwnProperty.call(right, key) && sameJson(left[key], right[key]));
}
