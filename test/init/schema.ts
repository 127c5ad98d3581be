/** The text of a schema -> PrismaSchema, with no file in between. */
import { getDMMF } from "@prisma/get-dmmf";
import type { PrismaField, PrismaModel, PrismaSchema } from "../../src/read/prisma.js";

type Document = Exclude<ReturnType<typeof getDMMF>, { readonly reason: string }>;
type Model = Document["datamodel"]["models"][number];
type Field = Model["fields"][number];

export function schemaOf(text: string): PrismaSchema {
  const document = getDMMF({ datamodel: text });
  if ("reason" in document) throw new Error(document.reason);
  const { models, enums } = document.datamodel;
  return {
    path: "schema.prisma",
    files: [],
    ignoredModels: [],
    clients: [],
    models: models.map(modelOf),
    enums: enums.map((each) => ({ name: each.name, dbName: each.name, values: each.values.map(({ name }) => ({ name, dbName: name })) })),
  };
}

function modelOf(model: Model): PrismaModel {
  const id = model.fields.filter(({ isId }) => isId).map(({ name }) => name);
  const uniques = [...model.fields.filter(({ isUnique }) => isUnique).map(({ name }) => [name]), ...model.uniqueFields];
  return {
    name: model.name,
    dbName: model.dbName ?? model.name,
    delegate: model.name,
    schema: model.schema ?? undefined,
    documentation: undefined,
    isView: false,
    fields: model.fields.map(fieldOf),
    ignoredFields: [],
    primaryKey: model.primaryKey?.fields ?? id,
    uniques: uniques.map((fields) => ({ fields, name: fields.join("_"), dbName: fields.join("_") })),
    indexes: [],
    position: undefined,
  };
}

function fieldOf(field: Field): PrismaField {
  const { name, kind, type, isList, isRequired, isUnique, isId } = field;
  const actions = ["Cascade", "Restrict", "NoAction", "SetNull", "SetDefault"] as const;
  return {
    name,
    dbName: field.dbName ?? name,
    kind: kind === "unsupported" ? "scalar" : kind,
    type,
    isList,
    isRequired,
    isUnique,
    isId,
    isUpdatedAt: field.isUpdatedAt ?? false,
    hasDefault: field.hasDefaultValue,
    default: undefined,
    nativeType: field.nativeType ? [field.nativeType[0], ...field.nativeType[1]] : undefined,
    relation:
      kind === "object"
        ? {
            name: field.relationName ?? "",
            model: type,
            fromFields: field.relationFromFields ?? [],
            toFields: field.relationToFields ?? [],
            onDelete: actions.find((action) => action === field.relationOnDelete),
          }
        : undefined,
    documentation: undefined,
    position: undefined,
  };
}
