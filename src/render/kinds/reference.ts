/** The id of another resource, in a foreign key of the row. */
import { found, idCodec, location, order, property, quoted, readPlace, setter } from "../expressions.js";
import { knownArguments } from "../scope.js";
import { contribution } from "./kind.js";
import type { Contribution, Of, Setting } from "./kind.js";
import { builder, settersOf } from "./singular.js";

export function reference(attribute: Of<"reference">, { tenantType }: Setting): Contribution {
  const { source, definition, key } = attribute;
  const { place, to } = source;
  const isWritten = definition.mutability !== "readOnly";
  const column = readPlace("row", place);
  const value = place.column.type === "int" || place.column.type === "bigint" ? `String(${column})` : column;
  return contribution({
    places: [place],
    printed: `${column} === null${place.steps.length > 0 ? ` || ${column} === undefined` : ""} ? undefined : { value: ${value}, $ref: ${location(to, column)} }`,
    filters: [`${quoted(`${key}.value`)}: ${found(source, "find", "string") ?? ""},`],
    orders: [order(`${key}.value`, place)],
    values: isWritten ? [`readonly ${property(key)}: string | null;`] : [],
    setters: isWritten ? settersOf(place, `${property(key)}: ${setter(source, builder(place), attribute, "tenant") ?? ""},`) : [],
    rows: { references: [`${property(key)}: reference(${idCodec(place.column)}, (db: ${to.name}Ids, ids) => known${to.name}s(${knownArguments(tenantType)}))`] },
    refersTo: [to.name],
  });
}
