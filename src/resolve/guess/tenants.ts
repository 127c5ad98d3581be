/** Which column says whose customer a row is: a relation of its own, a column named like one, or a path of required relations. */
import { column, foreignKey, isImplicit, referring, tableNamed } from "./tables.js";
import type { Column, Relation, Table } from "./tables.js";
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

const known = new WeakMap<readonly Table[], Map<Table, number>>();

export function tenantPoints(tables: readonly Table[], table: Table): number {
  const points = known.get(tables) ?? new Map<Table, number>();
  known.set(tables, points);
  const found = points.get(table) ?? pointsOf(tables, table);
  points.set(table, found);
  return found;
}

function pointsOf(tables: readonly Table[], table: Table): number {
  const named = best(table.name, words.tenants);
  const commerce = signsOfCommerce(table);
  let points = named > 0 ? named : nameless(table);
  points += Math.min(commerce, 2) * 4;
  // Whose people sign in by their own directory is whose people they are.
  if (hasSignOn(table)) points += 6;
  if (words.saysTenant(table.said)) points += 8;
  // A customer with an address is somebody to sell to; one without is who pays for a place here.
  if (words.hasWord(table.name, words.decoys) && (named === 0 || hasEmail(table)) && commerce === 0 && points < 10) points -= 8;
  if (isContact(table)) points -= 8;
  points += Math.min(referring(tables, table).filter(({ relation }) => !relation.optional).length, 4);
  // What belongs to a person, or is reached by one, is not what people belong to.
  if (isPersonLike(table)) points -= 10;
  if (table.relations.some((relation) => !relation.optional && isOfPerson(relation))) points -= 8;
  if (table.relations.some(({ to, optional, columns }) => columns.length > 0 && !optional && to !== table.name && best(to, words.tenants) >= 7)) points -= 8;
  // What people buy is not who buys it.
  if (words.offers.has(words.wordsOf(table.name).at(-1) ?? "")) points -= 12;
  return points;
}

/** A model that is not named as a tenant. Many a product calls its tenants teams; a group, a department or a role is inside one. */
function nameless(table: Table): number {
  if (isTeam(table)) return -2;
  return best(table.name, words.groups) > 1 ? -6 : 1;
}

const isTeam = ({ name }: Table): boolean => words.wordsOf(name).at(-1) === "team";

/** How many of its columns and relations say that it pays. What is not named as a tenant must say so itself: a slug has every page, and a domain every link. */
function signsOfCommerce(table: Table): number {
  const isNamed = best(table.name, words.tenants) > 0 || isTeam(table);
  const among = isNamed ? words.commerce : words.paying;
  return (isNamed ? [...table.columns, ...table.relations] : table.columns).filter(({ name }) => words.hasWord(name, among) && !words.hasWord(name, words.postal)).length;
}

const hasSignOn = (table: Table): boolean => [...table.columns, ...table.relations].some(({ name }) => words.hasWord(name, words.signOn));

/** Whether a row belongs to one person. Whom it was made by, or who holds it for others, says nothing of that. */
const isOfPerson = ({ name, to, list, columns }: Relation): boolean => !list && columns.length > 0 && best(to, words.people) >= 7 && !words.hasWord(name, words.holding) && !/by$/.test(words.squashed(name));

/** Accounts and clients with an e-mail address are whom a product's own customer sells to. */
const isContact = (table: Table): boolean => isWeak(table) && hasEmail(table) && signsOfCommerce(table) === 0;

/** Words that mean a tenant in one product and something else in the next. */
const isWeak = ({ name }: Table): boolean => best(name, words.tenants) > 0 && best(name, words.tenants) <= 5;

/** Whether anything but its place among the others speaks for a tenant: its name, what is said of it, what it pays with, or that most things are in it. */
export function isTenantLike(tables: readonly Table[], table: Table): boolean {
  if (isWeak(table) && table.relations.some((relation) => !relation.optional && isOfPerson(relation))) return false;
  if (best(table.name, words.tenants) >= 3 || words.saysTenant(table.said) || signsOfCommerce(table) > 0 || hasSignOn(table)) return true;
  const inside = new Set(referring(tables, table).map(({ from }) => from.name)).size;
  return best(table.name, words.groups) <= 1 && inside >= 4 && inside * 5 >= tables.length * 2;
}

const hasEmail = (table: Table): boolean => table.columns.some(({ name }) => (words.columns.email as readonly string[]).includes(words.squashed(name)));
const isPersonLike = (table: Table): boolean =>
  hasEmail(table) && table.columns.some(({ name }) => /^(?:firstname|lastname|givenname|familyname)$/.test(words.squashed(name)));

/** Every column by which a row may name its tenant, the likeliest first. */
export function tenantsOf(tables: readonly Table[], table: Table): readonly Tenant[] {
  const direct = directly(tables, table);
  return [...direct, ...named(table), ...(direct.some(({ column: { optional } }) => !optional) ? [] : alongPaths(tables, table))];
}

function directly(tables: readonly Table[], table: Table): readonly Candidate[] {
  return table.relations
    .filter(({ name }) => !words.hasWord(name, words.owning) && !words.hasWord(name, words.elsewhere))
    .flatMap((relation): readonly Candidate[] => {
      const [other, key] = [tableNamed(tables, relation.to), column(table, foreignKey(relation))];
      if (other === undefined || other === table || key === undefined || !isTenantLike(tables, other)) return [];
      const points = tenantPoints(tables, other) + (relation.optional ? 0 : 3);
      return points < 4 ? [] : [{ place: key.name, table: other, column: key, points }];
    })
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
    .filter((table) => isNamedTenant(tables, table) || words.saysTenant(table.said))
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
  tables.some((table) => isNamedTenant(tables, table) || words.saysTenant(table.said) || table.columns.some(({ name, type, optional }) => type !== "Boolean" && !optional && words.tenantKey.test(words.squashed(name))));

/** By its name, where no other thing goes by it: how a user signs in elsewhere (Account), one person's own account, a customer's address or bill. */
function isNamedTenant(tables: readonly Table[], table: Table): boolean {
  if (best(table.name, words.tenants) < 3 || table.columns.some(({ name }) => /^provider(?:account)?id?$|^accesstoken$/.test(words.squashed(name)))) return false;
  return !isWeak(table) || (!isContact(table) && !table.relations.some(isOfPerson) && referring(tables, table).length > 0);
}

/** People joined to a tenant by an implicit many-to-many relation: there is no row to be the SCIM User. */
export const joinedWithoutModel = (tables: readonly Table[], person: Table): Table | undefined =>
  person.relations
    .filter((relation) => isImplicit(tables, person, relation))
    .flatMap(({ to }) => tableNamed(tables, to) ?? [])
    .map((table) => ({ table, points: tenantPoints(tables, table) }))
    .filter(({ table, points }) => points >= 4 && isTenantLike(tables, table))
    .sort((a, b) => b.points - a.points || compare(a.table.name, b.table.name))[0]?.table;
