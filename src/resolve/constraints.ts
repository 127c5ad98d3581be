/** Unique constraints by name, and the attribute that a client knows each by: the detail of a 409 (RFC 7644 3.3). */
import type { LooseResource } from "../config.js";
import type { Attribute, Column, Resource, SharedRow, Unguarded } from "../provider.js";
import type { PrismaModel, PrismaSchema } from "../read/prisma.js";
import { pathOf } from "./agreement.js";
import { suggestion } from "./context.js";
import type { ConfigPath } from "./context.js";
import { isUniqueIn, modelRef, ownColumn, placesOf, relationOfKey } from "./place.js";
import type { Home } from "./home.js";

export function constraintsOf(home: Home, resource: LooseResource, leaves: readonly Attribute[], shared: readonly SharedRow[], tenant: Column | undefined, path: ConfigPath): Resource["constraints"] {
  const found = new Map<string, string>();
  const attributeOn = (relation: string | undefined, columns: readonly string[]): string | undefined => leaves.find((each) => columnsOf(each, relation).some((name) => columns.includes(name)))?.key;

  for (const unique of home.model.uniques) {
    const columns = unique.fields.filter((each) => each !== tenant?.name);
    const linked = shared.find((each) => columns.includes(each.key.name));
    const attribute = linked?.attribute ?? attributeOn(undefined, columns);
    if (attribute === undefined) continue;
    found.set(unique.dbName, attribute);
    checkWide(home, leaves.find((each) => each.key === attribute), unique.fields, path);
  }
  for (const each of shared) {
    const model = home.schema.models.find((one) => one.name === each.step.model.name);
    for (const unique of model?.uniques ?? []) {
      const attribute = attributeOn(each.step.relation, unique.fields);
      if (attribute !== undefined) found.set(unique.dbName, attribute);
    }
  }
  for (const [index, keys] of uniqueValues(home, leaves)) {
    const [key, ...more] = keys;
    // Of two attributes in rows of one table the database does not say whose value is taken.
    if (key !== undefined && more.length === 0) found.set(index, key);
  }
  for (const [index, attribute] of Object.entries(resource.constraints ?? {})) {
    const known = leaves.some((each) => each.key === attribute);
    if (known) found.set(index, attribute);
    else home.findings.error("unknown-attribute", [...path, "constraints", index], `${home.resource} maps no attribute "${attribute}".`, suggestion(attribute, leaves.map((each) => each.key)));
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, attribute]) => ({ name, attribute }));
}

/** Unique keys of other tables that hold an attribute's value in a row of its own. */
function uniqueValues(home: Home, leaves: readonly Attribute[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { source, key, definition } of leaves) {
    if (source.kind !== "oneRow" || definition.mutability === "readOnly") continue;
    const model = home.schema.models.find((one) => one.name === source.model.name);
    for (const { dbName, fields } of model?.uniques ?? []) if (fields.includes(source.inner.place.column.name)) found.set(dbName, [...(found.get(dbName) ?? []), key]);
  }
  return found;
}

/** A key of the database that looks past the tenant: what another tenant has cannot be had. A foreign key in it keeps to the tenant of the row that it leads to. */
function checkWide(home: Home, attribute: Attribute | undefined, fields: readonly string[], path: ConfigPath): void {
  const { tenant } = home.rows.scope;
  if (attribute === undefined || tenant === undefined || attribute.definition.mutability === "readOnly") return;
  if (fields.some((each) => relationOfKey(home.model, each) !== undefined || (tenant.steps.length === 0 && each === tenant.column.name))) return;
  const own = tenant.steps[0] === undefined ? [tenant.column.name] : (home.model.fields.find((each) => each.name === tenant.steps[0]?.relation)?.relation?.fromFields ?? []);
  home.findings.warn("unique-wider-than-tenant", pathOf(home, path, attribute.key), `${home.model.name}.${fields.join(" and ")} is unique over all tenants: a value of ${attribute.key} that another tenant has is refused with 409, which tells the client that it is there.`, {
    remedy: `@@unique([${[...own, ...fields].join(", ")}]), in place of the wider key`,
    schema: { model: home.model.name, ...(fields.length === 1 && fields[0] !== undefined ? { field: fields[0] } : {}) },
  });
}

function columnsOf(attribute: Attribute, relation: string | undefined): readonly string[] {
  const places = placesOf(attribute).map(({ place }) => place);
  return places.filter((place) => place.steps[0]?.relation === relation).map((place) => place.column.name);
}

/**
 * What SCIM calls unique must be guarded by an index that folds letters as SCIM does. Prisma's schema cannot say an index on
 * lower(column), so the mapping names one under `constraints`.
 */
export function checkUnique(home: Home, resource: LooseResource, login: Attribute, shared: readonly SharedRow[], tenant: Column | undefined, path: ConfigPath): Unguarded | undefined {
  if (login.source.kind !== "column") return undefined;
  const { place, letters } = login.source;
  if (place.steps.length > shared.length) return undefined;
  const joined = shared.find(({ step }) => step.relation === place.steps[0]?.relation);
  const folded = checkFolded(home, resource, login, shared, tenant, path);
  return joined === undefined ? folded : checkOnce(home, joined, { key: login.key, column: place.column, letters }, tenant, path);
}

/** A person who joins a tenant twice would be two resources of one userName, however unique the person's own row is. */
function checkOnce(home: Home, { key, step }: SharedRow, login: Pick<Unguarded, "key" | "column" | "letters">, tenant: Column | undefined, path: ConfigPath): Unguarded | undefined {
  const columns = [...(tenant === undefined ? [] : [tenant.name]), key.name];
  if (isUniqueIn(home.model, columns)) return undefined;
  home.findings.warn("unique-without-index", path, `No unique index says that a ${step.model.name} has one ${home.model.name}${tenant === undefined ? "" : " in a tenant"}: each POST takes a lock of its tenant instead.`, {
    remedy: `@@unique([${columns.join(", ")}])`,
    schema: { model: home.model.name, field: key.name },
  });
  return { ...login, relation: step.relation, tenantRow: tenantRow(home, tenant, path) };
}

function checkFolded(home: Home, resource: LooseResource, login: Attribute, shared: readonly SharedRow[], tenant: Column | undefined, path: ConfigPath): Unguarded | undefined {
  if (login.source.kind !== "column") return undefined;
  const { place, letters } = login.source;
  const model = modelAt(home.schema, home.model, shared, place.steps[0]?.relation);
  const { column } = place;
  const plain = model.uniques.some((each) => each.fields.includes(column.name) && each.fields.every((name) => name === column.name || name === tenant?.name));
  if (plain && (letters === "citext" || letters === "trusted" || letters === "lowered" || letters === "exact")) return undefined;
  const named = Object.entries(resource.constraints ?? {}).some(([index, attribute]) => attribute === login.key && !model.uniques.some((each) => each.dbName === index));
  if (named) return undefined;
  const table = model.dbName;
  const name = `${table}_${column.dbName}_lower_key`;
  const scoped = model.name === home.model.name && tenant !== undefined ? `"${tenant.dbName}", ` : "";
  home.findings.warn("unique-without-index", path, `userName is unique without regard to letter case, and no unique index on ${model.name}.${column.name} says so${model.name === home.model.name ? ": each POST takes a lock of its tenant instead" : ""}.`, {
    remedy: `CREATE UNIQUE INDEX "${name}" ON "${table}" (${scoped}lower("${column.dbName}")); and in the mapping constraints: { ${name}: "userName" }`,
    schema: { model: model.name, field: column.name },
  });
  // A shared row is found by its own unique column, and a lock of one tenant would not keep the others out.
  return model.name === home.model.name ? { key: login.key, column, letters, relation: undefined, tenantRow: tenantRow(home, tenant, path) } : undefined;
}

/** The row that the tenant's column points to. None where it notes when it was changed: to write it onto itself, which is the lock, would move that time. */
function tenantRow(home: Home, tenant: Column | undefined, path: ConfigPath): Unguarded["tenantRow"] {
  if (tenant === undefined) return undefined;
  const relation = relationOfKey(home.model, tenant.name);
  const model = home.schema.models.find((each) => each.name === relation?.type && !each.fields.some((field) => field.isUpdatedAt));
  const key = relation?.relation?.toFields[0];
  const id = model === undefined || key === undefined ? undefined : ownColumn(home, model, key, path);
  return model === undefined || id === undefined ? undefined : { model: modelRef(model), id };
}

function modelAt(schema: PrismaSchema, own: PrismaModel, shared: readonly SharedRow[], relation: string | undefined): PrismaModel {
  const name = shared.find((each) => each.step.relation === relation)?.step.model.name;
  return schema.models.find((each) => each.name === name) ?? own;
}
