/** Multi-valued attributes that are a few columns: one fixed element for each type. */
import type { Attribute } from "./attributes.js";
import { refuse } from "./error.js";
import type { Reading } from "./leniencies.js";
import type { Slot } from "./mapping.js";
import type { Entry, Value } from "./resource.js";

/** Where an element goes: by its type, and without one to the primary slot. */
export function slotOf(slots: readonly Slot[], type: Value | undefined): Slot | undefined {
  if (typeof type !== "string" || type === "") return slots.find((slot) => slot.primary);
  return slots.find((slot) => slot.type.toLowerCase() === type.toLowerCase());
}

/** The value of every key, once the elements have found their slots; what has no element is cleared. */
export function slotValues(attribute: Attribute, entries: readonly Entry[], slots: readonly Slot[], reading: Reading): readonly (readonly [string, Value])[] {
  const held = placed(attribute, entries, slots, reading);
  return slots.flatMap((slot) => Object.entries(slot.keys).map(([sub, key]) => [key, held.get(slot)?.[sub] ?? null] as const));
}

/** The elements as they will read once they are stored: with the type of their slot, and primary if it is. */
export function slotEntries(attribute: Attribute, entries: readonly Entry[], slots: readonly Slot[], reading: Reading): readonly Entry[] {
  return [...placed(attribute, entries, slots, reading)].map(([{ type, primary }, entry]) => ({ ...entry, type, primary }));
}

function placed(attribute: Attribute, entries: readonly Entry[], slots: readonly Slot[], reading: Reading): ReadonlyMap<Slot, Entry> {
  const held = new Map<Slot, Entry>();
  // An element that names its type has the better right to the slot.
  const typed = entries.filter((entry) => entry["type"] !== null);
  const untyped = entries.filter((entry) => entry["type"] === null);
  for (const entry of [...typed, ...untyped]) {
    const slot = slotOf(slots, entry["type"]);
    if (slot === undefined || held.has(slot)) withoutColumn(attribute, entry, slots, reading);
    else held.set(slot, entry);
  }
  return held;
}

/** Two elements of one type, or one of a type that is not stored here. */
export function withoutColumn(attribute: Attribute, entry: Entry, slots: readonly Slot[], { lenient, note }: Reading): void {
  const type = typeof entry["type"] === "string" ? ` of the type "${entry["type"].slice(0, 60)}"` : "";
  if (!lenient.slotWithoutColumn) {
    throw refuse("invalidValue", `${attribute.path} keeps one element each of: ${slots.map((slot) => slot.type).join(", ")}. There is no room for this one${type}.`);
  }
  note?.("slotWithoutColumn", attribute.path);
}
