/** A PATCH that depends on what is there: all its steps in order, over the resource under its lock (RFC 7644 3.5.2). Pure. */
import type { Attribute } from "./attributes.js";
import { afterStep } from "./element-steps.js";
import { refuse } from "./error.js";
import type { JsonObject } from "./json.js";
import { unchangeable } from "./mutability.js";
import { compose, isImmutable, isMade, keepsImmutable, partsOf, partsOfKey, presentEntries, presentKey, presentValue } from "./present.js";
import type { Context, Step } from "./patch-steps.js";
import type { ResolvedFilter } from "./resolved-filter.js";
import type { Entry, Parts, Value, Values } from "./resource.js";
import { settle } from "./settle.js";
import type { Leaf } from "./singular.js";
import { slotValues } from "./slots.js";
import { fingerprint, hasMeaning } from "./value.js";

export interface Edited {
  readonly values: Values;
  readonly items: Readonly<Record<string, readonly Entry[]>>;
}

/** The relations that the steps have to see. */
export function reads(steps: readonly Step[], { type, mapping }: Context): Parts {
  let parts: Parts = 0;
  const filled = new Set<Attribute>();
  for (const step of steps) {
    if (step.kind === "link") continue;
    if (step.kind === "assign" || step.kind === "clear") {
      if (needsPresent(step, mapping)) parts |= partsOf(step.leaf.top, mapping);
    } else if (step.kind === "fill" && step.attribute.definition.mutability !== "immutable") {
      filled.add(step.attribute);
    } else if (!filled.has(step.attribute)) {
      parts |= partsOf(step.attribute, mapping);
    }
  }
  for (const key in mapping.defaults) {
    const standIn = mapping.defaults[key];
    if (standIn !== undefined && "from" in standIn) parts |= partsOfKey(standIn.from, type, mapping);
  }
  return parts;
}

export function needsPresent(step: Step, mapping: Context["mapping"]): boolean {
  return step.kind === "clear" || (step.kind === "assign" && (isImmutable(step.leaf) || isMade(step.leaf, mapping)));
}

/** Elements that the operations of one PATCH may look at together, once for each comparison: well below a second. */
const mostLooks = 500_000;

function comparisons(filter: ResolvedFilter | undefined): number {
  switch (filter?.kind) {
    case "and":
    case "or":
      return filter.terms.reduce((sum, term) => sum + comparisons(term), 0);
    case "not":
      return comparisons(filter.term);
    default:
      return 1;
  }
}

/** What the resource shall be: of the attributes that the steps touched. */
export function edited(steps: readonly Step[], now: JsonObject, { type, mapping, reading }: Context): Edited {
  const values = new Map<string, Value>();
  const elements = new Map<Attribute, readonly Entry[]>();
  let looks = 0;
  const current = (leaf: Leaf): Value => (values.has(leaf.key) ? (values.get(leaf.key) ?? null) : presentValue(now, leaf));

  for (const step of steps) {
    switch (step.kind) {
      case "link":
        break;
      case "assign":
        if (isImmutable(step.leaf) && !keepsImmutable(step.leaf, step.value, current(step.leaf))) throw unchangeable(step.leaf.attribute);
        values.set(step.leaf.key, step.value);
        break;
      case "clear": {
        const id = current(step.leaf);
        if (typeof id === "string" && step.ids.has(id)) values.set(step.leaf.key, null);
        break;
      }
      default: {
        const before = elements.get(step.attribute) ?? presentEntries(now, step.attribute);
        looks += before.length * comparisons("filter" in step ? step.filter : undefined);
        if (looks > mostLooks) throw refuse("invalidValue", `The operations on ${step.attribute.path} are too many for as many elements; please send fewer at once.`);
        elements.set(step.attribute, afterStep(step, before, mapping.slots[step.attribute.key], reading));
      }
    }
  }

  const items: [string, readonly Entry[]][] = [];
  for (const [attribute, entries] of elements) {
    const kept = entries.filter(hasMeaning);
    refuseImmutable(attribute, kept, now);
    const slots = mapping.slots[attribute.key];
    if (slots === undefined) items.push([attribute.key, kept]);
    else for (const [key, value] of slotValues(attribute, kept, slots, reading)) values.set(key, value);
  }
  compose(values, now, type, mapping);
  settle(values, mapping, reading, { fill: "cleared", present: (key) => presentKey(now, key, type, mapping) });
  return { values: Object.fromEntries(values), items: Object.fromEntries(items) };

  function refuseImmutable(attribute: Attribute, entries: readonly Entry[], resource: JsonObject): void {
    if (attribute.definition.mutability !== "immutable") return;
    const before = presentEntries(resource, attribute);
    if (before.length > 0 && before.map(fingerprint).join() !== entries.map(fingerprint).join()) throw unchangeable(attribute);
  }
}
