/** Which column says whose customer a row is: a relation of its own, a column named like one, or a path of required relations. */
import { column, foreignKey, isImplicit, pointing, referring, tableNamed } from "./tables.js";
import type { Column, Table } from "./tables.js";
import * as words from "./words.js";

export interface Tenant {
  /** From the row on: "orgId", "branch.companyId". */
  readonly place: string;
  readonly column: Column;
  /** The model whose rows are the tenants, where there is one. */
  readonly table: Table | undefined;
}

interface Candidate extends Tenant {
  readonly points: number;
}

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What a model's name says. The last word is what it is, those before only tell which: a UserGroup is no user. */
export function best(name: string, points: Readonly<Record<string, number>>): number {
  const all = words.wordsOf(name).map((word) => points[word] ?? 0);
  return Math.max(0, all.at(-1) ?? 0, ...all.slice(0, -1).map((each) => each / 2));
}

/** How people name a tenant: by its model, else by the column. */
export const owner = (tenant: Tenant): string => tenant.table?.name ?? `tenant (${tenant.place})`;

export function tenantPoints(tables: readonly Table[], table: Table): number {
  let points = best(table.name, words.tenants);
  const signsOfCommerce = [...table.columns.map(({ name }) => name), ...table.relations.map(({ name }) => name)].filter((name) => words.hasWord(name, words.commerce)).length;
  if (points === 0) points = best(table.name, words.groups) > 0 ? -6 : 1;
  points += Math.min(signsOfCommerce, 2) * 4;
  if (words.saysTenant(table.said)) points += 8;
  // A customer with an address is somebody to sell to; one without is who pays for a place here.
  const isBuyer = best(table.name, words.tenants) === 0 || hasEmail(table);
  if (words.hasWord(table.name, words.decoys) && isBuyer && signsOfCommerce === 0 && points < 10) points -= 8;
  points += Math.min(referring(tables, table).filter(({ relation }) => !relation.optional).length, 4);
  // What belongs to a person, or is reached by one, is not what people belong to.
  if (isPersonLike(table)) points -= 10;
  if (table.relations.some(({ to, optional, columns }) => columns.length > 0 && !optional && best(to, words.people) >= 7)) points -= 8;
  if (table.relations.some(({ to, optional, columns }) => columns.length > 0 && !optional && to !== table.name && best(to, words.tenants) >= 7)) points -= 8;
  return points;
}

const hasEmail = (table: Table): boolean => table.columns.some(({ name }) => (words.columns.email as readonly string[]).includes(words.squashed(name)));
const isPersonLike = (table: Table): boolean =>
  hasEmail(table) && table.columns.some(({ name }) => /^(?:firstname|lastname|givenname|familyname)$/.test(words.squashed(name)));

/** Relations that say more than to whom a row belongs. */
const elsewhere = words.set("default current last active invited created parent primary home");

/** Every column by which a row may name its tenant, the likeliest first. */
export function tenantsOf(tables: readonly Table[], table: Table): readonly Tenant[] {
  const direct = directly(tables, table);
  return [...direct, ...named(table), ...(direct.some(({ column: { optional } }) => !optional) ? [] : alongPaths(tables, table))];
}

function directly(tables: readonly Table[], table: Table): readonly Candidate[] {
  return tables
    .filter((other) => other !== table)
    .flatMap((other) =>
      pointing(table, other)
        .filter((relation) => !words.hasWord(relation.name, words.owning) && !words.hasWord(relation.name, elsewhere))
        .map((relation) => ({ table: other, column: column(table, foreignKey(relation)), points: tenantPoints(tables, other) + (relation.optional ? 0 : 3) })),
    )
    .flatMap(({ table: other, column: key, points }) => (key === undefined || points < 4 ? [] : [{ place: key.name, table: other, column: key, points }]))
    .sort((a, b) => b.points - a.points || compare(a.column.name, b.column.name));
}

function named(table: Table): readonly Tenant[] {
  const related = new Set(table.relations.flatMap(({ columns }) => columns));
  const isKey = ({ name, type, list }: Column): boolean => !related.has(name) && !list && ["String", "Int", "BigInt"].includes(type) && words.tenantKey.test(words.squashed(name));
  return table.columns.filter(isKey).map((found) => ({ place: found.name, column: found, table: undefined }));
}

/** Two or three required relations: a user of a branch, which is a company's. */
function alongPaths(tables: readonly Table[], table: Table): readonly Tenant[] {
  const found: Candidate[] = [];
  const walk = (at: Table, path: readonly string[], seen: readonly Table[]): void => {
    for (const relation of at.relations) {
      const next = tableNamed(tables, relation.to);
      if (next === undefined || relation.list || relation.optional || foreignKey(relation) === undefined || seen.includes(next)) continue;
      const here = [...path, relation.name];
      for (const end of directly(tables, next)) {
        if (!end.column.optional) found.push({ ...end, place: [...here, end.place].join("."), points: end.points - 3 * here.length });
      }
      if (here.length < 2) walk(next, here, [...seen, next]);
    }
  };
  walk(table, [], [table]);
  return found.filter(({ points }) => points >= 4).sort((a, b) => b.points - a.points || compare(a.place, b.place));
}

/** A model that could be the tenant of a product, whether or not users lead to it. */
export function tenantLike(tables: readonly Table[]): readonly Table[] {
  return tables
    .filter((table) => !words.hasWord(table.name, words.decoys) || best(table.name, words.tenants) > 8)
    .filter((table) => isNamedTenant(table) || words.saysTenant(table.said))
    .map((table) => ({ table, points: tenantPoints(tables, table) }))
    .filter(({ table, points }) => points >= 5 && (best(table.name, words.tenants) >= 5 || words.saysTenant(table.said)))
    .sort((a, b) => b.points - a.points || compare(a.table.name, b.table.name))
    .map(({ table }) => table);
}

/**
 * Whether anything in the schema may be a customer that others belong to. A word is enough: who is taken for a product without tenants
 * by mistake shows every customer's users to every other.
 */
export const hasTenants = (tables: readonly Table[]): boolean =>
  tables.some((table) => isNamedTenant(table) || words.saysTenant(table.said) || table.columns.some(({ name, type }) => type !== "Boolean" && words.tenantKey.test(words.squashed(name))));

/** Auth.js keeps there how a user signs in elsewhere, and calls it Account. */
const isNamedTenant = (table: Table): boolean => best(table.name, words.tenants) >= 3 && !table.columns.some(({ name }) => /^provider(?:account)?id?$|^accesstoken$/.test(words.squashed(name)));

/** People joined to a tenant by an implicit many-to-many relation: there is no row to be the SCIM User. */
export const joinedWithoutModel = (tables: readonly Table[], person: Table): Table | undefined =>
  person.relations
    .filter((relation) => isImplicit(tables, person, relation))
    .flatMap(({ to }) => tableNamed(tables, to) ?? [])
    .map((table) => ({ table, points: tenantPoints(tables, table) }))
    .filter(({ points }) => points >= 4)
    .sort((a, b) => b.points - a.points || compare(a.table.name, b.table.name))[0]?.table;
