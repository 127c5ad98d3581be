/** A resolved filter, folded over the columns of one resource. What a `Where` is, only the rows know. */
import { refuse } from "./error.js";
import type { Comparison } from "./filter.js";
import type { ResolvedFilter } from "./resolved-filter.js";
import type { Value } from "./resource.js";

/** A condition, or what is known without asking the database. */
export type Condition<Where> = Where | boolean;

/** How one single-valued attribute is found. */
export interface Column<Where> {
  readonly kind: "column";
  /**
   * The rows on which the comparison holds. Undefined: this column cannot answer the operator (400 `invalidFilter`).
   * `ne` never arrives here: it is the negation of `eq`.
   */
  compare(op: Exclude<Comparison, "ne">, value: Exclude<Value, null>): Condition<Where> | undefined;
  /** The rows on which the attribute is absent; false when it never is. */
  readonly absent: Condition<Where>;
  /** The rows on which it is there; not given: all others. */
  readonly present?: Condition<Where>;
}

/** How a multi-valued attribute is found: one element satisfies the whole inner filter (RFC 7644 3.4.2.2). */
export interface Elements<Where> {
  readonly kind: "elements";
  some(filter: ResolvedFilter): Condition<Where>;
  /** No element does; not given: all other rows. */
  none?(filter: ResolvedFilter): Condition<Where>;
}

export type Columns<Where> = Readonly<Record<string, Column<Where> | Elements<Where>>>;

/** The connectives of the where language. */
export interface Logic<Where> {
  and(terms: Where[]): Where;
  or(terms: Where[]): Where;
  not(term: Where): Where;
}

/**
 * SQL knows a third truth value and SCIM does not: `not (title eq "x")` and `title ne "x"` hold where there is no title
 * (RFC 7644 3.4.2.2). So negation is carried down to the comparisons, and a negated one names the absent rows beside it.
 */
export function toWhere<Where extends object>(
  filter: ResolvedFilter,
  columns: Columns<Where>,
  logic: Logic<Where>,
  /** What parts of the filter are known to come to. */
  known?: ReadonlyMap<ResolvedFilter, Condition<Where>>,
): Condition<Where> {
  return fold(filter, false);

  function fold(filter: ResolvedFilter, negated: boolean): Condition<Where> {
    const condition = known?.get(filter);
    if (condition !== undefined) return negated ? not(condition, logic) : condition;
    switch (filter.kind) {
      case "always":
      case "never":
        return (filter.kind === "always") !== negated;
      case "not":
        return fold(filter.term, !negated);
      case "and":
      case "or": {
        const terms = filter.terms.map((term) => fold(term, negated));
        return (filter.kind === "and") === negated ? any(terms, logic) : all(terms, logic);
      }
      case "element":
        return having(elements(filter.key), filter.filter, negated);
      case "present": {
        const column = columns[filter.key];
        if (column?.kind === "elements") return having(column, { kind: "always" }, negated);
        const { absent, present } = single(filter.key);
        return negated ? absent : (present ?? not(absent, logic));
      }
      case "compare": {
        const column = single(filter.key);
        const inverted = (filter.op === "ne") !== negated;
        const condition = column.compare(filter.op === "ne" ? "eq" : filter.op, filter.value);
        if (condition === undefined) throw refuse("invalidFilter", `The operator "${filter.op}" cannot be used on ${filter.key} here.`);
        return inverted ? any([not(condition, logic), column.absent], logic) : condition;
      }
    }
  }

  function having(column: Elements<Where>, filter: ResolvedFilter, negated: boolean): Condition<Where> {
    if (negated && column.none !== undefined) return column.none(filter);
    const some = column.some(filter);
    return negated ? not(some, logic) : some;
  }

  function single(key: string): Column<Where> {
    const column = columns[key];
    if (column?.kind === "column") return column;
    throw refuse("invalidFilter", `${key} cannot be used in a filter here.`);
  }

  function elements(key: string): Elements<Where> {
    const column = columns[key];
    if (column?.kind === "elements") return column;
    throw refuse("invalidFilter", `${key} cannot be used in a filter here.`);
  }
}

export function all<Where extends object>(terms: readonly Condition<Where>[], logic: Logic<Where>): Condition<Where> {
  const open = terms.filter((term) => term !== true);
  if (open.includes(false)) return false;
  return join(open, logic.and, true);
}

export function any<Where extends object>(terms: readonly Condition<Where>[], logic: Logic<Where>): Condition<Where> {
  const open = terms.filter((term) => term !== false);
  if (open.includes(true)) return true;
  return join(open, logic.or, false);
}

export function not<Where extends object>(term: Condition<Where>, logic: Logic<Where>): Condition<Where> {
  return typeof term === "boolean" ? !term : logic.not(term);
}

function join<Where extends object>(terms: readonly Condition<Where>[], connect: (terms: Where[]) => Where, none: boolean): Condition<Where> {
  const wheres = terms.filter((term): term is Where => typeof term !== "boolean");
  const [first] = wheres;
  if (first === undefined) return none;
  return wheres.length === 1 ? first : connect(wheres);
}
