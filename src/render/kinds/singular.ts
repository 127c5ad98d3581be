/** Attributes of one value in one column: as it stands, by a list of values, as a boolean, or as a whole name. */
import type { Attribute, Place } from "../../provider.js";
import { found, order, orderWithin, printed, property, quoted, readPlace, setter, writtenType } from "../expressions.js";
import { contribution } from "./kind.js";
import type { Contribution, Of } from "./kind.js";

export function singular(attribute: Of<"column" | "choice" | "switch" | "flag" | "since">): Contribution {
  const { source, definition, key } = attribute;
  const filter = found(source, "find", definition.type);
  const isWritten = definition.mutability !== "readOnly";
  return contribution({
    places: [source.place],
    printed: printed(source, "row", definition.type),
    filters: filter === undefined || definition.returned === "never" ? [] : [`${property(key)}: ${filter},`],
    orders: definition.returned === "never" ? [] : [order(key, source.place, isReversed(source) ? "reversed(sort)" : "sort")],
    values: isWritten ? [`readonly ${property(key)}: ${writtenType(attribute)};`] : [],
    setters: isWritten ? settersOf(source.place, `${property(key)}: ${setter(source, builder(source.place), attribute, "tenant") ?? ""},`) : [],
    mapping: defaulted(attribute),
    rows: definition.returned === "never" ? {} : { ordersWithin: orderWithin(key, source.place) },
  });
}

/** Whether the column's own order puts true before false. */
function isReversed(source: Of<"column" | "choice" | "switch" | "flag" | "since">["source"]): boolean {
  if (source.kind === "flag") return source.inverted;
  if (source.kind !== "switch") return false;
  const { values } = source.place.column;
  // PostgreSQL orders an enum as it is declared. A value that is not listed reads as false.
  const [first] = values.length > 0 ? values : [...source.on, ...source.off].sort((a, b) => (a < b ? -1 : 1));
  return first !== undefined && source.on.includes(first);
}

export function constant({ source, definition, key }: Of<"constant">): Contribution {
  return contribution({ printed: printed(source, "row", definition.type), filters: [`${property(key)}: ${found(source, "find", definition.type) ?? ""},`] });
}

/** Nothing is stored: a row that is read is there. */
export function exists({ key }: Of<"exists">): Contribution {
  return contribution({ printed: "true", filters: [`${property(key)}: find.constant(true),`] });
}

/** Nothing holds it: it is printed from its parts, which are attributes of their own. */
export function formatted(): Contribution {
  return contribution({});
}

/** The parts are read out of the whole, and written back into it by the engine. */
export function fullName(attribute: Of<"fullName">): Contribution {
  const { source, definition } = attribute;
  const text = found(source, "find", "string") ?? "";
  const isWritten = definition.mutability !== "readOnly";
  return contribution({
    places: [source.place],
    printed: `fullName(${readPlace("row", source.place)}, ${quoted(source.order)})`,
    filters: [`"name.formatted": ${text},`, ...["givenName", "familyName"].map((part) => `"name.${part}": find.partOf(${text}),`)],
    orders: [order("name.formatted", source.place)],
    values: isWritten ? [`readonly "name.formatted": string | null;`] : [],
    setters: isWritten ? settersOf(source.place, `"name.formatted": ${setter(source, builder(source.place), attribute, "tenant") ?? ""},`) : [],
    mapping: { edits: [quoted(attribute.key)] },
    rows: { ordersWithin: orderWithin("name.formatted", source.place) },
  });
}

/** The builder of setters for the row that holds a column. */
export function builder(place: Place): string {
  const relation = place.steps[0]?.relation;
  return relation === undefined ? "set" : `set${relation.slice(0, 1).toUpperCase()}${relation.slice(1)}`;
}

/** Only the row itself and rows one relation away are written. */
export function settersOf(place: Place, line: string): Contribution["setters"] {
  return place.steps.length > 1 ? [] : [{ relation: place.steps[0]?.relation, line }];
}

export function defaulted({ key, default: given }: Pick<Attribute, "key" | "default">): Contribution["mapping"] {
  if (given === undefined) return {};
  const text = "made" in given ? "{ made: true }" : "from" in given ? `{ from: ${quoted(given.from)} }` : `{ value: ${typeof given.value === "string" ? quoted(given.value) : String(given.value)} }`;
  return { defaults: [`${property(key)}: ${text}`] };
}
