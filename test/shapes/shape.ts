/** What a test must be told of a host that it has never seen: how its rows look, and what its mapping can do. */

/** Rows by table, each with the columns that matter. */
export type Rows = Readonly<Record<string, readonly object[]>>;

export interface ShapeTenant {
  readonly name: "acme" | "globex";
  /** What `authenticate` gives. Null: the product has no tenants. */
  readonly id: string | number | bigint | null;
  readonly domain: string;
}

/** Somebody whom a directory sends. */
export interface Sent {
  readonly tenant: ShapeTenant;
  readonly userName: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly title: string;
  readonly mail: string;
  readonly externalId: string;
}

export interface Shape {
  /** The folder, with `schema.prisma` or a folder `schema`, `scim.config.ts`, `seed.sql`, and where needed `rules.ts`, `more.sql` and `access.ts`. */
  readonly name: string;
  /** What is peculiar to it. */
  readonly about: string;
  readonly tenants: readonly [ShapeTenant, ShapeTenant];
  /** The attributes of `Sent` that are mapped, by their SCIM names. */
  readonly users: {
    readonly externalId?: boolean;
    /** `exists`: to deactivate is to remove. */
    readonly active: "column" | "exists" | false;
    /** `split`: given and family name have columns; `full`: one for both. */
    readonly name?: "split" | "full";
    readonly displayName?: boolean;
    readonly title?: boolean;
    /** `login`: the column of userName; `own`: another; `rows`, `json`: many. */
    readonly emails?: "login" | "own" | "rows" | "json";
    readonly phoneNumbers?: boolean;
    readonly manager?: boolean;
    readonly department?: boolean;
    readonly roles?: boolean;
    /** Further attributes as they are sent and come back. */
    readonly more?: object;
    /** userName is stored in lower case. */
    readonly lower?: boolean;
    /** The name of somebody removed is never given again. */
    readonly reserves?: boolean;
    /** The person is shared, and what a tenant sends of a known one changes nothing. */
    readonly keeps?: boolean;
  };
  /** `values`: the groups are the values of an enum, there from the start. */
  readonly groups?: { readonly externalId?: boolean; readonly kind: "rows" | "values" };
  /** The rows that one user or group is. A function, for what the client sent is in them. */
  readonly rows: {
    /** After POST. */
    readonly user: (sent: Sent) => Rows;
    /** What the first user of a life brings into being, and no DELETE takes away: a row that a look-up has made. */
    readonly once?: (tenant: ShapeTenant) => Rows;
    /** The same user once it is deactivated: the tables that differ. */
    readonly suspended?: (sent: Sent) => Rows;
    /** What is left behind by DELETE; nothing where it is not said. */
    readonly left?: (sent: Sent) => Rows;
    /** With this name. */
    readonly group?: (displayName: string, tenant: ShapeTenant) => Rows;
    /** One for each member. */
    readonly member?: Rows;
    /** For each member that was removed. */
    readonly memberLeft?: Rows;
    readonly groupLeft?: (displayName: string) => Rows;
  };
  /**
   * SQL over the row `t`, by table: the tenant whose it is, as text. A table that is not named, and a row for which it is null, is nobody's:
   * no request may touch it.
   */
  readonly whose: Readonly<Record<string, string>>;
  /** SQL over the row `t`: an array of the tenants that see it besides, as text. */
  readonly seenBy?: Readonly<Record<string, string>>;
  /** Tables in which a request may leave a new row that is nobody's. */
  readonly unowned?: readonly string[];
  /** Later ids sort behind earlier ones, so that the same requests give the same pages in two databases. */
  readonly ordered?: boolean;
  /** E-mail addresses of people whom no tenant owns. */
  readonly strangers?: readonly string[];
  /** Ids of rows that are no resource. */
  readonly ids?: readonly string[];
  readonly bad?: readonly BadData[];
  /** The role that the host connects as, where it is not the owner of the tables. */
  readonly role?: string;
}

/** A row that no request could have made, and that is there. */
export interface BadData {
  readonly name: string;
  readonly sql: string;
  /** The path of the resource of the first tenant whose row it is. */
  readonly at: string;
  /** What is answered of it. */
  readonly shows: object;
  /** Attributes that must not be in the answer. */
  readonly without?: readonly string[];
  /** A change of something else, and the columns that move by it: as `Table.column`. */
  readonly change?: { readonly path: string; readonly value: unknown; readonly moves: readonly string[] };
  /** What is read cannot be put back as it is, since something that must be there is not: 400. */
  readonly incomplete?: true;
  /** Rows that no attribute holds refer to it, and their foreign key refuses the DELETE: 409. */
  readonly isHeld?: true;
  /** Columns that a PUT of what was read moves, since the mapping says how they are stored. */
  readonly settles?: readonly string[];
}
