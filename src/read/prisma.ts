/** The host's Prisma schema -> `PrismaSchema`. The only file that knows DMMF or a version of Prisma. */

import type { getDMMF as GetDmmf } from "@prisma/get-dmmf";
import { dirname, relative, resolve, sep } from "node:path";
import type { Position, Problem } from "../problem.js";
import { findSchema, schemaFiles, unsupportedPrisma } from "./prisma-files.js";
import type { SchemaFile, SchemaSearch } from "./prisma-files.js";
import { ignoredFields, readBlocks, setting } from "./prisma-text.js";
import type { Block } from "./prisma-text.js";

/** All that scim-gen asks of a schema. Plain; models and enums are sorted by name, so that the order of a schema file means nothing. */
export interface PrismaSchema {
  /** The file or folder, absolute. */
  readonly path: string;
  /** As a header names it: relative to the project's folder, in POSIX form. */
  readonly name: string;
  readonly files: readonly SchemaFile[];
  readonly models: readonly PrismaModel[];
  readonly enums: readonly PrismaEnum[];
  /** Models with `@@ignore`: in the database, but not in the client. */
  readonly ignoredModels: readonly string[];
  /** The generators that make a client, in the schema's order. */
  readonly clients: readonly PrismaClientGenerator[];
  /** Whether the database keeps foreign keys, and not the client alone (`relationMode = "prisma"`). */
  readonly hasForeignKeys: boolean;
}

export type { SchemaFile };

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
  /** `generatedFileExtension` as written. */
  readonly fileExtension: string | undefined;
  /** As written. */
  readonly importFileExtension: string | undefined;
  readonly moduleFormat: string | undefined;
}

export interface SchemaRead {
  /** Undefined after an error. */
  readonly schema: PrismaSchema | undefined;
  readonly problems: readonly Problem[];
}

/** Finds and reads the schema. Needs neither engine, nor database, nor a generated client, and never starts `prisma`. */
export async function readSchema(search: SchemaSearch): Promise<SchemaRead> {
  const unsupported = await unsupportedPrisma(search.root);
  if (unsupported !== undefined) return { schema: undefined, problems: [unsupported] };
  const found = await findSchema(search);
  if (found.path === undefined) return { schema: undefined, problems: found.problems };
  const files = await schemaFiles(found.path);
  const parsed = await parseSchema({ path: found.path, name: relative(search.root, found.path).split(sep).join("/"), files });
  return { schema: parsed.schema, problems: [...found.problems, ...parsed.problems] };
}

/** The same from texts at hand. */
export async function parseSchema(source: Pick<PrismaSchema, "path" | "name" | "files">): Promise<SchemaRead> {
  // The wasm behind this module takes longer to load than all the rest of a run without changes.
  const { getDMMF } = await import("@prisma/get-dmmf");
  const dmmf = getDMMF({ datamodel: source.files.map(({ path, text }) => [path, text]) });
  if ("type" in dmmf) return { schema: undefined, problems: invalid(dmmf.error.message, source.files) };
  const blocks = source.files.flatMap(({ path, text }) => readBlocks(path, text));
  const { models, enums, indexes } = dmmf.datamodel;
  return {
    schema: {
      ...source,
      models: [...models].sort(byName).map((each) => model(each, indexes.filter((index) => index.model === each.name), blocks)),
      enums: [...enums].sort(byName).map((each) => ({ name: each.name, dbName: each.dbName ?? each.name, values: each.values.map(({ name, dbName }) => ({ name, dbName: dbName ?? name })) })),
      ignoredModels: blocks.filter(({ kind, isIgnored }) => isIgnored && (kind === "model" || kind === "view")).map(({ name }) => name).sort(),
      clients: blocks.filter(({ kind }) => kind === "generator").flatMap(clientGenerator),
      hasForeignKeys: !blocks.some((each) => each.kind === "datasource" && setting(each, "relationMode") === "prisma"),
    },
    problems: [],
  };
}

type Datamodel = Extract<ReturnType<typeof GetDmmf>, { readonly datamodel: unknown }>["datamodel"];
type DmmfModel = Datamodel["models"][number];
type DmmfField = DmmfModel["fields"][number];
type DmmfIndex = Datamodel["indexes"][number];

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1);

function model(source: DmmfModel, indexes: readonly DmmfIndex[], blocks: readonly Block[]): PrismaModel {
  const block = blocks.find(({ kind, name }) => name === source.name && (kind === "model" || kind === "view"));
  const table = source.dbName ?? source.name;
  const fields = source.fields.map((each) => field(each, block));
  const columns = (index: DmmfIndex): readonly string[] => index.fields.map(({ name }) => fields.find((each) => each.name === name)?.dbName ?? name);
  const called = (index: DmmfIndex, suffix: string): string => index.dbName ?? constraintName(table, columns(index), suffix);
  const named = indexes.map((index) => ({ index, fields: index.fields.map(({ name }) => name) }));
  const unique = named.filter(({ index }) => index.type === "unique");
  return {
    name: source.name,
    dbName: table,
    delegate: source.name.charAt(0).toLowerCase() + source.name.slice(1),
    schema: source.schema ?? undefined,
    documentation: source.documentation,
    isView: block?.kind === "view",
    fields,
    ignoredFields: block === undefined ? [] : ignoredFields(block),
    primaryKey: source.primaryKey?.fields ?? fields.filter(({ isId }) => isId).map(({ name }) => name),
    uniques: unique
      .filter(({ fields: keys }) => isFull(source, keys))
      .map(({ index, fields: keys }) => ({ fields: keys, name: keys.length === 1 ? keys.join() : index.name ?? keys.join("_"), dbName: called(index, "_key") })),
    indexes: [
      ...named.filter(({ index }) => index.type === "normal").map(({ index, fields: keys }) => ({ fields: keys, dbName: called(index, "_idx"), kind: "plain" as const })),
      ...unique.filter(({ fields: keys }) => !isFull(source, keys)).map(({ index, fields: keys }) => ({ fields: keys, dbName: called(index, "_key"), kind: "partial" as const })),
    ],
    position: block === undefined ? undefined : { file: block.file, line: block.line, column: block.column },
  };
}

/** A partial unique index stands among the indexes too, and only its absence elsewhere tells. */
function isFull(source: DmmfModel, keys: readonly string[]): boolean {
  if (keys.length === 1) return source.fields.some(({ name, isUnique }) => name === keys[0] && isUnique);
  return source.uniqueFields.some((other) => other.join() === keys.join());
}

function field(source: DmmfField, block: Block | undefined): PrismaField {
  const line = block?.lines.find(({ name }) => name === source.name);
  return {
    name: source.name,
    dbName: source.dbName ?? source.name,
    kind: source.kind === "enum" ? "enum" : source.kind === "object" ? "object" : "scalar",
    type: source.type,
    isList: source.isList,
    isRequired: source.isRequired,
    isUnique: source.isUnique,
    isId: source.isId,
    isUpdatedAt: source.isUpdatedAt ?? false,
    hasDefault: source.hasDefaultValue,
    default: defaultOf(source),
    nativeType: source.nativeType ? [source.nativeType[0], ...source.nativeType[1]] : undefined,
    relation: source.kind === "object" ? relation(source) : undefined,
    documentation: source.documentation,
    position: block === undefined || line === undefined ? undefined : { file: block.file, line: line.line, column: line.column },
  };
}

function relation(source: DmmfField): PrismaRelation {
  return {
    name: source.relationName ?? "",
    model: source.type,
    fromFields: source.relationFromFields ?? [],
    toFields: source.relationToFields ?? [],
    onDelete: deletions.find((each) => each === source.relationOnDelete),
  };
}
const deletions = ["Cascade", "Restrict", "NoAction", "SetNull", "SetDefault"] as const;

function defaultOf(source: DmmfField): PrismaDefault | undefined {
  if (!source.hasDefaultValue) return undefined;
  const value: unknown = source.default;
  // `@default(dbgenerated())` without text is a default that the DMMF has no value for.
  if (value === undefined || value === null) return { kind: "dbgenerated", args: [] };
  if (isFunction(value)) return { kind: functions.find((each) => each === value.name) ?? "other", args: value.args.filter(isLiteral) };
  return { kind: "literal", value: Array.isArray(value) ? value.filter(isLiteral) : isLiteral(value) ? value : String(value) };
}
const functions = ["autoincrement", "sequence", "uuid", "cuid", "nanoid", "ulid", "now", "dbgenerated"] as const;

function isFunction(value: unknown): value is { readonly name: string; readonly args: readonly unknown[] } {
  return typeof value === "object" && value !== null && "name" in value && "args" in value && Array.isArray(value.args);
}

function isLiteral(value: unknown): value is PrismaLiteral {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** As Prisma names it: Postgres keeps 63 bytes of an identifier, and the suffix is never cut. */
export function constraintName(table: string, columns: readonly string[], suffix: string): string {
  const stem = Buffer.from(`${table}_${columns.join("_")}`, "utf8");
  const room = 63 - suffix.length;
  if (stem.length <= room) return stem.toString("utf8") + suffix;
  // Not in the midst of a letter: bytes that go on with one begin with the bits 10.
  let end = room;
  while (end > 0 && ((stem[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return stem.subarray(0, end).toString("utf8") + suffix;
}

function clientGenerator(block: Block): readonly PrismaClientGenerator[] {
  const provider = setting(block, "provider");
  if (provider !== "prisma-client" && provider !== "prisma-client-js") return [];
  const output = setting(block, "output");
  return [
    {
      name: block.name,
      provider,
      output: output === undefined ? undefined : resolve(dirname(block.file), output),
      fileExtension: setting(block, "generatedFileExtension"),
      importFileExtension: setting(block, "importFileExtension"),
      moduleFormat: setting(block, "moduleFormat"),
    },
  ];
}

// The wasm colours its errors, and the colour shows where the culprit begins.
const colours = /\u001b\[[0-9;]*m/g;

/** The wasm tells all errors in one coloured text: a message, an arrow to file and line, and the line with the culprit in red. */
function invalid(text: string, files: readonly SchemaFile[]): readonly Problem[] {
  const message = messageOf(text);
  const parts = message.split(/^(?=\S*error\S*: )/m).filter((part) => /error/.test(part) && part.replace(colours, "").startsWith("error"));
  if (parts.length === 0) return [{ code: "schema-invalid", severity: "error", message: message.replace(colours, "").trim() }];
  return parts.map((part) => {
    const plain = part.replace(colours, "");
    const [, said = "", file = "", line = "0"] = /^error: ([\s\S]*?)\n\s*-->\s+(.*):(\d+)/.exec(plain) ?? [];
    const at = files.find(({ path }) => path === file);
    const problem: Problem = { code: "schema-invalid", severity: "error", message: (said || plain.slice("error: ".length)).trim() };
    return at === undefined ? problem : { ...problem, at: positionIn(at, Number(line), redColumn(part, Number(line))) };
  });
}

function messageOf(text: string): string {
  try {
    const { message } = JSON.parse(text) as { readonly message?: unknown };
    return typeof message === "string" ? message : text;
  } catch {
    return text;
  }
}

function redColumn(part: string, line: number): number {
  const shown = part.split("\n").find((each) => each.replace(colours, "").trimStart().startsWith(`${line} |`)) ?? "";
  const before = /^.*?\| ?(?:\u001b\[0m)?(.*?)\u001b\[1;91m/.exec(shown)?.[1];
  return before === undefined ? 1 : before.replace(colours, "").length + 1;
}

function positionIn({ path, text }: SchemaFile, line: number, column: number): Position {
  const shown = text.split(/\r?\n/)[line - 1];
  return { file: path, line, column, ...(shown === undefined ? {} : { text: shown }) };
}

/** The client does not know these, so only the text tells where they stand. */
function ignoredPosition({ path, text }: SchemaFile, model: string, field: string | undefined): SchemaPosition | undefined {
  const line = readBlocks(path, text).find(({ name }) => name === model)?.lines.find(({ name }) => name === field);
  return line === undefined ? undefined : { file: path, line: line.line, column: line.column };
}

/** The line of a model, or of one of its fields, to show beside a line of the mapping. */
export function schemaPosition(schema: PrismaSchema, where: { readonly model: string; readonly field?: string }): Position | undefined {
  const found = schema.models.find(({ name }) => name === where.model);
  const known = found?.fields.find(({ name }) => name === where.field)?.position ?? found?.position;
  const file = schema.files.find(({ path }) => path === known?.file);
  const position = found?.ignoredFields.includes(where.field ?? "") === true && file !== undefined ? (ignoredPosition(file, found.name, where.field) ?? known) : known;
  return position === undefined || file === undefined ? undefined : positionIn(file, position.line, position.column);
}
