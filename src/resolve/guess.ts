/**
 * A first mapping from a schema alone, for `init`. It takes what names, types and relations tell, says why, and leaves a comment
 * where they tell nothing. Pure: the same schema gives the same guess, in whatever order its models stand.
 */
import type { Addition, Guess, GuessedRule, GuessedTenant, SketchEntry, SketchValue } from "../sketch.js";
import type { PrismaSchema } from "../read/prisma.js";
import { missingActive, missingExternalId, missingId, missingOwner } from "./guess/additions.js";
import { guessGroup } from "./guess/groups.js";
import { choosePeople } from "./guess/people.js";
import type { People } from "./guess/people.js";
import { fill } from "./guess/required.js";
import { backOf, column, foreignKey, isUnique, pointing, referring } from "./guess/tables.js";
import type { Column, Table } from "./guess/tables.js";
import { tablesOf } from "./guess/tables-of.js";
import { guessUser } from "./guess/users.js";
import type { UserGuess } from "./guess/users.js";
import * as words from "./guess/words.js";

export function guess(schema: PrismaSchema): Guess {
  const tables = tablesOf(schema);
  const people = choosePeople(tables);
  return people === undefined ? nobody() : somebody(tables, people);
}

const entry = (key: string, value: SketchValue | undefined, comment: readonly string[] = []): SketchEntry => ({ key, value, comment });
const filled = (key: string, entries: readonly SketchEntry[]): readonly SketchEntry[] => (entries.length === 0 ? [] : [entry(key, { entries })]);

function nobody(): Guess {
  const missing = "No model looks like people who sign in: none is named like users, or has an e-mail address or a login name.";
  return {
    config: {
      entries: [
        entry("User", {
          entries: [
            entry("model", undefined, [`MISSING model: ${missing}`, 'model: "User",   <- the model of which one row is one user']),
            entry("tenant", undefined, ['tenant: "organizationId",   <- its column that says whose customer a row belongs to']),
            entry("attributes", { entries: [entry("userName", undefined, ['userName: "email",   <- the column that people sign in with'])] }),
          ],
        }),
      ],
    },
    rules: [],
    reasons: [],
    missing: [missing],
    additions: [],
    tenant: undefined,
  };
}

function somebody(tables: readonly Table[], people: People): Guess {
  const { table, tenant, person } = people;
  const user = guessUser(tables, people);
  const id = idOf(people);
  const group = guessGroup(tables, people, id);
  const rules: GuessedRule[] = [...user.rules];
  const reasons = [...people.reasons, ...group.reasons];
  const missing: string[] = [];
  const additions: Addition[] = [];

  const ownWritten = new Set([...(user.written.get(table.name) ?? []), ...(tenant === undefined ? [] : [tenant.column.name]), ...(person?.relation.columns ?? [])]);
  const created = fill(table, ownWritten);
  rules.push(...created.rules);

  const through: SketchEntry[] = [];
  if (person !== undefined) {
    const shared = throughPerson(people, person, user);
    through.push(shared.entry);
    rules.push({ name: "mayLink", kind: "link", column: "" }, ...shared.rules);
    reasons.push(...shared.reasons);
    if (shared.owner === undefined && tenant?.table !== undefined) {
      const addition = missingOwner(person.table, tenant.table);
      if (addition !== undefined) additions.push(addition);
    }
  }
  if (id === undefined) {
    missing.push(`${table.name} has no key of one column for the SCIM id.`);
    additions.push(missingId(table));
  }
  if (tenant?.column.optional === true) missing.push(`${table.name}.${tenant.column.name} may be null, and the tenant's column must not be.`);
  if (tenant === undefined) missing.push(`${table.name} has no column that says which tenant (organization, workspace, company) a row belongs to.`);
  if (!user.attributes.some(({ key, value }) => key === "userName" && value !== undefined)) missing.push(`${(person?.table ?? table).name} has no column for userName.`);
  if (tenant !== undefined && !user.hasExternalId) additions.push(missingExternalId(table, tenant.column));
  if (!user.hasActive) additions.push(missingActive(table));
  if (group.table !== undefined && group.tenant !== undefined && !group.hasExternalId) additions.push(missingExternalId(group.table, group.tenant));

  const removal = guessRemoval(tables, people, user, group.value === undefined ? undefined : group.table);
  rules.push(...group.rules);
  const config: SketchEntry[] = [
    entry("User", {
      entries: [
        entry("model", table.name),
        tenantEntry(people),
        ...(id === undefined
          ? [entry("id", undefined, [`MISSING id: ${table.name} has no key of one column, and a SCIM id needs one; init printed the lines that add it`])]
          : []),
        ...filled("create", created.entries),
        ...filled("through", through),
        ...removal,
        entry("attributes", { entries: user.attributes }),
        ...filled("enterprise", user.enterprise),
      ],
    }, people.reasons.map((reason, index) => (index === 0 ? `guess: ${reason}` : reason))),
    entry("Group", group.value, group.comment),
  ];
  return { config: { entries: config }, rules: distinct(rules), reasons, missing, additions, tenant: tenantOf(people) };
}

function tenantEntry({ table, tenant }: People): SketchEntry {
  if (tenant === undefined) {
    return entry("tenant", undefined, [
      `MISSING tenant: no column says which customer a row of ${table.name} belongs to, and without one no query is allowed.`,
      `tenant: "organizationId",   <- the column that every query is to be scoped by`,
    ]);
  }
  return entry("tenant", tenant.column.name, tenant.column.optional ? [`MISSING: ${tenant.column.name} may be null; generate refuses that until the column is required`] : []);
}

/** The column of the SCIM id: the model's own key, of one column. */
const idOf = ({ table }: People): string | undefined => (table.key.length === 1 ? table.key[0] : undefined);

function throughPerson(
  people: People,
  { relation, table }: NonNullable<People["person"]>,
  user: UserGuess,
): { readonly entry: SketchEntry; readonly rules: readonly GuessedRule[]; readonly reasons: readonly string[]; readonly owner: Column | undefined } {
  const owner = ownerOf(table, people.tenant?.table);
  const created = fill(table, new Set([...(user.written.get(table.name) ?? []), ...(owner === undefined ? [] : [owner.name])]));
  const { match } = user;
  const value: SketchEntry[] = [
    ...(match === undefined ? [] : [entry("match", match.name, isUnique(table, [match.name]) ? [] : [`guess: ${table.name}.${match.name} is not unique; two people of one address are refused`])]),
    entry("link", "connectOrCreate"),
    ...filled("create", created.entries),
    owner === undefined ? entry("onUpdate", "keep") : entry("owner", owner.name),
    entry("onLink", "keep"),
  ];
  const comment =
    owner === undefined
      ? [`tenants share the rows of ${table.name}, and no column says whose an account is, so what stands there stays after POST; init printed the column that changes this`]
      : [`tenants share the rows of ${table.name}: what stands there is written by the one in ${owner.name} alone`];
  return {
    entry: entry(relation.name, { entries: value }, comment),
    rules: created.rules,
    reasons: owner === undefined ? [] : [`${table.name}.${owner.name} says which tenant owns an account.`],
    owner,
  };
}

function ownerOf(person: Table, tenant: Table | undefined): Column | undefined {
  if (tenant === undefined) return undefined;
  const relation = pointing(person, tenant).find(({ name, optional }) => optional && words.hasWord(name, words.owning));
  if (relation !== undefined) return column(person, foreignKey(relation));
  const related = new Set(person.relations.flatMap(({ columns }) => columns));
  const id = tenant.columns.find(({ name }) => name === tenant.key[0]);
  return person.columns.find(
    (each) =>
      !related.has(each.name) &&
      each.optional &&
      each.type === id?.type &&
      words.hasWord(each.name, words.owning) &&
      (words.hasWord(each.name, new Set(["org", "tenant"])) || words.squashed(each.name).includes(words.squashed(tenant.name))),
  );
}

/** Where the database would refuse to remove a user, that is said: what DELETE would have to do instead is not supported yet. */
function guessRemoval(tables: readonly Table[], { table }: People, user: UserGuess, group: Table | undefined): readonly SketchEntry[] {
  const emptied = new Set([...user.children, ...(group === undefined ? [] : joinsOf(tables, group, table))]);
  const held = referring(tables, table)
    .filter(({ from, relation }) => from !== table && (relation.onDelete === "Restrict" || relation.onDelete === "NoAction") && !emptied.has(from.name))
    .map(({ from, relation }) => `${from.name}.${relation.name}`)
    .sort();
  if (held.length === 0) return [];
  const shown = held.length > 4 ? `${held.slice(0, 4).join(", ")} and ${String(held.length - 4)} more` : held.join(", ");
  return [
    entry("remove", undefined, [
      `not yet: remove: "deactivate", which this needs: the database keeps a row of ${table.name} while ${shown} ${held.length === 1 ? "points" : "point"} at it, so DELETE answers 409`,
    ]),
  ];
}

const joinsOf = (tables: readonly Table[], group: Table, user: Table): readonly string[] =>
  group.relations.filter((list) => list.list && backOf(tables, group, list)?.optional === false).map(({ to }) => to).filter((name) => tables.some((each) => each.name === name && pointing(each, user).length > 0));

function tenantOf({ tenant }: People): GuessedTenant | undefined {
  if (tenant === undefined) return undefined;
  const { type } = tenant.column;
  return { model: tenant.table?.name, type: type === "Int" ? "number" : type === "BigInt" ? "bigint" : "string" };
}

/** One function may fill several columns; it is written once. */
function distinct(rules: readonly GuessedRule[]): readonly GuessedRule[] {
  return rules.filter((rule, index) => rules.findIndex(({ name }) => name === rule.name) === index).sort((a, b) => (a.name < b.name ? -1 : 1));
}
