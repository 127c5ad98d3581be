/**
 * The seam between the protocol and the database. A `Store` is one mapped resource type of
 * one tenant; the engine above it knows SCIM and no column, the rows below it know columns and no SCIM.
 */
import type { Entry, Values } from "./data.js";
import type { JsonObject } from "./json.js";
import type { ResolvedFilter } from "./resolved-filter.js";

export type { Entry, Value, Values } from "./data.js";

/** Whole collections, by the attribute's name. */
export type Items = Readonly<Record<string, readonly Entry[]>>;

export type Ids = readonly string[];

/** How the ids of a multi-valued reference (`members`) change; `add` and `remove` share no id. */
export type LinkChange = { readonly add: Ids; readonly remove: Ids } | { readonly exactly: Ids };

export type Links = Readonly<Record<string, LinkChange>>;

/** What the attributes that no schema knows become of those that are kept. */
export type KeepOthers = (now: JsonObject) => JsonObject;

/** All that a client says about a resource: single values, whole collections, whole link lists. */
export interface Draft {
  /** The resource as it was sent, for rules and hooks. */
  readonly input: JsonObject;
  readonly values: Values;
  readonly items: Items;
  readonly links: Readonly<Record<string, Ids>>;
  readonly others?: KeepOthers | undefined;
  readonly keeps?: Keeps | undefined;
}

/** Told of an attribute that stays as it is though no answer shows it: a password. */
export type Keeps = (key: string) => void;

/** The relations a read has to cross, one bit each; own columns are always read. 0 is own columns alone. */
export type Parts = number;

/**
 * One PATCH or PUT. A `set` needs nothing of the present state and becomes one conditional update. An `edit` is given the
 * resource as it stands under its row lock, with the named parts, and says what it shall be; only differences are written.
 */
export type Change = {
  readonly links: Links;
  /** What becomes of the attributes that no schema knows. */
  readonly others?: KeepOthers | undefined;
  readonly keeps?: Keeps | undefined;
  /** The body as it was sent, for rules and hooks. */
  readonly input: JsonObject;
  /** It says `active: false` of what is active while it is there. */
  readonly removes?: boolean;
} & (
  | { readonly kind: "set"; readonly values: Values }
  | {
      readonly kind: "edit";
      readonly reads: Parts;
      apply(now: JsonObject): { readonly values: Values; readonly items: Items };
    }
);

/** `same`: nothing differed, so lastModified did not move (RFC 7644 3.5.2.1). `missing`: 404. */
export type Outcome =
  | { readonly kind: "changed" | "same"; readonly resource: JsonObject | undefined }
  | { readonly kind: "missing" };

/** Of what the client sorts by: the attribute's key, its name as sent for messages, and the order. */
export interface Sort {
  readonly key: string;
  readonly path: string;
  readonly descending: boolean;
}

export interface Query {
  readonly filter: ResolvedFilter | undefined;
  readonly sort: Sort | undefined;
  /** The page begins behind the row of this id, whether or not that is there still; only without a sort. */
  readonly after: string | undefined;
  /** The page ends before the row of this id: of those before it the last ones; only without a sort. */
  readonly before: string | undefined;
  /** Whether the answer needs the total; a page by cursor knows it already. */
  readonly counts: boolean;
  /** Rows to pass over, from 0. */
  readonly skip: number;
  /** Rows at most; 0 asks for the total alone. */
  readonly take: number;
}

export interface Page {
  readonly total: number;
  readonly resources: readonly JsonObject[];
}

/** What must be true of the resource under its lock, or nothing is written (RFC 7644 3.14, If-Match). */
export interface Match {
  readonly reads: Parts;
  /** Throws 412. */
  check(resource: JsonObject): void;
}

export interface Store {
  /** Undefined: there is no such row in this tenant, whatever shape the id has. */
  get(id: string, parts: Parts): Promise<JsonObject | undefined>;
  /** In a total order that is stable from page to page (RFC 7644 3.4.2.4). */
  list(query: Query, parts: Parts): Promise<Page>;
  /** Throws 409 `uniqueness`, and 400 `invalidValue` for a reference to nothing in the tenant. */
  create(draft: Draft, parts: Parts): Promise<JsonObject>;
  /**
   * Several in few statements, where each becomes what `create` would make of it. Undefined stands for one that is to be created by
   * itself, since something may be in its way; also a refusal of them all says only that. `whole`: all of them or none.
   */
  createTogether?(drafts: readonly Draft[], parts: Parts, whole: boolean): Promise<readonly (JsonObject | undefined)[]>;
  /** `answer`: the parts of the resource to return, or undefined for an answer without a body. Throws as `create` does. */
  write(id: string, change: Change, answer: Parts | undefined, match: Match | undefined): Promise<Outcome>;
  /** False: there was nothing to remove. Throws 409 when the database's own constraints keep the row. */
  remove(id: string, match: Match | undefined): Promise<boolean>;
}
