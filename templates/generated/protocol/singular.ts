/** Attributes that hold one value or one complex value, and the keys that these have below the seam. */
import type { Attribute } from "./attributes.js";
import { refuse } from "./error.js";
import { isObject, type Json, type JsonObject } from "./json.js";
import type { Reading } from "./leniencies.js";
import type { Value } from "./resource.js";
import { isUnassigned, readGiven, readValue } from "./value.js";

/** One value that is stored under one key. */
export interface Leaf {
  readonly key: string;
  /** What types the value: the attribute itself, or the `value` of a reference. */
  readonly attribute: Attribute;
  /** The attribute that holds it: itself, or the complex one. */
  readonly top: Attribute;
}

export interface Assignment {
  readonly leaf: Leaf;
  readonly value: Value;
}

/** A complex value with `value` and `$ref` points at a resource. It is stored as one value, the id, under its own key. */
export function isReference(attribute: Attribute): boolean {
  return !attribute.definition.multiValued && pointsAtResources(attribute);
}

export function pointsAtResources({ definition, subAttributes }: Attribute): boolean {
  return definition.type === "complex" && ["value", "$ref"].every((name) => subAttributes.some((sub) => sub.definition.name === name));
}

/** Attributes are built once, at start, and asked for their keys by every request. */
const leaves = new WeakMap<Attribute, readonly Leaf[]>();

/** The keys of an attribute that a client may write. */
export function leavesOf(top: Attribute): readonly Leaf[] {
  const known = leaves.get(top);
  if (known !== undefined) return known;
  const found = top.definition.type === "complex" ? top.subAttributes.flatMap((sub) => leafOf(top, sub) ?? []) : [{ key: top.key, attribute: top, top }];
  leaves.set(top, found);
  return found;
}

/** The key of a sub-attribute; undefined for one that is made by the server and stored nowhere. */
export function leafOf(top: Attribute, sub: Attribute): Leaf | undefined {
  if (sub.definition.mutability === "readOnly") return undefined;
  if (!isReference(top)) return { key: sub.key, attribute: sub, top };
  return sub.definition.name === "value" ? { key: top.key, attribute: sub, top } : undefined;
}

/** What a body says of one attribute: every key when it is unassigned, else those that are named. Throws 400 `invalidValue`. */
export function assignments(top: Attribute, json: Json, reading: Reading): readonly Assignment[] {
  const all = leavesOf(top);
  if (typeof json === "string" && isReference(top)) return all.map((leaf) => ({ leaf, value: referenceText(leaf, json, reading) }));
  if (isUnassigned(json)) return all.map((leaf) => ({ leaf, value: null }));
  if (top.definition.type !== "complex") return all.map((leaf) => ({ leaf, value: readValue(top, json, reading) }));
  const given = readGiven(top, json, reading);
  return all.flatMap((leaf) => {
    const value = given.get(leaf.attribute.definition.name);
    return value === undefined ? [] : [{ leaf, value }];
  });
}

/** Entra ID sends a manager as the bare id, and "" to clear it. */
function referenceText({ attribute, top }: Leaf, json: string, reading: Reading): Value {
  if (!reading.lenient.referenceText) throw refuse("invalidValue", `${top.path} must be an object with a "value", not text.`);
  reading.note?.("referenceText", top.path);
  return readValue(attribute, json, reading, top.path);
}

/** The JSON of an attribute in a resource as an answer prints it: by exact names, extensions under their URN. */
export function jsonOf(resource: JsonObject, top: Attribute): Json | undefined {
  const holder = top.extension === undefined ? resource : resource[top.extension.schema.id];
  return isObject(holder) ? holder[top.definition.name] : undefined;
}

/** The present value of a key. */
export function valueOf(resource: JsonObject, leaf: Leaf, reading: Reading): Value {
  const json = jsonOf(resource, leaf.top);
  const own = leaf.attribute === leaf.top ? json : isObject(json) ? json[leaf.attribute.definition.name] : undefined;
  return own === undefined ? null : readValue(leaf.attribute, own, reading);
}

/** The one attribute that nobody clears by omission: a suspended person must not come back because a client left it out. */
export function isActive({ key }: Attribute): boolean {
  return key === "active";
}
