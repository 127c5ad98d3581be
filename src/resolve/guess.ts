/**
 * A first mapping from a schema, for `init`. It takes what names, types, relations and comments tell, says why, and leaves a comment
 * where they tell nothing. Pure: the same schema gives the same guess, in whatever order its models stand.
 */
import type { Addition, Guess, GuessedRule, GuessedTenant, SketchEntry, SketchValue } from "../sketch.js";
import type { FoldedIndex, Migrations } from "../read/migrations.js";
import type { PrismaSchema } from "../read/prisma.js";
import { missingActive, missingExternalId, missingId, missingLoginIndex, missingMatch, missingMembership, missingOwner, missingUnique, missingUpdatedAt, optionalTenant } from "./guess/additions.js";
import { guessGroup, stamped, stamps } from "./guess/groups.js";
import type { GroupGuess } from "./guess/groups.js";
import { choosePeople, idsOf, publicId } from "./guess/people.js";
import type { Choices, IdColumn, People } from "./guess/people.js";
import { onlyPeople, removals } from "./guess/removal.js";
import type { Removal } from "./guess/removal.js";
import { created, fill, least } from "./guess/required.js";
import { column, columnNamed, foreignKey, isUnique, isUniqueWithin, pointing } from "./guess/tables.js";
import type { Column, Table } from "./guess/tables.js";
import { tablesOf } from "./guess/tables-of.js";
import { joinedWithoutModel, tenantLike } from "./guess/tenants.js";
import type { Tenant } from "./guess/tenants.js";
import { guessUser } from "./guess/users.js";
import type { UserGuess } from "./guess/users.js";
import * as words from "./guess/words.js";

export type { Choices } from "./guess/people.js";

export function guess(schema: PrismaSchema, migrations: Migrations, choices: Choices = {}): Guess {
  const tables = tablesOf(schema);
  const people = choosePeople(tables, choices);
  return people === undefined ? nobody() : somebody(tables, people, migrations, choices);
}

/** The ways of removal that this schema leaves open, under what is chosen already. */
export function removalsOf(schema: PrismaSchema, choices: Choices): readonly Removal[] {
  const tables = tablesOf(schema);
  const people = choosePeople(tables, choices);
  return people === undefined ? [] : parts(tables, people, choices).removals;
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
    guarded: undefined,
  };
}

interface Parts {
  readonly group: GroupGuess;
  readonly id: IdColumn | undefined;
  readonly user: UserGuess;
  readonly removals: readonly Removal[];
}

function parts(tables: readonly Table[], people: People, choices: Choices): Parts {
  const group = guessGroup(tables, people, choices);
  const id = group.id ?? idsOf(people)[0];
  const user = guessUser(tables, people, id);
  const emptied = new Set([...user.children, ...(group.join === undefined ? [] : [group.join.name])]);
  return { group, id, user, removals: removals(tables, people, user.active, emptied) };
}

function somebody(tables: readonly Table[], people: People, migrations: Migrations, choices: Choices): Guess {
  const { table, tenant, person } = people;
  const { group, id, user, removals: ways } = parts(tables, people, choices);
  const removal = ways.find(({ name }) => name === choices.removal) ?? ways[0];
  const where = [...onlyPeople(table), ...(removal?.where ?? [])];
  const index = loginIndex(user, migrations);
  const guarded = migrations.guarded.includes(table.inDatabase) ? { setting: migrations.setting } : undefined;

  const own = new Set([
    ...(user.written.get(table.name) ?? []),
    ...(tenant === undefined || tenant === null || tenant.place.includes(".") ? [] : [tenant.column.name]),
    ...(person?.relation.columns ?? []),
    ...where.map(({ key }) => key),
    ...(removal?.column === undefined ? [] : [removal.column]),
  ]);
  const accepted = [...acceptedAtOnce(table, own), ...modest(table, own)];
  const made = fill(table, { written: new Set([...own, ...accepted.map(({ key }) => key), ...stamped(table)]), tenant, address: person === undefined ? undefined : user.userName?.column });
  const shared = person === undefined ? undefined : throughPerson(people, person, user);
  const userEntries: SketchEntry[] = [
    entry("model", table.name),
    tenantEntry(tables, people),
    ...idEntry(people, id, group),
    ...filled("where", where),
    ...created({ ...made, entries: [...accepted, ...made.entries] }),
    ...filled("through", shared === undefined ? [] : [shared.entry]),
    ...(removal?.entries ?? []),
    ...restored(people, user, removal),
    ...stamps(table),
    ...(index === undefined ? [] : [entry("constraints", { entries: [entry(index.name, "userName")] })]),
    entry("attributes", { entries: user.attributes(removal?.hidden ?? []) }),
    ...filled("enterprise", user.enterprise),
  ];
  const rules: readonly GuessedRule[] = [...user.rules, ...made.rules, ...(shared?.rules ?? []), ...group.rules];
  const missing = [...missingOf(tables, people, id), ...user.missing, ...made.missing, ...(shared?.missing ?? []), ...group.missing];
  return {
    config: {
      entries: [
        ...(guarded === undefined ? [] : [entry("transaction", "host", [`guess: the database hides rows of ${table.name} (row level security), so every access runs in your own transaction; src/scim/index.ts has it`])]),
        entry("User", { entries: userEntries }, people.reasons.map((reason, at) => (at === 0 ? `guess: ${reason}` : reason))),
        entry("Group", group.value, group.comment),
      ],
    },
    rules: distinct(rules),
    reasons: [
      ...people.reasons,
      ...group.reasons,
      ...(shared?.reasons ?? []),
      ...(removal === undefined || removal.name === "delete" ? [] : [`DELETE: ${removal.why}.`]),
      ...(guarded === undefined ? [] : [`The migrations switch row level security on for ${table.name}: requests run in your own transaction.`]),
    ],
    missing,
    additions: additionsOf(tables, people, { user, group, id, index, owner: shared?.owner }),
    tenant: tenantOf(people),
    guarded,
  };
}

/** A row that removal only hides keeps its place in a unique index, and without this nobody could ever come back. */
function restored({ table, tenant, person }: People, { userName }: UserGuess, removal: Removal | undefined): readonly SketchEntry[] {
  if (removal?.name !== "softDelete" && removal?.name !== "set") return [];
  const key = person === undefined ? userName?.column.name : foreignKey(person.relation);
  if (key === undefined || !isUniqueWithin(table, tenant?.column.name, key)) return [];
  return [entry("onExisting", { entries: [entry("removed", "restore")] }, ["guess: a removed row keeps its place in a unique index, so whoever is added again gets it back"])];
}

/** An invitation is something that a person answers, and whom a directory puts there has nothing to answer. */
function acceptedAtOnce(table: Table, own: ReadonlySet<string>): readonly SketchEntry[] {
  const found = columnNamed(table, words.accepted, ({ type, name }) => type === "Boolean" && !own.has(name));
  return found === undefined ? [] : [entry(found.name, true, ["guess: whom a directory adds has no invitation to answer"])];
}

/** Whoever signs up makes a place of their own and owns it, so a schema's default may be the highest role. A directory's people begin with the least. */
function modest(table: Table, own: ReadonlySet<string>): readonly SketchEntry[] {
  return table.columns.flatMap(({ name, initial, values, list }): readonly SketchEntry[] => {
    const given = least(values);
    const isHigh = initial !== undefined && words.hasWord(initial, words.trusted);
    if (own.has(name) || list || !isHigh || given === undefined || !words.wordsOf(name).includes("role")) return [];
    return [entry(name, given, [`guess: the schema's default is ${initial}, which a directory's people do not begin with`])];
  });
}

function tenantEntry(tables: readonly Table[], { table, tenant }: People): SketchEntry {
  if (tenant === null) {
    return entry("tenant", null, [
      "guess: this product has no tenants. DANGER if it has: whoever holds one token of a directory would read and write every user.",
      `Then write the column that every query is to be scoped by: tenant: "organizationId"`,
    ]);
  }
  if (tenant !== undefined) return entry("tenant", tenant.place, tenant.column.optional ? [`MISSING: ${tenant.column.name} may be null; generate refuses that until the column is required`] : []);
  const [like] = tenantLike(tables);
  const joined = joinedWithoutModel(tables, table);
  if (joined !== undefined) {
    return entry("tenant", undefined, [
      `MISSING tenant: ${table.name} and ${joined.name} are joined many to many, and no row is one person in one ${joined.name}. init printed a model that is; with it, run init again.`,
    ]);
  }
  return entry("tenant", undefined, [
    `MISSING tenant: no column says which customer a row of ${table.name} belongs to, and without one no query is allowed.`,
    like === undefined
      ? `tenant: "organizationId",   <- the column that every query is to be scoped by`
      : `tenant: "${like.name.slice(0, 1).toLowerCase()}${like.name.slice(1)}Id",   <- its column that leads to ${like.name}; or tenant: null, where all users are of one customer`,
  ]);
}

/** Said only where it is not the model's own key. */
function idEntry(people: People, id: IdColumn | undefined, group: GroupGuess): readonly SketchEntry[] {
  const { table, person } = people;
  if (id === undefined) return [entry("id", undefined, [`MISSING id: ${table.name} has no key of one column, and a SCIM id needs one; init printed the lines that add it`])];
  if (id.of !== table) {
    const why = table.key.length === 1 ? `members of ${group.table?.name ?? "groups"} are told by ${id.of.name}` : `${table.name} has no key of one column`;
    return [entry("id", id.name, [`guess: ${why}, so the SCIM id is the id of ${person?.table.name ?? ""}; inside a tenant it is one row`])];
  }
  const outside = group.table === undefined ? publicId(people) : undefined;
  return outside === undefined ? [] : [entry("id", outside.name, [`guess: ${outside.name} is made to be seen outside, and ${id.name} only counts`])];
}

function missingOf(tables: readonly Table[], people: People, id: IdColumn | undefined): readonly string[] {
  const { table, tenant, person } = people;
  const missing: string[] = [];
  if (id === undefined) missing.push(`${table.name} has no key of one column for the SCIM id.`);
  if (tenant?.column.optional === true) missing.push(`${table.name}.${tenant.place} may be null, and the tenant's column must not be.`);
  if (tenant === undefined) {
    const like = joinedWithoutModel(tables, (person?.table ?? table)) ?? tenantLike(tables)[0];
    missing.push(`${table.name} has no column that says which tenant (${like?.name ?? "organization, workspace, company"}) a row belongs to.`);
  }
  return missing;
}

interface Known extends Pick<Parts, "user" | "group" | "id"> {
  readonly index: FoldedIndex | undefined;
  readonly owner: Column | undefined;
}

/** What the schema lacks, with the lines that add it. */
function additionsOf(tables: readonly Table[], people: People, { user, group, id, index, owner }: Known): readonly Addition[] {
  const { table, tenant, person } = people;
  const joined = tenant === undefined && person === undefined ? joinedWithoutModel(tables, table) : undefined;
  // Until a row is one person in one tenant, columns beside it would be the wrong ones.
  if (joined !== undefined) return [missingMembership(table, joined)].filter((each) => each !== undefined);
  const found: (Addition | undefined)[] = [];
  if (tenant?.column.optional === true && !tenant.place.includes(".")) found.push(optionalTenant(table, tenant));
  if (person !== undefined && user.match !== undefined && !isUnique(person.table, [user.match.name])) found.push(missingMatch(person.table, user.match));
  if (person !== undefined && owner === undefined && tenant?.table !== undefined) found.push(missingOwner(person.table, tenant.table));
  if (id === undefined) found.push(missingId(table));
  if (user.active === undefined) found.push(missingActive(table));
  const resources = [{ table, tenant, externalId: user.externalId }, ...(group.table === undefined ? [] : [{ table: group.table, tenant: group.tenant, externalId: group.externalId }])];
  const scoped = resources.flatMap((each) => (each.tenant === undefined ? [] : [{ ...each, tenant: each.tenant }]));
  const without = scoped.filter(({ externalId }) => externalId === undefined);
  if (without.length > 0) found.push(missingExternalId(without));
  for (const each of scoped) found.push(missingUniqueOf(each));
  const still = resources.filter((each) => !changes(each.table));
  if (still.length > 0) found.push(missingUpdatedAt(still));
  if (tenant !== undefined && user.userName !== undefined && index === undefined && !/Citext$/i.test(user.userName.column.native ?? "")) {
    found.push(missingLoginIndex(user.userName.table, user.userName.table === table ? tenant : null, user.userName.column));
  }
  return found.filter((each) => each !== undefined);
}

const changes = (table: Table): boolean => table.columns.some(({ updatedAt, name, type }) => updatedAt || (type === "DateTime" && (words.columns.modified as readonly string[]).includes(words.squashed(name))));

function missingUniqueOf({ table, tenant, externalId }: { readonly table: Table; readonly tenant: Tenant | null; readonly externalId: Column | undefined }): Addition | undefined {
  // Behind a relation the tenant's column is another table's, and no index spans two.
  if (externalId === undefined || tenant?.place.includes(".") === true) return undefined;
  return isUniqueWithin(table, tenant?.column.name, externalId.name) ? undefined : missingUnique(table, tenant, externalId);
}

/** The migrations' own index over lower(userName). */
function loginIndex({ userName }: UserGuess, { folded }: Migrations): FoldedIndex | undefined {
  return userName && folded.find(({ table, column: name }) => table === userName.table.inDatabase && name === userName.column.inDatabase);
}

interface Shared {
  readonly entry: SketchEntry;
  readonly rules: readonly GuessedRule[];
  readonly reasons: readonly string[];
  readonly missing: readonly string[];
  readonly owner: Column | undefined;
}

function throughPerson(people: People, { relation, table }: NonNullable<People["person"]>, user: UserGuess): Shared {
  const owner = ownerOf(table, people.tenant?.table);
  const made = fill(table, { written: new Set([...(user.written.get(table.name) ?? []), ...(owner === undefined ? [] : [owner.name])]), tenant: people.tenant });
  const { match } = user;
  const isOne = match === undefined || isUnique(table, [match.name]);
  const why = `${table.name}.${match?.name ?? ""} finds the person whom a directory names, and it is not unique`;
  const value: SketchEntry[] = [
    ...(match === undefined ? [] : [entry("match", match.name, isOne ? [] : [`MISSING: ${why}; generate refuses that until it is. init printed the line`])]),
    entry("link", "connectOrCreate"),
    ...created(made),
    owner === undefined ? entry("onUpdate", "keep") : entry("owner", owner.name),
    entry("onLink", "keep"),
  ];
  const comment =
    owner === undefined
      ? [`tenants share the rows of ${table.name}, and no column says whose an account is, so what stands there stays after POST; init printed the column that changes this`]
      : [`tenants share the rows of ${table.name}: what stands there is written by the one in ${owner.name} alone`];
  return {
    entry: entry(relation.name, { entries: value }, comment),
    rules: [{ name: "mayLink", kind: "link", column: "" }, ...made.rules],
    reasons: owner === undefined ? [] : [`${table.name}.${owner.name} says which tenant owns an account.`],
    missing: [...(isOne ? [] : [`${why}.`]), ...made.missing],
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

function tenantOf({ tenant }: People): GuessedTenant | null | undefined {
  if (tenant === undefined || tenant === null) return tenant;
  const { type } = tenant.column;
  return { model: tenant.table?.name, type: type === "Int" ? "number" : type === "BigInt" ? "bigint" : "string" };
}

/** One function may fill several columns; it is written once. */
function distinct(rules: readonly GuessedRule[]): readonly GuessedRule[] {
  return rules.filter((rule, index) => rules.findIndex(({ name }) => name === rule.name) === index).sort((a, b) => (a.name < b.name ? -1 : 1));
}
