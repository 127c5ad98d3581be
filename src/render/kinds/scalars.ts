/** The values of a column that is a list. */
import type { Definition, ScalarsSource } from "../../provider.js";
import { choicesOf, codec, constantText, finder, parameter, property, quoted, readPlace, term } from "../expressions.js";
import { upperFirst } from "../view.js";
import { contribution } from "./kind.js";
import type { Contribution, Of } from "./kind.js";

export function scalars({ source, definition, key }: Of<"scalars">): Contribution {
  const { place, choice } = source;
  const isWritten = definition.mutability !== "readOnly";
  const stored = choice === undefined ? storedOf(source, definition) : `valueOf${key.split(/[^A-Za-z0-9]+/).map(upperFirst).join("")}`;
  const list = (text: string): string => (place.column.type === "decimal" ? `digitsOf(${text})` : text);
  const values = `valuesOf(${stored}, ${list(readPlace("row", place))})`;
  const name = parameter(place.column);
  return contribution({
    places: [place],
    printed: `many(${values}${definition.type === "complex" ? "?.map((value) => ({ value }))" : ""})`,
    filters: definition.returned === "never" ? [] : [`${property(key)}: find.list(${finder(place)}, ${stored}),`],
    selects: choice === undefined ? [] : [{ template: "listed.ts.hbs", view: { name: stored, choices: choicesOf(choice), other: choice.other === undefined ? "" : `, ${constantText(choice.other)}` } }],
    mapping: { collections: [quoted(key)] },
    rows: isWritten ? { merge: [`scalars(${quoted(key)}, ${stored}, (row: Row) => ${list(`row.${place.column.name}`)}, (${name}): Data => ({ ${term(place.column.name, name)} }))`] } : {},
  });
}

function storedOf({ place, lower }: ScalarsSource, { type, subAttributes }: Definition): string {
  const scim = type === "complex" ? (subAttributes?.[0]?.type ?? type) : type;
  if (place.column.type === "boolean" && scim === "boolean") return "flag";
  if (place.column.type === "decimal") return scim === "decimal" ? "digits" : "digitsText";
  return lower ? "lowerText" : (codec(place.column, scim) ?? "textKey");
}
