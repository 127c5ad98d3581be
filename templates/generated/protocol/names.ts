/** Names of members in a body: compared without letter case, and each at most once (RFC 7643 2.1). */
import type { Attribute } from "./attributes.js";
import { refuse, type ScimError } from "./error.js";
import type { Json, JsonObject } from "./json.js";
import type { Reading } from "./leniencies.js";

/** The attribute of this name among its siblings. */
export function named(attributes: readonly Attribute[], name: string): Attribute | undefined {
  const exact = attributes.find(({ definition }) => definition.name === name);
  if (exact !== undefined) return exact;
  const lower = name.toLowerCase();
  return attributes.find(({ definition }) => definition.name.toLowerCase() === lower);
}

/** A member of a message: `Operations`, `op`. */
export function member(object: JsonObject, name: string): Json | undefined {
  if (Object.prototype.hasOwnProperty.call(object, name)) return object[name];
  const lower = name.toLowerCase();
  const found = Object.keys(object).find((each) => each.toLowerCase() === lower);
  return found === undefined ? undefined : object[found];
}

/** What an object says of these attributes; names that are none of them go to `unknown`. */
export function membersOf(object: JsonObject, attributes: readonly Attribute[], unknown: (name: string) => void): Map<Attribute, Json> {
  const members = new Map<Attribute, Json>();
  for (const name of Object.keys(object)) {
    const value = object[name];
    if (value === undefined) continue;
    const attribute = named(attributes, name);
    if (attribute === undefined) unknown(name);
    else if (members.has(attribute)) throw twice(attribute.path);
    else members.set(attribute, value);
  }
  return members;
}

/** Which of the two was meant, nobody can tell: hooks, logs and the database could each see another. */
export function twice(path: string): ScimError {
  return refuse("invalidSyntax", `${path} stands twice in one object.`);
}

/** A name that no schema of the resource type has (RFC 7644 3.3; the interop profile wants an error). */
export function passOver(name: string, { lenient, note }: Reading): void {
  const shown = name.slice(0, 100);
  if (!lenient.unknownAttributes) throw refuse("invalidSyntax", `There is no attribute "${shown}" here.`);
  note?.("unknownAttributes", shown);
}
