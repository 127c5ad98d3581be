/**
 * Conditions on parts of a Json column. Prisma negates its tests of a type by half: `NOT (x contains y)` finds texts alone. So what a
 * negation finds is said by tests that are not negated, and `AnyNull`, which only the host's client has, stands for what is not there.
 */
import { refuse } from "./error.js";
import type { ElementList, ElementParts } from "./document.js";
import type { JsonObject } from "./json.js";
import type { ResolvedFilter } from "./resolved-filter.js";
import type { Value } from "./resource.js";
import { any } from "./where.js";
import type { Column, Condition, Elements, Logic } from "./where.js";

/** The tests of a Json column that typed Prisma offers and this file uses. */
export interface JsonTest<AnyNull> {
  path?: string[];
  equals?: string | number | boolean | { readonly [key: string]: never } | AnyNull;
  not?: string | AnyNull;
  string_contains?: string;
  string_starts_with?: string;
  string_ends_with?: string;
  mode?: "insensitive";
  array_contains?: JsonObject[];
  gte?: number;
  lt?: number;
}

/** A Json column: where it is, and the rows that have none. */
export interface JsonColumn<Where, N> {
  place(test: JsonTest<N>): Where;
  readonly anyNull: N;
  readonly missing: Where | undefined;
  readonly logic: Logic<Where>;
}

type Kind = "text" | "number" | "flag" | "list";

/** What stands there is of another type, and so reads as absent. */
function otherThan<Where, N>(kind: Kind, test: (test: JsonTest<N>) => Where): Where[] {
  return [
    ...(kind === "text" ? [] : [test({ string_contains: "" })]),
    ...(kind === "number" ? [] : [test({ gte: 0 }), test({ lt: 0 })]),
    ...(kind === "flag" ? [] : [test({ equals: true }), test({ equals: false })]),
    ...(kind === "list" ? [] : [test({ array_contains: [] })]),
    test({ equals: {} }),
  ];
}

/** A value under a key. Text is found by its beginning, end and midst, and as a whole where letter case counts. */
export function partColumn<Where extends object, N>({ place, anyNull, missing, logic }: JsonColumn<Where, N>, part: ElementParts[string]): Column<Where> {
  const path = [...part.path];
  const test = (one: JsonTest<N>): Where => place({ path, ...one });
  const nothing = [test({ equals: anyNull }), ...(missing === undefined ? [] : [missing])];
  if (part.type === "text" || part.type === "date") {
    const present = logic.and([test({ string_contains: "" }), test({ not: "" })]);
    return {
      kind: "column",
      absent: logic.or([...nothing, test({ equals: "" }), ...otherThan<Where, N>("text", test)]),
      present,
      compare(op, value) {
        const asked = part.type === "date" ? undefined : part.json(value);
        if (value === "" && op !== "gt" && op !== "ge" && op !== "lt" && op !== "le") return op === "eq" ? part.letters !== "folded" ? false : undefined : present;
        if (typeof asked !== "string") return undefined;
        const like = part.letters === "folded" ? ({ mode: "insensitive" } as const) : {};
        switch (op) {
          case "eq":
            return part.letters === "folded" ? undefined : test({ equals: asked });
          case "co":
            return test({ string_contains: literal(asked), ...like });
          case "sw":
            return test({ string_starts_with: literal(asked), ...like });
          case "ew":
            return test({ string_ends_with: literal(asked), ...like });
          default:
            return undefined;
        }
      },
    };
  }
  const isFlag = part.type === "flag";
  const present = isFlag ? [test({ equals: true }), test({ equals: false })] : [test({ gte: 0 }), test({ lt: 0 })];
  return {
    kind: "column",
    absent: logic.or([...nothing, ...otherThan<Where, N>(part.type, test)]),
    present: logic.or(present),
    compare(op, value) {
      const asked = part.json(value);
      return op === "eq" && asked !== undefined ? test({ equals: asked }) : undefined;
    },
  };
}

/** A list of elements, found by what one of them contains: `eq` and `and` of them, letter for letter. */
export function documentElements<Where extends object, N>({ place, anyNull, missing, logic }: JsonColumn<Where, N>, list: ElementList<ElementParts>): Elements<Where> {
  const path = [...list.path];
  const test = (one: JsonTest<N>): Where => place(path.length === 0 ? one : { path, ...one });
  const within = (part: ElementParts[string]): Where => place({ path: [...path, ...part.path], not: anyNull });
  const parted = Object.values(list.parts).map(within);
  return {
    kind: "elements",
    some: (filter) => any(contained(filter, list.parts).map((each): Condition<Where> => test({ array_contains: [each] })), logic),
    none(filter) {
      const without = contained(filter, list.parts).map((each) => logic.not(test({ array_contains: [each] })));
      if (without.length === 0) return true;
      // Where there is no list, there is no element: nothing, a value of another type, one object in place of the list.
      return logic.or([logic.and(without), test({ equals: anyNull }), ...(missing === undefined ? [] : [missing]), ...otherThan<Where, N>("list", test), ...parted]);
    },
  };
}

/** More alternatives than these are no question that a client asks. */
const most = 64;

/** What an element must contain: any of these. */
function contained(filter: ResolvedFilter, parts: ElementParts): readonly JsonObject[] {
  switch (filter.kind) {
    case "always":
      return [{}];
    case "never":
      return [];
    case "or":
      return few(filter.terms.flatMap((term) => contained(term, parts)));
    case "and":
      return filter.terms.reduce<readonly JsonObject[]>((all, term) => both(all, contained(term, parts)), [{}]);
    case "compare": {
      const part = parts[filter.key];
      if (part === undefined || filter.op !== "eq" || part.letters === "folded") break;
      return equal(part, filter.value);
    }
    default:
      break;
  }
  throw refuse("invalidFilter", unanswerable(filter, parts));
}

function unanswerable(filter: ResolvedFilter, parts: ElementParts): string {
  if (filter.kind === "compare" && filter.op === "eq" && parts[filter.key] !== undefined) return `${filter.key} cannot be compared without regard to letter case here.`;
  return `Elements can be found here by "eq", "and" and "or" inside [ ] alone; "not" can stand before the attribute.`;
}

function equal(part: ElementParts[string], value: Exclude<Value, null>): readonly JsonObject[] {
  const asked = part.json(value);
  const [key] = part.path;
  return asked === undefined || key === undefined ? [] : [{ [key]: asked }];
}

function both(some: readonly JsonObject[], others: readonly JsonObject[]): readonly JsonObject[] {
  return few(some.flatMap((one) => others.flatMap((other): readonly JsonObject[] => (together(one, other) ? [{ ...one, ...other }] : []))));
}

/** One part cannot be two values. */
function together(one: JsonObject, other: JsonObject): boolean {
  return Object.keys(other).every((key) => !(key in one) || one[key] === other[key]);
}

function few(all: readonly JsonObject[]): readonly JsonObject[] {
  if (all.length > most) throw refuse("invalidFilter", "This filter has too many alternatives.");
  return all;
}

/** Prisma hands these to LIKE as they are: the three letters that mean something there are taken literally. */
function literal(value: string): string {
  return value.replace(/[\\%_]/g, "\\$&");
}
