/** Rows that are made beside the resource's own, with values that nobody sent. */
import type { Values } from "./resource.js";

/** One by one: each asks the host or the database for values, and finds there those that were made before it. */
export async function oneByOne<T, Row>(all: readonly T[], row: (each: T) => Promise<Row>, insert: (row: Row) => PromiseLike<{ readonly count: number }>): Promise<{ readonly count: number }> {
  let count = 0;
  for (const each of all) count += (await insert(await row(each))).count;
  return { count };
}

/** In turn as well, since making a row asks the host, and inserted together. */
export async function madeRows<T, Row>(all: readonly T[], row: (each: T) => Promise<Row>): Promise<Row[]> {
  const rows: Row[] = [];
  for (const each of all) rows.push(await row(each));
  return rows;
}

/** A text of the resource that a row takes over; the mapping names no other attributes. */
export function textOf(values: Values, key: string): string | null {
  const value = values[key];
  return typeof value === "string" ? value : null;
}
