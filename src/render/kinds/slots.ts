/** A multi-valued attribute in columns of their own, one fixed element each. */
import type { Slot } from "../../provider.js";
import { found, order, property, quoted, readPlace, setter } from "../expressions.js";
import { contribution } from "./kind.js";
import type { Contribution, Of } from "./kind.js";
import { builder, settersOf } from "./singular.js";

export function slots(attribute: Of<"slots">): Contribution {
  const { source, definition, key } = attribute;
  const all = source.slots;
  const isWritten = definition.mutability !== "readOnly";
  const column = (slot: Slot) => ({ kind: "column", place: slot.place, letters: slot.letters }) as const;
  const optional = { ...attribute, definition: { ...definition, required: false, type: "string" as const } };
  const filters = all.map((slot) => `{ type: ${quoted(slot.type)}, primary: ${String(slot.primary)}, of: { value: ${found(column(slot), "find", "string") ?? ""} } }`);
  const fixed = all.map((slot) => `{ type: ${quoted(slot.type)}, primary: ${String(slot.primary)}, keys: { value: ${quoted(slot.key)} } }`);
  return contribution({
    places: all.map((slot) => slot.place),
    printed: `many([${all.map((slot) => `slot(${readPlace("row", slot.place)}, ${quoted(slot.type)}, ${String(slot.primary)})`).join(", ")}].flat())`,
    filters: [`${property(key)}: find.slots(${filters.join(", ")}),`],
    orders: all.filter((slot) => slot.primary).map((slot) => order(key, slot.place)),
    values: isWritten ? all.map((slot) => `readonly ${quoted(slot.key)}: string | null;`) : [],
    setters: isWritten ? all.flatMap((slot) => settersOf(slot.place, `${quoted(slot.key)}: ${setter(column(slot), builder(slot.place), optional, "tenant") ?? ""},`)) : [],
    mapping: { slots: [`${property(key)}: [${fixed.join(", ")}]`] },
  });
}
