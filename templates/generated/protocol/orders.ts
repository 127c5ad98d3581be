/** How rows are ordered by Prisma. PostgreSQL puts NULL last when ascending and first when descending, as RFC 7644 3.4.2.3 asks of missing values. */
import type { Sort } from "./resource.js";
import { unsortable } from "./sort.js";

export type Direction = "asc" | "desc";

/** Attribute key to the order of rows by it. */
export type Orders<OrderBy> = Readonly<Record<string, (direction: Direction) => OrderBy>>;

/** By what the client asked for, and last by the id: a total order, so that pages neither repeat nor lose a row. Throws 400 `invalidValue`. */
export function ordered<OrderBy>(orders: Orders<OrderBy>, sort: Sort | undefined, id: OrderBy): OrderBy[] {
  if (sort === undefined) return [id];
  const by = orders[sort.key];
  if (by === undefined) throw unsortable(sort.path);
  return [by(sort.descending ? "desc" : "asc"), id];
}

/** Of a column that holds the opposite. */
export function reversed(direction: Direction): Direction {
  return direction === "asc" ? "desc" : "asc";
}
