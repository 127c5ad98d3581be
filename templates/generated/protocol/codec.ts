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

/** The same for a part of an element that is a row. What reads as it did is left out of an update: no two ciphers of one text are alike. */
export async function coded<V extends string | number | boolean | Date, Data extends object, Clear extends object = never>(name: string, next: V | null, before: V | null | undefined, encode: (value: V) => Promise<Data>, clear?: Clear): Promise<Data | Clear> {
  if (before !== undefined && isAlike(next, before)) return {} as Data;
  return next === null || next === "" ? (clear ?? missing(name)) : encode(next);
}

function isAlike(a: Value, b: Value): boolean {
  return a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : (a === "" ? null : a) === (b === "" ? null : b);
}

function isNullable(clear: object | undefined, column: string): boolean {
  return clear !== undefined && (clear as Readonly<Record<string, unknown>>)[column] === null;
}

/** The filter with the values that the columns hold in place of those that a client asked for. */
export async function withOperands<Db>(filter: ResolvedFilter, operands: Readonly<Record<string, Operand<Db>>>, db: Db, prefix = ""): Promise<ResolvedFilter> {
  switch (filter.kind) {
    case "and":
    case "or": {
      const terms: ResolvedFilter[] = [];
      for (const term of filter.terms) terms.push(await withOperands(term, operands, db, prefix));
      return { kind: filter.kind, terms };
    }
    case "not":
      return { kind: "not", term: await withOperands(filter.term, operands, db, prefix) };
    case "element":
      return { ...filter, filter: await withOperands(filter.filter, operands, db, `${filter.key}.`) };
    case "compare": {
      const operand = operands[prefix + filter.key];
      if (operand === undefined || (filter.op !== "eq" && filter.op !== "ne")) return filter;
      const value = await operand(db, filter.value as never);
      return value === null ? { kind: filter.op === "eq" ? "never" : "always" } : { ...filter, value };
    }
    default:
      return filter;
  }
}
