/** PrismaSchema -> tables. */
import type { PrismaField, PrismaModel, PrismaSchema } from "../../read/prisma.js";
import type { Column, Relation, Table } from "./tables.js";

/** The models that rows can be written to, sorted by name. */
export function tablesOf({ models, enums }: PrismaSchema): readonly Table[] {
  const values = new Map(enums.map((each) => [each.name, each.values.map(({ name }) => name)]));
  return models
    .filter(({ isView }) => !isView)
    .map((model) => tableOf(model, values))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function tableOf(model: PrismaModel, values: ReadonlyMap<string, readonly string[]>): Table {
  return {
    name: model.name,
    inDatabase: model.dbName,
    schema: model.schema,
    columns: model.fields.filter(({ kind }) => kind !== "object").map((field) => columnOf(field, values)),
    relations: model.fields.flatMap((field) => relationOf(field)),
    key: model.primaryKey,
    uniques: [...(model.primaryKey.length === 0 ? [] : [model.primaryKey]), ...model.uniques.map(({ fields }) => fields)],
    said: model.documentation ?? "",
  };
}

function columnOf(field: PrismaField, values: ReadonlyMap<string, readonly string[]>): Column {
  const [native, ...args] = field.nativeType ?? [];
  return {
    name: field.name,
    inDatabase: field.dbName,
    type: field.type,
    values: values.get(field.type) ?? [],
    list: field.isList,
    optional: !field.isRequired,
    filled: field.hasDefault || field.isUpdatedAt,
    initial: field.default?.kind === "literal" && !Array.isArray(field.default.value) ? String(field.default.value) : undefined,
    updatedAt: field.isUpdatedAt,
    native: native === undefined ? undefined : `db.${native}${args.length === 0 ? "" : `(${args.join(", ")})`}`,
    said: field.documentation ?? "",
  };
}

function relationOf({ name, isList, isRequired, relation }: PrismaField): readonly Relation[] {
  if (relation === undefined) return [];
  return [
    {
      name,
      to: relation.model,
      list: isList,
      optional: !isRequired,
      columns: relation.fromFields,
      references: relation.toFields,
      // What Prisma does where the schema says nothing.
      onDelete: relation.onDelete ?? (isRequired ? "Restrict" : "SetNull"),
      pair: relation.name,
    },
  ];
}
