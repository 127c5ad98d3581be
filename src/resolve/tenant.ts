/** Where rows of a model hold their tenant: as the mapping says, or as the schema shows for rows that an attribute reaches. */
import type { Column, Place } from "../provider.js";
import type { PrismaField, PrismaModel } from "../read/prisma.js";
import type { ConfigPath, Scope } from "./context.js";
import { columnOf, followToColumn, isUniqueIn, ownColumn, relationOfKey } from "./place.js";
import { holdsTenant } from "./values.js";

/** A place that the mapping names. */
export function tenantPlace(scope: Scope, model: PrismaModel, tenant: string, path: ConfigPath): Place | undefined {
  const place = tenant.includes(".") ? followToColumn(scope, model, tenant, path)?.place : ownPlace(scope, model, tenant, path);
  if (place === undefined) return undefined;
  const open = place.column.optional || place.steps.some((step) => step.optional);
  if (open) {
    scope.findings.error("tenant-nullable", path, `${model.name}.${tenant} may be null, and a row without a tenant would be nobody's.`, {
      remedy: place.steps.length === 0 ? "make the column required" : "make each relation on the way and the column at its end required",
      schema: { model: model.name, field: tenant.split(".")[0] ?? tenant },
    });
  }
  return place;
}

function ownPlace(scope: Scope, model: PrismaModel, name: string, path: ConfigPath): Place | undefined {
  const column = ownColumn(scope, model, name, path);
  return column === undefined ? undefined : { steps: [], column };
}

/** Undefined in it: rows that all tenants share on purpose. */
export interface Inside {
  readonly tenant: Place | undefined;
}

/**
 * The tenant of rows that do not hang on a row inside it: the one that is said, else the one required relation or column that leads where
 * the resource's own tenant stands. Undefined after a problem.
 */
export function tenantOfRows(scope: Scope, model: PrismaModel, given: string | null | undefined, path: ConfigPath): Inside | undefined {
  const { tenantAt, tenantType } = scope;
  if (tenantAt === undefined || tenantType === undefined || given === null) return { tenant: undefined };
  if (given !== undefined) return saidTenant(scope, model, given, [...path, "tenant"]);
  const columns = tenantBehind(scope, model).filter((column) => !column.optional);
  const [column, ...more] = columns;
  if (column !== undefined && more.length === 0) return { tenant: { steps: [], column } };
  const message = columns.length === 0 ? `Nothing in ${model.name} leads to the tenant that a row belongs to.` : `The tenant of a row of ${model.name} may stand in ${columns.map(({ name }) => name).join(" or ")}.`;
  return scope.findings.error("tenant-open", path, message, {
    remedy: `say where it stands: tenant: "…", a column of ${model.name} or behind its relations; or tenant: null, if all tenants share these rows on purpose`,
    schema: { model: model.name },
  });
}

/** The same for rows that hang on a row outside of it (`parent` leads there): those that lead nowhere else are one with it. */
export function tenantOfHeld(scope: Scope, model: PrismaModel, parent: string, given: string | null | undefined, path: ConfigPath): Inside | undefined {
  const leadsOn = model.fields.some((each) => each.name !== parent && each.kind === "object" && !each.isList);
  const names = scope.tenantAt?.column.name;
  return given === undefined && !leadsOn && !model.fields.some(({ name }) => name === names) ? { tenant: undefined } : tenantOfRows(scope, model, given, path);
}

function saidTenant(scope: Scope, model: PrismaModel, given: string, path: ConfigPath): Inside | undefined {
  const tenant = tenantPlace(scope, model, given, path);
  if (tenant === undefined) return undefined;
  if (scope.tenantType === undefined || holdsTenant(tenant.column, scope.tenantType)) return { tenant };
  return scope.findings.error("tenant-types-differ", path, `The tenant's id is a ${scope.tenantType}, and ${model.name}.${given} is not.`, { remedy: "name a column that holds the tenant's id; or tenant: null, if all tenants share these rows on purpose", schema: { model: model.name, field: given.split(".")[0] ?? given } });
}

/** The columns in which a model may hold the tenant of its rows. */
export function tenantBehind(scope: Scope, model: PrismaModel): readonly Column[] {
  const { tenantAt, tenantType } = scope;
  if (tenantAt === undefined || tenantType === undefined) return [];
  const { model: home, column } = tenantAt;
  const tenants = tenantsOf(home, column);
  const names = tenants === undefined ? [] : tenants.model === model.name ? [tenants.key] : model.fields.flatMap((each) => (each.type === tenants.model && !each.isList ? holding(each, tenants.key) : []));
  // A column without a relation is recognised by its name.
  const fields = model.fields.filter((each) => each.kind !== "object" && !each.isList && (names.length > 0 ? names.includes(each.name) : each.name === column.name && tenants?.model !== home.name));
  return fields.map((each) => columnOf(scope, model, each, [])).filter((each) => each !== undefined).filter((each) => holdsTenant(each, tenantType));
}

/** The model of the tenants themselves, and what keys to them hold; undefined where the schema has none. */
function tenantsOf(home: PrismaModel, column: Column): { readonly model: string; readonly key: string } | undefined {
  const relation = relationOfKey(home, column.name);
  const key = relation?.relation?.toFields[relation.relation.fromFields.indexOf(column.name)];
  if (relation !== undefined && key !== undefined) return { model: relation.type, key };
  return isUniqueIn(home, [column.name]) ? { model: home.name, key: column.name } : undefined;
}

function holding({ relation }: PrismaField, held: string): readonly string[] {
  const from = relation?.fromFields[relation.toFields.indexOf(held)];
  return from === undefined ? [] : [from];
}
