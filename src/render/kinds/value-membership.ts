/** `groups` of a User where each value of an enum column is a group: the one that it holds. */
import { finder, location, property, quoted, readPlace } from "../expressions.js";
import { contribution } from "./kind.js";
import type { Contribution, Of } from "./kind.js";

export function valueMembership({ source, key }: Of<"valueMembership">): Contribution {
  const { place, to } = source;
  const { column } = place;
  const value = readPlace("row", place);
  const element = `[{ value: ${value}, $ref: ${location(to, value)}, display: ${value}, type: "direct" }]`;
  const choices = `[${column.values.map((each) => `[${quoted(each)}, ${quoted(each)}]`).join(", ")}]`;
  const found = (letters: string): string => `find.choice(${finder(place)}, ${choices}, ${quoted(letters)}, ${String(!column.optional)})`;
  return contribution({
    places: [place],
    printed: column.optional ? `many(${value} === null ? [] : ${element})` : `many(${element})`,
    filters: [`${property(key)}: find.slots({ type: "direct", primary: false, of: { value: ${found("exact")}, display: ${found("folded")} } }),`],
  });
}
