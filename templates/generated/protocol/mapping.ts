/** What the engine must know of a resource's mapping, as generated data: where each attribute lives, not how. */
import type { Parts, Value } from "./resource.js";
import type { ResourceTypeDefinition } from "./schema.js";

/** One fixed element of a multi-valued attribute, stored in columns of its own. */
export interface Slot {
  readonly type: string;
  readonly primary: boolean;
  /** The sub-attributes that have a column, and the key of each below the seam: `{ value: "emails[work].value" }`. */
  readonly keys: Readonly<Record<string, string>>;
}

export interface Mapping {
  readonly type: ResourceTypeDefinition;
  /** Attribute key to the relations that must be read for it; a key that is not named needs own columns alone. */
  readonly reads: Readonly<Record<string, Parts>>;
  /** Multi-valued attributes stored as rows of their own: a write needs the rows that are there. */
  readonly collections: readonly string[];
  /** Those of them that hang on a row which other tenants share: what a client writes there may be kept as it is. */
  readonly held?: readonly string[];
  /** Multi-valued references written as deltas of ids, without reading the list (`members`). */
  readonly links: readonly string[];
  /** Multi-valued attributes that are a few columns, by attribute name. */
  readonly slots: Readonly<Record<string, readonly Slot[]>>;
  /** Attributes of which a new value depends on the present one (a full-name column, an immutable attribute). */
  readonly edits: readonly string[];
  /**
   * What an absent or cleared attribute becomes when its column must hold something: a constant, or another attribute's value. `made`: the
   * row gets a value when it is inserted, which stays until a client sends another.
   */
  readonly defaults: Readonly<Record<string, { readonly value: Value } | { readonly from: string } | { readonly made: true }>>;
  /** A resource is active as long as it is there: `active: false` removes it. */
  readonly activeWhileThere?: true;
  /** Attributes that no schema knows are kept. */
  readonly others?: true;
  /** Attributes that share one column: in one request the first of each list that is present is written, the rest passed over. */
  readonly shared: readonly (readonly string[])[];
}
