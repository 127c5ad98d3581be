/** What the functions that resolve attributes are handed, and what they give. */
import type { Definition, MemberList, Place, ResourceRef, Source, ValueGroups } from "../provider.js";
import type { PrismaModel } from "../read/prisma.js";
import type { Scope } from "./context.js";
import type { TypeNames } from "./names.js";
import type { Rows } from "./scope.js";

/** A resource while its attributes are resolved: its model, and the other resources that references lead to. */
export interface Home extends Scope {
  /** Columns that are kept in lower case, by their place: said of one attribute, it holds for all on the column. */
  readonly lowers: ReadonlyMap<string, boolean | "trusted">;
  readonly resource: string;
  /** What the types of its complex attributes begin with: the resource, and behind it the extension that they are of. */
  readonly typePrefix: string;
  readonly typeNames: TypeNames;
  /** Whether the attributes are of a schema of the host's own. */
  readonly isCustom: boolean;
  /** Short names of the resource's extensions, by URN. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly model: PrismaModel;
  /** Which of the model's rows are resources, and what tells them apart. */
  readonly rows: Rows;
  readonly start: Start | undefined;
  readonly people: readonly Person[];
  readonly others: readonly Other[];
  /** How Group keeps its members, once that is known. */
  readonly members: readonly MemberList[];
  /** Or the values that are groups. */
  readonly valueGroups: ValueGroups | undefined;
}

/** What is known of the rows at which places begin; undefined in a home: nothing, as of rows of a list. */
export interface Start {
  readonly tenant: Place | undefined;
  /** Relations to a row that the resource shares with other tenants on purpose. */
  readonly through: ReadonlySet<string>;
}

/** A row that a resource shares. */
export interface Person {
  readonly model: string;
  /** Says who may write the row, and not whose it is. */
  readonly owner: string | undefined;
}

export interface Other {
  readonly ref: ResourceRef;
  readonly model: PrismaModel;
  readonly rows: Rows;
  /** The column of displayName, where it is one of the model's own. */
  readonly display: string | undefined;
}

export interface Resolved {
  readonly source: Source;
  /** What the mapping changes of the attribute's characteristics. */
  readonly traits?: Partial<Definition>;
}
