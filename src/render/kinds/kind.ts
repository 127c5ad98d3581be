/** What one attribute adds to the file of its resource: each kind of source says it in a file of its own. */
import type { Attribute, Column, Place, Resource, Source, TenantType } from "../../provider.js";

export interface Contribution {
  /** Columns that a read selects, of the row itself or behind to-one relations. */
  readonly places: readonly Place[];
  /** Columns that an insert may have to name, though no read selects them. */
  readonly unread: readonly Place[];
  /** Relations that a read crosses, and how Prisma is asked for each. */
  readonly lists: readonly { readonly name: string; readonly select: string }[];
  /** Own columns that a read selects besides. */
  readonly needs: readonly Column[];
  /** What a second statement reads for all rows of a page: its name in a row, its type there, and the entry of `Rows` that does it. */
  readonly beside: { readonly name: string; readonly type: string; readonly call: string } | undefined;
  /** The expression that an answer shows, from a row called `row`. */
  readonly printed: string;
  /** Other models for whose columns a table of filters is needed. */
  readonly finders: readonly string[];
  /** Entries of the table of filters. */
  readonly filters: readonly string[];
  /** Entries of the table of orders; none where rows cannot be sorted by the attribute. */
  readonly orders: readonly string[];
  /** Members of `Values`: what a client may write. */
  readonly values: readonly string[];
  /** How columns are written, of the row itself or of one behind a relation. */
  readonly setters: readonly { readonly relation: string | undefined; readonly line: string }[];
  /** Pairs of functions that the host must have. */
  readonly codecs: readonly CodecRule[];
  /** Parts of Json columns: those of one column are one declaration, and one write. */
  readonly documents: readonly DocumentPart[];
  /** Declarations of its own, each printed by a template. */
  readonly selects: readonly Block[];
  readonly blocks: readonly Block[];
  readonly types: readonly string[];
  /** The calls that those make. */
  readonly calls: readonly Calls[];
  /** Entries of the tables in the resource's `Mapping`. */
  readonly mapping: { readonly [table in MappingTable]?: readonly string[] };
  /** Entries of the tables in its `Rows`. */
  readonly rows: { readonly [table in RowsTable]?: readonly string[] };
  /** Other resources whose ids it asks for. */
  readonly refersTo: readonly string[];
}

export type MappingTable = "collections" | "held" | "links" | "slots" | "edits" | "defaults";
export type RowsTable = "byIds" | "collections" | "links" | "lookups" | "merge" | "operands" | "ordersWithin" | "references";

/** A pair of functions of the host: its members in the generated `Rules`. */
export interface CodecRule {
  readonly name: string;
  readonly doc: string;
  readonly sides: readonly string[];
}

export interface DocumentPart {
  readonly place: Place;
  readonly line: string;
  readonly isWritten: boolean;
}

export interface Block {
  /** Below templates/generated/kinds/. */
  readonly template: string;
  readonly view: object;
}

/** Calls of one delegate of the client. */
export interface Calls {
  readonly delegate: string;
  readonly methods: readonly string[];
  /** The resource whose ids are asked for through the same delegate. */
  readonly beside?: string;
}

/** Where an attribute stands. */
export interface Setting {
  readonly resource: Resource;
  readonly tenantType: TenantType | undefined;
}

export type Of<Kind extends Source["kind"]> = Attribute & { readonly source: Extract<Source, { readonly kind: Kind }> };

/** What most kinds leave empty. */
export function contribution(given: Partial<Contribution>): Contribution {
  return { places: [], unread: [], needs: [], beside: undefined, lists: [], printed: "undefined", finders: [], filters: [], orders: [], values: [], setters: [], documents: [], codecs: [], selects: [], blocks: [], types: [], calls: [], mapping: {}, rows: {}, refersTo: [], ...given };
}
