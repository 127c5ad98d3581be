/** What a schema leaves open: the few things worth asking a person, and whether an answer given by a flag can be one. */
import { closest } from "../../closest.js";
import type { PrismaSchema } from "../../read/prisma.js";
import type { Answer, Question } from "../../sketch.js";
import { removalsOf } from "../guess.js";
import { groupCandidates, possibleGroups } from "./groups.js";
import { choosePeople, tenantChoices, userCandidates } from "./people.js";
import type { Choices } from "./people.js";
import { tablesOf } from "./tables-of.js";
import type { Table } from "./tables.js";
import { owner, tenantsOf } from "./tenants.js";

/** In the order in which one answer leads to the next question. Undefined: nothing is left that matters. */
export function nextQuestion(schema: PrismaSchema, choices: Choices): Question | undefined {
  const tables = tablesOf(schema);
  const asked: readonly [keyof Choices, () => readonly Answer[]][] = [
    ["user", () => users(tables)],
    ["tenant", () => tenants(tables, choices)],
    ["group", () => groups(tables, choices)],
    ["removal", () => removal(schema, choices)],
  ];
  for (const [about, answersOf] of asked) {
    if (choices[about] !== undefined) continue;
    const answers = answersOf();
    if (answers.length > 1) return { about, answers };
  }
  return undefined;
}

function users(tables: readonly Table[]): readonly Answer[] {
  const found = userCandidates(tables);
  if (found.length > 0) return found.map(({ table, why }) => ({ value: table.name, label: table.name, why }));
  return tables.map(({ name }) => ({ value: name, label: name, why: "" }));
}

function tenants(tables: readonly Table[], choices: Choices): readonly Answer[] {
  const people = choosePeople(tables, choices);
  if (people === undefined) return [];
  const likely = tenantsOf(tables, people.table);
  const isClear = likely.length === 1 && people.tenant?.column.optional === false && !people.tenant.place.includes(".");
  if (isClear || (people.person !== undefined && people.tenant !== undefined)) return [];
  const none: Answer = { value: "none", label: "no tenant", why: "all users are of one customer: every token sees them all" };
  const shown = (likely.length > 0 ? likely : tenantChoices(tables, people.table)).map((each): Answer => ({ value: each.place, label: each.place, why: each.table === undefined ? "" : `each row belongs to one ${owner(each)}` }));
  return people.tenant === null ? [none, ...shown] : [...shown, none];
}

function groups(tables: readonly Table[], choices: Choices): readonly Answer[] {
  const people = choosePeople(tables, choices);
  if (people === undefined) return [];
  const { likely, possible } = possibleGroups(tables, people);
  const all = groupCandidates(tables, people);
  if ((likely.length === 1 && possible.length === 1) || all.length === 0) return [];
  const shown = all.map(({ table, join, list, id }): Answer => ({ value: table.name, label: table.name, why: `${join?.table.name ?? list.name} joins it to ${id.of.name}` }));
  const none: Answer = { value: "none", label: "no groups", why: "directories then provision users alone" };
  return likely.length === 0 ? [none, ...shown] : [...shown, none];
}

function removal(schema: PrismaSchema, choices: Choices): readonly Answer[] {
  const ways = removalsOf(schema, choices);
  // Where nothing marks a row and nothing holds it, a DELETE deletes.
  return ways[0]?.name === "delete" ? [] : ways.map(({ name, why }) => ({ value: name, label: name, why }));
}

/** A sentence about the first answer that cannot be one. */
export function wrongChoice(schema: PrismaSchema, choices: Choices): string | undefined {
  const tables = tablesOf(schema);
  const models = tables.map(({ name }) => name);
  const { user, tenant, group, removal: way } = choices;
  if (user !== undefined && !models.includes(user)) return unknown("--user-model", `The schema has no model "${user}".`, user, models);
  if (group !== undefined && group !== "none" && !models.includes(group)) return unknown("--group-model", `The schema has no model "${group}".`, group, [...models, "none"]);
  const people = choosePeople(tables, user === undefined ? {} : { user });
  if (tenant !== undefined && tenant !== "none" && people !== undefined) {
    const could = tenantChoices(tables, people.table).flatMap(({ place, table }) => [place, ...(table === undefined ? [] : [table.name])]);
    if (!could.includes(tenant)) return unknown("--tenant", `"${tenant}" is neither a column nor a path of ${people.table.name} that can hold a tenant.`, tenant, [...new Set(could), "none"]);
  }
  if (way !== undefined) {
    const ways = removalsOf(schema, choices).map(({ name }) => name);
    if (!ways.some((name) => name === way)) return unknown("--removal", `This schema has no way of removal "${way}".`, way, ways);
  }
  return undefined;
}

function unknown(flag: string, what: string, typed: string, names: readonly string[]): string {
  const near = closest(typed, names);
  return `${flag}: ${what} ${near === undefined ? `It takes: ${names.join(", ")}.` : `Did you mean "${near}"?`}`;
}
