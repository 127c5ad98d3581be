/** From JSON to typed values, by the schema (RFC 7643 2.3 to 2.5). */
import type { Attribute } from "./attributes.js";
import { parseDateTime } from "./date-time.js";
import { refuse, type ScimError } from "./error.js";
import { isObject, type Json, type JsonObject } from "./json.js";
import type { Reading } from "./leniencies.js";
import { membersOf, passOver } from "./names.js";
import type { Entry, Ids, Value } from "./resource.js";

/** The sub-attributes that a client named, without those that it did not. */
export type Given = ReadonlyMap<string, Value>;

/** Absent, null, "" and [] are one state (RFC 7643 2.5; RFC 7644 3.4.2.2: "" is empty). */
export function isUnassigned(json: Json | undefined): boolean {
  return json === undefined || json === null || json === "" || (Array.isArray(json) && json.length === 0);
}

const integerText = /^-?(0|[1-9][0-9]{0,15})$/;
const numberText = /^-?(0|[1-9][0-9]{0,300})(\.[0-9]{1,300})?([eE][+-]?[0-9]{1,3})?$/;
/** RFC 4648 4; the padding may be missing (RFC 7643 2.3.6). */
const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** One simple value. `where` is how a sentence names it. Throws 400 `invalidValue`. */
export function readValue(attribute: Attribute, json: Json, reading: Reading, where = attribute.path): Value {
  if (isUnassigned(json)) return null;
  const { lenient, note } = reading;
  switch (attribute.definition.type) {
    case "string":
      if (typeof json !== "string") throw wrongType(where, "text", json);
      // The one form in which equal texts are equal, as in filters (RFC 7644 7.8).
      return json.normalize("NFC");
    case "reference":
      if (typeof json !== "string") throw wrongType(where, "a URI as text", json);
      return json;
    case "binary":
      if (typeof json !== "string" || !base64.test(json) || json.replace(/=+$/, "").length % 4 === 1) throw wrongType(where, "text in base64", json);
      return json;
    case "dateTime": {
      const date = typeof json === "string" ? parseDateTime(json) : undefined;
      if (date === undefined) throw wrongType(where, "a date and time such as 2026-01-31T08:00:00Z", json);
      return date;
    }
    case "boolean": {
      if (typeof json === "boolean") return json;
      const text = lenient.booleanText && typeof json === "string" ? json.toLowerCase() : undefined;
      if (text !== "true" && text !== "false") throw wrongType(where, "true or false", json);
      note?.("booleanText", where);
      return text === "true";
    }
    case "integer":
    case "decimal": {
      const integer = attribute.definition.type === "integer";
      const text = lenient.numberText && typeof json === "string" && (integer ? integerText : numberText).test(json);
      const number = text ? Number(json) : json;
      // Beyond these bounds JavaScript has already rounded what was sent.
      if (typeof number !== "number" || !(integer ? Number.isSafeInteger(number) : Number.isFinite(number))) {
        throw wrongType(where, integer ? "a whole number" : "a number", json);
      }
      if (text) note?.("numberText", where);
      return number;
    }
    case "complex":
      throw wrongType(where, "an object of sub-attributes", json);
  }
}

/** What an object says of a complex attribute's sub-attributes; of a simple multi-valued attribute the one value itself. */
export function readGiven(attribute: Attribute, json: Json, reading: Reading, readOnly: "keep" | "passOver" = "passOver"): Given {
  if (attribute.definition.type !== "complex") return new Map([["value", readValue(attribute, json, reading)]]);
  if (!isObject(json)) throw wrongType(attribute.path, "an object of sub-attributes", json);
  const given = new Map<string, Value>();
  for (const [sub, value] of membersOf(json, attribute.subAttributes, (name) => passOver(`${attribute.path}.${name}`, reading))) {
    if (sub.definition.mutability === "readOnly" && readOnly === "passOver") continue;
    given.set(sub.definition.name, readValue(sub, value, reading));
  }
  return given;
}

/** An element with every declared sub-attribute, absent ones null. */
export function complete(attribute: Attribute, given: Given): Entry {
  return Object.fromEntries(elementNames(attribute).map((name) => [name, given.get(name) ?? null]));
}

/** The sub-attributes of an element; of a simple multi-valued attribute `value` alone. */
export function elementNames(attribute: Attribute): readonly string[] {
  return attribute.definition.type === "complex" ? attribute.subAttributes.map(({ definition }) => definition.name) : ["value"];
}

/** Sub-attributes that only describe an element: one that has nothing else says nothing, and cannot be stored. */
const describing: ReadonlySet<string> = new Set(["type", "primary", "display", "$ref"]);

export function hasMeaning(entry: Entry): boolean {
  return Object.keys(entry).some((name) => entry[name] !== null && !describing.has(name));
}

export function describes(name: string): boolean {
  return describing.has(name);
}

/** One element; undefined for one that says nothing, such as `{ "type": "work" }`. */
export function readEntry(attribute: Attribute, json: Json, reading: Reading): Entry | undefined {
  const entry = complete(attribute, readGiven(attribute, json, reading));
  if (!hasMeaning(entry)) return undefined;
  requireParts(attribute, entry);
  return entry;
}

export function requireParts(attribute: Attribute, entry: Entry): void {
  const missing = attribute.subAttributes.find(({ definition }) => definition.required && definition.mutability !== "readOnly" && entry[definition.name] === null);
  if (missing !== undefined) throw refuse("invalidValue", `${missing.path} is required in every element.`);
}

/** All elements of a multi-valued attribute, none twice, at most one primary (RFC 7643 2.4). */
export function readEntries(attribute: Attribute, json: Json | undefined, reading: Reading): readonly Entry[] {
  const entries = new Map<string, Entry>();
  for (const each of elementsIn(attribute, json, reading)) {
    const entry = readEntry(attribute, each, reading);
    if (entry === undefined) continue;
    const key = fingerprint(entry);
    if (!entries.has(key)) entries.set(key, entry);
  }
  return onePrimary(attribute, [...entries.values()], reading);
}

/** The ids of a multi-valued reference, in order, none twice. */
export function readIds(attribute: Attribute, json: Json | undefined, reading: Reading): Ids {
  const value = attribute.subAttributes.find(({ definition }) => definition.name === "value");
  if (value === undefined) throw new Error(`${attribute.path} is mapped to links and has no sub-attribute "value".`);
  const ids = new Set<string>();
  for (const each of elementsIn(attribute, json, reading, reading.limits.elements)) {
    const id = typeof each === "string" ? bareId(attribute, each, reading) : readGiven(attribute, each, reading).get("value");
    if (typeof id !== "string" || id === "") throw refuse("invalidValue", `Each element of ${attribute.path} must have a "value" that is the id of a resource.`);
    ids.add(id);
  }
  return [...ids];
}

/** referenceText. A member as its id alone: Microsoft's own collection of requests. */
function bareId({ path }: Attribute, id: string, { lenient, note }: Reading): string {
  if (!lenient.referenceText) throw wrongType(path, "objects with a \"value\"", id);
  note?.("referenceText", path);
  return id;
}

export function elementsIn(attribute: Attribute, json: Json | undefined, reading: Reading, most = reading.limits.values): readonly Json[] {
  if (json === undefined || isUnassigned(json)) return [];
  if (!Array.isArray(json)) throw wrongType(attribute.path, "an array", json);
  if (json.length > most) throw refuse("invalidValue", `${attribute.path} has more than ${String(most)} elements.`);
  return (json as readonly Json[]).map((each) => untexted(attribute, each, reading));
}

/** jsonText. Entra ID's app roles: `{"value": "{\"id\":…,\"value\":\"Admin\",\"displayName\":\"Admin\"}"}`. Without the rule the text is the value. */
function untexted({ definition, path }: Attribute, json: Json, { lenient, note }: Reading): Json {
  if (!lenient.jsonText || definition.type !== "complex") return json;
  const outer = isObject(json) ? json : {};
  const text = typeof json === "string" ? json : outer["value"];
  if (typeof text !== "string" || !text.startsWith("{")) return json;
  const inner = parsed(text);
  const value = inner?.["value"];
  if (typeof value !== "string") return json;
  note?.("jsonText", path);
  return { ...outer, value, display: outer["display"] ?? inner?.["displayName"] ?? inner?.["display"] ?? null };
}

function parsed(text: string): JsonObject | undefined {
  try {
    const json = JSON.parse(text) as Json;
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

/** Two primaries are against RFC 7643 2.4; PingFederate cannot do better, so the first one stays. */
function onePrimary(attribute: Attribute, entries: readonly Entry[], { lenient, note }: Reading): readonly Entry[] {
  const one = firstPrimary(entries);
  if (one === entries) return entries;
  if (!lenient.severalPrimaries) throw refuse("invalidValue", `Only one element of ${attribute.path} can be primary.`);
  note?.("severalPrimaries", attribute.path);
  return one;
}

/** Of several primary elements only the first; the same list where that is so already. */
export function firstPrimary<E extends object>(elements: readonly E[]): readonly E[] {
  const first = elements.findIndex(isPrimary);
  const isSecond = (element: E, index: number): boolean => first >= 0 && index > first && isPrimary(element);
  return elements.some(isSecond) ? elements.map((element, index) => (isSecond(element, index) ? { ...element, primary: false } : element)) : elements;
}

export function isPrimary(element: object): boolean {
  return "primary" in element && element.primary === true;
}

/** Equal for equal elements. */
export function fingerprint(entry: Entry): string {
  return JSON.stringify(entry);
}

/** Whether two values are the same value to SCIM: letter case counts where the schema says so, and no `primary` is a false one. */
export function sameValue(attribute: Attribute, left: Value, right: Value): boolean {
  return folded(attribute, left) === folded(attribute, right);
}

export function folded(attribute: Attribute, value: Value): string | number | boolean | null {
  if (value instanceof Date) return value.getTime();
  if (value === "" || (value === false && attribute.definition.name === "primary")) return null;
  return typeof value === "string" && !attribute.definition.caseExact ? value.toLowerCase() : value;
}

function wrongType(where: string, wanted: string, json: Json): ScimError {
  return refuse("invalidValue", `${where} must be ${wanted}, not ${kindOf(json)}.`);
}

function kindOf(json: Json): string {
  if (Array.isArray(json)) return "an array";
  if (json === null) return "null";
  switch (typeof json) {
    case "object":
      return "an object";
    case "string":
      return "this text";
    case "boolean":
      return "true or false";
    default:
      return "this number";
  }
}
