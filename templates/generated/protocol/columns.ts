/** How columns are found by Prisma: one builder for each kind of column. The traps of SQL and Prisma end here. */
import type { ElementList, ElementParts } from "./document.js";
import { documentElements, partColumn } from "./document-columns.js";
import type { JsonTest } from "./document-columns.js";
import type { Comparison } from "./filter.js";
import type { ResolvedFilter } from "./resolved-filter.js";
import type { Value } from "./resource.js";
import { scalarElements } from "./scalars.js";
import type { Held as ListHeld, ListTest } from "./scalars.js";
import { fitting } from "./stored.js";
import type { Stored } from "./stored.js";
import { all, any, not, toWhere } from "./where.js";
import type { Column, Columns, Condition, Elements, Logic } from "./where.js";

/** The tests of a text column that typed Prisma offers and this file uses. */
export interface TextTest {
  equals?: string;
  in?: string[];
  contains?: string;
  startsWith?: string;
  endsWith?: string;
  gt?: string;
  gte?: string;
  lt?: string;
  lte?: string;
  mode?: "insensitive";
}

/** The tests of an ordered column: numbers, dates. */
export interface OrderTest<T> {
  equals?: T;
  gt?: T;
  gte?: T;
  lt?: T;
  lte?: T;
}

/**
 * `folded`: compared over lower(column), so an index on lower(column) serves. `exact`: letter for letter.
 * `citext`: the column's own type folds. `trusted`: everybody stores lower case, so the plain index serves.
 */
export type Letters = "folded" | "exact" | "citext" | "trusted";

/** What finding needs of a column's codec. */
type Held<T> = Pick<Stored<T>, "store" | "next">;

/** Every WhereInput of Prisma has these three over itself; TypeScript cannot say so of a type parameter. */
export function prismaLogic<Where extends object>(): Logic<Where> {
  return {
    and: (AND) => ({ AND }) as unknown as Where,
    or: (OR) => ({ OR }) as unknown as Where,
    not: (NOT) => ({ NOT }) as unknown as Where,
  };
}

/** The builders for the rows of one model. `place` puts a test where the column is: `(test) => ({ title: test })`. */
export function columns<Where extends object>() {
  const logic = prismaLogic<Where>();

  return {
    /** A required text column. `""` in it reads as absent (RFC 7643 2.5). Behind a relation that may be missing, `missing` finds those rows. */
    text(place: (test: TextTest) => Where, letters: Letters = "folded", missing?: Where): Column<Where> {
      const empty = place({ equals: "" });
      return textColumn(place, letters, logic, missing === undefined ? empty : logic.or([empty, missing]));
    },

    /** A text column that may be null. */
    optionalText(place: (test: TextTest | null) => Where, letters: Letters = "folded", missing?: Where): Column<Where> {
      const absent = [place(null), place({ equals: "" }), ...(missing === undefined ? [] : [missing])];
      return textColumn(place, letters, logic, logic.or(absent));
    },

    /** A column of another type than text, read and compared by its `stored` form. */
    ordered<T>(place: (test: OrderTest<T>) => Where, stored: Held<T>, missing: Condition<Where> = false): Column<Where> {
      return orderedColumn(place, stored, missing, logic);
    },

    optionalOrdered<T>(place: (test: OrderTest<T> | null) => Where, stored: Held<T>, missing?: Where): Column<Where> {
      return orderedColumn(place, stored, missing === undefined ? place(null) : logic.or([place(null), missing]), logic);
    },

    /** A column that is either equal or not: uuid. */
    key<T>(place: (test: { equals: T }) => Where, stored: Held<T>, missing: Condition<Where> = false): Column<Where> {
      return keyColumn(place, stored, missing);
    },

    optionalKey<T>(place: (test: { equals: T } | null) => Where, stored: Held<T>, missing?: Where): Column<Where> {
      return keyColumn(place, stored, missing === undefined ? place(null) : logic.or([place(null), missing]));
    },

    /** A boolean; `absent` finds the rows that have none. */
    flag(place: (value: boolean) => Where, absent: Condition<Where> = false): Column<Where> {
      return {
        kind: "column",
        compare: (op, value) => (op === "eq" && typeof value === "boolean" ? place(value) : undefined),
        absent,
      };
    },

    /** An instant that means "no longer" while it is set: true while it is null. `missing` finds rows that have no such column. */
    since(place: (test: null) => Where, missing: Condition<Where> = false): Column<Where> {
      const unset = place(null);
      const off = all([logic.not(unset), not(missing, logic)], logic);
      return {
        kind: "column",
        compare: (op, value) => (op === "eq" && typeof value === "boolean" ? (value ? unset : off) : undefined),
        absent: missing,
      };
    },

    /** Stored values that stand for SCIM values. A stored value that is not listed reads as absent; `empty` finds rows without one, of which SQL says neither. */
    choice<const T>(place: (test: { in: T[] }) => Where, choices: readonly (readonly [T, string])[], letters: Letters, complete: boolean, empty: Condition<Where> = false): Column<Where> {
      const among = (holds: (value: string) => boolean): Condition<Where> => {
        const stored = choices.filter(([, value]) => holds(value)).map(([each]) => each);
        return stored.length === 0 ? false : place({ in: stored });
      };
      return {
        kind: "column",
        compare: (op, value) => (typeof value === "string" ? among((each) => textHolds(op, fold(each, letters), fold(value, letters))) : undefined),
        absent: any([complete ? false : not(among(() => true), logic), empty], logic),
      };
    },

    /** The same for a boolean: what is not listed as true reads as false, and so does no value. `missing` finds rows that have no such column. */
    switched<const T>(place: (test: { in: T[] }) => Where, whenTrue: readonly T[], empty: Condition<Where> = false, missing: Condition<Where> = false): Column<Where> {
      const on = place({ in: [...whenTrue] });
      const off = all([any([logic.not(on), empty], logic), not(missing, logic)], logic);
      return {
        kind: "column",
        compare: (op, value) => (op === "eq" && typeof value === "boolean" ? (value ? on : off) : undefined),
        absent: missing,
      };
    },

    /** Read out of a column that holds more: there when the column is, and not to be searched. */
    partOf(column: Column<Where>): Column<Where> {
      return { kind: "column", compare: () => undefined, absent: column.absent };
    },

    /** An attribute with the same value on every resource. */
    constant(value: Exclude<Value, null>, letters: Letters = "folded"): Column<Where> {
      return constantColumn(value, letters);
    },

    /** What no element has. */
    nothing: absentColumn as Column<Where>,

    /** Elements that come from several places. */
    either(...places: readonly Elements<Where>[]): Elements<Where> {
      return { kind: "elements", some: (filter) => any(places.map((each) => each.some(filter)), logic) };
    },

    /** The one row of another table that holds the attribute; where there is none it is absent. `missing`: rows that have nothing for it to hang on. */
    one<Inner extends object>(some: (where: Inner) => Where, of: Column<Inner>, missing?: Where): Column<Where> {
      const inner = prismaLogic<Inner>();
      const having = (condition: Condition<Inner>): Condition<Where> => (condition === false ? false : some(condition === true ? inner.and([]) : condition));
      return {
        kind: "column",
        compare(op, value) {
          const condition = of.compare(op, value);
          return condition === undefined ? undefined : having(condition);
        },
        absent: any([not(having(not(of.absent, inner)), logic), ...(missing === undefined ? [] : [missing])], logic),
      };
    },

    /** Rows of another table: one row satisfies the whole filter. */
    rows<Inner extends object>(some: (where: Inner) => Where, of: Columns<Inner>): Elements<Where> {
      const inner = prismaLogic<Inner>();
      return {
        kind: "elements",
        some: (filter) => {
          const condition = toWhere(filter, of, inner);
          return condition === false ? false : some(condition === true ? inner.and([]) : condition);
        },
      };
    },

    /** The values of a column that is a list. */
    list<T>(place: (test: ListTest<T>) => Where, stored: ListHeld<T>): Elements<Where> {
      return scalarElements(place, stored, logic);
    },

    /** A value under a key of a Json column. Behind a relation that may be missing, `missing` finds those rows. */
    json<N>(place: (test: JsonTest<N>) => Where, part: ElementParts[string], anyNull: N, missing?: Where): Column<Where> {
      return partColumn({ place, anyNull, missing, logic }, part);
    },

    /** A list of elements in a Json column. */
    elements<N>(place: (test: JsonTest<N>) => Where, list: ElementList<ElementParts>, anyNull: N, missing?: Where): Elements<Where> {
      return documentElements({ place, anyNull, missing, logic }, list);
    },

    /** Elements in columns of their own: each answers the filter with its type and primary, which are known. */
    slots(...slots: readonly SlotColumns<Where>[]): Elements<Where> {
      const one = (slot: SlotColumns<Where>, filter: ResolvedFilter): Condition<Where> => {
        const known = { type: constantColumn<Where>(slot.type, "folded"), primary: constantColumn<Where>(slot.primary, "folded"), display: absentColumn };
        const without = Object.fromEntries((slot.without ?? []).map((name) => [name, absentColumn]));
        // An element without a value, as an address is, is there when any part of it is.
        const meaning = slot.of["value"] === undefined ? Object.entries(slot.of).filter(([name]) => name !== "display").map(([, column]) => column) : [slot.of["value"]];
        return all([any(meaning.map((column) => not(column.absent, logic)), logic), toWhere(filter, { ...known, ...without, ...slot.of }, logic)], logic);
      };
      return { kind: "elements", some: (filter) => any(slots.map((slot) => one(slot, filter)), logic) };
    },
  };
}

/** An element in columns of its own: its sub-attributes that have one, and those that another element has and it has not. */
export interface SlotColumns<Where> {
  readonly type: string;
  readonly primary: boolean;
  readonly of: Readonly<Record<string, Column<Where>>>;
  readonly without?: readonly string[];
}

function textColumn<Where extends object>(place: (test: TextTest) => Where, letters: Letters, logic: Logic<Where>, absent: Where): Column<Where> {
  const mode = letters === "folded" ? ({ mode: "insensitive" } as const) : {};
  // On citext the cast that LIKE needs loses the folding of the type, so these three ask for it by name.
  const like = letters === "exact" || letters === "trusted" ? {} : ({ mode: "insensitive" } as const);
  const present = logic.not(absent);
  return {
    kind: "column",
    absent,
    compare(op, asked) {
      if (typeof asked !== "string") return undefined;
      const value = letters === "trusted" ? asked.toLowerCase() : asked;
      // "" is what an absent value is stored as, so it equals nothing and every present value contains it.
      if (value === "") return op === "eq" || op === "lt" || op === "le" ? false : present;
      switch (op) {
        case "eq":
          // `equals` with this mode would be an ILIKE: `_` and `%` in a user name would match strangers.
          return place(letters === "folded" ? { in: [value], ...mode } : { equals: value });
        case "co":
          return place({ contains: literal(value), ...like });
        case "sw":
          return place({ startsWith: literal(value), ...like });
        case "ew":
          return place({ endsWith: literal(value), ...like });
        case "gt":
          return place({ gt: value, ...mode });
        case "ge":
          return place({ gte: value, ...mode });
        case "lt":
          return logic.and([place({ lt: value, ...mode }), present]);
        case "le":
          return logic.and([place({ lte: value, ...mode }), present]);
      }
    },
  };
}

function orderedColumn<Where extends object, T>(place: (test: OrderTest<T>) => Where, stored: Held<T>, absent: Condition<Where>, logic: Logic<Where>): Column<Where> {
  return {
    kind: "column",
    absent,
    compare(op, value) {
      if (op === "co" || op === "sw" || op === "ew") return undefined;
      const held = stored.store(value);
      if (held === undefined) return false;
      if (held === "low") return op === "gt" || op === "ge" ? not(absent, logic) : false;
      if (held === "high") return op === "lt" || op === "le" ? not(absent, logic) : false;
      const next = stored.next?.(held);
      switch (op) {
        case "eq":
          return place(next === undefined ? { equals: held } : { gte: held, lt: next });
        case "gt":
          return place(next === undefined ? { gt: held } : { gte: next });
        case "ge":
          return place({ gte: held });
        case "lt":
          return place({ lt: held });
        case "le":
          return place(next === undefined ? { lte: held } : { lt: next });
      }
    },
  };
}

function keyColumn<Where, T>(place: (test: { equals: T }) => Where, stored: Held<T>, absent: Condition<Where>): Column<Where> {
  return {
    kind: "column",
    absent,
    compare(op, value) {
      if (op !== "eq") return undefined;
      const held = fitting(stored, value);
      return held === undefined ? false : place({ equals: held });
    },
  };
}

function constantColumn<Where>(constant: Exclude<Value, null>, letters: Letters): Column<Where> {
  return {
    kind: "column",
    absent: false,
    compare(op, value) {
      if (typeof constant === "string" && typeof value === "string") return textHolds(op, fold(constant, letters), fold(value, letters));
      return op === "eq" ? constant === value : undefined;
    },
  };
}

const absentColumn: Column<never> = { kind: "column", absent: true, compare: () => false };

function fold(text: string, letters: Letters): string {
  return letters === "exact" ? text : text.toLowerCase();
}

function textHolds(op: Exclude<Comparison, "ne">, held: string, asked: string): boolean {
  switch (op) {
    case "eq":
      return held === asked;
    case "co":
      return held.includes(asked);
    case "sw":
      return held.startsWith(asked);
    case "ew":
      return held.endsWith(asked);
    case "gt":
      return held > asked;
    case "ge":
      return held >= asked;
    case "lt":
      return held < asked;
    case "le":
      return held <= asked;
  }
}

/** Prisma hands `contains` and its kin to LIKE as they are: the three letters that mean something there are taken literally. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
