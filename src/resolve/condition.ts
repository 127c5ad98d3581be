/** What can be known of a condition before any row is there: whether a write may take a row out of it, or surely does. Pure. */
import type { Assignment, Attribute, Literal } from "../provider.js";
import type { PrismaModel } from "../read/prisma.js";
import { ownColumns } from "./agreement.js";
import { isObject } from "./options.js";

/** A moment that is not known, and not null either. */
const moment = Symbol("moment");
type Value = string | number | boolean | null | typeof moment;

/** Column to all that it may hold after a write; undefined: anything. */
export type Held = ReadonlyMap<string, readonly Value[] | undefined>;

/** As SQL has it: null is neither, and a row is found by true alone. Undefined: it depends on the row. */
type Truth = true | false | null | undefined;

/** Whether a row of the condition is one still when these columns are written, whatever else it holds. */
export function survives(where: Literal | undefined, held: Held): boolean {
  return terms(where).every((term) => !mentions(term, held) || truth(term, held) === true);
}

/** Whether every row is one when nothing but these columns is known of it. */
export function surelyHolds(where: Literal | undefined, held: Held): boolean {
  return terms(where).every((term) => truth(term, held) === true);
}

/** Whether no row is one any more when these columns are written. */
export function surelyHides(where: Literal | undefined, held: Held): boolean {
  return terms(where).some((term) => truth(term, held) === false || truth(term, held) === null);
}

/** Whether SQL says either true or false of every row: a column that may be null is asked for nothing but that. */
export function isAlwaysKnown(models: readonly PrismaModel[], model: PrismaModel, where: Literal | undefined): boolean {
  return terms(where).every(([name, test]) => {
    if (name === "OR" || name === "NOT") return list(test).every((each) => isAlwaysKnown(models, model, each));
    const field = model.fields.find((each) => each.name === name);
    if (field === undefined) return false;
    if (field.kind !== "object") return (field.isRequired && !field.isList) || test === null || (isObject(test) && Object.values(test).every((each) => each === null));
    if (field.isList) return true;
    const next = models.find((each) => each.name === field.type);
    return next !== undefined && field.isRequired && isObject(test) && !("is" in test) && !("isNot" in test) && isAlwaysKnown(models, next, test);
  });
}

type Term = readonly [name: string, test: Literal];

/** All of these must hold. */
export function terms(where: Literal | undefined): readonly Term[] {
  if (!isObject(where)) return [];
  return Object.entries(where as Readonly<Record<string, Literal>>).flatMap(([name, test]): readonly Term[] => (name === "AND" ? list(test).flatMap(terms) : [[name, test]]));
}

/** Whether a term looks at one of these columns, or behind one of these relations. */
export function mentions([name, test]: Term, names: { has(name: string): boolean }): boolean {
  if (name === "AND" || name === "OR" || name === "NOT") return list(test).flatMap(allTerms).some((term) => mentions(term, names));
  return names.has(name);
}

function allTerms(where: Literal): readonly Term[] {
  return isObject(where) ? (Object.entries(where) as Term[]) : [];
}

function list(value: Literal): readonly Literal[] {
  return Array.isArray(value) ? (value as readonly Literal[]) : [value];
}

function truth([name, test]: Term, held: Held): Truth {
  switch (name) {
    case "AND":
      return all(list(test).map((each) => all(allTerms(each).map((term) => truth(term, held)))));
    case "OR":
      return not(all(list(test).map((each) => not(all(allTerms(each).map((term) => truth(term, held)))))));
    case "NOT":
      return all(list(test).map((each) => not(all(allTerms(each).map((term) => truth(term, held))))));
    default:
      return merged((held.get(name) ?? []).map((value) => tested(value, test)));
  }
}

function all(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  if (truths.includes(undefined)) return undefined;
  return truths.includes(null) ? null : true;
}

function not(truth: Truth): Truth {
  return typeof truth === "boolean" ? !truth : truth;
}

/** One answer for all that a column may hold. */
function merged(truths: readonly Truth[]): Truth {
  const [first] = truths;
  return truths.every((each) => each === first) ? first : undefined;
}

function tested(value: Value, test: Literal): Truth {
  if (!isObject(test)) return equal(value, test);
  return all(Object.entries(test as Readonly<Record<string, Literal>>).map(([name, operand]) => {
    switch (name) {
      case "equals":
        return equal(value, operand);
      case "not":
        return isObject(operand) ? not(tested(value, operand)) : not(equal(value, operand));
      case "in":
      case "notIn": {
        if (value === null) return null;
        const found = list(operand).map((each) => equal(value, each));
        const within = found.includes(true) ? true : found.includes(undefined) ? undefined : false;
        return name === "in" ? within : not(within);
      }
      default:
        return value === null ? null : undefined;
    }
  }));
}

/** `null` asks IS NULL; anything else is not equal to null, and not unequal either. */
function equal(value: Value, operand: Literal): Truth {
  if (operand === null) return value === null;
  if (value === null) return null;
  return typeof value === typeof operand ? value === operand : undefined;
}

// ---- What writes hold ----

/** What values of the mapping become. */
export function heldBy(list: readonly Assignment[]): Held {
  return new Map(list.map(({ column, value }) => [column.name, value.kind === "constant" ? [value.value] : value.kind === "now" ? [moment] : undefined]));
}

/** What a client's write of an attribute can become. */
export function heldByAttribute(attribute: Attribute): Held {
  const { source } = attribute;
  switch (source.kind) {
    case "flag":
      return own(attribute, [true, false]);
    case "since":
      return own(attribute, [null, moment]);
    case "switch": {
      const along = [...(source.along?.true ?? []), ...(source.along?.false ?? [])];
      return together([own(attribute, [source.on[0] ?? null, source.off[0] ?? null]), ...along.map((each) => heldBy([each]))]);
    }
    case "choice": {
      const stored = [...source.choices.map((each) => each.stored), ...(source.other === undefined ? [] : [source.other])];
      return own(attribute, source.place.column.optional ? [...stored, null] : stored);
    }
    default:
      return own(attribute, undefined);
  }
}

/** What `active: true` writes. */
export function heldByActive(attribute: Attribute): Held {
  const { source } = attribute;
  if (source.kind === "flag") return own(attribute, [!source.inverted]);
  if (source.kind === "since") return own(attribute, [null]);
  return source.kind === "switch" ? together([own(attribute, [source.on[0] ?? null]), heldBy(source.along?.true ?? [])]) : new Map();
}

function own(attribute: Attribute, values: readonly Value[] | undefined): Held {
  return new Map(ownColumns(attribute).map((name) => [name, values]));
}

/** Of several that may be written: a column may hold what any of them writes. */
export function together(all: readonly Held[]): Held {
  const found = new Map<string, readonly Value[] | undefined>();
  for (const held of all) {
    for (const [name, values] of held) {
      const before = found.get(name);
      found.set(name, values === undefined || (found.has(name) && before === undefined) ? undefined : [...(before ?? []), ...values]);
    }
  }
  return found;
}
