/** A multi-valued attribute in a column that is a list: each element of the column is one value, and has no other parts (RFC 7643 2.4). */
import { refuse } from "./error.js";
import type { Merge } from "./rows.js";
import type { ResolvedFilter } from "./resolved-filter.js";
import type { Value } from "./resource.js";
import { hold } from "./setters.js";
import type { Choices } from "./setters.js";
import { decimalText, fitting } from "./stored.js";
import type { Stored } from "./stored.js";
import type { Elements, Logic } from "./where.js";

/** The tests of a list column that typed Prisma offers and this file uses. */
export interface ListTest<T> {
  has?: T;
  hasSome?: T[];
  isEmpty?: boolean;
  equals?: T[] | null;
}

/** Of one element. `read` gives undefined for one that stands for nothing. */
export interface Held<T, V = string | number | boolean | undefined> extends Stored<T, V> {
  /** All that an element can be, where that is known; any other stands for nothing. */
  readonly every?: readonly T[];
}

/** Text that is stored and compared in lower case. */
export const lowerText: Held<string, string> = {
  store: (value) => (typeof value === "string" && value !== "" ? value.toLowerCase() : undefined),
  read: (stored) => stored,
};

/** A number in plain digits, without zeros that say nothing: so two texts are the same number, or two numbers. */
function plain(digits: string): string {
  const [whole = "", part = ""] = digits.replace(/^-?0*(?=\d)/, (sign) => (sign.startsWith("-") ? "-" : "")).split(".");
  const rest = part.replace(/0+$/, "");
  const text = rest === "" ? whole : `${whole}.${rest}`;
  return text === "-0" ? "0" : text;
}

/** Decimals as Prisma hands them over, in plain digits. */
export function digitsOf(list: readonly { toFixed(): string }[] | undefined): readonly string[] {
  return (list ?? []).map((each) => plain(each.toFixed()));
}

/** Of such digits, behind a decimal attribute. */
export const digits: Held<string, number> = { store: (value) => (typeof value === "number" ? String(value) : undefined), read: Number };

/** And behind a string attribute. */
export const digitsText: Held<string, string> = {
  store(value) {
    const text = typeof value === "string" ? decimalText.store(value) : undefined;
    return text === undefined ? undefined : plain(text);
  },
  read: (stored) => stored,
};

/** Stored values that stand for texts, compared without letter case. `other` stands in for a text that none stands for. */
export function listed<const T>(choices: Choices<T>, other?: T): Held<T, string | undefined> {
  return {
    store: (value) => choices.find(([, text]) => typeof value === "string" && text.toLowerCase() === value.toLowerCase())?.[0] ?? other,
    read: (stored) => choices.find(([each]) => each === stored)?.[1],
    every: choices.map(([stored]) => stored),
  };
}

/** The values of a list column, none twice; undefined where it was not read. */
export function valuesOf<T, V>(stored: Pick<Stored<T, V | undefined>, "read">, list: readonly T[] | undefined): readonly V[] | undefined {
  const values = list?.flatMap((each) => (isNothing(stored, each) ? [] : (stored.read(each) ?? [])));
  return values && [...new Set(values)];
}

/** What the column becomes: values that stay keep their place, and what stands for nothing stays too. The order of a client's values means nothing. */
export function scalars<Own, Data, T>(name: string, stored: Held<T>, read: (row: Own) => readonly T[], write: (list: T[]) => Data): Merge<Own, Data> {
  return {
    keys: [],
    merge(row, _values, items) {
      const entries = items[name];
      if (entries === undefined) return undefined;
      const wanted = new Map(entries.flatMap(({ value = null }) => {
        const held = value === null ? [] : [hold(stored, value, name)];
        return held.map((each) => [stored.read(each), each] as const);
      }));
      if (row === undefined) return write([...wanted.values()]);
      const present = read(row);
      const kept = present.filter((each) => isNothing(stored, each) || wanted.has(stored.read(each)));
      const known = new Set(present.map((each) => stored.read(each)));
      const fresh = [...wanted].flatMap(([text, each]) => (known.has(text) ? [] : [each]));
      return kept.length === present.length && fresh.length === 0 ? undefined : write([...kept, ...fresh]);
    },
  };
}

/** What stands for no value, and "", which is none (RFC 7643 2.5). */
function isNothing<T>(stored: Pick<Stored<T, unknown>, "read">, each: T): boolean {
  const value = stored.read(each);
  return value === undefined || value === "";
}

/** A set of values: these, or all but these. A filter on one value is nothing else. */
interface Among<T> {
  readonly values: ReadonlyMap<unknown, T>;
  readonly but: boolean;
}

/**
 * Conditions on a list column. Each says that the column is not NULL, so that its negation holds where it is: a list that was never
 * written is NULL, and reads as empty.
 */
export function scalarElements<Where extends object, T>(place: (test: ListTest<T>) => Where, stored: Held<T>, logic: Logic<Where>): Elements<Where> {
  const there = logic.not(place({ equals: null }));
  return {
    kind: "elements",
    some(filter) {
      const among = amongOf(filter, stored);
      const excluded = [...among.values.values()];
      const some = stored.every?.filter((each) => among.values.has(stored.read(each)) !== among.but) ?? (among.but ? undefined : excluded);
      if (some?.length === 0) return false;
      const [first] = some ?? [];
      if (some !== undefined && first !== undefined) return logic.and([there, place(some.length === 1 ? { has: first } : { hasSome: some })]);
      const filled = place({ isEmpty: false });
      if (excluded.length === 0) return logic.and([there, filled]);
      // There is another value unless this one is all that there is.
      if (excluded.length === 1) return logic.and([there, filled, logic.not(place({ equals: excluded }))]);
      throw refuse("invalidFilter", "A list of values cannot be asked for a value that is none of several.");
    },
  };
}

function amongOf<T>(filter: ResolvedFilter, stored: Held<T>): Among<T> {
  switch (filter.kind) {
    case "always":
    case "present":
      return { values: new Map(), but: true };
    case "never":
      return { values: new Map(), but: false };
    case "not":
      return complement(amongOf(filter.term, stored));
    case "and":
      return filter.terms.map((term) => amongOf(term, stored)).reduce(both);
    case "or":
      // One or the other: not neither.
      return complement(filter.terms.map((term) => complement(amongOf(term, stored))).reduce(both));
    case "compare": {
      if (filter.op !== "eq" && filter.op !== "ne") throw refuse("invalidFilter", `The operator "${filter.op}" cannot be used on the values of a list here.`);
      return { values: held(stored, filter.value), but: filter.op === "ne" };
    }
    case "element":
      throw refuse("invalidFilter", "[ ] cannot stand inside [ ].");
  }
}

function held<T>(stored: Held<T>, value: Exclude<Value, null>): ReadonlyMap<unknown, T> {
  const one = fitting(stored, value);
  return new Map(one === undefined ? [] : [[stored.read(one), one] as const]);
}

function complement<T>({ values, but }: Among<T>): Among<T> {
  return { values, but: !but };
}

function both<T>(left: Among<T>, right: Among<T>): Among<T> {
  if (left.but && right.but) return { values: new Map([...left.values, ...right.values]), but: true };
  const [these, others] = left.but ? [right, left] : [left, right];
  return { values: new Map([...these.values].filter(([text]) => others.values.has(text) !== others.but)), but: false };
}
