/** A resolved filter on one element that is in memory: the value filters of PATCH (RFC 7644 3.5.2). */
import { parseDateTime } from "./date-time.js";
import type { Comparison } from "./filter.js";
import type { Json } from "./json.js";
import type { ResolvedFilter } from "./resolved-filter.js";
import type { Value } from "./data.js";
import type { AttributeDefinition } from "./schema.js";

/** As the store keeps an element (`Entry`), or as an answer shows it. */
export type Element = Readonly<Record<string, Value | Json | undefined>>;

/** What an element is made of. Of a simple multi-valued attribute it is `value` alone (RFC 7644 3.5.2.2, erratum 7122). */
export function elementDefinitions(definition: AttributeDefinition): readonly AttributeDefinition[] {
  return definition.type === "complex" ? (definition.subAttributes ?? []) : [{ ...definition, name: "value", multiValued: false }];
}

/** Letter case counts where the definition says so (RFC 7644 3.4.2.2); an absent value differs from every other. */
export function matches(filter: ResolvedFilter, element: Element, definitions: readonly AttributeDefinition[]): boolean {
  switch (filter.kind) {
    case "always":
      return true;
    case "never":
      return false;
    case "and":
      return filter.terms.every((term) => matches(term, element, definitions));
    case "or":
      return filter.terms.some((term) => matches(term, element, definitions));
    case "not":
      return !matches(filter.term, element, definitions);
    case "present":
      return isPresent(element[filter.key]);
    case "element": {
      // A sub-attribute may itself hold several values, but only simple ones (RFC 7643 2.3.8).
      const definition = definitions.find(({ name }) => name === filter.key);
      const values = element[filter.key];
      if (definition === undefined || !isList(values)) return false;
      return values.some((value) => matches(filter.filter, { value }, elementDefinitions(definition)));
    }
    case "compare": {
      const exact = definitions.find(({ name }) => name === filter.key)?.caseExact ?? false;
      return holds(element[filter.key], filter.op, filter.value, exact);
    }
  }
}

/** Absent, null, an empty text and an empty list are one state (RFC 7643 2.5; RFC 7644 3.4.2.2, `pr`). */
function isPresent(value: Element[string]): boolean {
  return value !== undefined && value !== null && value !== "" && !(isList(value) && value.length === 0);
}

function isList(value: Element[string]): value is readonly Json[] {
  return Array.isArray(value);
}

function holds(held: Element[string], op: Comparison, asked: Exclude<Value, null>, exact: boolean): boolean {
  if (!isPresent(held)) return op === "ne";
  const [left, right] = [comparable(held, asked, exact), comparable(asked, asked, exact)];
  switch (op) {
    case "eq":
      return left === right;
    case "ne":
      return left !== right;
    case "gt":
      return ordered(left, right, (order) => order > 0);
    case "ge":
      return ordered(left, right, (order) => order >= 0);
    case "lt":
      return ordered(left, right, (order) => order < 0);
    case "le":
      return ordered(left, right, (order) => order <= 0);
    case "co":
      return typeof left === "string" && typeof right === "string" && left.includes(right);
    case "sw":
      return typeof left === "string" && typeof right === "string" && left.startsWith(right);
    case "ew":
      return typeof left === "string" && typeof right === "string" && left.endsWith(right);
  }
}

/** A form in which equal values are identical and unequal ones stand in order. */
function comparable(value: Element[string], like: Exclude<Value, null>, exact: boolean): string | number | boolean | undefined {
  if (value instanceof Date) return value.getTime();
  if (typeof value === "string") {
    if (like instanceof Date) return parseDateTime(value)?.getTime();
    return exact ? value.normalize("NFC") : value.normalize("NFC").toLowerCase();
  }
  return typeof value === "number" || typeof value === "boolean" ? value : undefined;
}

function ordered(left: string | number | boolean | undefined, right: string | number | boolean | undefined, test: (order: number) => boolean): boolean {
  if (typeof left === "string" && typeof right === "string") return test(left < right ? -1 : left > right ? 1 : 0);
  return typeof left === "number" && typeof right === "number" && test(left - right);
}
