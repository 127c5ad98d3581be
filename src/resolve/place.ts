/** Where a place string leads: along to-one relations to a column, or across one list relation. */
import type { Attribute, Column, ColumnType, Letters, ListRelation, Model, Place, Step } from "../provider.js";
import type { PrismaField, PrismaModel } from "../read/prisma.js";
import { fieldOf, fitting } from "./context.js";
import type { ConfigPath, Scope } from "./context.js";

export type Target =
  | { readonly kind: "column"; readonly place: Place; readonly field: PrismaField; readonly model: PrismaModel }
  /** `path`: the keys behind the column; none where the whole column is meant. */
  | { readonly kind: "json"; readonly steps: readonly Step[]; readonly field: PrismaField; readonly model: PrismaModel; readonly path: readonly string[] }
  | { readonly kind: "scalars"; readonly steps: readonly Step[]; readonly field: PrismaField; readonly model: PrismaModel }
  | { readonly kind: "list"; readonly steps: readonly Step[]; readonly list: PrismaField; readonly model: PrismaModel; readonly child: PrismaModel; readonly rest: string | undefined };

/** Follows a place from a model. */
export function follow(scope: Scope, model: PrismaModel, text: string, path: ConfigPath): Target | undefined {
  const [route = "", ...keys] = text.split("->");
  if (keys.includes("")) return scope.findings.error("json-expected", path, `A key is missing in "${text}".`, { remedy: `write the key behind "->"` });
  const steps: Step[] = [];
  const names = route.split(".");
  let at = model;
  for (const [index, name] of names.entries()) {
    const field = fieldOf(scope, at, name, path);
    if (field === undefined) return undefined;
    const last = index === names.length - 1;
    if (field.kind !== "object") {
      if (!last) return scope.findings.error("unknown-field", path, `${at.name}.${name} is a column, so nothing can follow it in "${text}".`, { remedy: `write "${names.slice(0, index + 1).join(".")}"`, schema: { model: at.name, field: name } });
      if (field.type === "Json") return { kind: "json", steps, field, model: at, path: keys };
      if (keys.length > 0) return scope.findings.error("json-expected", path, `${at.name}.${name} is no Json column, so there are no keys in it.`, { remedy: `write "${route}" for its value${jsonNames(at)}`, schema: { model: at.name, field: name } });
      if (field.isList) return { kind: "scalars", steps, field, model: at };
      const column = columnOf(scope, at, field, path);
      return column === undefined ? undefined : { kind: "column", place: { steps, column }, field, model: at };
    }
    const next = scope.schema.models.find((each) => each.name === field.type);
    if (next === undefined) return scope.findings.error("field-ignored", path, `The model ${field.type} behind ${at.name}.${name} is ignored by the Prisma client.`, { remedy: `take @@ignore off ${field.type}`, schema: { model: at.name, field: name } });
    if (field.isList) {
      const rest = last ? undefined : names.slice(index + 1).join(".");
      return rest !== undefined && crossesAgain(scope, next, rest, text, path) ? undefined : { kind: "list", steps, list: field, model: at, child: next, rest };
    }
    if (last) {
      return scope.findings.error("not-a-column", path, `${at.name}.${name} is a relation to ${next.name}, and a column is due here.`, {
        remedy: `write "${text}." and a column of ${next.name}: ${columnNames(next)}`,
        schema: { model: at.name, field: name },
      });
    }
    steps.push({ relation: name, model: modelRef(next), optional: !field.isRequired, inside: undefined });
    at = next;
  }
  return undefined;
}

/** The columns of a source, with the key that each is written by. */
export function placesOf({ key, source }: Attribute): readonly { readonly key: string; readonly place: Place }[] {
  if (source.kind === "slots") return source.slots.flatMap((slot) => slot.parts.flatMap(placesOf));
  if (source.kind === "codec") return [...source.places, ...(source.equals === undefined ? [] : [source.equals.place])].map((place) => ({ key, place }));
  return "place" in source ? [{ key, place: source.place }] : [];
}

/** Whether a place in a row of a list crosses another one, which is told. */
export function crossesAgain(scope: Scope, child: PrismaModel, rest: string, text: string, path: ConfigPath): boolean {
  let at: PrismaModel | undefined = child;
  for (const name of rest.split("->")[0]?.split(".") ?? []) {
    const field: PrismaField | undefined = at?.fields.find((each) => each.name === name);
    if (at !== undefined && field?.kind === "object" && field.isList) {
      scope.findings.error("deeper-than-one-list", path, `"${text}" crosses the list ${at.name}.${name} inside rows of a list, and a place crosses one list at most.`, {
        remedy: `end it in a column of ${child.name}: ${columnNames(child)}`,
        schema: { model: at.name, field: name },
      });
      return true;
    }
    at = scope.schema.models.find((each) => each.name === field?.type);
  }
  return false;
}

function isSingle({ type, isList }: PrismaField): boolean {
  return !isList && type !== "Json";
}

function jsonNames(model: PrismaModel): string {
  const names = model.fields.filter(({ type }) => type === "Json").map(({ name }) => name);
  return names.length === 0 ? "" : `; of ${model.name} Json is: ${names.join(", ")}`;
}

export function columnNames(model: PrismaModel): string {
  return model.fields.filter((each) => each.kind !== "object").map((each) => each.name).slice(0, 8).join(", ");
}

/** The same as `follow`, where only a column will do. */
export function followToColumn(scope: Scope, model: PrismaModel, text: string, path: ConfigPath): Extract<Target, { kind: "column" }> | undefined {
  const target = follow(scope, model, text, path);
  if (target === undefined || target.kind === "column") return target;
  if (target.kind === "scalars") return manyValues(scope, target, path);
  if (target.kind === "json") return scope.findings.error("not-a-column", path, `"${text}" is a part of a document, and one column is due here.`, { ...fitting(scope, target.model, isSingle, "a column of its own"), schema: { model: target.model.name, field: target.field.name } });
  return scope.findings.error("not-a-column", path, `"${text}" crosses the list ${target.model.name}.${target.list.name}, and one column is due here.`, { ...fitting(scope, target.model, isSingle, "a column of its own"), schema: { model: target.model.name, field: target.list.name } });
}

/** A list of values where there is room for one. */
export function manyValues(scope: Scope, { model, field }: Extract<Target, { kind: "scalars" }>, path: ConfigPath): undefined {
  return scope.findings.error("may-be-many", path, `${model.name}.${field.name} is a list, and one value is due here.`, { ...fitting(scope, model, isSingle, "a column that is no list"), schema: { model: model.name, field: field.name } });
}

export function modelRef(model: PrismaModel): Model {
  return { name: model.name, delegate: model.delegate };
}

/** A column of the model itself, by name: a key, a tenant, a value that is written without a client asking. */
export function ownColumn(scope: Scope, model: PrismaModel, name: string, path: ConfigPath): Column | undefined {
  if (name.includes(".") || name.includes("->")) return scope.findings.error("not-a-column", path, `"${name}" leads away from the row, and a column of ${model.name} itself is due here.`, { remedy: `write one of: ${columnNames(model)}`, schema: { model: model.name } });
  const field = fieldOf(scope, model, name, path);
  if (field === undefined) return undefined;
  if (field.kind === "object") {
    return scope.findings.error("not-a-column", path, `${model.name}.${name} is a relation, and a column is due here.`, {
      ...(field.relation?.fromFields[0] === undefined ? {} : { remedy: `write "${field.relation.fromFields[0]}"` }),
      schema: { model: model.name, field: name },
    });
  }
  if (field.isList) return manyValues(scope, { kind: "scalars", steps: [], model, field }, path);
  const column = columnOf(scope, model, field, path);
  if (column?.type === "bytes") return scope.findings.error("type-mismatch", path, `${model.name}.${name} holds bytes, which serve for the value of an attribute alone.`, { ...fitting(scope, model, (each) => isSingle(each) && each.type !== "Bytes", "a column of another type"), schema: { model: model.name, field: name } });
  return column;
}

const scalars: Readonly<Record<string, ColumnType>> = { String: "text", Int: "int", BigInt: "bigint", Decimal: "decimal", Float: "float", Boolean: "boolean", DateTime: "dateTime", Bytes: "bytes" };

export function columnOf(scope: Scope, model: PrismaModel, field: PrismaField, path: ConfigPath): Column | undefined {
  const base = { name: field.name, dbName: field.dbName, optional: !field.isRequired, hasDefault: field.hasDefault || field.isUpdatedAt };
  if (field.kind === "enum") {
    const values = scope.schema.enums.find((each) => each.name === field.type)?.values.map((each) => each.name) ?? [];
    return { ...base, type: "enum", values };
  }
  const type = scalars[field.type];
  if (type === undefined) return scope.findings.later(path, `A column of type ${field.type} (${model.name}.${field.name})`);
  const native = field.nativeType?.[0];
  return { ...base, type: native === "Uuid" ? "uuid" : native === "Citext" ? "citext" : type, values: [] };
}

export function lettersOf(column: Column, caseExact: boolean, lower: boolean | "trusted" | undefined): Letters {
  if (lower === "trusted") return "trusted";
  if (lower === true) return "lowered";
  return column.type === "citext" ? "citext" : caseExact ? "exact" : "folded";
}

/** What foreign keys of a resource's model hold: its key, and where the model has one of its own the tenant. */
export interface Keys {
  readonly key: Column;
  readonly tenant: Place | undefined;
}

/** A list relation with what its rows need to be reached: the child's foreign key to the parent. Undefined for an implicit many-to-many. */
export function listRelation(scope: Scope, parent: PrismaModel, keys: Keys, list: PrismaField, child: PrismaModel, path: ConfigPath): ListRelation | undefined {
  const back = child.fields.find((each) => each.kind === "object" && each.relation?.name === list.relation?.name && each.type === parent.name && !each.isList && (each.relation?.fromFields.length ?? 0) > 0);
  if (back === undefined) return scope.findings.later(path, `An implicit many-to-many relation (${parent.name}.${list.name})`);
  const held = foreignKey(scope, child, back, keys, path);
  if (held === undefined) return undefined;
  return { name: list.name, model: modelRef(child), key: held.key, parentKey: keys.key, parent: back.name, tenantKeys: held.tenantKeys, cascades: back.relation?.onDelete === "Cascade" };
}

/** The list that leads back from the other end of an implicit many-to-many relation; undefined: the relation is of another kind. */
export function otherEnd(list: PrismaField, child: PrismaModel, parent: PrismaModel): PrismaField | undefined {
  const back = child.fields.filter((each) => each.kind === "object" && each.relation?.name === list.relation?.name && each.type === parent.name);
  if (back.some((each) => !each.isList)) return undefined;
  // A model that is related to itself has both lists.
  return back.find((each) => child !== parent || each.name !== list.name);
}

/** The columns of a foreign key: one holds the key of the row it points to, and others may hold the tenant. */
export function foreignKey(scope: Scope, model: PrismaModel, relation: PrismaField, keys: Keys, path: ConfigPath): { readonly key: Column; readonly tenantKeys: readonly Column[] } | undefined {
  const pairs = (relation.relation?.fromFields ?? []).map((from, index) => ({ from, to: relation.relation?.toFields[index] }));
  const tenant = keys.tenant?.steps.length === 0 ? keys.tenant.column.name : undefined;
  const key = pairs.find(({ to }) => to === keys.key.name);
  const others = pairs.filter((each) => each !== key);
  if (key === undefined || others.some(({ to }) => to !== tenant)) {
    return scope.findings.error("member-column-not-id", path, `${model.name}.${relation.name} points to ${relation.type} by ${pairs.map(({ to }) => to).join(" and ")}, and a row is known here by ${keys.key.name} alone.`, {
      remedy: `id: "${pairs.find(({ to }) => to !== tenant)?.to ?? "…"}" for the resource, or a relation that references [${keys.key.name}]`,
      schema: { model: model.name, field: relation.name },
    });
  }
  const column = ownColumn(scope, model, key.from, path);
  const tenantKeys = others.map(({ from }) => ownColumn(scope, model, from, path)).filter((each) => each !== undefined);
  return column === undefined || tenantKeys.length < others.length ? undefined : { key: column, tenantKeys };
}

/** The to-one relation of a model that a foreign key belongs to: of several the one with the fewest columns. */
export function relationOfKey(model: PrismaModel, key: string): PrismaField | undefined {
  const size = (each: PrismaField): number => each.relation?.fromFields.length ?? 0;
  const [first] = model.fields
    .filter((each) => each.kind === "object" && !each.isList && each.relation?.fromFields.includes(key) === true)
    .sort((a, b) => size(a) - size(b) || (a.name < b.name ? -1 : 1));
  return first;
}

/** Whether these columns hold a whole key: no two rows are the same in them. */
export function isUniqueIn(model: PrismaModel, columns: readonly string[]): boolean {
  return [model.primaryKey, ...model.uniques.map(({ fields }) => fields)].some((key) => key.length > 0 && key.every((each) => columns.includes(each)));
}

/** The single column that identifies a row. */
export function idField(model: PrismaModel): PrismaField | undefined {
  return model.fields.find((each) => each.isId);
}

