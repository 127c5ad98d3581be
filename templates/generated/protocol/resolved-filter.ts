import type { Value } from "./data.js";
import type { Comparison } from "./filter.js";

/**
 * A filter whose names are attribute keys and whose literals have the attribute's type, so that the rows below need no schema.
 * Inside `element` keys are bare sub-attribute names. `never` and `always` come from what is known without the database.
 */
export type ResolvedFilter =
  | { readonly kind: "and" | "or"; readonly terms: readonly ResolvedFilter[] }
  | { readonly kind: "not"; readonly term: ResolvedFilter }
  | { readonly kind: "compare"; readonly key: string; readonly op: Comparison; readonly value: Exclude<Value, null> }
  | { readonly kind: "present"; readonly key: string }
  | { readonly kind: "element"; readonly key: string; readonly filter: ResolvedFilter }
  | { readonly kind: "always" | "never" };

/** Whether no resource fits, whatever it holds. */
export function isNever(filter: ResolvedFilter): boolean {
  switch (filter.kind) {
    case "never":
      return true;
    case "or":
      return filter.terms.every(isNever);
    case "and":
      return filter.terms.some(isNever);
    default:
      return false;
  }
}
