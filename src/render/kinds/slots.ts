/** A multi-valued attribute in columns of their own, one fixed element each. */
import type { Attribute, Slot } from "../../provider.js";
import { found, object, order, orderWithin, printed, property, quoted, readPlace, setter, writtenType } from "../expressions.js";
import { contribution } from "./kind.js";
import type { Contribution, Of } from "./kind.js";
import { builder, settersOf } from "./singular.js";
import { placesIn } from "../view.js";

export function slots(attribute: Of<"slots">): Contribution {
  const { source, definition, key } = attribute;
  const all = source.slots;
  const isWritten = definition.mutability !== "readOnly";
  const parts = all.flatMap((slot) => slot.parts);
  const written = isWritten ? parts.filter((part) => part.definition.mutability !== "readOnly") : [];
  const names = [...new Set(parts.map((part) => part.definition.name))];
  const first = all.find((slot) => slot.primary)?.parts.find((part) => part.definition.name === "value");
  return contribution({
    places: placesIn(source),
    printed: `many([${all.map(element).join(", ")}].flat())`,
    filters: [`${property(key)}: find.slots(${all.map((slot) => sought(slot, names)).join(", ")}),`],
    orders: first !== undefined && "place" in first.source ? [order(key, first.source.place)] : [],
    values: written.map((part) => `readonly ${quoted(part.key)}: ${writtenType(part)};`),
    setters: written.flatMap((part) => ("place" in part.source ? settersOf(part.source.place, `${quoted(part.key)}: ${setter(part.source, builder(part.source.place), part, "tenant") ?? ""},`) : [])),
    rows: { ordersWithin: first !== undefined && "place" in first.source ? orderWithin(key, first.source.place) : [] },
    mapping: { slots: [`${property(key)}: [${all.map(fixed).join(", ")}]`] },
  });
}

/** What an answer shows of a slot: nothing, or the one element. */
function element({ type, primary, parts }: Slot): string {
  const value = parts.find((part) => part.definition.name === "value");
  const more = parts.filter((part) => part !== value).map((part) => `${property(part.definition.name)}: ${printed(part.source, "row", part.definition.type)}`);
  const ends = [quoted(type), String(primary)];
  if (value === undefined) return `part(${[object(more), ...ends].join(", ")})`;
  return `slot(${[valueOf(value), ...ends, ...(more.length === 0 ? [] : [object(more)])].join(", ")})`;
}

function valueOf({ source, definition }: Attribute): string {
  if (source.kind === "column" && (source.place.column.type === "text" || source.place.column.type === "citext" || source.place.column.type === "uuid")) return readPlace("row", source.place);
  return printed(source, "row", definition.type);
}

/** How a slot is found; a sub-attribute that others have and it has not is absent in it. */
function sought({ type, primary, parts }: Slot, names: readonly string[]): string {
  const of = parts.map((part) => `${property(part.definition.name)}: ${found(part.source, "find", part.definition.type) ?? ""}`);
  const without = names.filter((name) => !parts.some((part) => part.definition.name === name));
  return object([`type: ${quoted(type)}`, `primary: ${String(primary)}`, `of: ${object(of)}`, ...(without.length === 0 ? [] : [`without: [${without.map(quoted).join(", ")}]`])]);
}

function fixed({ type, primary, parts }: Slot): string {
  const keys = parts.filter((part) => part.definition.mutability !== "readOnly").map((part) => `${property(part.definition.name)}: ${quoted(part.key)}`);
  return `{ type: ${quoted(type)}, primary: ${String(primary)}, keys: ${object(keys)} }`;
}
