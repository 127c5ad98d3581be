/** Which model is the SCIM User, and which column says whose tenant it is in. */
import { column, columnNamed, foreignKey, isText, isUnique, isUniqueWithin, pointing, referring, tableNamed } from "./tables.js";
import type { Column, Relation, Table } from "./tables.js";
import { best, compare, hasTenants, isTenantLike, joinedWithoutModel, owner, tenantLike, tenantPoints, tenantsOf } from "./tenants.js";
import type { Tenant } from "./tenants.js";
import * as words from "./words.js";

/** What somebody has decided already: by a flag, or asked at a terminal. */
export interface Choices {
  readonly user?: string;
  /** A place, a model, or "none". */
  readonly tenant?: string;
  /** A model, or "none". */
  readonly group?: string;
  /** A way of removal by its name. */
  readonly removal?: string;
}

export interface People {
  /** The model of which one row is one SCIM User. */
  readonly table: Table;
  /** Null: a product without tenants. Undefined: it has tenants, and nothing leads to them. */
  readonly tenant: Tenant | null | undefined;
  /** The global person behind a membership. */
  readonly person: { readonly relation: Relation; readonly table: Table } | undefined;
  readonly reasons: readonly string[];
}

/** A model that may be the User, and why. */
export interface Candidate extends Omit<People, "reasons"> {
  readonly why: string;
}

/** A text that the database makes up is nothing that people type to come in. */
const isTyped = (each: Column): boolean => isText(each) && !(each.filled && each.initial === undefined);

/** The columns of an e-mail address or login name that make somebody of a row. */
export const emailOf = (table: Table): Column | undefined => columnNamed(table, words.columns.email, isText);
export const loginOf = (table: Table): Column | undefined =>
  columnNamed(table, words.columns.login, isTyped) ?? (best(table.name, words.people) > 0 ? columnNamed(table, words.columns.handle, isTyped) : undefined);

export function choosePeople(tables: readonly Table[], choices: Choices): People | undefined {
  const candidates = userCandidates(tables);
  const chosen = choices.user === undefined ? candidates[0] : (candidates.find(({ table }) => table.name === choices.user) ?? forced(tables, choices.user));
  if (chosen === undefined) return undefined;
  const tenant = chosenTenant(tables, chosen, choices.tenant);
  return { ...chosen, tenant, reasons: [...reasonsOf(tables, { ...chosen, tenant }, choices.user !== undefined), ...notTaken(tables, chosen)] };
}

function notTaken(tables: readonly Table[], { table, person }: Candidate): readonly string[] {
  const others = tables.filter((each) => each !== table && each !== person?.table && (emailOf(each) ?? loginOf(each)) !== undefined).map(({ name }) => name);
  return others.length === 0 ? [] : [`Other models with an e-mail or login, not taken for users who sign in: ${others.join(", ")}.`];
}

function reasonsOf(tables: readonly Table[], { table, tenant, why }: Candidate, isAsked: boolean): readonly string[] {
  const first = `User is ${table.name}${isAsked ? ", as you said" : ""}: ${why}.`;
  if (tenant === null) return [first, "No tenant: nothing in the schema looks like a customer that users belong to, so every token would see every user."];
  if (tenant?.place.includes(".") === true) return [first, `The tenant is reached along ${tenant.place}: ${table.name} has no column of it.`];
  if (tenant?.column.optional === true) return [first, `${table.name}.${tenant.place} may be null, and where it is nobody's rows would be everybody's.`];
  const without = tenant === undefined ? joinedWithoutModel(tables, table) : undefined;
  if (without !== undefined) return [first, `${table.name} and ${without.name} are joined by an implicit many-to-many relation: no row is one person in one ${without.name}.`];
  return [first];
}

/** Every model that may be the User, the likeliest first. */
export function userCandidates(tables: readonly Table[]): readonly Candidate[] {
  const found = tables
    .map((table) => ({ table, points: personPoints(tables, table) }))
    .filter(({ points }) => points >= 8)
    .sort((a, b) => b.points - a.points || compare(a.table.name, b.table.name))
    .map(({ table }) => asUser(tables, table));
  return found.filter((each, index) => found.findIndex(({ table }) => table === each.table) === index);
}

/** The User when these rows are the people: the rows themselves, or what joins them to a tenant. */
function asUser(tables: readonly Table[], person: Table): Candidate {
  const [flat] = tenantsOf(tables, person);
  if (flat !== undefined && !flat.column.optional && !flat.place.includes(".")) return alone(person, flat);
  const joined = membership(tables, person);
  if (joined === undefined) return alone(person, flat ?? (hasTenants(tables) ? undefined : null));
  const { table, tenant, relation } = joined;
  return { table, tenant, person: { relation, table: person }, why: `it joins ${person.name} (${signs(person)}) to ${owner(tenant)}, so one person can belong to several` };
}

function alone(table: Table, tenant: Candidate["tenant"]): Candidate {
  const belongs = tenant === undefined || tenant === null || tenant.column.optional ? "" : `, and each belongs to one ${owner(tenant)}`;
  return { table, tenant, person: undefined, why: `${signs(table)}${belongs}` };
}

/** A model that nobody would have guessed. */
function forced(tables: readonly Table[], name: string): Candidate | undefined {
  const table = tableNamed(tables, name);
  if (table === undefined) return undefined;
  if ((emailOf(table) ?? loginOf(table)) !== undefined) return alone(table, tenantsOf(tables, table)[0] ?? (hasTenants(tables) ? undefined : null));
  const behind = table.relations
    .filter((relation) => !relation.list && !relation.optional && foreignKey(relation) !== undefined)
    .flatMap((relation) => {
      const to = tableNamed(tables, relation.to);
      return to === undefined || (emailOf(to) ?? loginOf(to)) === undefined ? [] : [{ relation, table: to, points: personPoints(tables, to) }];
    })
    .sort((a, b) => b.points - a.points || compare(a.relation.name, b.relation.name))[0];
  const tenant = tenantsOf(tables, table).find((each) => each.table !== behind?.table) ?? (hasTenants(tables) ? undefined : null);
  if (behind === undefined) return alone(table, tenant);
  return { table, tenant, person: { relation: behind.relation, table: behind.table }, why: `it leads to ${behind.table.name} (${signs(behind.table)})` };
}

function chosenTenant(tables: readonly Table[], { table, tenant }: Candidate, choice: string | undefined): Candidate["tenant"] {
  if (choice === undefined) return tenant;
  if (choice === "none") return null;
  return tenantChoices(tables, table).find((each) => each.place === choice) ?? tenantChoices(tables, table).find((each) => each.table?.name === choice);
}

/** What may be said of a model's tenant: what was guessed, then any column or foreign key that could hold one. */
export function tenantChoices(tables: readonly Table[], table: Table): readonly Tenant[] {
  const guessed = tenantsOf(tables, table);
  const keys = table.relations.flatMap((relation): readonly Tenant[] => {
    const key = column(table, foreignKey(relation));
    return key === undefined || guessed.some(({ place }) => place === key.name) ? [] : [{ place: key.name, column: key, table: tableNamed(tables, relation.to) }];
  });
  const plain = table.columns
    .filter(({ name, type, list }) => !list && ["String", "Int", "BigInt"].includes(type) && ![...guessed, ...keys].some(({ place }) => place === name))
    .map((found): Tenant => ({ place: found.name, column: found, table: undefined }));
  return [...guessed, ...keys, ...plain];
}

function signs(table: Table): string {
  const email = emailOf(table) ?? loginOf(table);
  return email === undefined ? "it is named as one" : `it has ${isUnique(table, [email.name]) ? "a unique" : "the column"} ${email.name}`;
}

function personPoints(tables: readonly Table[], table: Table): number {
  const email = emailOf(table) ?? loginOf(table);
  let points = best(table.name, words.people);
  // A login without an address is a proxy's or a mailbox's as soon as a person's.
  if (emailOf(table) === undefined && best(table.name, words.people) === 0) points -= 4;
  if (email !== undefined) points += 5 + (table.uniques.some((unique) => unique.includes(email.name)) ? 5 : 0) + (email.optional ? 0 : 1);
  if (words.hasWord(table.name, words.decoys)) points -= 14;
  if (words.saysPerson(table.said)) points += 5;
  if (words.saysNobody(table.said)) points -= 8;
  const backs = referring(tables, table);
  points += Math.min(backs.length, 5);
  if (backs.some(({ from }) => words.hasWord(from.name, words.set("session authenticator")))) points += 4;
  const has = (pattern: RegExp): boolean => table.columns.some(({ name }) => pattern.test(words.squashed(name)));
  if (has(/^(?:password|passwordhash|hashedpassword|passworddigest|lastloginat|lastsigninat|lastseenat|emailverified|emailverifiedat)$/)) points += 3;
  if (has(/^(?:givenname|firstname|familyname|lastname|fullname|displayname|name)$/)) points += 1;
  // What a directory knows of the people in it, and a list of readers does not.
  const kept: readonly string[] = [...words.columns.externalId, ...words.columns.employeeNumber, ...words.columns.costCenter, ...words.columns.department];
  if (table.columns.some(({ name }) => kept.includes(words.squashed(name))) || table.relations.some(({ name, to }) => to === table.name && (words.managers as readonly string[]).includes(words.squashed(name)))) points += 3;
  // A row that carries a tenant's or another person's foreign key together with a secret or an end is an errand and no person.
  if (has(/^(?:token|tokenhash|expires|expiresat|acceptedat|usedat|code)$/)) points -= 6;
  // An address or number of a person hangs on that person.
  if (email === undefined) points -= 6;
  // What people belong to has an address for its bills, and no login.
  if (tenantLike(tables).includes(table) && best(table.name, words.people) === 0) points -= 10;
  return points;
}

interface Membership {
  readonly table: Table;
  readonly relation: Relation;
  readonly tenant: Tenant;
}

function membership(tables: readonly Table[], person: Table): Membership | undefined {
  const found = [...new Set(referring(tables, person).map(({ from }) => from))].filter((table) => table !== person).flatMap((table) => membershipsIn(tables, table, person));
  // A project of an organization, with members of its own, is inside the tenant and not beside it.
  const isInside = ({ tenant: { table: inner } }: Joining): boolean =>
    found.some(({ tenant: { table: outer } }) => outer !== undefined && outer !== inner && inner !== undefined && pointing(inner, outer).some(({ name }) => !words.hasWord(name, words.elsewhere) && !words.hasWord(name, words.owning)));
  return found.filter((each) => !isInside(each)).sort((a, b) => b.points - a.points || compare(a.table.name, b.table.name) || compare(a.relation.name, b.relation.name))[0];
}

interface Joining extends Membership {
  readonly points: number;
}

function membershipsIn(tables: readonly Table[], table: Table, person: Table): readonly Joining[] {
  const leading = table.relations.flatMap((relation) => {
    const [key, tenant] = [column(table, foreignKey(relation)), tableNamed(tables, relation.to)];
    return key === undefined || key.optional || tenant === undefined || tenant === person || tenant === table || !isTenantLike(tables, tenant) ? [] : [{ relation, key, tenant }];
  });
  return pointing(table, person).flatMap((relation) =>
    leading.flatMap(({ relation: toTenant, key, tenant }): readonly Joining[] => {
      const belonging = memberPoints(table, relation, person, toTenant, tenant);
      const points = belonging + tenantPoints(tables, tenant);
      // A task of somebody in an organization says nothing about who is in the organization.
      if (belonging < 6 || points < 12 || tenantPoints(tables, tenant) < 3) return [];
      return [{ table, relation, tenant: { place: key.name, column: key, table: tenant }, points }];
    }),
  );
}

function memberPoints(table: Table, toPerson: Relation, person: Table, toTenant: Relation, tenant: Table): number {
  let points = 0;
  const keys = [...toPerson.columns, ...toTenant.columns];
  if (isUnique(table, keys)) points += 9;
  else if (isUnique(table, toPerson.columns)) points += 6;
  const isPeople = best(table.name, words.people) >= 5;
  if (isPeople) points += 3;
  const isBelonging = words.hasWord(table.name, words.belonging);
  if (isBelonging) points += 6;
  const name = words.squashed(table.name);
  const namesBoth = name.includes(words.squashed(person.name)) && name.includes(words.squashed(tenant.name));
  if (namesBoth) points += 6;
  const hasRole = table.columns.some((each) => /^(?:role|status|state|standing)$/.test(words.squashed(each.name)));
  if (hasRole) points += 3;
  // Seats that nobody has taken yet; other rows without a person are things.
  if (column(table, foreignKey(toPerson))?.optional === true) points -= isPeople || isBelonging ? 3 : 20;
  if (!isPeople && !isBelonging && !namesBoth && !hasRole && best(tenant.name, words.tenants) < 7) points -= 20;
  if (words.hasWord(table.name, words.decoys) || words.hasWord(table.name, words.taking)) points -= 12;
  if (/by$/.test(words.squashed(toPerson.name)) || words.hasWord(toPerson.name, words.set("author creator inviter sender"))) points -= 20;
  return points;
}

/** A column that can be the SCIM id, and the table whose ids stand in it: the model's own key, or the person's. */
export interface IdColumn {
  readonly name: string;
  readonly of: Table;
}

/** The model's own key first; of a membership, the person's id too, where a tenant has each person once. */
export function idsOf({ table, tenant, person }: People): readonly IdColumn[] {
  const [own, ...more] = table.key;
  const key = person === undefined ? undefined : foreignKey(person.relation);
  const tenantColumn = tenant === null || tenant === undefined ? undefined : tenant.column.name;
  return [
    ...(own === undefined || more.length > 0 ? [] : [{ name: own, of: table }]),
    ...(person === undefined || key === undefined || (key === own && more.length === 0) || person.relation.references[0] !== person.table.key[0] || !isUniqueWithin(table, tenantColumn, key) ? [] : [{ name: key, of: person.table }]),
  ];
}

/** A key made for the outside, beside one that counts. */
export function publicId({ table }: People): Column | undefined {
  const [own] = table.key;
  if (table.key.length !== 1 || !["Int", "BigInt"].includes(column(table, own)?.type ?? "")) return undefined;
  return columnNamed(table, words.columns.publicId, (each) => isText(each) && !each.optional && isUnique(table, [each.name]));
}
