/**
 * Below the seam: what a resource's generated file gives to the generic store (store.ts). Exact Prisma calls with the tenant
 * inside, and tables of columns. `Db` is the part of a Prisma client that one resource uses.
 */
import type { JsonObject } from "./json.js";
import type { ResolvedFilter } from "./resolved-filter.js";
import type { Entry, Ids, Items, Parts, Query, Value, Values } from "./resource.js";
import type { Assigned, Write } from "./setters.js";
import type { Columns, Condition } from "./where.js";

declare const scoped: unique symbol;

/** The id of the tenant that a request acts for. Only `authenticate` makes one, and no query compiles without it. */
export type Scoped<T extends string | number | bigint> = T & { readonly [scoped]: true };

export interface Begin<Db> {
  /** Interactive; on a client that is a transaction already, a savepoint. */
  $transaction<T>(run: (tx: Db) => Promise<T>, options?: { maxWait?: number; timeout?: number }): Promise<T>;
}

/** What a write was asked with, for rules and stamps. */
export interface Asked {
  /** The SCIM id; undefined while the row is not there yet. */
  readonly id: string | undefined;
  /** The resource or PATCH as the client sent it, after the normaliser. */
  readonly input: JsonObject;
  readonly now: Date;
}

/** The same for a new row: which of its relations lead to a row that was there already is noted. */
export interface Inserting extends Asked {
  readonly met: Set<string>;
}

export interface NewRow<New, Data> extends Inserting {
  readonly values: New;
  readonly data: Data;
}

export interface Together<Db, New, Own, Where, Data> {
  /** In the order of `all`; undefined: something is in its way. Throws `TakenBack` when what it wrote for one may not stay. */
  insert(db: Db, all: readonly NewRow<New, Data>[]): Promise<readonly (Own | undefined)[]>;
  /** These rows and no other. */
  where(rows: readonly Own[]): Where;
}

/** The same for rows that are made beside the resource's own: they may take over values of it. */
export interface Making extends Asked {
  readonly values: Values;
  /** Given while the resource is made: its relations that lead to a row that was there already. */
  readonly met?: ReadonlySet<string>;
}

/** What a rule of the host is given. */
export interface RuleContext<TenantId, Tx> extends Asked {
  readonly tenant: TenantId;
  /** The client of the transaction that the write runs in. */
  readonly tx: Tx;
}

/** The client that the host handed in, in the host's own type: the calls that we make are a part of it. */
export function clientOf<Tx>(db: unknown): Tx {
  return db as Tx;
}

export interface Rows<Db extends Begin<Db>, New, Row, Own extends Row, Key, Identity extends Where, Where, News extends object, Data extends object> {
  /** The name of the resource type: "User". */
  readonly name: string;
  /** The rows of the tenant that the filter leaves; undefined leaves all. */
  scope(filter: News | undefined): Where;
  /** The row of this id in the tenant; undefined when the text cannot be an id of this type. */
  where(id: string): Identity | undefined;
  /** The same row, if it is one of these. */
  narrow(where: Identity, news: readonly News[]): Where;
  find(db: Db, where: Identity, parts: Parts): PromiseLike<Row | null>;
  page(db: Db, where: Where, parts: Parts, page: PageOf): PromiseLike<readonly Row[]>;
  /** The same rows by their ids: for a page far behind, where the database would read every column of every row it passes over. */
  located(db: Db, where: Where, page: PageOf): PromiseLike<Where>;
  /** Of these rows those behind this one, in the order of ids. */
  beyond(where: Where, last: Identity): Where;
  /** And those before this one. */
  before(where: Where, first: Identity): Where;
  count(db: Db, where: Where): PromiseLike<number>;
  columns(): Columns<News>;
  /** Attributes behind a relation that may lead into another tenant, and the rows that have a value to sort by. */
  readonly ordersWithin?: Readonly<Record<string, News>>;
  /** The resource as a client sees it; what was not read is absent. */
  print(row: Row): JsonObject & { readonly id: string };
  /** What the foreign keys of other tables hold of the row. */
  key(row: Own): Key;
  /** Inserts the row, with the joined rows it needs. */
  insert(db: Db, values: New, data: Data, asked: Inserting): PromiseLike<Own>;
  /** Several new rows in few statements. Left out where each has to ask for something of its own. */
  readonly together?: Together<Db, New, Own, Where, Data>;
  /** Makes the rows that a new resource has without an attribute. */
  attend?(db: Db, row: Own, making: Making): PromiseLike<unknown>;
  /** Values that rows beside it take over where a write leaves them alone: as they stand, and the relations by which they are read. */
  readonly lends?: { readonly parts: Parts; of(row: Row): Values };
  /** Whether an insert is more than one statement. */
  readonly joins: boolean;
  /** Updates and gives the own columns back: of one row, or of none when `where` holds for none. */
  update(db: Db, where: Where, data: Data): PromiseLike<readonly Own[]>;
  /** The same when nobody reads the row: cheaper. `raise`: it is the write's first, and a column that counts versions moves. */
  updateOnly(db: Db, where: Where, data: Data, raise: boolean): PromiseLike<{ readonly count: number }>;
  /** Columns that every write moves (`stamp`), beside the row's own @updatedAt. */
  stamp(db: Db, asked: Asked): Promise<Data> | Data;
  /** A column written onto itself: locks the row and moves @updatedAt, and changes nothing else. */
  touch(where: Identity): Data;
  /** DELETE removes the row, and what the database does not remove with it. */
  remove?(db: Db, where: Identity): PromiseLike<{ readonly count: number }>;
  /** DELETE writes these columns instead, and the row is out of the scope. With neither of the two it writes `active` false. */
  retired?(db: Db, asked: Asked): Promise<Data> | Data;
  /** Values that several attributes make together, as their columns want them (a whole name). */
  shape(values: Values): Values;
  /** The own columns that these values become, and the rows they would change. */
  assign(values: Values): Assigned<Data, News>;
  /** Attribute key to columns that must be asked for before they can be written: the key of a row that is looked up, a text that the host encodes. */
  readonly lookups?: Readonly<Record<string, Lookup<Db, Own, Data, News>>>;
  /** Attribute key to what its column holds for a value that a filter asks for, where the host makes the one of the other. */
  readonly operands?: Readonly<Record<string, Operand<Db>>>;
  /** The column that keeps attributes which no schema knows. */
  readonly others?: OthersColumn<Own, Data>;
  /** Columns of which attributes are a part (Json documents, lists). */
  readonly merge?: readonly Merge<Own, Data>[];
  /** Values that are rows of other tables. */
  readonly beside?: readonly Beside<Db, Row, Own>[];
  /** Attribute key to how it is found in a table to which no relation leads. */
  readonly byIds?: Readonly<Record<string, ByIds<Db, News>>>;
  /** Columns of rows behind a to-one relation. */
  readonly joined: readonly Joined<Db, Identity, News>[];
  /** Whose the password of a resource is, where the mapping lets no tenant write such a person again. */
  readonly person?: Person;
  /** Attribute name to the rows of a child table. */
  readonly collections: Readonly<Record<string, Collection<Db, Key>>>;
  /** Attribute name to a list of ids. */
  readonly links: Readonly<Record<string, LinkRows<Db, Key>>>;
  /** Attribute key to the ids that it may hold. */
  readonly references: Readonly<Record<string, Known<Db>>>;
  /** What may leave the scope, and is looked for once more before the commit: a new row, or a row of which one of these keys was written. */
  readonly outside?: { readonly insert: boolean; readonly keys: readonly string[] };
  /** What a POST may do with a row that has its name already; without it that is 409. */
  readonly existing?: Existing<Db, Where, News, Data>;
  /** What SCIM calls unique and no index of the host's guards; undefined where one does. */
  readonly unguarded: Unguarded<Db> | undefined;
  /** Constraint name to the attribute that a client knows it by. */
  readonly constraints: Readonly<Record<string, string>>;
}

/** A part of the rows in their order. */
export type PageOf = Pick<Query, "sort" | "skip" | "take">;

/** `row`: what is there, under its lock; undefined for a new one. Undefined as the answer: that is what the row says already. */
export type Lookup<Db, Own, Data, News> = (db: Db, value: Value, making: Making, row: Own | undefined) => Promise<Write<Data, News> | undefined>;

/** Null: nothing can equal it. */
export type Operand<Db> = (db: Db, value: never) => Promise<Value>;

/** A Json column for attributes that no schema knows. */
export interface OthersColumn<Own, Data> {
  read(row: Own): unknown;
  write(document: JsonObject): Data;
}

export interface Merge<Own, Data> {
  /** The keys of single values that are a part of the column. */
  readonly keys: readonly string[];
  /** What the column becomes beside what is there, under the row's lock; `row` undefined: a new one. Undefined as the answer: it says that already. */
  merge(row: Own | undefined, values: Values, items: Items): Data | undefined;
}

export interface Beside<Db, Row, Own> {
  /** The attributes' keys. */
  readonly keys: readonly string[];
  /** The bit of the parts that asks for them. */
  readonly part: Parts;
  /** The same rows of the resource, with what lies beside each. */
  read(db: Db, rows: readonly Row[]): Promise<readonly Row[]>;
  /** Writes what is said of these keys, under the row's lock. True: something differed. */
  write(db: Db, row: Own, said: { readonly values: Values; readonly items: Items }, making: Making): Promise<boolean>;
  /** Removes what the database does not remove together with the row. */
  remove?(db: Db, row: Own): Promise<void>;
}

export interface Existing<Db, Where, News, Data> {
  /** The attribute that names a row: `userName`. */
  readonly key: string;
  /** A row that is active and that no client has given an externalId yet is taken over by a request that brings one. */
  readonly unmanaged?: true;
  /** An inactive row is activated. */
  readonly inactive?: true;
  /** Rows that DELETE has hidden. */
  readonly removed?: {
    /** They are in the way; else they are brought back. */
    readonly conflicts: boolean;
    scope(filter: News): Where;
    /** What makes such a row exist again, beside `active`. */
    readonly data: Data;
    /** Whether the tenant may have the person back behind it (rule `mayLink`), who is known by an attribute of the request. */
    readonly mayLink?: {
      readonly by: string;
      /** Rows whose person the tenant owns: of those nobody is asked. */
      readonly own?: News;
      ask(db: Db, value: string, asked: Asked): Promise<boolean>;
    };
  };
}

/** The person behind a resource, whom other tenants share and no tenant owns. */
export interface Person {
  readonly relation: string;
  /** A request that would change what is the person's is refused. */
  readonly refuses?: true;
}

/** The rows of the resource for which a leaf of a filter holds. */
export type ByIds<Db, News> = (db: Db, leaf: ResolvedFilter) => Promise<Condition<News>>;

/** Which of these ids are visible resources of the tenant. */
export type Known<Db> = (db: Db, ids: Ids) => Promise<Ids>;

/** Writers of one tenant take turns and look first, so that two requests at once cannot both find a value free. */
export interface Unguarded<Db> {
  /** The attribute's key. */
  readonly key: string;
  lock(db: Db): PromiseLike<unknown>;
  /** How many rows of the tenant have the value; the row of this id aside. */
  taken(db: Db, value: string, id: string | undefined): PromiseLike<number>;
}

export interface Joined<Db, Identity, News> {
  /** Undefined: these values touch no column there. */
  plan(values: Values, where: Identity): JoinedWrite<Db, Identity, News> | undefined;
  /** Rows of the resource whose joined row this tenant may write. Left out, or undefined: nothing tells. */
  mine?(where: Identity): News | undefined;
}

export interface JoinedWrite<Db, Identity, News> {
  /** Rows of the resource of which the joined row would change. */
  readonly news: News;
  run(db: Db, where: Identity): PromiseLike<{ readonly count: number }>;
}

export interface NewEntries<Key> {
  readonly parent: Key;
  readonly entries: readonly Entry[];
  readonly making: Making;
}

export interface Collection<Db, Key> {
  insert(db: Db, parent: Key, entries: readonly Entry[], making: Making): Promise<void>;
  /** The same for several new resources; left out where each has to ask for something of its own. */
  insertAll?(db: Db, all: readonly NewEntries<Key>[]): Promise<void>;
  /** Makes the rows say what the entries say. Rows that stay keep their id and the host's other columns. True: something differed. */
  reconcile(db: Db, parent: Key, entries: readonly Entry[], making: Making): Promise<boolean>;
}

export interface LinkRows<Db, Key> {
  readonly known: Known<Db>;
  /** The list cannot tell by itself what a write moves: it is given ids that are not there to add, and ids that are there to drop. */
  readonly looks?: boolean;
  /** The ids that are linked now; of `among` alone when given. */
  present(db: Db, parent: Key, among: Ids | undefined): Promise<Ids>;
  add(db: Db, parent: Key, ids: Ids, making: Making): Promise<number>;
  /** `ids` undefined: all. */
  drop(db: Db, parent: Key, ids: Ids | undefined): Promise<number>;
}

/** Merges what several attributes write into one row. */
export function merged<Data extends object>(data: readonly Data[], last: Data): Data {
  return Object.assign({}, ...data, last) as Data;
}

