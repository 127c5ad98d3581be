/** Which rows of a model are resources of a tenant, and what tells them apart. */
import type { LooseResource, LooseWritten } from "../config.js";
import type { Assignment, Column, Literal, Place, RowScope } from "../provider.js";
import type { PrismaField, PrismaModel } from "../read/prisma.js";
import { assignments } from "./assignments.js";
import { fieldOf, suggestion } from "./context.js";
import type { ConfigPath, Scope } from "./context.js";
import { isObject } from "./options.js";
import { columnOf, idField, ownColumn } from "./place.js";
import { softDeleteFits, whereOf } from "./soft-delete.js";
import { tenantPlace } from "./tenant.js";

export interface Rows {
  readonly scope: RowScope;
  readonly id: Column;
  readonly key: Column;
  readonly isIdUnique: boolean;
}

export function rowsOf(scope: Scope, name: string, model: PrismaModel, resource: LooseResource, path: ConfigPath): Rows | undefined {
  const tenant = tenantOf(scope, model, resource, path);
  const isSoft = softDeleteFits(scope, model, resource, [...path, "softDelete"]);
  const where = isSoft ? whereOf(model, resource) : resource.where;
  const condition = where === undefined ? undefined : literalOf(scope, model, where, [...path, "where"]);
  const inTenant = tenant?.steps.length === 0 ? tenant.column.name : undefined;
  const id = idOf(scope, model, resource, inTenant, path);
  if (id === undefined || (tenant === undefined && resource.tenant !== null)) return undefined;
  const key = keyOf(scope, model, id, path);
  return { scope: { tenant, where: condition === undefined ? undefined : { constant: `existing${name}s`, condition } }, id, key, isIdUnique: isUnique(model, [id.name]) };
}

function tenantOf(scope: Scope, model: PrismaModel, { tenant }: LooseResource, path: ConfigPath): Place | undefined {
  if (tenant === null) return undefined;
  return tenantPlace(scope, model, tenant, [...path, "tenant"]);
}

/** The SCIM id: the model's own, or a column that is unique inside the tenant. */
function idOf(scope: Scope, model: PrismaModel, { id: named }: LooseResource, tenant: string | undefined, path: ConfigPath): Column | undefined {
  const own = idField(model);
  if (named === undefined && own !== undefined) return columnOf(scope, model, own, path);
  const keys = [model.primaryKey, ...model.uniques.map(({ fields }) => fields)];
  const inside = keys.flatMap((fields) => fields.filter((each) => each !== tenant && fields.every((other) => other === each || other === tenant)));
  if (named === undefined) {
    return scope.findings.error("id-not-unique", path, `${model.name} has no key of one column, and a SCIM id is one value.`, {
      remedy: `id: "…", a column that is unique inside the tenant${inside[0] === undefined ? "; the schema has none yet: for example publicId String @unique @default(uuid())" : `: ${[...new Set(inside)].join(", ")}`}`,
      schema: { model: model.name },
    });
  }
  const column = ownColumn(scope, model, named, [...path, "id"]);
  if (column === undefined) return undefined;
  if (!inside.includes(column.name)) {
    return scope.findings.error("id-not-unique", [...path, "id"], `${model.name}.${column.name} may be the same on two rows of a tenant.`, { remedy: `write @unique behind ${model.name}.${column.name}`, schema: { model: model.name, field: column.name } });
  }
  if (column.optional) {
    return scope.findings.error("id-not-unique", [...path, "id"], `${model.name}.${column.name} may be null, and every resource has an id.`, { remedy: "make the column required", schema: { model: model.name, field: column.name } });
  }
  return column;
}

/** What foreign keys hold: the model's own key of one column, else the id. */
function keyOf(scope: Scope, model: PrismaModel, id: Column, path: ConfigPath): Column {
  const own = idField(model);
  return own === undefined || own.name === id.name ? id : (columnOf(scope, model, own, path) ?? id);
}

export function isUnique(model: PrismaModel, fields: readonly string[]): boolean {
  const same = (set: readonly string[]): boolean => set.length === fields.length && set.every((each) => fields.includes(each));
  return same(model.primaryKey) || model.uniques.some((each) => same(each.fields));
}

const connectives: ReadonlySet<string> = new Set(["AND", "OR", "NOT"]);
const toOneTests: ReadonlySet<string> = new Set(["is", "isNot"]);
const toManyTests: ReadonlySet<string> = new Set(["some", "none", "every"]);

/** A condition of Prisma's as plain data, with every field in it known to the schema. */
export function literalOf(scope: Scope, model: PrismaModel, where: object, path: ConfigPath): Literal | undefined {
  const members = Object.entries(where).map(([name, value]: [string, unknown]) => [name, member(scope, model, name, value, [...path, name])] as const);
  const known = members.filter((each): each is readonly [string, Literal] => each[1] !== undefined);
  return known.length < members.length ? undefined : Object.fromEntries([...known].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function member(scope: Scope, model: PrismaModel, name: string, value: unknown, path: ConfigPath): Literal | undefined {
  if (connectives.has(name)) {
    const all = (Array.isArray(value) ? value : [value]).map((each: unknown, index) => (isObject(each) ? literalOf(scope, model, each, [...path, index]) : notData(scope, path)));
    const known = all.filter((each) => each !== undefined);
    return known.length < all.length ? undefined : Array.isArray(value) ? known : known[0];
  }
  const field = fieldOf(scope, model, name, path);
  if (field === undefined) return undefined;
  if (field.kind !== "object") return plain(scope, value, path);
  const next = scope.schema.models.find((each) => each.name === field.type);
  if (value === null) return null;
  if (next === undefined || !isObject(value)) return notData(scope, path);
  const tests = field.isList ? toManyTests : toOneTests;
  const tested = Object.keys(value).every((each) => tests.has(each));
  if (!tested && field.isList) return scope.findings.error("unknown-field", path, `"${name}" is a list, and a condition on it says some, none or every.`, suggestion(Object.keys(value)[0] ?? "", [...toManyTests]));
  if (!tested) return literalOf(scope, next, value, path);
  const inner = Object.entries(value).map(([test, each]) => [test, isObject(each) ? literalOf(scope, next, each, [...path, test]) : each === null ? null : notData(scope, path)] as const);
  const known = inner.filter((each): each is readonly [string, Literal] => each[1] !== undefined);
  return known.length < inner.length ? undefined : Object.fromEntries(known);
}

function plain(scope: Scope, value: unknown, path: ConfigPath): Literal | undefined {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) {
    const all = value.map((each: unknown) => plain(scope, each, path));
    const known = all.filter((each) => each !== undefined);
    return known.length < all.length ? undefined : known;
  }
  if (!isObject(value)) return notData(scope, path);
  const members = Object.entries(value).map(([name, each]) => [name, plain(scope, each, path)] as const);
  const known = members.filter((each): each is readonly [string, Literal] => each[1] !== undefined);
  return known.length < members.length ? undefined : Object.fromEntries(known);
}

function notData(scope: Scope, path: ConfigPath): undefined {
  return scope.findings.error("config-not-plain", path, "A condition holds plain data: texts, numbers, booleans, null, lists and objects of them, and behind a relation an object.", { remedy: `where: { column: "…", relation: { column: "…" } }` });
}

/**
 * Terms of a condition that are plain equalities also hold for a row that is made: a discriminator is said once. Every other term only hides.
 */
export function equalities(scope: Scope, model: PrismaModel, where: object | undefined, path: ConfigPath, inside?: Place | null): readonly Assignment[] {
  const terms = Object.entries(where ?? {}).flatMap(([name, value]: [string, unknown]) => {
    const field = model.fields.find((each) => each.name === name);
    const equal = field === undefined ? undefined : equality(field, value);
    return equal === undefined ? [] : [[name, equal] as const];
  });
  return assignments(scope, model, Object.fromEntries(terms) as LooseWritten, path, inside);
}

/** The value that a term asks for; undefined where it asks for something else. */
function equality(field: PrismaField, value: unknown): unknown {
  if (field.isList) return undefined;
  if (field.kind === "object") return isObject(value) && Object.values(value).every((each) => typeof each === "string" || typeof each === "number" || typeof each === "boolean") ? value : undefined;
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return isObject(value) && Object.keys(value).length === 1 && "equals" in value ? equality(field, value["equals"]) : undefined;
}
