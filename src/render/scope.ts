/** What keeps a query inside a tenant, and away from rows that do not exist for SCIM: terms of a condition, as text. */
import type { BackRelation, ListRelation, Model, Resource, RowScope, SharedRow, TenantType } from "../provider.js";
import { literal, nest, object, tenantTerms } from "./expressions.js";

export { literal, tenantTerms };

/** How a function is handed the tenant, and what it is then called with; nothing of the kind where the product has no tenants. */
export function tenantArgument(type: TenantType | undefined): { readonly parameter: string; readonly argument: string } {
  return type === undefined ? { parameter: "", argument: "" } : { parameter: "tenant: Tenant", argument: "tenant" };
}

/** The tenant as a value: what rules of the host are told, too. */
export function tenantValue(type: TenantType | undefined): "tenant" | "null" {
  return type === undefined ? "null" : "tenant";
}

/** What the function is called with that tells which ids are resources of the tenant. */
export function knownArguments(type: TenantType | undefined): string {
  return ["db", tenantArgument(type).argument, "ids"].filter((each) => each !== "").join(", ");
}

/** The same as a type: without it no query compiles. */
export function tenantTypes({ tenant }: RowScope): readonly string[] {
  return tenant === undefined ? [] : [`readonly ${nest(tenant.steps.map(({ relation }) => relation), `${tenant.column.name}: Tenant`)}`];
}

/** All that makes a row exist: its tenant, and what the mapping says under `where`. */
export function scopeTerms(scope: RowScope): readonly string[] {
  return [...tenantTerms(scope), ...(scope.where === undefined ? [] : [`AND: ${scope.where.constant}`])];
}

/** The same of a person, by whom the row is known: `memberships: { some: { orgId: tenant } }`. */
export function personTerms(scope: RowScope, back: BackRelation): readonly string[] {
  return [`${back.name}: ${behind(back, scopeTerms(scope))}`];
}

function behind({ isList }: BackRelation, terms: readonly string[]): string {
  if (isList) return `{ some: ${object(terms)} }`;
  return terms.length === 0 ? "{ isNot: null }" : object(terms);
}

/** That no other row points there than the one, whoever's it is. Where the foreign key is unique none can. */
export function soleTerms(resource: Resource, { back }: SharedRow, one: string, id: string): string {
  return back.isList ? `${back.name}: { some: ${one}, none: ${otherThan(resource, one, id)} }` : `${back.name}: { is: ${one} }`;
}

/** The rows that are not the one. */
export function otherThan(resource: Resource, one: string, id: string): string {
  return resource.isIdUnique ? `{ ${resource.id.name}: { not: ${id} } }` : `{ NOT: ${one} }`;
}

/** Rows that hang on a row of the scope: `membershipId: parent, membership: { orgId: tenant }`. */
export function childTerms(list: ListRelation, scope: RowScope, parent: string): readonly string[] {
  const own = tenantTerms(scope);
  return [parent, ...(own.length === 0 ? [] : [`${list.parent}: ${object(own)}`])];
}

export function childTypes(list: ListRelation, keyType: string, scope: RowScope): readonly string[] {
  const own = tenantTypes(scope).map((each) => each.replace(/^readonly /, ""));
  return [`readonly ${list.key.name}: ${keyType}`, ...(own.length === 0 ? [] : [`readonly ${list.parent}: ${object(own)}`])];
}

/** The condition of a row of this scope, as a type. */
export function whereType(model: Model, scope: RowScope): string {
  return [`Prisma.${model.name}WhereInput`, ...tenantTypes(scope).map((each) => `{ ${each} }`)].join(" & ");
}

/** `some`, and further terms: `some`, `some: { AND: some, team: { orgId: tenant } }`. */
export function someWith(terms: readonly string[]): string {
  const [alike, others] = [terms.filter((each) => each.startsWith("AND: ")), terms.filter((each) => !each.startsWith("AND: "))];
  if (terms.length === 0) return "some";
  return `some: { ${[`AND: ${alike.length === 0 ? "some" : `[some, ${alike.map((each) => each.slice("AND: ".length)).join(", ")}]`}`, ...others].join(", ")} }`;
}

/** Rows of a list that exist and that a filter called `some` holds of: `{ some }`, `{ some: { AND: some, orgId: tenant } }`. */
export function someOf(scope: RowScope): string {
  return `{ ${someWith(scopeTerms(scope))} }`;
}
