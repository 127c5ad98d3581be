/**
 * THE central type: all that scim-gen has decided about one project. Resolving makes it, rendering prints it, and nothing
 * downstream decides anything again. Plain, sorted, readonly; it survives JSON. Imports nothing.
 */

export interface Provider {
  /** Names for the header of each file, as the user knows them: `schema.prisma`, `scim.config.ts`. */
  readonly inputs: readonly string[];
  /** The folder to generate into, below the project's root, in POSIX form. */
  readonly output: string;
  /** The module that exports the host's Prisma client, when the mapping names one. Else the output of the schema's generator. */
  readonly client: string | undefined;
  /** The type of the tenants' ids; undefined: the product has no tenants. */
  readonly tenant: TenantType | undefined;
  readonly resources: readonly Resource[];
  /** Groups that are no rows of their own. */
  readonly valueGroups: ValueGroups | undefined;
  readonly leniencies: Readonly<Record<string, boolean>>;
  readonly page: { readonly default?: number; readonly max?: number };
  /** What the mapping switches off of what the RFC leaves open. */
  readonly features: Readonly<Partial<Record<"bulk" | "sort" | "etag" | "cursor", boolean>>>;
  /** `host`: the host hands in a function that runs each request in a transaction of its own. */
  readonly transaction: "client" | "host";
  /** Generated files that the user took over, relative to `output`. */
  readonly owned: readonly string[];
  /** How generated imports end; undefined: as the host's tsconfig wants it. */
  readonly imports: "" | ".js" | ".ts" | undefined;
}

/** The TypeScript type of the ids that tell tenants apart. */
export type TenantType = "string" | "number" | "bigint";

export interface Resource {
  /** The resource type's name: "User". Also the name of its TypeScript interface. */
  readonly name: string;
  /** The file, without ending, and the prefix of what it exports: "user". */
  readonly file: string;
  /** Below the base URI, with a leading slash. */
  readonly endpoint: string;
  readonly description: string;
  readonly schema: Schema;
  readonly extensions: readonly Extension[];
  readonly model: Model;
  /** Which rows of the model are resources of a tenant. */
  readonly scope: RowScope;
  readonly id: Column;
  /** What foreign keys of other tables hold of a row: the id, unless the mapping names another one. */
  readonly key: Column;
  /** Whether the id tells rows of all tenants apart, as a unique column does. */
  readonly isIdUnique: boolean;
  readonly created: Column | undefined;
  readonly lastModified: Column | undefined;
  /** A column that counts the writes: the version of the row. Undefined: the version is made of what an answer shows. */
  readonly version: Column | undefined;
  /** The client's own id, a common attribute that no schema lists. */
  readonly externalId: Attribute | undefined;
  /** Whether no client may write it: every attribute is read-only, and there are no more verbs than GET. */
  readonly isReadOnly: boolean;
  /** Top-level attributes of the core schema, in the order of the RFC. */
  readonly attributes: readonly Attribute[];
  /** Attributes of the RFC's schemas that the mapping leaves out, by path, so that a PATCH of them can be passed over. */
  readonly unmapped: readonly string[];
  /** Rows behind a to-one relation that writes reach too: a person shared by tenants. */
  readonly shared: readonly SharedRow[];
  /** Written on POST without a client asking. */
  readonly create: readonly Assignment[];
  /** Written with every write. */
  readonly stamp: readonly Assignment[];
  /** Attributes of which only the first that is present in a request is written, since they are one column. */
  readonly oneColumn: readonly (readonly string[])[];
  readonly removal: Removal;
  /** Rows that a new resource has without an attribute. */
  readonly sideRows: readonly SideRows[];
  /** What may leave the scope, and is looked for once more before it is committed: a new row, and a row of which these attributes were written. */
  readonly outside: { readonly insert: boolean; readonly keys: readonly string[] };
  /** What a POST may do with a row of the same userName; undefined: 409. */
  readonly existing: { readonly key: string; readonly unmanaged: boolean; readonly inactive: boolean; readonly removed: RemovedRows | undefined } | undefined;
  /** How a value that no index guards is kept unique in the tenant; undefined where an index does it. */
  readonly unguarded: Unguarded | undefined;
  /** A Json column that keeps what no schema knows. */
  readonly others?: Column;
  /** Names of unique constraints, and the attribute that a client knows each by. */
  readonly constraints: readonly { readonly name: string; readonly attribute: string }[];
  /** Whether another resource refers to this one, so that its ids must be checked from there. */
  readonly referenced: boolean;
}

export interface Unguarded {
  readonly key: string;
  readonly column: Column;
  readonly letters: Letters;
  /** Behind this relation stands the column, whose rows may be joined twice. Undefined: on the row itself. */
  readonly relation: string | undefined;
  /** The tenant's own row, which a writer locks by writing it onto itself; undefined where the schema has none. */
  readonly tenantRow: { readonly model: Model; readonly id: Column } | undefined;
}

export interface Schema {
  readonly urn: string;
  readonly name: string;
  readonly description: string;
}

export interface Extension extends Schema {
  /** The short name that stands for the URN in keys and identifiers: "enterprise". */
  readonly alias: string;
  /** The TypeScript type of all that it holds: "UserEnterprise". */
  readonly typeName: string;
  readonly required: boolean;
  readonly attributes: readonly Attribute[];
}

export interface Model {
  readonly name: string;
  /** The client's accessor: "membership". */
  readonly delegate: string;
}

export type ColumnType = "text" | "citext" | "uuid" | "int" | "bigint" | "decimal" | "float" | "boolean" | "dateTime" | "enum" | "json" | "bytes";

export interface Column {
  /** In the Prisma client. */
  readonly name: string;
  /** In the database. */
  readonly dbName: string;
  readonly type: ColumnType;
  /** Whether the column may be null. */
  readonly optional: boolean;
  /** Whether an insert may leave it out. */
  readonly hasDefault: boolean;
  /** The values of an enum column, in the schema's order. */
  readonly values: readonly string[];
}

/** Data of the mapping that goes into a query as it is. */
export type Literal = string | number | boolean | null | readonly Literal[] | { readonly [key: string]: Literal };

/** Which rows of a model exist for a tenant, by any verb and from wherever they are reached. */
export interface RowScope {
  /** Where the tenant's id stands, seen from the row; undefined: the product has no tenants. */
  readonly tenant: Place | undefined;
  /** Of the tenant's rows those that exist for SCIM: a condition of Prisma's, in a constant of the generated code. */
  readonly where: { readonly constant: string; readonly condition: Literal } | undefined;
}

/** One to-one relation on the way from the resource's model to a column. */
export interface Step {
  readonly relation: string;
  readonly model: Model;
  readonly optional: boolean;
  /** Where the row holds its tenant, if no foreign key proves it to be the same: a row of another one is as absent as none. `open`: one without a tenant is everybody's. */
  readonly inside: { readonly tenant: Place; readonly open: boolean } | undefined;
}

export interface Place {
  readonly steps: readonly Step[];
  readonly column: Column;
}

/** The characteristics of an attribute, as `/Schemas` prints them (RFC 7643 7). */
export interface Definition {
  readonly name: string;
  readonly type: "string" | "boolean" | "decimal" | "integer" | "dateTime" | "binary" | "reference" | "complex";
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly canonicalValues?: readonly string[];
  readonly caseExact: boolean;
  readonly mutability: "readOnly" | "readWrite" | "immutable" | "writeOnly";
  readonly returned: "always" | "never" | "default" | "request";
  readonly uniqueness: "none" | "server" | "global";
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly Definition[];
}

export interface Attribute {
  /** The key below the seam: `name.givenName`, `enterprise.department`. */
  readonly key: string;
  readonly definition: Definition;
  readonly source: Source;
  /** The TypeScript type of a complex attribute, of one element where it is multi-valued: "UserEmail". */
  readonly typeName: string | undefined;
  /** What an absent or cleared attribute becomes where the column must hold something. `made`: when the row is; it then stays until a client sends another. */
  readonly default: { readonly value: string | number | boolean } | { readonly from: string } | { readonly made: Assignment } | undefined;
  /** Whether a resource that has the attribute's extension must have the attribute; one without that extension does not. */
  readonly requiredByExtension?: boolean;
  /** The key of the attribute that an answer shows while this one is absent. */
  readonly fallback?: string;
}

/** Where the value of an attribute lives. A new kind of mapping is a variant here, a function in resolve/source.ts and an arm in render/expressions.ts. */
export type Source =
  | ColumnSource
  | ChoiceSource
  | SwitchSource
  /** A boolean column, or its opposite. */
  | FlagSource
  /** True while the instant is null. */
  | { readonly kind: "since"; readonly place: Place }
  | ReferenceSource
  | LookupSource
  /** `active`, in a product whose people are there while they are active: a client that deactivates one removes it. */
  | { readonly kind: "exists" }
  | OneRowSource
  /** The same value on every resource. */
  | { readonly kind: "constant"; readonly value: string | number | boolean }
  /** A complex attribute made of parts with places of their own. */
  | { readonly kind: "complex"; readonly of: readonly Attribute[] }
  /** `name.formatted` where nothing holds it: put together from the parts of these keys. */
  | { readonly kind: "formatted"; readonly of: readonly string[] }
  /** One column that holds a whole name; the parts are read out of it and written back into it. */
  | { readonly kind: "fullName"; readonly place: Place; readonly order: "given-first" | "family-first" }
  /** Fixed elements in columns of their own. */
  | { readonly kind: "slots"; readonly slots: readonly Slot[] }
  | ScalarsSource
  /** The value under a key of a Json column. */
  | { readonly kind: "json"; readonly place: Place; readonly path: readonly string[]; readonly letters: JsonLetters }
  | ElementsSource
  | CodecSource
  /** Goes to a hook of the host, and is stored nowhere. */
  | { readonly kind: "handed" }
  | RowsSource
  | RowListsSource
  | EndsSource
  | MembersSource
  | MembershipsSource
  /** `groups` of a User where each value of its column is a group. */
  | { readonly kind: "valueMembership"; readonly place: Place; readonly to: ResourceRef };

/**
 * How letters of a text column compare. `folded`: over lower(column). `exact`: as they are. `citext`: the column folds.
 * `lowered`: stored in lower case and compared over lower(column). `trusted`: stored in lower case by everybody.
 */
export type Letters = "folded" | "exact" | "citext" | "lowered" | "trusted";

export interface ColumnSource {
  readonly kind: "column";
  readonly place: Place;
  readonly letters: Letters;
}

/** The id of another resource, in a foreign key of the model. */
export interface ReferenceSource {
  readonly kind: "reference";
  readonly place: Place;
  readonly to: ResourceRef;
  /** How it is seen whether the row at the end exists for the tenant; undefined: the foreign key alone proves it. */
  readonly seen: SeenRow | undefined;
}

/** The row that a foreign key leads to, as a condition asks for it. */
export interface SeenRow {
  readonly relation: string;
  /** Where the relation leads to a person: the rows behind that are the other resource. */
  readonly back: BackRelation | undefined;
  readonly scope: RowScope;
  /** The list that leads back, where the condition compares columns that may be null, so that SQL could hold it for neither true nor false. */
  readonly around: string | undefined;
}

/** A relation that leads back from where a foreign key points: a list, or one row where the key is unique. */
export interface BackRelation {
  readonly name: string;
  readonly isList: boolean;
}

/** A column of another row, which a write finds by it and links: the foreign key is what changes. */
export interface LookupSource {
  readonly kind: "lookup";
  /** The column behind the relation. */
  readonly at: Place;
  readonly letters: Letters;
  /** What becomes of a value that no row has: refused, or a row of its own. */
  readonly link: "connect" | "connectOrCreate";
  /** The foreign key on the model, and the column of the other row that it holds. */
  readonly key: Column;
  readonly id: Column;
  /** Which rows may be linked. */
  readonly scope: RowScope;
  readonly create: readonly Assignment[];
}

/** A value in the one row of another table that belongs to the resource: it comes and goes with the value. */
export interface OneRowSource {
  readonly kind: "oneRow";
  readonly model: Model;
  /** The row's foreign key, and the column of the resource's own row that it holds. */
  readonly key: Column;
  readonly parent: Column;
  /** The relations that lead there; undefined: there is none, and `key` holds the SCIM id. */
  readonly by: { readonly holder: Pick<RowsHolder, "step" | "back"> | undefined; readonly list: string; readonly parent: string } | undefined;
  /** How the value lies in the row. */
  readonly inner: ColumnSource | ChoiceSource | SwitchSource | FlagSource;
  /** Which rows of the model these are. */
  readonly scope: RowScope;
  /** What a new one holds besides: its tenant, equality terms, and what the mapping adds. */
  readonly create: readonly Assignment[];
  /** Whether a value that has no row gets one; else it is refused. */
  readonly adds: boolean;
  /** Whether it is removed before the resource, since the database does not do it. */
  readonly goes: boolean;
}

export interface FlagSource {
  readonly kind: "flag";
  readonly place: Place;
  readonly inverted: boolean;
}

/** Stored values that stand for texts. */
export interface ChoiceSource {
  readonly kind: "choice";
  readonly place: Place;
  readonly choices: readonly { readonly stored: string | number; readonly value: string }[];
  /** Written for a text that nothing stands for. */
  readonly other: string | number | undefined;
  /** Whether every value that the column can hold is listed. */
  readonly complete: boolean;
  readonly caseExact: boolean;
}

/** Stored values that stand for true and false; what is not listed as true reads as false. */
export interface SwitchSource {
  readonly kind: "switch";
  readonly place: Place;
  readonly on: readonly (string | number)[];
  readonly off: readonly (string | number)[];
  /** Other columns that move with a change to true or false. */
  readonly along: { readonly true: readonly Assignment[]; readonly false: readonly Assignment[] } | undefined;
}

export interface Slot {
  readonly type: string;
  readonly primary: boolean;
  /** Its sub-attributes that have a place; the key of one is `emails[work].value`. */
  readonly parts: readonly Attribute[];
}

/** A value that functions of the host make of columns, and back. */
export interface CodecSource {
  readonly kind: "codec";
  readonly places: readonly Place[];
  /** Whether the functions see several columns, by name, and not the one column's value. */
  readonly several: boolean;
  readonly name: string;
  /** What the host's functions are asked for, by all attributes that name them. `compare`: a filter asks too. */
  readonly sides: { readonly read: boolean; readonly write: boolean; readonly compare: boolean };
  /** A column beside, which a filter compares. */
  readonly equals: { readonly place: Place; readonly name: string; readonly sides: CodecSource["sides"] } | undefined;
}

/** How letters of text in a Json column compare: `folded` by its parts alone. */
export type JsonLetters = "folded" | "exact" | "lowered";

/** Elements of a list in a Json column, or of one that is the whole column. */
export interface ElementsSource {
  readonly kind: "elements";
  readonly place: Place;
  readonly path: readonly string[];
  /** Sub-attributes, and the key of each in an element. */
  readonly parts: readonly { readonly name: string; readonly key: string; readonly type: Definition["type"]; readonly letters: JsonLetters }[];
}

/** The values of a column that is a list. */
export interface ScalarsSource {
  readonly kind: "scalars";
  /** A list that holds nothing reads as absent, so the column is never "required". */
  readonly place: Place;
  /** Whether text is stored and compared in lower case. */
  readonly lower: boolean;
  /** Stored values that stand for texts: of an enum, or as the mapping says. */
  readonly choice: Pick<ChoiceSource, "choices" | "other"> | undefined;
}

/** A relation from one row to many. */
export interface ListRelation {
  /** The list on the parent's model: "emails". */
  readonly name: string;
  readonly model: Model;
  /** The child's foreign key, the parent's column that it holds, and the relation it belongs to. */
  readonly key: Column;
  readonly parentKey: Column;
  readonly parent: string;
  /** Columns of the child that hold the tenant as a part of the foreign key. */
  readonly tenantKeys: readonly Column[];
  /** Whether the database removes the child rows together with the parent. */
  readonly cascades: boolean;
}

/** Which rows of a list there are for SCIM, and what becomes of one that goes. */
export interface RowLife {
  /** A condition of Prisma's, in a constant of the generated code. */
  readonly where: { readonly constant: string; readonly condition: Literal } | undefined;
  /** What the condition's plain equalities write into a new row. */
  readonly equal: readonly Assignment[];
  /** Undefined: the row is deleted. `wake`: a removed row with the same key comes back instead of a second one. */
  readonly removal: { readonly set: readonly Assignment[]; readonly wake: { readonly marked: Literal; readonly data: readonly Assignment[] } | undefined } | undefined;
}

/** A row that other resources, and other tenants, may point to as well, and that has rows of its own. */
export interface RowsHolder {
  readonly step: Step;
  /** The foreign key on the resource's model. */
  readonly key: Column;
  /** The relation that leads back to the resource's model. */
  readonly back: BackRelation;
  /** Where the rows are told apart by tenant; undefined: they are one with the row they hang on. */
  readonly tenant: Place | undefined;
}

/** Elements that are rows of a child table. */
export interface RowsSource {
  readonly kind: "rows";
  readonly list: ListRelation;
  /** For names of constants and functions: the list's, or where that would not be one attribute's alone the attribute's. */
  readonly name: string;
  /** Whether a statement of its own reads them: Prisma selects a relation once, and these are not behind one of the resource's own row, or not alone. */
  readonly apart: boolean;
  /** Where no relation leads to the rows: `list` has their key, which holds the SCIM id. */
  readonly table: { readonly tenant: Place | undefined } | undefined;
  /** Where they hang on another row, to which the resource points: `list` is that row's. */
  readonly holder: RowsHolder | undefined;
  /** What tells the rows apart. */
  readonly ids: readonly Column[];
  readonly each: readonly Attribute[];
  readonly create: readonly Assignment[];
  /** Whether an element that has no row gets one; else it is refused. */
  readonly adds: boolean;
  readonly life: RowLife;
  /** The columns of the key by which a removed row is found again, beside the parent's. */
  readonly wakeBy: readonly string[];
  /** For names of types and constants: "Email". */
  readonly item: string;
}

/** Several lists of rows whose elements are one attribute's: each is read and written by its own rule. */
export interface RowListsSource {
  readonly kind: "rowLists";
  readonly lists: readonly { readonly rows: RowsSource; readonly isWritten: boolean }[];
}

/** Rows at the other end of an implicit many-to-many relation, of which one column is the value. */
export interface EndsSource {
  readonly kind: "ends";
  readonly ends: EndRelation;
  /** What the client knows a row by. */
  readonly value: Column;
  readonly letters: Letters;
  readonly scope: RowScope;
  readonly link: "connect" | "connectOrCreate";
  /** Of a row that is made. */
  readonly create: readonly Assignment[];
}

/** A many-to-many relation without a model between: Prisma keeps its rows. */
export interface EndRelation {
  /** The list on the parent's model, and the list that leads back. */
  readonly name: string;
  readonly back: string;
  /** At the other end, and what tells its rows apart. */
  readonly model: Model;
  readonly id: Column;
}

/** Lists of references: one, or several where the members are of several kinds. */
export interface MembersSource {
  readonly kind: "members";
  readonly lists: readonly MemberList[];
}

/** What every list of members says of its members. */
interface MemberOf {
  readonly to: ResourceRef;
  /** Which members exist for the tenant. */
  readonly scope: RowScope;
  /** What a member is called, where the list reads the members' own rows. */
  readonly display: Column | undefined;
}

export type MemberList = JoinList | EndList | ChildList;

/** Rows of a join model. */
export interface JoinList extends MemberOf {
  readonly kind: "join";
  readonly list: ListRelation;
  /** The join row's foreign key to the member, and the relation it belongs to. */
  readonly member: Column;
  readonly memberRelation: string;
  /** Where that foreign key leads to a person: the way to the rows that are the member. */
  readonly back: BackRelation | undefined;
  readonly create: readonly Assignment[];
  /** Whether a member who has no row gets one; else who is none cannot become one. */
  readonly adds: boolean;
  readonly life: RowLife;
  /** Whether a key keeps a member from being there twice. */
  readonly isKeyed: boolean;
}

/** The other end of a many-to-many relation. */
export interface EndList extends MemberOf {
  readonly kind: "ends";
  readonly ends: EndRelation;
}

/** The members' own rows, each with a foreign key to the one group that it is in. */
export interface ChildList extends MemberOf {
  readonly kind: "children";
  readonly list: ListRelation;
  readonly id: Column;
}

/** `groups` of a User: the lists of members, read from the other end. */
export interface MembershipsSource {
  readonly kind: "memberships";
  readonly from:
    | { readonly kind: "join"; readonly list: ListRelation; readonly group: Step; readonly groupKey: Column; readonly where: RowLife["where"]; /** The person who has the list. */ readonly person: Step | undefined }
    | { readonly kind: "ends"; readonly ends: EndRelation }
    /** The user's own foreign key to its one group. */
    | { readonly kind: "parent"; readonly step: Step };
  readonly id: Column;
  readonly scope: RowScope;
  readonly display: Column | undefined;
  readonly to: ResourceRef;
}

/** Each value of an enum column of the users is a group. */
export interface ValueGroups extends ResourceRef {
  readonly description: string;
  readonly schema: Schema;
  readonly attributes: readonly Definition[];
  readonly unmapped: readonly string[];
  /** Of the users: their model, which of its rows there are, and what tells them apart. */
  readonly model: Model;
  readonly scope: RowScope;
  readonly id: Column;
  readonly column: Column;
  /** What a user holds who is taken out of a group, and values that no client gives or takes. */
  readonly leave: string;
  readonly locked: readonly string[];
  /** Written with every change of a user. */
  readonly stamp: readonly Assignment[];
}

/** Another resource of this provider. */
export interface ResourceRef {
  readonly name: string;
  readonly file: string;
  readonly endpoint: string;
}

/** A row that is linked or made on POST and shared with other tenants. */
export interface SharedRow {
  readonly step: Step;
  /** The foreign key on the resource's model, and the column of the shared row that it holds. */
  readonly key: Column;
  readonly id: Column;
  /** The relation on the shared row's model that leads back to the resource's model: a list, or one row where the foreign key is unique. */
  readonly back: BackRelation;
  readonly match: Column;
  readonly matchLetters: Letters;
  /** The attribute that the match column is written by. */
  readonly attribute: string;
  readonly link: "connectOrCreate" | "connect" | "create";
  /** The column that holds the tenant which owns the account. */
  readonly owner: Column | undefined;
  /** Whether a POST that finds the row writes it, as far as `onUpdate` and `owner` let it. */
  readonly onLink: "keep" | "update";
  readonly onUpdate: "owned" | "keep" | "whenSole" | "write" | "refuse";
  /** What else may point to the row, all of which must be gone before DELETE removes it too; undefined: it stays. */
  readonly orphan: { readonly without: readonly { readonly name: string; readonly isList: boolean }[] } | undefined;
  readonly create: readonly Assignment[];
}

/** A value that is written without a client asking. */
export interface Assignment {
  readonly column: Column;
  readonly value:
    | { readonly kind: "constant"; readonly value: string | number | boolean | null }
    /** What a Json column holds. */
    | { readonly kind: "document"; readonly document: Literal }
    | { readonly kind: "now" }
    | { readonly kind: "tenant" }
    | { readonly kind: "from"; readonly key: string }
    | { readonly kind: "rule"; readonly name: string }
    /** The key of the one row that the mapping names. */
    | { readonly kind: "row"; readonly row: NamedRow };
}

/** A row that the mapping names by constants, inside the tenant: `topic: { code: "nick" }`. */
export interface NamedRow {
  readonly model: Model;
  /** What a foreign key holds of it. */
  readonly id: Column;
  readonly terms: readonly Assignment[];
  readonly scope: RowScope;
}

/** Rows that DELETE has hidden. */
export interface RemovedRows {
  readonly policy: "restore" | "conflict";
  /** What they have in common. */
  readonly condition: Literal;
  /** What makes one exist again, beside `active`. */
  readonly data: readonly Assignment[];
}

export interface SideRows {
  readonly list: ListRelation;
  readonly create: readonly Assignment[];
}

/** What DELETE does. */
export interface Removal {
  /** `hide`: the row is written, and is none of the scope's then. `deactivate`: it stays, with active false. */
  readonly kind: "delete" | "hide" | "deactivate";
  /** Rows that go before it, since the database does not remove them by itself. */
  readonly before: readonly ListRelation[];
  /** Rows of groups of the tenant that name the person: those of other tenants' groups stay. */
  readonly members: PersonMembers | undefined;
  /** What hides the row. */
  readonly set: readonly Assignment[];
}

/** Members that are told by the person, as the row that goes sees them. */
export interface PersonMembers {
  readonly list: ListRelation;
  readonly memberRelation: string;
  readonly back: BackRelation;
  readonly life: RowLife;
  readonly groups: RowScope;
}
