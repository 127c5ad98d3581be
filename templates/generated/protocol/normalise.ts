/**
 * From what clients really send in a PATCH to what the RFC says: one small function for each rule of leniencies.ts that
 * rewrites a request. What stands behind it is strict. Without the rule each of them throws what a strict engine answers.
 */
import type { Attribute } from "./attributes.js";
import { refuse } from "./error.js";
import { isObject, type Json, type JsonObject } from "./json.js";
import type { Reading } from "./leniencies.js";
import { unwritable } from "./mutability.js";
import { member } from "./names.js";
import { isReference, pointsAtResources } from "./singular.js";
import { isUnassigned } from "./value.js";

export type Op = "add" | "replace" | "remove";

const ops: readonly Op[] = ["add", "replace", "remove"];

/** opLetterCase. RFC 7644 3.5.2: one of three words. */
export function opName(json: Json | undefined, { lenient, note }: Reading): Op {
  const exact = ops.find((op) => op === json);
  if (exact !== undefined) return exact;
  const op = typeof json === "string" ? ops.find((each) => each === json.toLowerCase()) : undefined;
  if (op === undefined || !lenient.opLetterCase) throw refuse("invalidSyntax", 'Each operation must have an "op" that is add, replace or remove.');
  note?.("opLetterCase", "op");
  return op;
}

/** emptyPatch. RFC 7644 3.5.2: one or more operations. */
export function mayBeEmpty({ lenient, note }: Reading): boolean {
  if (lenient.emptyPatch) note?.("emptyPatch", "Operations");
  return lenient.emptyPatch;
}

/** pathKeys. A key of a path-less value that is more than a name is read as a path; RFC 7644 3.5.2.1 knows names alone. */
export function keyAsPath(key: string, { lenient, note }: Reading): void {
  const shown = key.slice(0, 100);
  if (!lenient.pathKeys) throw refuse("invalidSyntax", `"${shown}" is a path and no name; please give it as the "path" of an operation of its own.`);
  // A filter in the key can hold a value, which no log may show.
  note?.("pathKeys", shown.replace(/\[.*/s, "[ ]"));
}

/** readOnlyInPatch. Okta sends `id` with every group rename, authentik `schemas`. RFC 7644 3.5.2: 400. */
export function passOverReadOnly(attribute: Attribute, { lenient, note }: Reading): void {
  if (!lenient.readOnlyInPatch) throw unwritable(attribute);
  note?.("readOnlyInPatch", attribute.path);
}

/**
 * removeWithValue. "Only these" in explicit form, or undefined for "all". RFC 7644 3.5.2.2 knows no value here, and whoever
 * sends one never means "all": a server that reads it so has emptied groups.
 */
export function removedValues(attribute: Attribute, value: Json | undefined, reading: Reading): Json | undefined {
  if (value === undefined || value === null) return undefined;
  if (!reading.lenient.removeWithValue) throw refuse("invalidValue", `A remove of ${attribute.path} takes no value; please name the elements by a filter in the path.`);
  reading.note?.("removeWithValue", attribute.path);
  return wrapped(attribute, value, reading);
}

/** singleValue, for a multi-valued attribute: one object stands for an array of one, and so does one value where an element can be that. */
export function wrapped(attribute: Attribute, value: Json, { lenient, note }: Reading): Json {
  if (isUnassigned(value) || Array.isArray(value) || !lenient.singleValue) return value;
  if (attribute.definition.type === "complex" && !isObject(value) && !pointsAtResources(attribute)) return value;
  note?.("singleValue", attribute.path);
  return [value];
}

/** singleValue, for a simple attribute or a reference: SCIM-SDK wraps values in arrays, old Entra ID in `[{ "value": … }]`. */
export function unwrapped(attribute: Attribute, value: Json, { lenient, note }: Reading): Json {
  if (!lenient.singleValue) return value;
  const reference = isReference(attribute);
  if (attribute.definition.type === "complex" && !reference) return value;
  const inner = only(value);
  const bare = !reference && isObject(inner) ? (member(inner, "value") ?? inner) : inner;
  if (bare !== value) note?.("singleValue", attribute.path);
  return bare;
}

/** singleValue, for one element named by a filter. */
export function unwrappedElement(attribute: Attribute, value: Json, { lenient, note }: Reading): Json {
  const inner = lenient.singleValue ? only(value) : value;
  if (inner !== value) note?.("singleValue", attribute.path);
  return inner;
}

function only(value: Json): Json {
  if (!Array.isArray(value) || value.length !== 1) return value;
  const [first] = value as readonly Json[];
  return first ?? null;
}

/** A path-less value is an object of attributes (RFC 7644 3.5.2.1). */
export function objectOf(value: Json | undefined, what: string): JsonObject {
  if (isObject(value)) return value;
  throw refuse("invalidValue", `${what} must be an object of attributes.`);
}
