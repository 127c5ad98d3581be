/** What a change has to know of the resource as it stands, and how it reads it from the printed JSON. */
import type { Attribute, ResourceType } from "./attributes.js";
import type { JsonObject } from "./json.js";
import { leniently, type Reading } from "./leniencies.js";
import { defaultLimits } from "./limits.js";
import type { Mapping } from "./mapping.js";
import type { Entry, Parts, Value } from "./resource.js";
import { jsonOf, leavesOf, valueOf, type Leaf } from "./singular.js";
import { complete, elementsIn, readGiven, sameValue } from "./value.js";

/** Nothing that the host itself printed is refused for what a client might not send. */
const own: Reading = { lenient: leniently(), limits: { ...defaultLimits, values: Infinity } };

export function presentValue(now: JsonObject, leaf: Leaf): Value {
  return valueOf(now, leaf, own);
}

export function presentEntries(now: JsonObject, attribute: Attribute): readonly Entry[] {
  return elementsIn(attribute, jsonOf(now, attribute), own).map((json) => complete(attribute, readGiven(attribute, json, own, "keep")));
}

/** The value of any key of the mapping: a single value's, or a slot's. */
export function presentKey(now: JsonObject, key: string, type: ResourceType, mapping: Mapping): Value | undefined {
  for (const attribute of type.attributes) {
    for (const slot of mapping.slots[attribute.key] ?? []) {
      const sub = Object.keys(slot.keys).find((name) => slot.keys[name] === key);
      if (sub !== undefined) return presentEntries(now, attribute).find((entry) => entry["type"] === slot.type)?.[sub] ?? null;
    }
    const leaf = attribute.definition.multiValued ? undefined : leavesOf(attribute).find((each) => each.key === key);
    if (leaf !== undefined) return presentValue(now, leaf);
  }
  return undefined;
}

/** The relations behind an attribute and all that it is made of. */
export function partsOf(attribute: Attribute, mapping: Mapping): Parts {
  const slotKeys = (mapping.slots[attribute.key] ?? []).flatMap((slot) => Object.values(slot.keys));
  return [attribute.key, ...attribute.subAttributes.map(({ key }) => key), ...slotKeys].reduce((parts, key) => parts | (mapping.reads[key] ?? 0), 0);
}

/** The relations behind one key. */
export function partsOfKey(key: string, type: ResourceType, mapping: Mapping): Parts {
  const holder = type.attributes.find(
    (attribute) =>
      attribute.key === key ||
      attribute.subAttributes.some((sub) => sub.key === key) ||
      (mapping.slots[attribute.key] ?? []).some((slot) => Object.values(slot.keys).includes(key)),
  );
  return holder === undefined ? 0 : partsOf(holder, mapping);
}

export function isImmutable({ top, attribute }: Leaf): boolean {
  return top.definition.mutability === "immutable" || attribute.definition.mutability === "immutable";
}

/** The mapping makes the stored value of the new and the present one (a full name in one column). */
export function isMade({ top, key }: Leaf, mapping: Mapping): boolean {
  return mapping.edits.includes(top.key) || mapping.edits.includes(key);
}

/**
 * Complex values of which several parts are one column. What reads the same is not written: a name is not put together anew.
 * Otherwise parts that the client did not name keep their value, and `formatted` follows from them (RFC 7643 4.1.1).
 */
export function compose(values: Map<string, Value>, now: JsonObject, type: ResourceType, mapping: Mapping): void {
  for (const attribute of type.attributes) {
    if (attribute.definition.multiValued) continue;
    if (attribute.definition.type !== "complex") {
      for (const leaf of leavesOf(attribute)) if (isMade(leaf, mapping) && values.has(leaf.key) && identical(values.get(leaf.key) ?? null, presentValue(now, leaf))) values.delete(leaf.key);
      continue;
    }
    const leaves = leavesOf(attribute).filter((leaf) => isMade(leaf, mapping));
    const written = leaves.filter(({ key }) => values.has(key));
    if (written.length === 0) continue;
    const made = written.find((leaf) => leaf.attribute.definition.name === "formatted" && values.get(leaf.key) === null);
    if (made !== undefined && written.some(({ key }) => (values.get(key) ?? null) !== null)) values.delete(made.key);

    const changes = leaves.some((leaf) => values.has(leaf.key) && !identical(values.get(leaf.key) ?? null, presentValue(now, leaf)));
    for (const leaf of leaves) {
      if (!changes) values.delete(leaf.key);
      else if (!values.has(leaf.key) && leaf.attribute.definition.name !== "formatted") values.set(leaf.key, presentValue(now, leaf));
    }
  }
}

function identical(left: Value, right: Value): boolean {
  return left instanceof Date && right instanceof Date ? left.getTime() === right.getTime() : left === right;
}

/** RFC 7644 3.5.1, 3.5.2: an immutable value may be set once, and sent again as it is. */
export function keepsImmutable(leaf: Leaf, value: Value, present: Value): boolean {
  return present === null || sameValue(leaf.attribute, present, value);
}
