/** The order of rows: under a lock by what tells them apart, in an answer the primary one first (RFC 7643 2.4). */
import type { RowsSource } from "../../provider.js";

export function orderByIds({ ids }: RowsSource): string {
  const all = ids.map(({ name }) => `{ ${name}: "asc" }`);
  return all.length === 1 ? String(all[0]) : `[${all.join(", ")}]`;
}

export function orderBy(source: RowsSource): string {
  const primary = source.each.find((each) => each.definition.name === "primary")?.source;
  // A part of a document is no order of rows, and neither is what lies behind a relation.
  if (primary === undefined || !("place" in primary) || primary.kind === "json" || primary.place.steps.length > 0) return orderByIds(source);
  const { name, optional } = primary.place.column;
  return `[{ ${name}: ${optional ? `{ sort: "desc", nulls: "last" }` : `"desc"`} }, ${orderByIds(source).replace(/^\[|\]$/g, "")}]`;
}
