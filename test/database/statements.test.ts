/**
 * What each request tells the database (product.md 5): a fixed number of statements, whatever the size of page, group and tenant.
 * docs/statements.md is this test's table; UPDATE_GOLDENS=1 writes it anew.
 */
import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { acme, memberships, teams, users } from "../../prisma/seed.js";
import { openSpecimen } from "../postgres/specimen.js";
import type { Specimen } from "../postgres/specimen.js";
import type { Statement } from "../postgres/statements.js";
import { coreGroup, enterprise, openEndpoint, user } from "./endpoint.js";
import type { Answer, Caller, Operation, SomeHooks } from "./endpoint.js";

const document = new URL("../../docs/statements.md", import.meta.url);

/** One database to ask, and how large things are in it. */
interface Size {
  readonly specimen: Specimen;
  readonly caller: Caller;
  /** Users that are in no group of the tests, one for each time one is asked for. */
  next(): string;
  /** All of the group's members. */
  readonly members: readonly string[];
  readonly page: number;
}

let small: Size;
let large: Size;
beforeAll(async () => {
  [small, large] = await Promise.all([open(20, 3), open(2_500, 100)]);
}, 120_000);
afterAll(async () => {
  await small.specimen.close();
  await large.specimen.close();
});

async function open(size: number, page: number): Promise<Size> {
  const specimen = await openSpecimen();
  const { prisma } = specimen;
  const people = await prisma.user.createManyAndReturn({ data: Array.from({ length: size + 60 }, (_, n) => ({ email: `user${n}@acme.example`, ownerId: acme })) });
  const rows = await prisma.membership.createManyAndReturn({ data: people.map(({ id }) => ({ orgId: acme, userId: id })) });
  const ids = rows.map(({ id }) => id);
  const members = ids.slice(60);
  await prisma.email.createMany({ data: ids.flatMap((membershipId) => [{ membershipId, value: "w@acme.example", type: "work", primary: true }, { membershipId, value: "h@acme.example", type: "home" }]) });
  for (const teamId of [teams.empty, teams.leads, teams.engineering]) await prisma.teamMember.createMany({ data: members.map((membershipId) => ({ teamId, membershipId })) });
  let turn = 0;
  return { specimen, caller: openEndpoint(prisma).acme, next: () => ids[turn++ % 60] ?? "", members, page };
}

const replace = (path: string, value: unknown): Operation => ({ op: "replace", path, value });
const add = (...ids: readonly string[]): Operation => ({ op: "add", path: "members", value: ids.map((value) => ({ value })) });
const group = `/Groups/${teams.leads}`;
const ada = `/Users/${memberships.ada}`;
const filtered = (filter: string, more = ""): string => `/Users?filter=${encodeURIComponent(filter)}${more}`;

function bulkOf(name: string, count: number, more: object = {}, first = `${name}0@bulk.example`): object {
  const Operations = Array.from({ length: count }, (_, each) => ({ method: "POST", path: "/Users", bulkId: `${each}`, data: user(each === 0 ? first : `${name}${each}@bulk.example`, more) }));
  return { schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], Operations };
}

type Case = readonly [name: string, status: number, run: (size: Size) => Promise<Answer>];

const cases: readonly Case[] = [
  ["GET a user", 200, ({ caller }) => caller.get(ada)],
  ["GET a user, `attributes=title`", 200, ({ caller }) => caller.get(`${ada}?attributes=title`)],
  ["GET a user who is not there", 404, ({ caller }) => caller.get(`/Users/${users.ada}`)],
  ["GET with an id that is none", 404, ({ caller }) => caller.get("/Users/nobody")],
  ["GET a group", 200, ({ caller }) => caller.get(group)],
  ["GET a group, `excludedAttributes=members`", 200, ({ caller }) => caller.get(`${group}?excludedAttributes=members`)],
  ["look-up `userName eq`, found", 200, ({ caller }) => caller.get(filtered('userName eq "ADA@acme.example"'))],
  ["look-up `userName eq`, not found", 200, ({ caller }) => caller.get(filtered('userName eq "nobody@acme.example"'))],
  ["look-up `externalId eq`, `attributes=id`", 200, ({ caller }) => caller.get(filtered('externalId eq "okta-ada"', "&attributes=id"))],
  ["look-up `members.value eq`, `excludedAttributes=members`", 200, ({ caller, members }) => caller.get(`/Groups?filter=${encodeURIComponent(`members.value eq "${members[0] ?? ""}"`)}&excludedAttributes=members`)],
  ["first page of users, full", 200, ({ caller, page }) => caller.get(`/Users?count=${page}`)],
  ["page of users by index", 200, ({ caller }) => caller.get("/Users?startIndex=11&count=20")],
  ["sorted page of users", 200, ({ caller }) => caller.get("/Users?startIndex=11&count=20&sortBy=userName")],
  ["page far behind, past the end", 200, ({ caller }) => caller.get("/Users?startIndex=100000")],
  ["total alone, `count=0`", 200, ({ caller }) => caller.get("/Users?count=0")],
  ["page of groups with their members", 200, ({ caller }) => caller.get("/Groups")],
  ["POST a user, new person", 201, ({ caller }) => caller.post("/Users", user("new1@acme.example", { title: "x" }))],
  ["POST a user, new person, with e-mails and manager", 201, ({ caller }) => caller.post("/Users", user("new2@acme.example", { emails: [{ value: "a" }, { value: "b" }], [enterprise]: { manager: { value: memberships.ada } } }))],
  ["POST a user, known person", 201, ({ caller }) => caller.post("/Users", user("margaret@home.example"))],
  ["POST a user, taken", 409, ({ caller }) => caller.post("/Users", user("ada@acme.example"))],
  ["POST a group", 201, ({ caller }) => caller.post("/Groups", { schemas: [coreGroup], displayName: "new 1" })],
  ["POST a group with 3 members", 201, ({ caller, members }) => caller.post("/Groups", { schemas: [coreGroup], displayName: "new 2", members: members.slice(0, 3).map((value) => ({ value })) })],
  ["Bulk: 3 users, new persons", 200, ({ caller }) => caller.post("/Bulk", bulkOf("three", 3))],
  ["Bulk: 20 users, new persons, with e-mails and manager", 200, ({ caller }) => caller.post("/Bulk", bulkOf("twenty", 20, { emails: [{ value: "a" }, { value: "b" }], [enterprise]: { manager: { value: memberships.ada } } }))],
  ["Bulk: 3 users, of whom one is taken", 200, ({ caller }) => caller.post("/Bulk", bulkOf("taken", 3, {}, "grace@acme.example"))],
  ["PATCH `active`", 200, ({ caller, next }) => caller.patch(`/Users/${next()}`, replace("active", false))],
  ["PATCH `active`, `attributes=active`", 200, ({ caller, next }) => caller.patch(`/Users/${next()}?attributes=active`, replace("active", false))],
  ["PATCH `active`, nothing changes", 200, ({ caller, next }) => caller.patch(`/Users/${next()}`, replace("active", true))],
  ["PATCH `active`, user not there", 404, ({ caller }) => caller.patch(`/Users/${users.ada}`, replace("active", false))],
  ["PATCH two own columns", 200, ({ caller, next }) => caller.patch(`/Users/${next()}`, replace("title", "x"), replace("userType", "x"))],
  ["PATCH `active` and another own column", 200, ({ caller, next }) => caller.patch(`/Users/${next()}`, replace("title", "x"), replace("active", false))],
  ["PATCH the person's columns", 200, ({ caller, next }) => caller.patch(`/Users/${next()}`, replace("displayName", "x"), replace("name.familyName", "x"))],
  ["PATCH the person's columns, nothing changes", 200, ({ caller }) => caller.patch(ada, replace("displayName", "Ada"))],
  ["PATCH own and the person's columns", 200, ({ caller, next }) => caller.patch(`/Users/${next()}`, replace("displayName", "x"), replace("title", "x"))],
  ["PATCH manager", 200, ({ caller, next }) => caller.patch(`/Users/${next()}`, replace(`${enterprise}:manager`, { value: memberships.ada }))],
  ['PATCH `emails[type eq "work"].value`', 200, ({ caller, next }) => caller.patch(`/Users/${next()}`, replace('emails[type eq "work"].value', "new@acme.example"))],
  ['PATCH `emails[type eq "work"].value`, nothing changes', 200, ({ caller, next }) => caller.patch(`/Users/${next()}`, replace('emails[type eq "work"].value', "w@acme.example"))],
  ["PATCH add an e-mail", 200, ({ caller, next }) => caller.patch(`/Users/${next()}`, { op: "add", path: "emails", value: [{ value: "third@acme.example" }] })],
  ["PUT a user without e-mails", 200, ({ caller }) => caller.put(ada, user("ada@acme.example", { title: "x", active: true }))],
  ["PUT a user with e-mails", 200, ({ caller }) => caller.put(ada, user("ada@acme.example", { title: "y", emails: [{ value: "ada@acme.example", type: "work", primary: true }] }))],
  ["PUT a user, nothing changes", 200, async ({ caller, specimen }) => {
    const { body } = await caller.get(`/Users/${memberships.grace}`);
    specimen.statements.clear();
    return caller.put(`/Users/${memberships.grace}`, body);
  }],
  ["DELETE a user", 204, ({ caller, next }) => caller.delete(`/Users/${next()}`)],
  ["DELETE a user who is not there", 404, ({ caller }) => caller.delete(`/Users/${users.ada}`)],
  ["PATCH group: add 1 member", 204, ({ caller, next }) => caller.patch(group, add(next()))],
  ["PATCH group: add 1 member who is there", 204, ({ caller, members }) => caller.patch(group, add(members[0] ?? ""))],
  ["PATCH group: add 10 members", 204, ({ caller, next }) => caller.patch(group, add(...Array.from({ length: 10 }, next)))],
  ["PATCH group: add nobody", 400, ({ caller }) => caller.patch(group, add(users.ada))],
  ["PATCH group: remove 1 member", 204, ({ caller, members }) => caller.patch(group, { op: "remove", path: `members[value eq "${members[1] ?? ""}"]` })],
  ["PATCH group: add 1, remove 1, rename", 204, ({ caller, next, members }) => caller.patch(group, add(next()), { op: "remove", path: `members[value eq "${members[2] ?? ""}"]` }, replace("displayName", "renamed 1"))],
  ["PATCH group: rename", 204, ({ caller }) => caller.patch(group, { op: "replace", value: { id: teams.leads, displayName: "renamed 2" } })],
  ["PATCH group: rename, `excludedAttributes=members`", 200, ({ caller }) => caller.patch(`${group}?excludedAttributes=members`, replace("displayName", "renamed 3"))],
  ["PATCH group: replace all members, 1 differs", 204, ({ caller, next, members }) => caller.patch(`/Groups/${teams.empty}`, replace("members", [...members.slice(1), next()].map((value) => ({ value }))))],
  ["PUT group: 2 members differ", 200, ({ caller, members }) => caller.put(`/Groups/${teams.empty}`, { schemas: [coreGroup], displayName: "Nobody yet", members: members.slice(2).map((value) => ({ value })) })],
  ["PATCH group: remove all members", 204, ({ caller }) => caller.patch(group, { op: "remove", path: "members" })],
  ["DELETE a group", 204, ({ caller }) => caller.delete(`/Groups/${teams.empty}`)],
];

/** The same with hooks of the host's, which do nothing: what the endpoint does for their sake. */
const hooked: readonly Case[] = [
  ["PATCH `active`: `committed`, `deactivated`", 200, patchUser({ committed: idle, deactivated: idle }, replace("active", false))],
  ["PATCH `active`: `afterDeactivate`", 200, patchUser({ afterDeactivate: idle }, replace("active", false))],
  ["PATCH `active`: `afterUpdate`", 200, patchUser({ afterUpdate: idle }, replace("active", false))],
  ["PATCH `active`: `beforeDeactivate`", 200, patchUser({ beforeDeactivate: idle }, replace("active", false))],
  ["PATCH `active`, nothing changes: `beforeDeactivate`, `beforeReactivate`", 200, patchUser({ beforeDeactivate: idle, beforeReactivate: idle }, replace("active", true))],
  ["PATCH `active`: `beforeUpdate`", 200, patchUser({ beforeUpdate: idle }, replace("active", false))],
  ["PATCH `active` and another own column: `deactivated`", 200, patchUser({ deactivated: idle }, replace("title", "x"), replace("active", false))],
  ["PATCH another column: all of the hooks of `active`", 200, patchUser({ beforeDeactivate: idle, afterDeactivate: idle, deactivated: idle, beforeReactivate: idle, afterReactivate: idle, reactivated: idle }, replace("title", "x"))],
  ["POST a user: `beforeCreate`, `afterCreate`", 201, ({ specimen }) => openEndpoint(specimen.prisma, { hooks: { User: { beforeCreate: idle, afterCreate: idle } } }).acme.post("/Users", user("new3@acme.example"))],
  ["Bulk: 3 users, new persons: `committed`", 200, ({ specimen }) => openEndpoint(specimen.prisma, { hooks: { User: { committed: idle } } }).acme.post("/Bulk", bulkOf("hooked", 3))],
  ["DELETE a user: `committed`", 204, ({ specimen, next }) => openEndpoint(specimen.prisma, { hooks: { User: { committed: idle } } }).acme.delete(`/Users/${next()}`)],
  ["DELETE a user: `beforeDelete`", 204, ({ specimen, next }) => openEndpoint(specimen.prisma, { hooks: { User: { beforeDelete: idle } } }).acme.delete(`/Users/${next()}`)],
  ["PATCH group: add 1 member: `committed`", 204, patchGroup({ committed: idle }, ({ next }) => [add(next())])],
  ["PATCH group: add 1 member: `memberAdded`", 204, patchGroup({ memberAdded: idle }, ({ next }) => [add(next())])],
  ["PATCH group: add 1, remove 1: all of the hooks of members", 204, patchGroup({ beforeMemberAdded: idle, memberAdded: idle, beforeMemberRemoved: idle, memberRemoved: idle }, ({ next, members }) => [add(next()), { op: "remove", path: `members[value eq "${members[3] ?? ""}"]` }])],
  ["PATCH group: replace all members, 1 differs: all of the hooks of members", 204, patchGroup({ beforeMemberAdded: idle, memberAdded: idle, beforeMemberRemoved: idle, memberRemoved: idle }, ({ next, members }) => [replace("members", [...members.slice(4), next()].map((value) => ({ value })))])],
  ["PATCH group: rename: all of the hooks of members", 204, patchGroup({ beforeMemberAdded: idle, memberAdded: idle, beforeMemberRemoved: idle, memberRemoved: idle }, () => [replace("displayName", "renamed 4")])],
];

function idle(): void {
  // A hook that does nothing.
}

/** `attributes=active` leaves what the hook alone is shown. */
function patchUser(hooks: NonNullable<SomeHooks["User"]>, ...operations: readonly Operation[]): Case[2] {
  return ({ specimen, next }) => openEndpoint(specimen.prisma, { hooks: { User: hooks } }).acme.patch(`/Users/${next()}?attributes=active`, ...operations);
}

function patchGroup(hooks: NonNullable<SomeHooks["Group"]>, operations: (size: Size) => readonly Operation[]): Case[2] {
  return (size) => openEndpoint(size.specimen.prisma, { hooks: { Group: hooks } }).acme.patch(`/Groups/${teams.engineering}`, ...operations(size));
}

/** Prisma reads relations beside each other, in no fixed order: the first of a run of reads stays, the rest are sorted. */
function told(statements: readonly Statement[]): string {
  const runs: string[][] = [];
  for (const { sql } of statements) {
    const short = shortened(sql);
    const run = runs.at(-1);
    if (short.startsWith("SELECT") && run?.[0]?.startsWith("SELECT")) run.push(short);
    else runs.push([short]);
  }
  return runs.flatMap(([first, ...rest]) => [first, ...rest.sort()]).join(", ");
}

function shortened(sql: string): string {
  const [verb = ""] = sql.split(" ");
  const table = /(?:FROM|INTO|UPDATE) "public"\."(\w+)"/.exec(sql)?.[1];
  return table === undefined ? verb : `${sql.startsWith("SELECT COUNT") ? "COUNT" : verb} ${table}`;
}

async function table(some: readonly Case[]): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const [name, status, run] of some) {
    const told2: string[] = [];
    for (const size of [small, large]) {
      size.specimen.statements.clear();
      const answer = await run(size);
      const sent = size.specimen.statements.all;
      expect(answer.status, `${name}: ${answer.text.slice(0, 300)}`).toBe(status);
      told2.push(told(sent));
    }
    const [few = "", many = ""] = told2;
    expect(many, `${name}: the statements grow with the tenant or the group`).toBe(few);
    lines.push(`| ${name} | ${few === "" ? 0 : few.split(", ").length} | ${few} |`);
  }
  return lines;
}

test("every request is a fixed number of statements, and docs/statements.md says which", { timeout: 120_000 }, async () => {
  const lines = await table(cases);
  const hookedLines = await table(hooked);
  const text = `# What a request tells the database

Written by test/database/statements.test.ts (\`UPDATE_GOLDENS=1 npx vitest run test/database/statements.test.ts\`), from what went over the
connections. Each request was sent in two tenants, one with 65 users and groups of 20, one with 2,545 users and groups of 2,500: the statements
are the same. The specimen's users are a membership joined to a person, with tables of e-mail addresses and phone numbers.

| request | statements | which |
|---|---|---|
${lines.join("\n")}

## With hooks

Hooks of the host's that do nothing, each request with \`attributes=active\` where it answers a user: what is sent for their sake. \`committed\`, \`deactivated\` and their
like run after the commit.

| request: hooks | statements | which |
|---|---|---|
${hookedLines.join("\n")}
`;
  if (process.env["UPDATE_GOLDENS"] === "1") await writeFile(document, text);
  expect(await readFile(document, "utf8").catch(() => ""), "docs/statements.md is not what is sent; UPDATE_GOLDENS=1 writes it anew").toBe(text);
});
