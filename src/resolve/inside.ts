/** Whether a client, or the mapping, could write something that leads a row into another tenant: the database knows rows, and no tenants. */
import type { Assignment, Attribute, Column } from "../provider.js";
import type { PrismaModel } from "../read/prisma.js";
import { pathOf } from "./agreement.js";
import type { ConfigPath } from "./context.js";
import type { Home } from "./home.js";
import { placesOf, relationOfKey } from "./place.js";

/** A column that is written as a client says it. */
interface Written {
  readonly attribute: Attribute;
  readonly model: PrismaModel;
  readonly column: Column;
  readonly path: ConfigPath;
}

export function checkInside(home: Home, leaves: readonly Attribute[], filled: Readonly<Record<"create" | "stamp", readonly Assignment[]>>, path: ConfigPath): void {
  for (const leaf of leaves) {
    for (const each of writtenBy(home, leaf, pathOf(home, path, leaf.key))) if (!movesRow(home, each)) checkKey(home, each);
  }
  for (const option of ["create", "stamp"] as const) {
    for (const { column, value } of filled[option]) {
      if (value.kind === "tenant" || !isTenant(home, home.model, column)) continue;
      home.findings.error("reference-leaves-tenant", [...path, option, column.name], `${home.model.name}.${column.name} holds the tenant that a request is of, and nothing else.`, { remedy: "leave it out: it is written by itself", schema: { model: home.model.name, field: column.name } });
    }
  }
}

function writtenBy(home: Home, attribute: Attribute, path: ConfigPath): readonly Written[] {
  const { source, definition } = attribute;
  if (definition.mutability === "readOnly") return [];
  if (source.kind === "rowLists") return source.lists.flatMap(({ rows, isWritten }, index) => (isWritten ? writtenBy(home, { ...attribute, source: rows }, [...path, index]) : []));
  if (source.kind === "rows") return source.each.flatMap((sub) => writtenBy({ ...home, model: modelNamed(home, source.list.model.name) }, sub, [...path, "each", sub.definition.name]));
  if (source.kind === "oneRow") return [{ attribute, model: modelNamed(home, source.model.name), column: source.inner.place.column, path }];
  if (source.kind === "lookup") return [{ attribute, model: home.model, column: source.key, path }];
  return placesOf(attribute).map(({ place }) => ({ attribute, model: modelNamed(home, place.steps.at(-1)?.model.name ?? home.model.name), column: place.column, path }));
}

function modelNamed({ schema, model }: Home, name: string): PrismaModel {
  return schema.models.find((each) => each.name === name) ?? model;
}

function isTenant({ tenantAt }: Home, model: PrismaModel, column: Column): boolean {
  return tenantAt !== undefined && tenantAt.model.name === model.name && tenantAt.column.name === column.name;
}

/** Whether this would give the row to another tenant, which is told. */
function movesRow(home: Home, { attribute, model, column, path }: Written): boolean {
  if (!isTenant(home, model, column)) return false;
  home.findings.error("reference-leaves-tenant", path, `${model.name}.${column.name} holds the tenant, and a client that writes ${attribute.key} could give the row to another one.`, {
    remedy: readOnly(path, column, path.includes("each") || attribute.source.kind === "slots"),
    schema: { model: model.name, field: column.name },
  });
  return true;
}

function checkKey(home: Home, { attribute: { source }, model, column, path }: Written): void {
  // These look whether the row is the tenant's.
  if (source.kind === "reference" || source.kind === "lookup") return;
  const relation = relationOfKey(model, column.name);
  const target = home.schema.models.find((each) => each.name === relation?.type);
  if (relation === undefined || target === undefined || !isOfTenant(home, model, relation.name, target)) return;
  // What the RFC says is text cannot become a reference.
  const isFree = !path.includes("each") && (path.includes("extensions") || !["User", "Group"].includes(home.resource));
  const to = isFree ? home.others.find((each) => each.model.name === target.name) : undefined;
  home.findings.error("reference-leaves-tenant", path, `${model.name}.${column.name} points to a row of ${target.name}, and a client could name one of another tenant.`, {
    remedy: to === undefined ? readOnly(path, column, path.includes("each") || source.kind === "slots") : `${String(path.at(-1))}: { at: "${column.name}", ref: "${to.ref.name}" }, which looks at the tenant first`,
    schema: { model: model.name, field: relation.name },
  });
}

/** A list and its slots are read as a whole. */
function readOnly(path: ConfigPath, column: Column, isPart: boolean): string {
  return isPart ? "readOnly: true, for the attribute as a whole" : `${String(path.at(-1))}: { at: "${column.name}", readOnly: true }`;
}

/** Whether rows of the model are some tenant's: of a resource, on the way to the tenant, or with a way of their own to it. */
function isOfTenant(home: Home, model: PrismaModel, relation: string, target: PrismaModel): boolean {
  const { tenant } = home.rows.scope;
  if (tenant === undefined) return false;
  if ((model === home.model && tenant.steps[0]?.relation === relation) || home.others.some((each) => each.model.name === target.name)) return true;
  const tenants = home.tenantAt === undefined ? undefined : relationOfKey(home.tenantAt.model, tenant.column.name)?.type;
  return target.fields.some((each) => !each.isList && (each.kind === "object" ? each.type === tenants : each.name === tenant.column.name && tenant.column.name !== "id"));
}
