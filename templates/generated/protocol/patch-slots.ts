/** Steps on an attribute of a few columns that need not know what is there (seam of RFC 7644 3.5.2 and a Slot). */
import { elementDefinitions, matches } from "./element-filter.js";
import type { Reading } from "./leniencies.js";
import type { Slot } from "./mapping.js";
import type { ElementStep } from "./patch-elements.js";
import type { ResolvedFilter } from "./resolved-filter.js";
import type { Value } from "./resource.js";
import { slotOf, slotValues, withoutColumn } from "./slots.js";
import { describes } from "./value.js";

type Columns = readonly (readonly [string, Value])[];

/** What the step writes, whatever the columns hold; undefined when that depends on what they hold. */
export function columnsAfter(step: ElementStep, slots: readonly Slot[], reading: Reading): Columns | undefined {
  const { attribute } = step;
  if (step.kind === "fill") return slotValues(attribute, step.entries, slots, reading);
  if (step.kind === "append") return appended(step, slots, reading);
  if (step.filter === undefined || step.kind === "swap" || !ofSlot(step.filter)) return undefined;

  const { filter } = step;
  const definitions = elementDefinitions(attribute.definition);
  // Each element's type and primary are those of its slot, so that the filter can be answered without it.
  const matched = slots.filter((slot) => matches(filter, { type: slot.type, primary: slot.primary }, definitions));
  switch (step.kind) {
    case "drop":
      return step.only === undefined ? matched.flatMap((slot) => Object.values(slot.keys).map((key) => [key, null] as const)) : undefined;
    case "unset":
      return all(matched.map((slot) => unset(slot, step.sub)));
    case "merge": {
      const [slot] = matched;
      if (step.created === undefined || matched.length > 1) return undefined;
      const home = slotOf(slots, step.created["type"]);
      if (home !== slot) return undefined;
      if (slot === undefined) {
        withoutColumn(attribute, step.created, slots, reading);
        return [];
      }
      // A text that only describes would have to go with an element that is not there.
      if (![...step.given.keys()].every((name) => name in slot.keys && !describes(name))) return undefined;
      return [...step.given].flatMap(([name, value]) => column(slot, name, value));
    }
  }
}

function appended(step: ElementStep & { readonly kind: "append" }, slots: readonly Slot[], reading: Reading): Columns | undefined {
  const columns: (readonly [string, Value])[] = [];
  for (const entry of step.entries) {
    const slot = slotOf(slots, entry["type"]);
    if (slot === undefined) {
      withoutColumn(step.attribute, entry, slots, reading);
      continue;
    }
    // With a part that is not named it matters whether this element is there already, or takes another's place.
    if (!Object.keys(slot.keys).every((name) => (entry[name] ?? null) !== null)) return undefined;
    for (const [name, key] of Object.entries(slot.keys)) columns.push([key, entry[name] ?? null]);
  }
  return columns;
}

/** Taking away the one part that gives the element its meaning takes it all. */
function unset(slot: Slot, sub: string): Columns | undefined {
  // Without its type an element belongs to another slot.
  if (sub === "type") return undefined;
  const names = Object.keys(slot.keys);
  const others = names.filter((name) => name !== sub);
  if (describes(sub) || others.length === 0) return column(slot, sub, null);
  if (others.every(describes)) return names.flatMap((name) => column(slot, name, null));
  return others.some(describes) ? undefined : column(slot, sub, null);
}

function column(slot: Slot, name: string, value: Value): Columns {
  const key = slot.keys[name];
  return key === undefined ? [] : [[key, value]];
}

function all(parts: readonly (Columns | undefined)[]): Columns | undefined {
  const known = parts.flatMap((part) => (part === undefined ? [] : [part]));
  return known.length === parts.length ? known.flat() : undefined;
}

function ofSlot(filter: ResolvedFilter): boolean {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.terms.every(ofSlot);
    case "not":
      return ofSlot(filter.term);
    case "compare":
    case "present":
      return filter.key === "type" || filter.key === "primary";
    case "element":
      return false;
    default:
      return true;
  }
}
