/** Which model is the SCIM User, and which column says whose tenant it is in. */
import { column, columnNamed, foreignKey, isText, isUnique, pointing, referring } from "./tables.js";
import type { Column, Relation, Table } from "./tables.js";
import * as words from "./words.js";

export interface People {
  /** The model of which one row is one SCIM User. */
  readonly table: Table;
  readonly tenant: { readonly column: Column; readonly table: Table | undefined } | undefined;
  /** The global person behind a membership. */
  readonly person: { readonly relation: Relation; readonly table: Table } | undefined;
  readonly reasons: readonly string[];
}

/** The columns of an e-mail address or login name that make somebody of a row. */
export const emailOf = (table: Table): Column | undefined => columnNamed(table, words.columns.email, isText);
export const loginOf = (table: Table): Column | undefined => columnNamed(table, words.columns.login, isText);

export function choosePeople(tables: readonly Table[]): People | undefined {
  const persons = tables
    .map((table) => ({ table, points: personPoints(tables, table) }))
    .filter(({ points }) => points >= 8)
    .sort((a, b) => b.points - a.points || compare(a.table.name, b.table.name));
  const [first] = persons;
  if (first === undefined) return undefined;

  const passedOver = tables.filter((table) => table !== first.table && (emailOf(table) ?? loginOf(table)) !== undefined).map(({ name }) => name);
  const notTaken = passedOver.length === 0 ? [] : [`Other models with an e-mail or login, not taken for users who sign in: ${passedOver.join(", ")}.`];
  const flat = ownTenant(tables, first.table);
  if (flat !== undefined && !flat.column.optional) {
    return { table: first.table, tenant: flat, person: undefined, reasons: [`User is ${first.table.name}: ${signs(first.table)}, and each belongs to one ${owner(flat)}.`, ...notTaken] };
  }

  const joined = membership(tables, first.table);
  if (joined !== undefined) {
    return {
      table: joined.table,
      tenant: joined.tenant,
      person: { relation: joined.relation, table: first.table },
      reasons: [
        `User is ${joined.table.name}: it joins ${first.table.name} (${signs(first.table)}) to ${owner(joined.tenant)}, so one person can belong to several.`,
        ...notTaken,
      ],
    };
  }
  return {
    table: first.table,
    tenant: flat,
    person: undefined,
    reasons: [
      `User is ${first.table.name}: ${signs(first.table)}.`,
      ...(flat === undefined ? [] : [`${first.table.name}.${flat.column.name} may be null: people without a ${owner(flat)} do not exist for SCIM.`]),
      ...notTaken,
    ],
  };
}

const owner = (tenant: { readonly column: Column; readonly table: Table | undefined }): string => tenant.table?.name ?? `tenant (${tenant.column.name})`;

function signs(table: Table): string {
  const email = emailOf(table) ?? loginOf(table);
  return email === undefined ? "it is named as one" : `it has ${isUnique(table, [email.name]) ? "a unique" : "the column"} ${email.name}`;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What a model's name says. The last word is what it is, those before only tell which: a UserGroup is no user. */
function best(name: string, points: Readonly<Record<string, number>>): number {
  const all = words.wordsOf(name).map((word) => points[word] ?? 0);
  return Math.max(0, all.at(-1) ?? 0, ...all.slice(0, -1).map((each) => each / 2));
}

function personPoints(tables: readonly Table[], table: Table): number {
  const email = emailOf(table) ?? loginOf(table);
  let points = best(table.name, words.people);
  if (email !== undefined) points += 5 + (table.uniques.some((unique) => unique.includes(email.name)) ? 5 : 0) + (email.optional ? 0 : 1);
  if (words.hasWord(table.name, words.decoys)) points -= 14;
  const backs = referring(tables, table);
  points += Math.min(backs.length, 5);
  if (backs.some(({ from }) => words.hasWord(from.name, words.set("session authenticator")))) points += 4;
  const has = (pattern: RegExp): boolean => table.columns.some(({ name }) => pattern.test(words.squashed(name)));
  if (has(/^(?:password|passwordhash|hashedpassword|passworddigest|lastloginat|lastsigninat|lastseenat|emailverified|emailverifiedat)$/)) points += 3;
  if (has(/^(?:givenname|firstname|familyname|lastname|fullname|displayname|name)$/)) points += 1;
  // A row that carries a tenant's or another person's foreign key together with a secret or an end is an errand and no person.
  if (has(/^(?:token|tokenhash|expires|expiresat|acceptedat|usedat|code)$/)) points -= 6;
  // An address or number of a person hangs on that person.
  if (email === undefined) points -= 6;
  return points;
}

function tenantPoints(tables: readonly Table[], table: Table): number {
  let points = best(table.name, words.tenants);
  const signsOfCommerce = [...table.columns.map(({ name }) => name), ...table.relations.map(({ name }) => name)].filter((name) => words.hasWord(name, words.commerce)).length;
  if (points === 0) points = best(table.name, words.groups) > 0 ? -6 : 1;
  points += Math.min(signsOfCommerce, 2) * 4;
  if (words.hasWord(table.name, words.decoys) && points < 10) points -= 8;
  points += Math.min(referring(tables, table).filter(({ relation }) => !relation.optional).length, 4);
  // What belongs to a person, or is reached by one, is not what people belong to.
  if (emailOf(table) !== undefined && table.columns.some(({ name }) => /^(?:firstname|lastname|givenname|familyname)$/.test(words.squashed(name)))) points -= 10;
  if (table.relations.some(({ to, optional, columns }) => columns.length > 0 && !optional && best(to, words.people) >= 7)) points -= 8;
  if (table.relations.some(({ to, optional, columns }) => columns.length > 0 && !optional && to !== table.name && best(to, words.tenants) >= 7)) points -= 8;
  return points;
}

/** The tenant that a row names itself: by a relation, or by a column that is named like one. */
function ownTenant(tables: readonly Table[], table: Table): People["tenant"] {
  const candidates = tables
    .filter((other) => other !== table)
    .flatMap((other) =>
      pointing(table, other)
        .filter((relation) => !words.hasWord(relation.name, words.owning) && !words.hasWord(relation.name, words.set("default current last active invited created")))
        .map((relation) => ({ table: other, column: column(table, foreignKey(relation)), points: tenantPoints(tables, other) + (relation.optional ? 0 : 3) })),
    )
    .flatMap(({ table: other, column: key, points }) => (key === undefined || points < 4 ? [] : [{ table: other, column: key, points }]))
    .sort((a, b) => b.points - a.points || compare(a.column.name, b.column.name));
  const [first] = candidates;
  if (first !== undefined) return { column: first.column, table: first.table };

  const related = new Set(table.relations.flatMap(({ columns }) => columns));
  const named = table.columns.find(
    ({ name, type, list }) =>
      !related.has(name) && !list && ["String", "Int", "BigInt"].includes(type) && /^(?:tenant|organi[sz]ation|org|workspace|company)(?:id|key)$/.test(words.squashed(name)),
  );
  return named === undefined ? undefined : { column: named, table: undefined };
}

function membership(tables: readonly Table[], person: Table): { table: Table; relation: Relation; tenant: { column: Column; table: Table } } | undefined {
  const found = tables.flatMap((table) =>
    table === person
      ? []
      : pointing(table, person).flatMap((relation) =>
          tables
            .filter((tenant) => tenant !== person && tenant !== table)
            .flatMap((tenant) =>
              pointing(table, tenant).flatMap((toTenant) => {
                const key = column(table, foreignKey(toTenant));
                const points = memberPoints(table, relation, person, toTenant, tenant) + tenantPoints(tables, tenant);
                if (key === undefined || relation.optional || toTenant.optional || points < 12) return [];
                return tenantPoints(tables, tenant) < 3 ? [] : [{ table, relation, tenant: { column: key, table: tenant }, points }];
              }),
            ),
        ),
  );
  return found.sort((a, b) => b.points - a.points || compare(a.table.name, b.table.name) || compare(a.relation.name, b.relation.name))[0];
}

function memberPoints(table: Table, toPerson: Relation, person: Table, toTenant: Relation, tenant: Table): number {
  let points = 0;
  const keys = [...toPerson.columns, ...toTenant.columns];
  if (isUnique(table, keys)) points += 9;
  if (words.hasWord(table.name, words.belonging)) points += 6;
  const name = words.squashed(table.name);
  if (name.includes(words.squashed(person.name)) && name.includes(words.squashed(tenant.name))) points += 6;
  if (table.columns.some((each) => /^(?:role|status|state|standing)$/.test(words.squashed(each.name)))) points += 3;
  if (words.hasWord(table.name, words.decoys)) points -= 12;
  if (/by$/.test(words.squashed(toPerson.name)) || words.hasWord(toPerson.name, words.set("author creator inviter sender"))) points -= 8;
  return points;
}
