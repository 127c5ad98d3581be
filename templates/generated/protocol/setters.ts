/** How columns are written by Prisma. Each setter also says which rows differ, so that the database decides whether a write changes anything. */
import { refuse } from "./error.js";
import { fitting } from "./stored.js";
import type { Stored } from "./stored.js";
import type { Value, Values } from "./resource.js";

/** The test of a column that typed Prisma offers for "is another value". */
export type Differs<T> = { not: T };

/** How one attribute is written: `V` is what SCIM says, null clears. */
export interface Setter<V, Data, News> {
  data(value: V): Data;
  /** Rows of which the attribute reads otherwise: any of these. NULL is never "not equal" in SQL, so it is named on its own. */
  news(value: V): readonly News[];
  /** Whether the column may hold another value that reads the same as this one, and keeps it: so it is written only where it reads otherwise itself. */
  apart?(value: V): boolean;
}

export type Setters<V, Data, News> = { readonly [K in keyof V]?: Setter<V[K], Data, News> };

/** Columns that are written at once, and the rows that this would change; without such rows there is nothing to write. */
export interface Write<Data, News> {
  readonly data: readonly Data[];
  readonly news: readonly News[];
}

export interface Assigned<Data, News> {
  /** All columns, for an insert. */
  readonly data: readonly Data[];
  /** For an update: those that are written when any of them differs, then those that go each by itself. */
  readonly together: Write<Data, News>;
  readonly apart: readonly Write<Data, News>[];
}

/**
 * The columns that these values become, and the rows they would change. A value without a setter here lives elsewhere.
 * The engine has checked each value against the schema, which the generator made from the same mapping as `V`.
 */
export function assign<V, Data extends object, News>(setters: Setters<V, Data, News>, values: Values): Assigned<Data, News> {
  const together: { readonly data: Data[]; readonly news: News[] } = { data: [], news: [] };
  const apart: Write<Data, News>[] = [];
  const one = <K extends keyof V & string>(key: K): void => {
    const setter = setters[key];
    const value = values[key];
    if (setter === undefined || value === undefined) return;
    const [data, news] = [setter.data(value as V[K]), setter.news(value as V[K])];
    if (setter.apart?.(value as V[K]) === true) {
      apart.push({ data: [data], news });
    } else {
      together.data.push(data);
      together.news.push(...news);
    }
  };
  for (const key in setters) one(key as keyof V & string);
  return { data: [...together.data, ...apart.flatMap(({ data }) => data)], together, apart };
}

/**
 * A place that takes a test to find by, or a value to write: `(title) => ({ title })`. Two types and not one with two signatures:
 * against several signatures at once the compiler would let a generic function pass unlooked at, and a retyped column with it.
 */
export type Place<T, Test, Data, News> = ((value: Test) => News) & ((value: T) => Data);

/** The builders for the columns of one model. */
export function setters<Data extends object, News extends object>() {
  return {
    /** A required text column behind a required attribute. */
    text(place: Place<string, Differs<string>, Data, News>): Setter<string, Data, News> {
      return { data: (value) => place(value), news: (value) => [place({ not: value })] };
    },

    /** A text column that may be null. */
    optionalText(place: Place<string | null, Differs<string> | { gt: string } | null, Data, News>): Setter<string | null, Data, News> {
      return {
        data: (value) => place(value),
        // null and "" both read as absent, and "" is the least text: greater means present.
        news: (value) => (value === null ? [place({ gt: "" })] : [place({ not: value }), place(null)]),
      };
    },

    /** A required text column behind an optional attribute: absent is stored as "". */
    filledText(place: Place<string, Differs<string>, Data, News>): Setter<string | null, Data, News> {
      return { data: (value) => place(value ?? ""), news: (value) => [place({ not: value ?? "" })] };
    },

    /** A required column of another type. */
    stored<T, V extends Value>(place: Place<T, Differs<T>, Data, News>, name: string, stored: Pick<Stored<T, V>, "store">): Setter<V, Data, News> {
      return {
        data: (value) => place(hold(stored, value, name)),
        news: (value) => [place({ not: hold(stored, value, name) })],
      };
    },

    /** A column of another type that may be null. */
    optionalStored<T, V extends Value>(
      place: Place<T | null, Differs<T> | Differs<null> | null, Data, News>,
      name: string,
      stored: Pick<Stored<T, V>, "store">,
    ): Setter<V | null, Data, News> {
      return {
        data: (value) => place(value === null ? null : hold(stored, value, name)),
        news: (value) => (value === null ? [place({ not: null })] : [place({ not: hold(stored, value, name) }), place(null)]),
      };
    },

    /** A boolean column, as it stands or inverted. */
    flag(place: Place<boolean, Differs<boolean>, Data, News>, inverted = false): Setter<boolean, Data, News> {
      return { data: (value) => place(value !== inverted), news: (value) => [place({ not: value !== inverted })] };
    },

    /** A boolean column that may be null. */
    optionalFlag(place: Place<boolean | null, Differs<boolean> | Differs<null> | null, Data, News>, inverted = false): Setter<boolean | null, Data, News> {
      return {
        data: (value) => place(value === null ? null : value !== inverted),
        news: (value) => (value === null ? [place({ not: null })] : [place({ not: value !== inverted }), place(null)]),
      };
    },

    /** A nullable instant that means "no longer" while it is set: false sets it to now, true clears it. */
    since(place: Place<Date | null, Differs<null> | null, Data, News>): Setter<boolean, Data, News> {
      return {
        data: (value) => place(value ? null : new Date()),
        news: (value) => [value ? place({ not: null }) : place(null)],
        apart: () => true,
      };
    },

    /** Stored values that stand for true; the first of each list is what a write writes. `empty` finds rows without a value. */
    switched<const T>(place: Place<T, { in: T[] } | { notIn: T[] }, Data, News>, on: readonly [T, ...T[]], off: T, empty: readonly News[] = []): Setter<boolean, Data, News> {
      return {
        data: (value) => place(value ? on[0] : off),
        news: (value) => (value ? [place({ notIn: [...on] }), ...empty] : [place({ in: [...on] })]),
        apart: () => true,
      };
    },

    /**
     * Stored values that stand for SCIM values, compared without letter case; the first that stands for a value is written.
     * `other` is written for a value that none stands for; without it that is 400.
     */
    choice<const T>(place: Place<T, { notIn: T[] }, Data, News>, name: string, choices: Choices<T>, other?: T): Setter<string, Data, News> {
      return {
        // Null is what the engine hands on for an attribute that is to be cleared, and this column cannot be empty.
        data: (value) => place(chosen(choices, (value as string | null) ?? missing(name), name, other)[0]),
        news: (value) => [place({ notIn: chosen(choices, (value as string | null) ?? missing(name), name, other) })],
        apart: () => repeats(choices),
      };
    },

    optionalChoice<const T>(
      place: Place<T | null, { notIn: T[] } | Differs<null> | null, Data, News>,
      name: string,
      choices: Choices<T>,
      other?: T,
    ): Setter<string | null, Data, News> {
      return {
        data: (value) => place(value === null ? null : chosen(choices, value, name, other)[0]),
        news: (value) => (value === null ? [place({ not: null })] : [place({ notIn: chosen(choices, value, name, other) }), place(null)]),
        apart: () => repeats(choices),
      };
    },
  };
}

/** Which stored value reads as which SCIM value, in order of preference. */
export type Choices<T> = readonly (readonly [stored: T, value: string])[];

/** The stored value that stands for a text. */
export function stands<const T>(choices: Choices<T>, value: string, name: string, other?: T): T {
  return chosen(choices, value, name, other)[0];
}

/** Whether several stored values stand for one. */
function repeats(choices: Choices<unknown>): boolean {
  return new Set(choices.map(([, value]) => value.toLowerCase())).size < choices.length;
}

/** Null comes where a client clears the attribute, and no stored value stands for it. */
function chosen<T>(choices: Choices<T>, value: string | null, name: string, other: T | undefined): [T, ...T[]] {
  if (value === null) return missing(name);
  const [first, ...rest] = choices.filter(([, each]) => each.toLowerCase() === value.toLowerCase()).map(([stored]) => stored);
  if (first !== undefined) return [first, ...rest];
  if (other !== undefined) return [other];
  throw refuse("invalidValue", `${name} must be one of: ${choices.map(([, each]) => each).join(", ")}.`);
}

/** Text that is stored in lower case. */
export function lowered<V extends string | null, Data, News>(setter: Setter<V, Data, News>): Setter<V, Data, News> {
  const lower = (value: V): V => (value === null ? value : value.toLowerCase()) as V;
  return { ...setter, data: (value) => setter.data(lower(value)), news: (value) => setter.news(lower(value)) };
}

/** A write that moves other columns along: a status with the time of its change. They stay when the attribute does not change. */
export function along<Data extends object, News>(setter: Setter<boolean, Data, News>, onTrue: () => Data, onFalse: () => Data): Setter<boolean, Data, News> {
  return { data: (value) => ({ ...setter.data(value), ...(value ? onTrue() : onFalse()) }), news: (value) => setter.news(value), apart: () => true };
}

/** A foreign key to a row that may not exist for the tenant: then it reads as absent, and is kept where absent is what a client says. */
export function seen<V extends string | null, Data, News>(setter: Setter<V, Data, News>, there: () => News): Setter<V, Data, News> {
  return { ...setter, news: (value) => (value === null ? [there()] : setter.news(value)), apart: (value) => value === null };
}

/** A boolean that has no third state: what would clear it is 400. */
export function uncleared<Data, News>(name: string, setter: Setter<boolean, Data, News>): Setter<boolean, Data, News> {
  // The engine hands on null for an attribute that is to be cleared, whatever the type says.
  const given = (value: boolean | null): boolean => value ?? missing(name);
  return { ...setter, data: (value) => setter.data(given(value)), news: (value) => setter.news(given(value)) };
}

/** For a column that must hold something: the engine refuses a body without the attribute before it comes here. */
export function missing(name: string): never {
  throw refuse("invalidValue", `${name} is required.`);
}

/** A value as its column holds it; 400 when it does not fit. */
export function hold<T>(stored: Pick<Stored<T>, "store">, value: Value, name: string): T {
  const held = value === null ? undefined : fitting(stored, value);
  if (held === undefined) throw refuse("invalidValue", `The value of ${name} does not fit what this product stores there.`);
  return held;
}
