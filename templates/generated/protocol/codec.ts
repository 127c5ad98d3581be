/** Values that the host's own functions make of columns and back, and what a filter compares in their place. */
import { hostNow } from "./failure.js";
import type { ResolvedFilter } from "./resolved-filter.js";
import type { Value } from "./resource.js";
import type { Asked, Lookup, Operand } from "./rows.js";
import { missing } from "./setters.js";

/** What is stored, read; what is not there, and what reads as nothing, is absent. */
export function decoded<S, V>(stored: S | null | undefined, read: (stored: S) => V | null | undefined): V | undefined {
  if (stored === null || stored === undefined || stored === "") return undefined;
  const value = hostNow(() => read(stored));
  return value === null || value === "" ? undefined : value;
}

/**
 * How a value is written: as columns that the host makes of it. That it differs from what is read now is known before. `clear`: the
 * columns without it; undefined where they must hold something.
 */
export function encoded<Db, V extends Value, Data extends object, Own, News>(
  name: string,
  encode: (db: Db, value: V, asked: Asked) => Promise<Data>,
  clear: Data | undefined,
): Lookup<Db, Own, Data, News> {
  return async (db, value, asked) => {
    const data = value === null ? (clear ?? missing(name)) : await encode(db, value as V, asked);
    // Each column is tested as it would be by a setter of its own: NULL is never "not equal" in SQL.
    const news = Object.entries(data).flatMap(([column, stored]) => [{ [column]: { not: stored as unknown } }, ...(stored !== null && isNullable(clear, column) ? [{ [column]: null }] : [])]);
    return { data: [data], news: news as unknown as News[] };
  };
}

function isNullable(clear: object | undefined, column: string): boolean {
  return clear !== undefined && (clear as Readonly<Record<string, unknown>>)[column] === null;
}

/** The filter with the values that the columns hold in place of those that a client asked for. */
export async function withOperands<Db>(filter: ResolvedFilter, operands: Readonly<Record<string, Operand<Db>>>, db: Db): Promise<ResolvedFilter> {
  switch (filter.kind) {
    case "and":
    case "or": {
      const terms: ResolvedFilter[] = [];
      for (const term of filter.terms) terms.push(await withOperands(term, operands, db));
      return { kind: filter.kind, terms };
    }
    case "not":
      return { kind: "not", term: await withOperands(filter.term, operands, db) };
    case "compare": {
      const operand = operands[filter.key];
      if (operand === undefined || (filter.op !== "eq" && filter.op !== "ne")) return filter;
      const value = await operand(db, filter.value as never);
      return value === null ? { kind: filter.op === "eq" ? "never" : "always" } : { ...filter, value };
    }
    default:
      return filter;
  }
}
