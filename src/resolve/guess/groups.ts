/** Which model is the SCIM Group: it has a name, the user's tenant, and a join model of its own to the user's model. */
import type { GuessedRule, Sketch, SketchEntry } from "../../sketch.js";
import type { People } from "./people.js";
import { fill } from "./required.js";
import { backOf, column, columnNamed, foreignKey, isText, pointing } from "./tables.js";
import type { Column, Relation, Table } from "./tables.js";
import * as words from "./words.js";

export interface GroupGuess {
  readonly value: Sketch | undefined;
  readonly comment: readonly string[];
  readonly table: Table | undefined;
  readonly tenant: Column | undefined;
  readonly hasExternalId: boolean;
  readonly rules: readonly GuessedRule[];
  readonly reasons: readonly string[];
}

interface Candidate {
  readonly table: Table;
  readonly tenant: Column;
  readonly name: Column;
  readonly list: Relation;
  readonly join: Table;
  readonly member: Column;
  readonly groupKey: string;
  readonly points: number;
}

/** `id`: the column of the user's model that is the SCIM id. */
export function guessGroup(tables: readonly Table[], people: People, id: string | undefined): GroupGuess {
  const candidates = tables
    .filter((table) => table !== people.table && table !== people.person?.table && table !== people.tenant?.table)
    .flatMap((table) => candidate(tables, people, table, id))
    .sort((a, b) => b.points - a.points || (a.table.name < b.table.name ? -1 : 1));
  const [best, ...others] = candidates;
  const notYet = unsupported(tables, people);
  if (best === undefined || best.points < 6) {
    const why = "no model has a name, the tenant of the users, and a join model of its own to them";
    const comment = [`Group is left out: ${why}`, ...notYet];
    return { value: undefined, comment, table: undefined, tenant: undefined, hasExternalId: true, rules: [], reasons: [`No groups: ${why}.`] };
  }

  const { table, tenant, name, list, join, member, groupKey } = best;
  const externalId = columnNamed(table, words.columns.externalId, isText);
  const created = fill(table, new Set([tenant.name, name.name, ...(externalId === undefined ? [] : [externalId.name])]));
  const joined = fill(join, new Set([groupKey, member.name]));
  const members = `${list.name}.${member.name}`;
  const left = columnNamed(join, ["leftat", "removedat", "endedat", "deletedat"], ({ type }) => type === "DateTime");
  const attributes: SketchEntry[] = [
    { key: "displayName", value: name.name, comment: [] },
    externalId === undefined
      ? { key: "externalId", value: undefined, comment: [`externalId: no column of ${table.name} is named like one; init printed the lines that add it`] }
      : { key: "externalId", value: externalId.name, comment: [] },
    {
      key: "members",
      value:
        joined.entries.length === 0
          ? members
          : { entries: [{ key: "at", value: members, comment: [] }, { key: "create", value: { entries: joined.entries }, comment: [] }] },
      comment: left === undefined ? [] : [`not yet: ${join.name}.${left.name} looks like a mark of former members; a removed member's row is deleted`],
    },
  ];
  const seen = [...others.filter(({ points }) => points >= 6).map((other) => other.table.name)];
  return {
    value: {
      entries: [
        { key: "model", value: table.name, comment: [] },
        { key: "tenant", value: tenant.name, comment: [] },
        ...(created.entries.length === 0 ? [] : [{ key: "create", value: { entries: created.entries }, comment: [] }]),
        { key: "attributes", value: { entries: attributes }, comment: [] },
      ],
    },
    comment: seen.length === 0 ? [] : [`guess: ${seen.join(", ")} could be the groups as well`],
    table,
    tenant,
    hasExternalId: externalId !== undefined,
    rules: [...created.rules, ...joined.rules],
    reasons: [`Group is ${table.name}: ${join.name} joins it to ${people.table.name}.`],
  };
}

function candidate(tables: readonly Table[], people: People, table: Table, id: string | undefined): readonly Candidate[] {
  const tenant = tenantOf(table, people);
  const name = columnNamed(table, words.columns.groupName, isText);
  if (tenant === undefined || name === undefined || table.key.length !== 1) return [];
  return table.relations.flatMap((list): readonly Candidate[] => {
    const join = tables.find((each) => each.name === list.to);
    if (!list.list || join === undefined || join === people.table || join === table) return [];
    const back = backOf(tables, table, list);
    const groupKey = back && foreignKey(back);
    if (back === undefined || groupKey === undefined || back.optional) return [];
    const [toUser] = pointing(join, people.table).filter((relation) => !relation.optional && relation.references[0] === id && !/by$/.test(words.squashed(relation.name)));
    const member = toUser && column(join, foreignKey(toUser));
    if (member === undefined) return [];
    return [{ table, tenant, name, list, join, member, groupKey, points: points(table, join, groupKey, member) }];
  });
}

function points(table: Table, join: Table, groupKey: string, member: Column): number {
  let sum = Math.max(...words.wordsOf(table.name).map((word) => words.groups[word] ?? 0));
  if (words.hasWord(table.name, words.decoys)) sum -= 10;
  if (join.uniques.some((unique) => unique.includes(groupKey) && unique.includes(member.name) && unique.length === 2)) sum += 5;
  if (words.hasWord(join.name, words.belonging)) sum += 3;
  return sum;
}

function tenantOf(table: Table, { tenant }: People): Column | undefined {
  if (tenant === undefined) return undefined;
  if (tenant.table === undefined) return table.columns.find(({ name }) => name === tenant.column.name);
  const [relation] = pointing(table, tenant.table).filter(({ optional }) => !optional);
  return relation && column(table, foreignKey(relation));
}

/** Groups of a kind that the generator cannot map yet, named so that nobody looks for them in vain. */
function unsupported(tables: readonly Table[], people: People): readonly string[] {
  const rows = people.person === undefined ? [people.table] : [people.table, people.person.table];
  return rows.flatMap((table) => [
    ...table.relations
      .filter((relation) => relation.list && backOf(tables, table, relation)?.list === true && (words.groups[words.wordsOf(relation.to).at(-1) ?? ""] ?? 0) > 3)
      .map((relation) => `not yet: ${relation.to} is joined to ${table.name} by an implicit many-to-many relation, which needs a model of its own`),
    ...table.columns
      .filter(({ values, name }) => values.length > 0 && words.squashed(name) === "role")
      .map(({ name }) => `not yet: the values of ${table.name}.${name} could be groups, which this version cannot map`),
  ]);
}
