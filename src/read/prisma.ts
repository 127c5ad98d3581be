/** The host's Prisma schema -> `PrismaSchema`. The only file that knows DMMF or a version of Prisma. */

/** All that scim-gen asks of a schema. Plain; models and enums are sorted by name, so that the order of a schema file means nothing. */
export interface PrismaSchema {
  /** The file or folder, absolute. */
  readonly path: string;
  readonly files: readonly SchemaFile[];
  readonly models: readonly PrismaModel[];
  readonly enums: readonly PrismaEnum[];
  /** Models with `@@ignore`: in the database, but not in the client. */
  readonly ignoredModels: readonly string[];
  /** The generators that make a client, in the schema's order. */
  readonly clients: readonly PrismaClientGenerator[];
}

export interface SchemaFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** Where a declaration stands, from 1 on. */
export interface SchemaPosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface PrismaModel {
  readonly name: string;
  /** The table's name. */
  readonly dbName: string;
  /** The client's accessor: "userEmail" for UserEmail. */
  readonly delegate: string;
  /** `@@schema`. */
  readonly schema: string | undefined;
  readonly documentation: string | undefined;
  readonly isView: boolean;
  /** In the schema's order. */
  readonly fields: readonly PrismaField[];
  /** `@ignore` and `Unsupported` fields: in the database, but not in the client. */
  readonly ignoredFields: readonly string[];
  /** The fields of the id, one or several; empty where there is none. */
  readonly primaryKey: readonly string[];
  /** Every unique key but the primary one, those of a single field included. A partial one is not here. */
  readonly uniques: readonly PrismaUnique[];
  /** Plain indexes, and partial unique ones. */
  readonly indexes: readonly PrismaIndex[];
  readonly position: SchemaPosition | undefined;
}

export interface PrismaUnique {
  readonly fields: readonly string[];
  /** The client's name for a key of several fields: `name:`, else the fields joined by `_`; for one field, the field. */
  readonly name: string;
  /** The constraint's name in Postgres. */
  readonly dbName: string;
}

export interface PrismaIndex {
  readonly fields: readonly string[];
  readonly dbName: string;
  /** `partial`: unique among the rows that a condition names. */
  readonly kind: "plain" | "partial";
}

export interface PrismaField {
  readonly name: string;
  /** The column's name. */
  readonly dbName: string;
  readonly kind: "scalar" | "enum" | "object";
  /** `String`, `Int` ..., or the name of an enum or model. */
  readonly type: string;
  readonly isList: boolean;
  readonly isRequired: boolean;
  readonly isUnique: boolean;
  /** Whether the field alone is the id. */
  readonly isId: boolean;
  readonly isUpdatedAt: boolean;
  readonly hasDefault: boolean;
  readonly default: PrismaDefault | undefined;
  /** `@db.VarChar(255)` is `["VarChar", "255"]`. */
  readonly nativeType: readonly [name: string, ...args: string[]] | undefined;
  readonly relation: PrismaRelation | undefined;
  readonly documentation: string | undefined;
  readonly position: SchemaPosition | undefined;
}

export type PrismaDefault =
  | { readonly kind: "literal"; readonly value: PrismaLiteral | readonly PrismaLiteral[] }
  /** A function of Prisma's or, `dbgenerated`, of the database's. `other`: one that this version does not know. */
  | { readonly kind: "autoincrement" | "sequence" | "uuid" | "cuid" | "nanoid" | "ulid" | "now" | "dbgenerated" | "other"; readonly args: readonly PrismaLiteral[] };
export type PrismaLiteral = string | number | boolean;

export interface PrismaRelation {
  /** The same on both sides. */
  readonly name: string;
  readonly model: string;
  /** The foreign key, on the side that holds it; else empty. */
  readonly fromFields: readonly string[];
  readonly toFields: readonly string[];
  /** As written; undefined where the schema leaves it to Prisma. */
  readonly onDelete: "Cascade" | "Restrict" | "NoAction" | "SetNull" | "SetDefault" | undefined;
}

export interface PrismaEnum {
  readonly name: string;
  readonly dbName: string;
  readonly values: readonly { readonly name: string; readonly dbName: string }[];
}

export interface PrismaClientGenerator {
  readonly name: string;
  readonly provider: "prisma-client" | "prisma-client-js";
  /** Absolute; undefined where `prisma-client-js` writes into node_modules. */
  readonly output: string | undefined;
  readonly importFileExtension: string | undefined;
  readonly moduleFormat: string | undefined;
}
