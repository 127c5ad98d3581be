/** The filter language of RFC 7644 3.4.2.2, as a tree. Text in, tree out; names are not looked up here. */

export type Comparison = "eq" | "ne" | "co" | "sw" | "ew" | "gt" | "ge" | "lt" | "le";

/** A number stays text: a BigInt or a decimal must not pass through a JavaScript number. */
export type Literal = string | boolean | null | { readonly number: string };

export type Filter =
  | { readonly kind: "and" | "or"; readonly terms: readonly Filter[] }
  | { readonly kind: "not"; readonly term: Filter }
  | { readonly kind: "compare"; readonly path: string; readonly op: Comparison; readonly value: Literal }
  | { readonly kind: "present"; readonly path: string }
  /** `emails[type eq "work"]`: one and the same element satisfies the inner filter. */
  | { readonly kind: "element"; readonly path: string; readonly filter: Filter };
