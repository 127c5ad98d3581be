/** Limits on what a client sends (RFC 7644 7; every identity provider known to us stays well inside). */
export interface Limits {
  /** Bytes of a request body; beyond: 413. */
  readonly bodyBytes: number;
  /** Levels of nesting in a JSON body. */
  readonly bodyDepth: number;
  /** Characters of a filter or PATCH path; beyond: 400 `invalidFilter`. */
  readonly filterLength: number;
  /** Levels of grouping in a filter. */
  readonly filterDepth: number;
  /** Comparisons in a filter. */
  readonly filterTerms: number;
  /** Operations in one PATCH. */
  readonly patchOperations: number;
  /** Operations in one bulk request. */
  readonly bulkOperations: number;
  /** Bytes of one bulk request. */
  readonly bulkBytes: number;
  /** Elements of one list of links in a body, such as the members of a group. */
  readonly elements: number;
  /** Elements of any other multi-valued attribute: each is compared with those that are there. */
  readonly values: number;
  /** Characters of JSON that attributes may take which no schema knows, in each resource; where the mapping keeps them. */
  readonly others: number;
  /** Resources of a page when the client names no count. */
  readonly pageDefault: number;
  /** Resources of a page at most. */
  readonly pageMax: number;
  /** How long a cursor can be used. */
  readonly cursorSeconds: number;
}

export const defaultLimits: Limits = {
  bodyBytes: 10_000_000,
  bodyDepth: 32,
  filterLength: 16_384,
  filterDepth: 32,
  filterTerms: 200,
  patchOperations: 2_000,
  bulkOperations: 1_000,
  bulkBytes: 10_000_000,
  elements: 200_000,
  values: 1_000,
  others: 32_768,
  pageDefault: 100,
  pageMax: 200,
  cursorSeconds: 3_600,
};
