/**
 * What a user may write in `scim.config.ts`, typed against the host's own `Prisma.TypeMap`, and what such a file is once it is loaded.
 * Types only. Nothing of Prisma is imported: a type map is read by its shape, so one package serves every generated client.
 */

// ---- The schema, as the type map shows it ----

/** The part of `Prisma.TypeMap` that a mapping looks into. Both client generators export it: `import type { Prisma } from "./src/db/client"`. */
export interface AnyTypeMap {
  readonly model: { readonly [model: string]: { readonly payload: Payload; readonly operations: object } };
}
/** One model of the type map: its name, its relations (`objects`) and its columns (`scalars`). */
export interface Payload {
  readonly name: string;
  readonly objects: object;
  readonly scalars: object;
}
/** A model of the schema. Example: `model: "Membership"`. */
export type ModelName<T extends AnyTypeMap> = keyof T["model"] & string;
/** A column of the model itself. Example: `"title"`. */
export type ColumnName<P extends Payload> = keyof P["scalars"] & string;
/** A relation of the model that holds one row. Example: `"user"`. */
export type ToOneName<P extends Payload> = { [R in keyof P["objects"]]: NonNullable<P["objects"][R]> extends readonly unknown[] ? never : R }[keyof P["objects"]] & string;
/** A relation of the model that holds many rows. Example: `"phones"`. */
export type ToManyName<P extends Payload> = Exclude<keyof P["objects"] & string, ToOneName<P>>;

type Element<V> = NonNullable<V> extends readonly (infer E)[] ? E : NonNullable<V>;
type Related<P extends Payload, R extends keyof P["objects"]> = Extract<Element<P["objects"][R]>, Payload>;
type IsEnum<V> = [V] extends [string] ? (string extends V ? false : true) : false;
interface DecimalLike {
  readonly d: number[];
  toFixed(): string;
}
// A column typed by hand (prisma-json-types-generator) is Json too: an object that is none of Prisma's own.
type IsJson<V> = [string | number | boolean] extends [V] ? true : V extends Date | DecimalLike | Uint8Array ? false : V extends object ? true : false;
type ColumnWhere<P extends Payload, V> = { [C in ColumnName<P>]: NonNullable<P["scalars"][C]> extends V ? C : never }[ColumnName<P>];

// The kinds of column that some option asks for by name.
interface Columns<P extends Payload> {
  any: ColumnName<P>;
  enum: { [C in ColumnName<P>]: IsEnum<Element<P["scalars"][C]>> extends true ? C : never }[ColumnName<P>];
  json: { [C in ColumnName<P>]: IsJson<Element<P["scalars"][C]>> extends true ? C : never }[ColumnName<P>];
  plain: Exclude<ColumnName<P>, Columns<P>["enum"] | Columns<P>["json"]>;
  flag: ColumnWhere<P, boolean>;
  // Null is the other state of a date, so a required one cannot serve.
  flagOrDate: Columns<P>["flag"] | { [C in Columns<P>["date"]]: null extends P["scalars"][C & keyof P["scalars"]] ? C : never }[Columns<P>["date"]];
  date: ColumnWhere<P, Date>;
  integer: ColumnWhere<P, number | bigint>;
}
type Kind = keyof Columns<Payload>;
// How many more relations a place may cross. The limit keeps the editor quick in a schema with hubs of hundreds of relations.
type Depth = 0 | 1 | 2 | 3;
type Less = [0, 0, 1, 2];
type PlaceOfKind<P extends Payload, K extends Kind, D extends Depth = 3> =
  | Columns<P>[K]
  | (D extends 0 ? never : { [R in ToOneName<P>]: `${R}.${PlaceOfKind<Related<P, R>, K, Less[D]>}` }[ToOneName<P>]);
type ToOnePath<P extends Payload, D extends Depth = 3> = D extends 0 ? never : { [R in ToOneName<P>]: R | `${R}.${ToOnePath<Related<P, R>, Less[D]>}` }[ToOneName<P>];
type RowAt<P extends Payload, Path extends string> = Path extends `${infer R}.${infer Rest}`
  ? R extends keyof P["objects"] ? RowAt<Related<P, R>, Rest> : never
  : Path extends keyof P["objects"] ? Related<P, Path> : P;
type StoredAt<P extends Payload, Path extends string> = Path extends `${infer R}.${infer Rest}`
  ? R extends keyof P["objects"] ? StoredAt<Related<P, R>, Rest> : never
  : Path extends keyof P["scalars"] ? Element<P["scalars"][Path]> : never;

/** Where one value lives: a column, or a column behind relations that hold one row. Example: `"title"`, `"user.email"`. Typed to three relations deep; deeper: `"a.b.c.d.e" as never`. */
export type Place<P extends Payload, D extends Depth = 3> = PlaceOfKind<P, "any", D>;
/** A boolean column, or one behind to-one relations. Example: `"enabled"`. */
export type FlagColumn<P extends Payload> = PlaceOfKind<P, "flag">;
/** A boolean column, or a date that may be null: what `unless` inverts. Example: `"suspendedAt"`. */
export type FlagOrDateColumn<P extends Payload> = PlaceOfKind<P, "flagOrDate">;
/** A column of an enum type, or one behind to-one relations. Example: `"status"`. */
export type EnumColumn<P extends Payload, D extends Depth = 3> = PlaceOfKind<P, "enum", D>;
/** A Json column, or one behind to-one relations. Example: `"profile"`. */
export type JsonColumn<P extends Payload, D extends Depth = 3> = PlaceOfKind<P, "json", D>;
/** A key inside a Json column. Example: `"profile->addresses"`. */
export type JsonKey<P extends Payload, D extends Depth = 3> = `${JsonColumn<P, D>}->${string}`;
/** A list relation, of the model or of one row that it points to. Example: `"phones"`, `"user.memberships"`. */
export type ListPlace<P extends Payload> = ToManyName<P> | { [R in ToOneName<P>]: `${R}.${ToManyName<Related<P, R>>}` }[ToOneName<P>];
/** Many rows, or one value of each: a place that crosses one list relation. Example: `"phones.digits"`, `"teams.team.name"`, `"user.facts.text"`. */
export type RowsPlace<P extends Payload> = { [L in ListPlace<P>]: RowsPlaceAt<L, RowAt<P, L>> }[ListPlace<P>];
// Behind `toOne.list` only the row's own columns: a hub's hundreds of lists would halve the editor's speed. `each` reaches further, from the row.
type RowsPlaceAt<L extends string, Row extends Payload> = L | `${L}.${Place<Row, L extends `${string}.${string}` ? 0 : 2>}`;

/** Prisma's own `WhereInput` of a model. Plain equalities are written on create too. Example: `where: { leftAt: null }`. */
export type Where<T extends AnyTypeMap, M extends string> = T["model"][M] extends { operations: { findMany: { args: { where?: infer W } } } } ? NonNullable<W> : never;

// ---- Values: what is written without a client asking ----

/** What `rule(name)` returns: a typed function of that name in the host's `rules.ts` gives the value. Example: `create: { id: rule("newId") }`. */
export interface Rule<Name extends string = string> {
  readonly $: "rule";
  readonly name: Name;
}
/** What `now()` returns: the moment of the request. Example: `stamp: { touchedAt: now() }`. */
export interface Now {
  readonly $: "now";
}
/** What `tenant()` returns: the tenant that `authenticate` gave. Example: `create: { createdBy: tenant() }`. */
export interface Tenant {
  readonly $: "tenant";
}
/** What `from(attribute)` returns: the value of another attribute of the same request. Example: `default: from("userName")`. */
export interface From<Attribute extends string = string> {
  readonly $: "from";
  readonly attribute: Attribute;
}
/** Every value that is found at run time. `$` tells them apart; each survives JSON. */
export type Tagged = Rule | Now | Tenant | From;
/** A constant for a column, as JSON has it: dates as ISO text, BigInt and Decimal as a number or digits. Example: `"scim"`, `1`, `null`. */
export type Constant<V> = V extends Date ? string : V extends bigint | DecimalLike ? number | string : V extends Uint8Array ? never : V;
/** What may be written into a column: a constant, `rule()`, `from()`, `tenant()`, and `now()` where the column is a date. */
export type Value<V> = Constant<V> | Rule | From | Tenant | (NonNullable<V> extends Date ? Now : never);
/** Columns to write, and relations to connect to the row that has these values. Example: `{ origin: "scim", topic: { code: "nick" } }`. */
export type Written<P extends Payload> = {
  readonly [K in ColumnName<P> | ToOneName<P>]?: K extends keyof P["scalars"] ? Value<P["scalars"][K]> : K extends keyof P["objects"] ? Named<Related<P, K>> : never;
};
type Named<P extends Payload> = { readonly [C in ColumnName<P>]?: Constant<P["scalars"][C]> };
type Scalar = string | number | boolean;

// ---- Entries: how one attribute is stored ----

/** What `/Schemas` says of an attribute and the engine enforces. Default: as RFC 7643 has it. Example: `{ at: "grade", readOnly: true }`. */
export interface Traits {
  /** What a client sends is passed over. Default false. */
  readonly readOnly?: boolean;
  /** Written by POST, never changed afterwards. Default false. */
  readonly immutable?: boolean;
  /** POST and PUT without it answer 400. Default false, true for `userName`. */
  readonly required?: boolean;
  /** When an answer holds it. Default `"default"`; `"request"`: only if asked for by name. */
  readonly returned?: "always" | "never" | "default" | "request";
  /** Whether letter case counts in filters and uniqueness. Default false for text, true for `externalId`. */
  readonly caseExact?: boolean;
  /** The SCIM type, in custom schemas. Default: the column's. Example: `type: "reference"`. */
  readonly type?: "string" | "boolean" | "decimal" | "integer" | "dateTime" | "binary" | "reference";
  /** The values that `/Schemas` suggests. Example: `canonicalValues: ["work", "home"]`. */
  readonly canonicalValues?: readonly string[];
  /** The sentence that `/Schemas` shows. */
  readonly description?: string;
}
/** How what is stored and what SCIM says correspond. Example: `{ at: "user.email", lower: true }`. */
export interface Shape<Row extends Payload, Beside extends string> extends Traits {
  /** Stored and compared in lower case; `"trusted"`: rows are known to be, so the plain index serves. Default false. */
  readonly lower?: boolean | "trusted";
  /** SCIM value to stored value; of a list the first is written. Default: the same value. Example: `values: { true: "A", false: ["X", "Y"] }`. */
  readonly values?: { readonly [scim: string]: Scalar | readonly Scalar[] };
  /** Stored for a SCIM value that is not listed. Default: 400. Example: `else: "OTHER"`. */
  readonly else?: Scalar;
  /** Columns of the same row, written with a SCIM value. Example: `set: { false: { restingFrom: now() } }`. */
  readonly set?: { readonly [scim: string]: Written<Row> };
  /** A pair `read` and `write` of that name in the host's `rules.ts`. Example: `codec: "cipher"`. */
  readonly codec?: string;
  /** The column of the same row that a filter compares, for what a codec hides. Example: `equals: { at: "ibanDigest", codec: "digest" }`. */
  readonly equals?: { readonly at: Beside; readonly codec: string };
  /**
   * Written where a client sends nothing. Example: `default: from("userName")`. What `rule("…")` or `now()` makes is made with the row, and
   * stays until a client sends another value: to clear the attribute changes nothing.
   */
  readonly default?: Scalar | Tagged;
  /** The attribute to answer with while this one is null. Example: `fallback: "userName"`. */
  readonly fallback?: UserAttribute | GroupAttribute | (string & Record<never, never>);
  /** For a column that holds a SCIM id: the resource it belongs to. Default `"User"` in members and manager. Example: `ref: "Group"`. */
  readonly ref?: "User" | "Group" | (string & Record<never, never>);
}

/** A column. Example: `{ at: "title", readOnly: true }`. */
export interface ColumnEntry<P extends Payload> extends Shape<P, Place<P>> {
  readonly at: Columns<P>["plain"];
  readonly table?: undefined;
}
/** An enum column. Example: `{ at: "status", values: { true: ["ACTIVE", "INVITED"], false: "SUSPENDED" } }`. */
export interface EnumEntry<P extends Payload, At extends string, Scim extends string = string> extends Omit<Shape<P, never>, "values" | "else" | "set" | "equals"> {
  readonly at: At;
  /** SCIM value to stored value; of a list the first is written. Default: the enum's own names, without letter case. */
  readonly values?: { readonly [S in Scim]?: StoredAt<P, At> | readonly StoredAt<P, At>[] };
  /** Stored for a SCIM value that is not listed. Default: 400. Example: `else: "OTHER"`. */
  readonly else?: StoredAt<P, At>;
  /** Columns of the same row, written with a SCIM value. Example: `set: { false: { restingFrom: now() } }`. */
  readonly set?: { readonly [S in Scim]?: Written<RowAt<P, At>> };
  readonly table?: undefined;
}
/** A column behind to-one relations. `link` makes it a look-up: `{ at: "department.name", link: "connectOrCreate", where: { closedAt: null } }`. */
export interface JoinedEntry<T extends AnyTypeMap, Path extends string, Row extends Payload> extends Shape<Row, `${Path}.${ColumnName<Row>}`> {
  readonly at: `${Path}.${Columns<Row>["plain"]}`;
  /** Finds the row by this column inside the tenant; `"connect"`: none is 400, `"connectOrCreate"`: inserted. Default: part of the resource (`through`). */
  readonly link?: "connect" | "connectOrCreate";
  /** Which rows may be linked. Example: `where: { closedAt: null }`. */
  readonly where?: Where<T, Row["name"]>;
  /** The linked row's tenant, `null` where it is shared on purpose. Default: its one required relation to the tenant. */
  readonly tenant?: Place<Row, 2> | null;
  /** What a new row gets besides. Example: `create: { kind: "scim" }`. */
  readonly create?: Written<Row>;
  readonly table?: undefined;
}
/** A Json column of elements, or a key inside one. Example: `{ at: "profile->addresses", each: { streetAddress: "street" } }`. */
export interface JsonEntry<P extends Payload, Part extends string = string, D extends Depth = 3> extends Shape<P, Place<P, D>> {
  readonly at: JsonColumn<P, D> | JsonKey<P, D>;
  /** SCIM sub-attribute to the element's key. Default: the same names. */
  readonly each?: { readonly [S in Part]?: string };
  readonly table?: undefined;
}
/** Several columns that a codec makes one value of; with `readOnly`, a computed attribute. Example: `{ at: ["a", "b"], codec: "label", readOnly: true }`. */
export interface SeveralEntry<P extends Payload> extends Omit<Shape<P, Place<P>>, "codec"> {
  readonly at: readonly Place<P>[];
  readonly codec: string;
  readonly table?: undefined;
}
/** The same for every row, and read-only. Example: `{ constant: "en" }`. */
export interface ConstantEntry extends Traits {
  readonly constant: Scalar | readonly Scalar[] | { readonly [key: string]: unknown };
  readonly at?: undefined;
  readonly table?: undefined;
}
/** One complex value put together from columns. Example: `{ each: { hall: "hallId", chair: "chair" } }`. */
export interface ComplexEntry<T extends AnyTypeMap, P extends Payload, Part extends string = string> extends Traits {
  readonly each: Each<T, P, Part>;
  readonly at?: undefined;
  readonly table?: undefined;
}
/** Sub-attribute to the place of its value. Example: `{ value: "digits", type: { at: "use", else: "OTHER" }, primary: "first" }`. */
export type Each<T extends AnyTypeMap, Row extends Payload, Part extends string> = { readonly [S in Part]?: Place<Row, 2> | JsonKey<Row, 1> | SingleEntry<T, Row, 2> | JsonPart<Row> };
/** A key of the document in a row. Example: `{ at: "details->street", caseExact: true }`. */
export interface JsonPart<P extends Payload> extends Shape<P, Place<P, 1>> {
  readonly at: JsonKey<P, 1>;
  readonly each?: undefined;
  readonly table?: undefined;
}
/** What every kind of row may say. Example: `{ where: { leftAt: null }, softDelete: "leftAt", create: { stand: 1 } }`. */
export interface RowsOptions<T extends AnyTypeMap, Row extends Payload> {
  /** Which rows belong to the attribute. Plain equalities are written into new rows. Example: `where: { leftAt: null }`. */
  readonly where?: Where<T, Row["name"]>;
  /** The row's tenant, `null` where it is shared on purpose. Default: its one required relation to the tenant, or the row it hangs on. */
  readonly tenant?: Place<Row, 2> | null;
  /** What a new row gets besides; `false`: no row is ever made, and an element that has none is refused with 400. Example: `create: { stand: 1 }`. */
  readonly create?: Written<Row> | false;
  /** Marks a removed row instead of deleting it. Example: `softDelete: "leftAt"`. */
  readonly softDelete?: Columns<Row>["flagOrDate"];
  /** What becomes of a removed row. Default `"delete"`. Example: `remove: { set: { state: "GONE" } }`. */
  readonly remove?: "delete" | { readonly set: Written<Row> };
}
/** Rows behind a list relation. Example: `{ at: "phones", each: { value: "digits", type: "use" } }`. */
export interface RowsEntry<T extends AnyTypeMap, L extends string, Row extends Payload, Part extends string = string> extends Shape<Row, `${L}.${ColumnName<Row>}`>, RowsOptions<T, Row> {
  readonly at: RowsPlaceAt<L, Row>;
  readonly each?: Each<T, Row, Part>;
  /** For rows that exist by themselves: whether an unknown one is refused or inserted. Default `"connect"`. */
  readonly link?: "connect" | "connectOrCreate";
  readonly table?: undefined;
}
/** Rows of a model without a relation, found by the SCIM id in `key`. Example: `{ table: "OutsideKey", where: { sort: "person" }, key: "localId", value: "outsideId" }`. */
export interface TableEntry<T extends AnyTypeMap, M extends string, Row extends Payload, Part extends string = string> extends Shape<Row, ColumnName<Row>>, RowsOptions<T, Row> {
  readonly table: M;
  readonly key: ColumnName<Row>;
  readonly value?: Place<Row, 1>;
  readonly each?: Each<T, Row, Part>;
  readonly at?: undefined;
}
/** The sub-attributes of one slot. Example: `{ value: "privateEmail", display: "privateName" }`. */
export type SlotParts<T extends AnyTypeMap, P extends Payload, Part extends string = string> = { readonly [S in Part]?: Place<P> | SingleEntry<T, P> } & { readonly at?: undefined; readonly constant?: undefined };
/** Fixed slots, one element for each filled column. Example: `{ slots: { work: "email", home: "privateEmail" }, primary: "work" }`. */
export interface SlotsEntry<T extends AnyTypeMap, P extends Payload, Part extends string = string> extends Traits {
  readonly slots: { readonly [type: string]: Place<P> | SingleEntry<T, P> | SlotParts<T, P, Part> };
  /** The slot that is primary, and takes an element without a type. Example: `primary: "work"`. */
  readonly primary?: string;
  readonly at?: undefined;
  readonly table?: undefined;
}
type PlainEntry<T extends AnyTypeMap, P extends Payload, D extends Depth = 3> =
  | ColumnEntry<P>
  | { [R in ToOnePath<P, D>]: JoinedEntry<T, R, RowAt<P, R>> }[ToOnePath<P, D>]
  | SeveralEntry<P>;
type EnumEntries<P extends Payload, Scim extends string = string, D extends Depth = 3> = { [C in EnumColumn<P, D>]: EnumEntry<P, C, Scim> }[EnumColumn<P, D>];
type SingleEntry<T extends AnyTypeMap, P extends Payload, D extends Depth = 3> = PlainEntry<T, P, D> | EnumEntries<P, string, D> | ConstantEntry;
type ManyEntry<T extends AnyTypeMap, P extends Payload, Part extends string> =
  | { [L in ListPlace<P>]: RowsEntry<T, L, RowAt<P, L>, Part> }[ListPlace<P>]
  | { [M in ModelName<T>]: TableEntry<T, M, T["model"][M]["payload"], Part> }[ModelName<T>];
/** How an attribute is stored: a place, or an object with `at` and options. Example: `"title"` and `{ at: "title", readOnly: true }`. */
export type Entry<T extends AnyTypeMap, P extends Payload, Part extends string = PluralPart> =
  | Place<P>
  | RowsPlace<P>
  | JsonKey<P>
  | SingleEntry<T, P>
  | JsonEntry<P, Part>
  | ComplexEntry<T, P, Part>
  | ManyEntry<T, P, Part>;
/** How a multi-valued attribute is stored: an entry, fixed slots, or a list of several kinds of rows. Example: `"phones.digits"`. */
export type MultiEntry<T extends AnyTypeMap, P extends Payload, Part extends string = PluralPart> =
  | Entry<T, P, Part>
  | SlotsEntry<T, P, Part>
  | readonly (RowsPlace<P> | ManyEntry<T, P, Part>)[];

/** `active`, or a boolean of a schema of your own, as the opposite of a boolean or of a date that is set. Example: `active: { unless: "suspendedAt" }`. */
export interface UnlessEntry<P extends Payload> extends Traits {
  readonly unless: FlagOrDateColumn<P>;
  /** Written where a client sends nothing; `active` is true by itself. */
  readonly default?: boolean;
  readonly at?: undefined;
}
/** `active` as the row's existence: `active: false` is then a DELETE. Example: `active: { exists: true }`. */
export interface ExistsEntry {
  readonly exists: true;
  readonly at?: undefined;
}
/** Whether a user may sign in. Example: `"enabled"`, `{ unless: "suspendedAt" }`, `{ at: "status", values: { true: "ACTIVE", false: "OFF" } }`. */
export type Active<T extends AnyTypeMap, P extends Payload> = FlagColumn<P> | JsonKey<P> | UnlessEntry<P> | ExistsEntry | EnumEntries<P, "true" | "false"> | PlainEntry<T, P>;
/** A name in its parts. Example: `{ givenName: "user.givenName", familyName: "user.familyName" }`. */
export interface NameParts<T extends AnyTypeMap, P extends Payload> {
  readonly formatted?: Entry<T, P>;
  readonly familyName?: Entry<T, P>;
  readonly givenName?: Entry<T, P>;
  readonly middleName?: Entry<T, P>;
  readonly honorificPrefix?: Entry<T, P>;
  readonly honorificSuffix?: Entry<T, P>;
  readonly full?: undefined;
}
/** A name in one column, split and put together again. Example: `{ full: "user.fullName" }`. */
export interface FullName<T extends AnyTypeMap, P extends Payload> {
  readonly full: Entry<T, P>;
  /** Which part stands first in the column. Default `"given-first"`. */
  readonly order?: "given-first" | "family-first";
}
/** A password is never read: a codec hashes it into a column, or it goes to the host's hooks and nowhere else. Example: `password: { hook: true }`. */
export interface PasswordHook {
  readonly hook: true;
  readonly at?: undefined;
  readonly table?: undefined;
}

// ---- Attributes ----

/** The sub-attributes of a multi-valued attribute (RFC 7643 2.4). */
export type PluralPart = "value" | "type" | "primary" | "display";
/** The sub-attributes of an address (RFC 7643 4.1.2). */
export type AddressPart = "formatted" | "streetAddress" | "locality" | "region" | "postalCode" | "country" | "type" | "primary";
/** The attributes of a user (RFC 7643 4.1). What is not mapped is not in `/Schemas`. Example: `{ userName: "user.email", title: "title" }`. */
export interface UserAttributes<T extends AnyTypeMap, P extends Payload> {
  /** What a user signs in with; unique in the tenant. Example: `"user.email"`. */
  readonly userName?: Entry<T, P>;
  /** The client's own id of the user. Example: `"externalId"`. */
  readonly externalId?: Entry<T, P>;
  readonly active?: Active<T, P>;
  readonly name?: NameParts<T, P> | FullName<T, P>;
  readonly displayName?: Entry<T, P>;
  readonly nickName?: Entry<T, P>;
  readonly profileUrl?: Entry<T, P>;
  readonly title?: Entry<T, P>;
  readonly userType?: Entry<T, P>;
  readonly preferredLanguage?: Entry<T, P>;
  readonly locale?: Entry<T, P>;
  readonly timezone?: Entry<T, P>;
  readonly password?: SingleEntry<T, P> | PasswordHook;
  /** Text column: the one work address; child rows: `{ at: "emails", each: { value: "value", type: "type" } }`. */
  readonly emails?: MultiEntry<T, P>;
  readonly phoneNumbers?: MultiEntry<T, P>;
  readonly ims?: MultiEntry<T, P>;
  readonly photos?: MultiEntry<T, P>;
  /** Example: `"profile->addresses"`, or `{ each: { locality: "city", country: "country" } }`. */
  readonly addresses?: MultiEntry<T, P, AddressPart>;
  /** Derived from the members of Group; `false` leaves it out. */
  readonly groups?: false;
  readonly entitlements?: MultiEntry<T, P>;
  readonly roles?: MultiEntry<T, P>;
  readonly x509Certificates?: MultiEntry<T, P>;
}
/** The name of a user's attribute. */
export type UserAttribute = keyof UserAttributes<AnyTypeMap, Payload>;
/** The enterprise extension (RFC 7643 4.3). Example: `{ department: "department.name", manager: "managerId" }`. */
export interface EnterpriseAttributes<T extends AnyTypeMap, P extends Payload> {
  readonly employeeNumber?: Entry<T, P>;
  readonly costCenter?: Entry<T, P>;
  readonly organization?: Entry<T, P>;
  readonly division?: Entry<T, P>;
  readonly department?: Entry<T, P>;
  /** The column that holds the manager's SCIM id. Example: `"managerId"`. */
  readonly manager?: Entry<T, P>;
}
/** The attributes of a group (RFC 7643 4.2). Example: `{ displayName: "name", members: "members.membershipId" }`. */
export interface GroupAttributes<T extends AnyTypeMap, P extends Payload> {
  readonly displayName?: Entry<T, P>;
  readonly externalId?: Entry<T, P>;
  /** Rows that hold a member's SCIM id; a list where there are several kinds. Example: `[{ at: "parts.engagementId" }, { at: "inner", ref: "Group" }]`. */
  readonly members?: MultiEntry<T, P>;
}
/** The name of a group's attribute. */
export type GroupAttribute = keyof GroupAttributes<AnyTypeMap, Payload>;
/** Attributes of a schema of your own. Example: `{ fee: "fee", mentor: { at: "coachId", ref: "User" } }`. */
export interface CustomAttributes<T extends AnyTypeMap, P extends Payload> {
  readonly [attribute: string]: MultiEntry<T, P, string> | UnlessEntry<P>;
}
/** A schema extension; its URN is the key. Example: `{ "urn:example:scim:Player": { name: "Player", attributes: { fee: "fee" } } }`. */
export interface Extension<T extends AnyTypeMap, P extends Payload> {
  readonly name: string;
  readonly description?: string;
  /** Whether every resource must have it. Default false. */
  readonly required?: boolean;
  readonly attributes: CustomAttributes<T, P>;
}

// ---- Resources ----

/** How a row shared by several tenants is found, made and changed. Example: `{ match: "email", link: "connectOrCreate", owner: "managedById" }`. */
export interface Through<P extends Payload> {
  /** The column that finds an existing row on POST. Default: userName's. */
  readonly match?: ColumnName<P>;
  /** `"connect"`: an unknown person is 400; `"create"`: a known one is 409. Default `"connectOrCreate"`, which asks rule `mayLink` first. */
  readonly link?: "connectOrCreate" | "connect" | "create";
  /** What a new row gets besides. Example: `create: { origin: "scim" }`. */
  readonly create?: Written<P>;
  /** The column that holds the tenant which owns the account. Set on create, never by a link. Example: `owner: "managedById"`. */
  readonly owner?: ColumnName<P>;
  /** Whether POST changes a known person's data. Default `"keep"`. */
  readonly onLink?: "keep" | "update";
  /** Whether later writes do. Default `"owned"` where `owner` is named, else `"keep"`. */
  readonly onUpdate?: "owned" | "keep" | "whenSole" | "write" | "refuse";
  /** Default `"keep"`; `"deleteOrphan"` when no other row points there. */
  readonly onDelete?: "keep" | "deleteOrphan";
}
/** What POST does when a row of the same userName is there. Example: `{ unmanaged: "adopt", removed: "restore" }`. */
export interface OnExisting {
  /** Active, without an externalId yet. Default `"conflict"`. */
  readonly unmanaged?: "conflict" | "adopt";
  /** Default `"conflict"`. */
  readonly inactive?: "conflict" | "restore";
  /** Hidden by removal. Default `"create"`. */
  readonly removed?: "create" | "restore" | "conflict";
}
/** Rows made with the resource and deleted with it, without an attribute. Example: `{ at: "lockers", create: { number: rule("freeLocker") } }`. */
export interface SideRow<L extends string, Row extends Payload> {
  readonly at: L;
  /** What a new row gets; `false`: rows are only deleted. */
  readonly create: Written<Row> | false;
}
/** Where `meta` comes from. Default: `createdAt`, the `@updatedAt` column, and an ETag made of them. Example: `{ version: "revision" }`. */
export interface Meta<P extends Payload> {
  readonly created?: Columns<P>["date"];
  readonly lastModified?: Columns<P>["date"];
  /** An integer column that every write raises by one. */
  readonly version?: Columns<P>["integer"];
}
// While the model is not one of the schema, `P` is never and everything below is left alone: one wrong name gives one error.
type OnePayload<T extends AnyTypeMap, M extends string> = IsUnion<M> extends true ? never : T["model"][M]["payload"];
type IsUnion<M, All = M> = M extends unknown ? ([All] extends [M] ? false : true) : never;
type Known<P, X> = [P] extends [never] ? unknown : X;

/** What every resource may say: one row of `model` is one SCIM resource. Example: `{ model: "Membership", tenant: "orgId", attributes: { ... } }`. */
export interface Resource<T extends AnyTypeMap, M extends string, P extends Payload> {
  /** The model whose rows are the resources. */
  readonly model: M;
  /** The column that every query is scoped by, or `null`: this product has no tenants. Example: `"orgId"`, `"team.orgId"`. */
  readonly tenant: Known<P, Place<P> | null>;
  /** What the SCIM id is. Default: the model's `@id`. Example: `id: "userId"`. */
  readonly id?: Known<P, Place<P>>;
  /** Other rows do not exist for SCIM. Plain equalities are written on create too. Example: `where: { kind: "PERSON" }`. */
  readonly where?: Known<P, Where<T, M>>;
  /** Written by POST only. Example: `create: { id: rule("newId") }`. */
  readonly create?: Known<P, Written<P>>;
  /** Written by every write that changes something. Example: `stamp: { origin: "scim", touchedAt: now() }`. */
  readonly stamp?: Known<P, Written<P>>;
  /** How the rows behind to-one relations are found, made and changed. Example: `through: { user: { owner: "ownerId" } }`. */
  readonly through?: Known<P, { readonly [R in ToOneName<P>]?: Through<Related<P, R>> }>;
  readonly onExisting?: Known<P, OnExisting>;
  /** DELETE marks the row by this column, which hides it. Example: `softDelete: "deletedAt"`. */
  readonly softDelete?: Known<P, Columns<P>["flagOrDate"]>;
  /** What DELETE does. Default `"delete"`. Example: `remove: "deactivate"`, `remove: { set: { status: "LEFT" } }`. */
  readonly remove?: Known<P, "delete" | "deactivate" | { readonly set: Written<P> }>;
  readonly sideRows?: Known<P, readonly { [L in ListPlace<P>]: SideRow<L, RowAt<P, L>> }[ListPlace<P>][]>;
  readonly meta?: Known<P, Meta<P>>;
  /** Unique indexes that the schema does not show, to the attribute they guard. Example: `{ User_email_lower_key: "userName" }`. */
  readonly constraints?: { readonly [index: string]: string };
  /** A Json column for attributes that are not mapped. Default: they are dropped. Example: `others: "scimRest"`. */
  readonly others?: Known<P, Columns<P>["json"]>;
  /** Schema extensions by URN. */
  readonly extensions?: Known<P, { readonly [urn: string]: Extension<T, P> }>;
}
/** The mapping of User. Example: `User: { model: "Membership", tenant: "orgId", attributes: { userName: "user.email" } }`. */
export interface UserResource<T extends AnyTypeMap, M extends string> extends Resource<T, M, OnePayload<T, M>> {
  readonly attributes: Known<OnePayload<T, M>, UserAttributes<T, OnePayload<T, M>>>;
  /** The enterprise extension (RFC 7643 4.3). */
  readonly enterprise?: Known<OnePayload<T, M>, EnterpriseAttributes<T, OnePayload<T, M>>>;
}
/** The mapping of Group to a model. Example: `Group: { model: "Team", tenant: "orgId", attributes: { displayName: "name" } }`. */
export interface GroupResource<T extends AnyTypeMap, M extends string> extends Resource<T, M, OnePayload<T, M>> {
  readonly attributes: Known<OnePayload<T, M>, GroupAttributes<T, OnePayload<T, M>>>;
  readonly valuesOf?: undefined;
}
/** Groups that are the values of an enum column of the user's model. Example: `Group: { valuesOf: "role", leave: "MEMBER", locked: ["OWNER"] }`. */
export interface EnumGroup<Column extends string, V> {
  readonly valuesOf: Column;
  /** What the column becomes when a member is removed. */
  readonly leave: V;
  /** Values that no client may give or take. Default: none. */
  readonly locked?: readonly V[];
  readonly model?: undefined;
}
/** A resource type of your own. Example: `{ model: "Device", tenant: "orgId", schema: "urn:example:scim:Device", endpoint: "/Devices", attributes: { ... } }`. */
export interface CustomResource<T extends AnyTypeMap, M extends string> extends Resource<T, M, OnePayload<T, M>> {
  /** What `/ResourceTypes` and `/Schemas` say of it. Default: its name. */
  readonly description?: string;
  /** The URN of its schema. */
  readonly schema: string;
  /** Below the base URI, with a leading slash. Example: `"/Devices"`. */
  readonly endpoint: `/${string}`;
  readonly attributes: Known<OnePayload<T, M>, CustomAttributes<T, OnePayload<T, M>>>;
}
/** What the endpoint can do. Default: all on, pages of 100, at most 200. Example: `{ bulk: false, page: { max: 500 } }`. */
export interface Features {
  readonly bulk?: boolean;
  readonly sort?: boolean;
  readonly etag?: boolean;
  readonly cursor?: boolean;
  readonly page?: { readonly default?: number; readonly max?: number };
}
/** The whole of one `defineConfig`. Example: `{ User: { ... }, Group: { ... }, output: "./src/scim/generated" }`. */
export interface Config<T extends AnyTypeMap, U extends string, G extends string, R extends { readonly [name: string]: string }> {
  readonly User: UserResource<T, U>;
  readonly Group?: GroupResource<T, G> | { [C in EnumColumn<OnePayload<T, U>, 0>]: EnumGroup<C, StoredAt<OnePayload<T, U>, C>> }[EnumColumn<OnePayload<T, U>, 0>];
  /** Resource types of your own, by name. */
  readonly resources?: { readonly [Name in keyof R]: CustomResource<T, R[Name] & string> };
  /** The module that exports the Prisma client. Default: the output of the schema's one client generator. Example: `"@example/data"`. */
  readonly client?: string;
  /** The folder to generate into, owned whole. Default `"./src/scim/generated"`. */
  readonly output?: string;
  /** Generated files that are yours from now on. Example: `["protocol/patch.ts"]`. */
  readonly owned?: readonly string[];
  /** `"host"`: every access runs in a transaction function of the host (row level security). Default `"client"`. */
  readonly transaction?: "client" | "host";
  /** How generated imports end. Default: as the host's tsconfig wants it. */
  readonly imports?: "" | ".js" | ".ts";
  readonly features?: Features;
  /** Which deviations of real clients are tolerated, by name. Default: all. Example: `{ sharedColumn: false }`. */
  readonly leniencies?: { readonly [name: string]: boolean };
}

// ---- The same once loaded: plain data of which nothing is known to fit the schema; `src/resolve` finds out ----

/** A constant of a loaded file. */
export type LooseConstant = string | number | boolean | null | readonly LooseConstant[] | { readonly [key: string]: LooseConstant };
/** Columns to a tagged value or a constant, to-one relations to the columns that name a row. */
export interface LooseWritten {
  readonly [columnOrRelation: string]: Tagged | LooseConstant;
}
/** A Prisma `WhereInput`, not looked into yet. */
export interface LooseWhere {
  readonly [term: string]: unknown;
}
/** What one attribute is mapped to; `false` is said of `groups` only. */
export type LooseAttribute = string | false | LooseEntry | readonly (string | LooseEntry)[];
/** Attribute, sub-attribute, slot or part of a name to what it is mapped to. */
export interface LooseAttributes {
  readonly [attribute: string]: LooseAttribute;
}
/** Every option that some kind of entry has. Which of them go together is not known yet. */
export interface LooseEntry extends Traits {
  readonly at?: string | readonly string[];
  readonly table?: string;
  readonly key?: string;
  readonly value?: string;
  readonly constant?: LooseConstant;
  readonly each?: LooseAttributes;
  readonly slots?: LooseAttributes;
  readonly primary?: string;
  readonly unless?: string;
  readonly exists?: boolean;
  readonly hook?: boolean;
  readonly full?: LooseAttribute;
  readonly order?: "given-first" | "family-first";
  readonly formatted?: LooseAttribute;
  readonly familyName?: LooseAttribute;
  readonly givenName?: LooseAttribute;
  readonly middleName?: LooseAttribute;
  readonly honorificPrefix?: LooseAttribute;
  readonly honorificSuffix?: LooseAttribute;
  readonly lower?: boolean | "trusted";
  readonly values?: { readonly [scim: string]: Scalar | readonly Scalar[] };
  readonly else?: Scalar;
  readonly set?: { readonly [scim: string]: LooseWritten };
  readonly codec?: string;
  readonly equals?: { readonly at: string; readonly codec: string };
  readonly default?: Scalar | Tagged;
  readonly fallback?: string;
  readonly ref?: string;
  readonly link?: "connect" | "connectOrCreate";
  readonly where?: LooseWhere;
  readonly tenant?: string | null;
  readonly create?: LooseWritten | false;
  readonly softDelete?: string;
  readonly remove?: "delete" | { readonly set: LooseWritten };
}
/** `Through` as loaded. */
export interface LooseThrough extends Omit<Through<Payload>, "match" | "create" | "owner"> {
  readonly match?: string;
  readonly create?: LooseWritten;
  readonly owner?: string;
}
/** `Extension` as loaded. */
export interface LooseExtension {
  readonly name: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly attributes: LooseAttributes;
}
/** Any of `UserResource`, `GroupResource` and `CustomResource` as loaded. */
export interface LooseResource {
  readonly model: string;
  readonly tenant: string | null;
  readonly id?: string;
  readonly where?: LooseWhere;
  readonly create?: LooseWritten;
  readonly stamp?: LooseWritten;
  readonly through?: { readonly [relation: string]: LooseThrough };
  readonly onExisting?: OnExisting;
  readonly softDelete?: string;
  readonly remove?: "delete" | "deactivate" | { readonly set: LooseWritten };
  readonly sideRows?: readonly { readonly at: string; readonly create: LooseWritten | false }[];
  readonly meta?: { readonly created?: string; readonly lastModified?: string; readonly version?: string };
  readonly constraints?: { readonly [index: string]: string };
  readonly others?: string;
  readonly attributes: LooseAttributes;
  readonly enterprise?: LooseAttributes;
  readonly extensions?: { readonly [urn: string]: LooseExtension };
  readonly schema?: string;
  readonly endpoint?: string;
  readonly description?: string;
  readonly valuesOf?: undefined;
}
/** `EnumGroup` as loaded. */
export type LooseEnumGroup = EnumGroup<string, string>;
/** `Config` as loaded. */
export interface LooseConfig extends Pick<Config<AnyTypeMap, string, string, Record<string, string>>, "client" | "output" | "owned" | "transaction" | "imports" | "features" | "leniencies"> {
  readonly User: LooseResource;
  readonly Group?: LooseResource | LooseEnumGroup;
  readonly resources?: { readonly [name: string]: LooseResource };
}
