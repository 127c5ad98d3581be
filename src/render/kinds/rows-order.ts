/** The order of rows: under a lock by what tells them apart, in an answer the primary one first (RFC 7643 2.4). */
import type { RowsSource } from "../../provider.js";

export function orderByIds({ ids }: RowsSource): string {
  const all = ids.map(({ name }) => `{ ${name}: "asc" }`);
  return all.length === 1 ? String(all[0]) : `[${all.join(", ")}]`;
}

export function orderBy(source: RowsSource): string {
  const primary = source.each.find((each) => each.definition.name === "primary");
  if (primary === undefined || !("place" in primary.source)) return orderByIds(source);
  const { name, optional } = primary.source.place.column;
  return `[{ ${name}: ${optional ? `{ sort: "desc", nulls: "last" }` : `"desc"`} }, ${orderByIds(source).replace(/^\[|\]$/g, "")}]`;
}
