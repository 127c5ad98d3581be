/** Which model is the SCIM Group: it has a name, the user's tenant, and rows or a relation that put users into it. */
import type { GuessedRule, Sketch, SketchEntry, SketchValue } from "../../sketch.js";
import { externalIdOf } from "./external-id.js";
import { idsOf } from "./people.js";
import type { Choices, IdColumn, People } from "./people.js";
import { created, fill, least } from "./required.js";
import { backOf, column, columnNamed, foreignKey, isImplicit, isText, keyColumn, tableNamed } from "./tables.js";
import type { Column, Relation, Table } from "./tables.js";
import { compare, tenantsOf } from "./tenants.js";
import type { Tenant } from "./tenants.js";
import * as words from "./words.js";

export interface GroupGuess {
  readonly value: Sketch | undefined;
  readonly comment: readonly string[];
  readonly table: Table | undefined;
  readonly tenant: Tenant | null | undefined;
  /** The SCIM id of a user that the members are told by; undefined: no groups, or any. */
  readonly id: IdColumn | undefined;
  readonly externalId: Column | undefined;
  /** The join model that is emptied before a user is removed. */
  readonly join: Table | undefined;
  readonly rules: readonly GuessedRule[];
  readonly reasons: readonly string[];
  readonly missing: readonly string[];
}

export interface GroupCandidate {
  readonly table: Table;
  readonly tenant: Tenant | null;
  readonly name: Column;
  readonly list: Relation;
  readonly id: IdColumn;
  /** Undefined: an implicit many-to-many relation. */
  readonly join: Join | undefined;
  /** The join row names the person, and not the membership that is the user. */
  readonly isPersons: boolean;
  readonly points: number;
}

interface Join {
  readonly table: Table;
  readonly member: Column;
  /** The columns of both foreign keys, the tenant's among them. */
  readonly keys: readonly string[];
}

const enough = 6;

/** Every model that may be the Group, the likeliest first. */
export function groupCandidates(tables: readonly Table[], people: People): readonly GroupCandidate[] {
  const ids = idsOf(people);
  const found = tables
    .filter((table) => table !== people.table && table !== people.person?.table && table !== people.tenant?.table)
    .flatMap((table) => candidates(tables, people, table, ids))
    .sort((a, b) => b.points - a.points || compare(a.table.name, b.table.name) || compare(a.list.name, b.list.name));
  return found.filter((each, index) => found.findIndex(({ table }) => table === each.table) === index);
}

/** What people are put into may be anything; what is called nothing like a group is taken for one by a person alone. */
const isLikely = (candidate: GroupCandidate): boolean => isPossible(candidate) && called(candidate.table) >= 2;
const isPossible = ({ points }: GroupCandidate): boolean => points >= enough;

/** The likely ones first. Undefined: a person may choose among these, and nobody else can. */
export function possibleGroups(tables: readonly Table[], people: People): { readonly likely: readonly GroupCandidate[]; readonly possible: readonly GroupCandidate[] } {
  const possible = groupCandidates(tables, people).filter(isPossible);
  return { likely: possible.filter(isLikely), possible };
}

export function guessGroup(tables: readonly Table[], people: People, { group: choice }: Choices): GroupGuess {
  if (choice === "none") return without(["Group is left out, as you said"], "No groups, as you said.");
  const all = groupCandidates(tables, people);
  const { likely, possible } = possibleGroups(tables, people);
  const chosen = choice === undefined ? likely[0] : all.find(({ table }) => table.name === choice);
  if (chosen !== undefined) return groupOf(tables, people, chosen, possible.filter(({ table }) => table !== chosen.table).map(({ table }) => table.name));
  if (choice !== undefined) {
    const why = `${choice} was to be the groups, and it has no name, not the tenant of the users, or nothing that joins it to them`;
    return { ...without([`MISSING Group: ${why}`], `No groups: ${why}.`), missing: [`${why}.`] };
  }
  const ofRoles = roleGroup(people);
  return ofRoles ?? without([`Group is left out: ${lacking}`, ...beyond(tables, people)], `No groups: ${lacking}.`);
}

const lacking = "no model has a name, the tenant of the users, and a join to them";
const without = (comment: readonly string[], reason: string): GroupGuess => ({
  value: undefined, comment, table: undefined, tenant: undefined, id: undefined, externalId: undefined, join: undefined, rules: [], reasons: [reason], missing: [],
});

function groupOf(tables: readonly Table[], people: People, chosen: GroupCandidate, others: readonly string[]): GroupGuess {
  const { table, tenant, name, join } = chosen;
  const externalId = externalIdOf(table);
  const deleted = columnNamed(table, words.softDelete, ({ type, optional }) => (type === "DateTime" ? optional : type === "Boolean"));
  const own = tenant === null || tenant.place.includes(".") ? [] : [tenant.place];
  const filled = fill(table, { written: new Set([...own, name.name, ...(externalId === undefined ? [] : [externalId.name]), ...(deleted === undefined ? [] : [deleted.name]), ...stamped(table)]), tenant: people.tenant });
  const members = membersOf(tables, people, chosen);
  const attributes: SketchEntry[] = [
    { key: "displayName", value: name.name, comment: [] },
    externalId === undefined
      ? { key: "externalId", value: undefined, comment: [`externalId: no column of ${table.name} is named like one; init printed the lines that add it`] }
      : { key: "externalId", value: externalId.name, comment: [] },
    { key: "members", value: members.value, comment: members.comment },
  ];
  return {
    value: {
      entries: [
        { key: "model", value: table.name, comment: [] },
        { key: "tenant", value: tenant === null ? null : tenant.place, comment: [] },
        ...created(filled),
        ...(deleted === undefined ? [] : [{ key: "softDelete", value: deleted.name, comment: [] }]),
        ...stamps(table),
        { key: "attributes", value: { entries: attributes }, comment: [] },
      ],
    },
    comment: others.length === 0 ? [] : [`guess: ${others.join(", ")} could be the groups as well`],
    table,
    tenant,
    id: chosen.id,
    externalId,
    join: join?.table,
    rules: [...filled.rules, ...members.rules],
    reasons: [`Group is ${table.name}: ${join === undefined ? `${chosen.list.name}, an implicit many-to-many relation,` : join.table.name} joins it to ${chosen.id.of.name}${chosen.isPersons ? `, and those who have a row of ${people.table.name} are its members` : ""}.`],
    missing: [...filled.missing, ...members.missing],
  };
}

const date = (table: Table, names: readonly string[]): Column | undefined => columnNamed(table, names, ({ type }) => type === "DateTime");

/** The column that says when a row was changed, where nobody but a writer moves it. */
const changedAt = (table: Table): Column | undefined => (table.columns.some(({ updatedAt }) => updatedAt) ? undefined : date(table, words.columns.modified));

/** The columns that each write of a row sets. */
export function stamped(table: Table): readonly string[] {
  const changed = changedAt(table);
  return changed === undefined ? [] : [changed.name];
}

/** `meta`, where the columns are not named as the generator expects them. */
export function stamps(table: Table): readonly SketchEntry[] {
  const made = columnNamed(table, ["createdat"], ({ type }) => type === "DateTime")?.name === "createdAt" ? undefined : date(table, words.columns.created);
  const version = columnNamed(table, words.columns.version, ({ type, filled }) => type === "Int" && filled);
  const changed = changedAt(table);
  const meta: SketchEntry[] = [
    ...(made === undefined ? [] : [{ key: "created", value: made.name, comment: [] }]),
    ...(changed === undefined ? [] : [{ key: "lastModified", value: changed.name, comment: [] }]),
    ...(version === undefined ? [] : [{ key: "version", value: version.name, comment: [] }]),
  ];
  return [
    // Without @updatedAt somebody else moves it; that a write through SCIM moves it too is never wrong.
    ...(changed === undefined ? [] : [{ key: "stamp", value: { entries: [{ key: changed.name, value: { $: "now" } as const, comment: [] }] }, comment: [] }]),
    ...(meta.length === 0 ? [] : [{ key: "meta", value: { entries: meta }, comment: [] }]),
  ];
}

interface Members {
  readonly value: SketchValue;
  readonly comment: readonly string[];
  readonly rules: readonly GuessedRule[];
  readonly missing: readonly string[];
}

function membersOf(tables: readonly Table[], people: People, { table, list, join, id }: GroupCandidate): Members {
  const own = join === undefined ? { value: list.name, comment: [], rules: [], missing: [] } : joinedMembers(people, list, join);
  const inner = nested(tables, table);
  if (inner === undefined) return own;
  const isCounted = (of: Table, name: string | undefined): boolean => ["Int", "BigInt"].includes(column(of, name)?.type ?? "");
  if (isCounted(table, table.key[0]) && isCounted(people.table, id.name)) {
    return { ...own, comment: [...own.comment, `groups inside groups (${inner.name}) are left out: the ids of both kinds of members are numbers, and one id would be a member of either kind`] };
  }
  const first: Sketch = typeof own.value === "string" ? { entries: [{ key: "at", value: own.value, comment: [] }] } : (own.value as Sketch);
  const second: Sketch = { entries: [{ key: "at", value: inner.name, comment: [] }, { key: "ref", value: "Group", comment: [] }] };
  return { ...own, value: [first, second], comment: [...own.comment, `groups hold groups by ${inner.name}`] };
}

function joinedMembers(people: People, list: Relation, { table, member, keys }: Join): Members {
  const left = columnNamed(table, words.former, ({ type, optional }) => (type === "DateTime" ? optional : type === "Boolean"));
  const filled = fill(table, { written: new Set([...keys, ...(left === undefined ? [] : [left.name])]), tenant: people.tenant });
  const at = `${list.name}.${member.name}`;
  const options: SketchEntry[] = [...(left === undefined ? [] : [{ key: "softDelete", value: left.name, comment: [] }]), ...created(filled)];
  return {
    value: options.length === 0 ? at : { entries: [{ key: "at", value: at, comment: [] }, ...options] },
    comment: left === undefined ? [] : [`guess: ${table.name}.${left.name} marks who is a member no longer`],
    rules: filled.rules,
    missing: filled.missing,
  };
}

/** The list of groups inside a group. */
function nested(tables: readonly Table[], table: Table): Relation | undefined {
  const outer = table.relations.find((relation) => relation.to === table.name && relation.optional && foreignKey(relation) !== undefined && words.hasWord(relation.name, words.outer));
  return outer && backOf(tables, table, outer);
}

function candidates(tables: readonly Table[], people: People, table: Table, ids: readonly IdColumn[]): readonly GroupCandidate[] {
  const name = columnNamed(table, words.columns.groupName, isText);
  const tenant = tenantOf(tables, table, people);
  if (tenant === undefined || name === undefined || table.key.length !== 1) return [];
  return table.relations.flatMap((list): readonly GroupCandidate[] => {
    const other = tableNamed(tables, list.to);
    if (!list.list || other === undefined || other === table) return [];
    return ids.flatMap((id): readonly GroupCandidate[] => {
      const common = { table, tenant, name, list, id };
      const isOwn = id.of === people.table;
      if (other === id.of && isImplicit(tables, table, list)) return isOwn ? [{ ...common, join: undefined, isPersons: false, points: points(table) + 5 }] : [];
      const straight = joinOf(tables, people, table, list, other, { name: id.name, of: people.table });
      const join = straight ?? (isOwn || !leadsBack(tables, people) ? undefined : joinOf(tables, people, table, list, other, { name: id.of.key[0] ?? "", of: id.of }));
      return join === undefined ? [] : [{ ...common, join, isPersons: straight === undefined, points: points(table) + joinPoints(join) + (isOwn ? 1 : 0) }];
    });
  });
}

/** Whether the rows that are users are reached from a person. */
function leadsBack(tables: readonly Table[], { table, person }: People): boolean {
  return person !== undefined && person.relation.columns.length === 1 && backOf(tables, table, person.relation) !== undefined;
}

/** `id`: the column that the member's foreign key leads to. */
function joinOf(tables: readonly Table[], people: People, table: Table, list: Relation, join: Table, id: IdColumn): Join | undefined {
  const back = backOf(tables, table, list);
  const tenant = people.tenant?.column.name;
  const groupKey = back && keyColumn(back, table.key[0], tenant);
  if (join === people.table || join === people.person?.table || back === undefined || groupKey === undefined || back.optional) return undefined;
  const toUser = join.relations.find((each) => each.to === id.of.name && !each.optional && keyColumn(each, id.name, tenant) !== undefined && !/by$/.test(words.squashed(each.name)));
  const member = toUser && column(join, keyColumn(toUser, id.name, tenant));
  return toUser === undefined || member === undefined ? undefined : { table: join, member, keys: [...back.columns, ...toUser.columns] };
}

const points = (table: Table): number => called(table) - (words.hasWord(table.name, words.decoys) ? 10 : 0);

/** How much of a group its name makes it, and what is said of it. A TeamMember is no team. */
function called(table: Table): number {
  const all = words.wordsOf(table.name);
  const last = all.at(-1) ?? "";
  const named = words.belonging.has(last) || (words.people[last] ?? 0) > 0 ? 0 : Math.max(...all.map((word) => words.groups[word] ?? 0));
  return named + (words.saysGroup(table.said) ? 6 : 0);
}

function joinPoints({ table, keys, member }: Join): number {
  const isUnique = table.uniques.some((unique) => unique.includes(member.name) && unique.length > 1 && unique.every((each) => keys.includes(each)));
  return (isUnique ? 5 : 0) + (words.hasWord(table.name, words.belonging) ? 3 : 0);
}

function tenantOf(tables: readonly Table[], table: Table, { tenant }: People): Tenant | null | undefined {
  if (tenant === undefined || tenant === null) return tenant;
  const found = tenantsOf(tables, table).filter(({ column: { optional } }) => !optional);
  if (tenant.table !== undefined) return found.find((each) => each.table === tenant.table);
  return found.find((each) => each.column.name === tenant.column.name);
}

/** Without a table of groups: the values of the role that a user has. */
function roleGroup({ table }: People): GroupGuess | undefined {
  const role = table.columns.find(({ values, list, optional, name }) => values.length > 1 && !list && !optional && /^(?:\w*role|accesslevel|permissionlevel)$/.test(words.squashed(name)));
  const leave = role && least(role.values);
  if (role === undefined || leave === undefined) return undefined;
  const locked = role.values.filter((value) => value !== leave && words.hasWord(value, words.highest));
  const entries: SketchEntry[] = [
    { key: "valuesOf", value: role.name, comment: [] },
    { key: "leave", value: leave, comment: [] },
    ...(locked.length === 0 ? [] : [{ key: "locked", value: locked, comment: [`guess: a directory neither gives nor takes ${locked.join(", ")}`] }]),
  ];
  return {
    ...without([`guess: no model holds groups, so each value of ${table.name}.${role.name} is one; who is removed from it becomes ${leave}`], `Group is a value of ${table.name}.${role.name}: no model looks like groups.`),
    value: { entries },
  };
}

/** Groups of a kind that the mapping cannot say, named so that nobody looks for them in vain. */
function beyond(tables: readonly Table[], people: People): readonly string[] {
  const rows = people.person === undefined ? [people.table] : [people.table, people.person.table];
  return rows.flatMap((table) =>
    table.relations.flatMap((relation) => {
      const to = tableNamed(tables, relation.to);
      if (to === undefined || to === people.tenant?.table || (words.groups[words.wordsOf(to.name).at(-1) ?? ""] ?? 0) <= 3) return [];
      if (!relation.list && foreignKey(relation) !== undefined) return [`${table.name}.${relation.name} puts a user into one ${to.name} alone, and a SCIM group must be able to share its members with others: a join model would make groups of ${to.name}`];
      return [];
    }),
  );
}
