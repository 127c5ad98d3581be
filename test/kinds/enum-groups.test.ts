/** Golden `enum-groups`: each value of a column of the users is a group, on a real PostgreSQL. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { Caller, KindHost } from "./host.js";

const acme = "00000000-0000-7000-8000-00000000000a";
const globex = "00000000-0000-7000-8000-00000000000b";
const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const [own, ann, bob, left, foreign] = [id(1), id(2), id(3), id(4), id(5)];

let host: KindHost<"acme" | "globex">;
let one: Caller;
let two: Caller;
const moved: unknown[] = [];
const hook = (name: string) => (event: { readonly id: string; readonly members: readonly string[] }) => void moved.push([name, event.id, ...event.members]);

beforeAll(async () => {
  host = await openKind("enum-groups", {
    tenants: { acme, globex },
    seed: `CREATE UNIQUE INDEX account_login_lower ON "Account" ("tenantId", lower(login))`,
    options: { hooks: { Group: { memberAdded: hook("added"), memberRemoved: hook("removed") } } },
  });
  ({ acme: one, globex: two } = host.tenants);
}, 90_000);
afterAll(() => host.close());
beforeEach(async () => {
  moved.length = 0;
  await host.rows(`TRUNCATE "Account"`);
  await host.rows(`INSERT INTO "Account" (id, "tenantId", login, role, "leftAt", origin, "changedAt") VALUES ('${own}', '${acme}', 'own', 'OWNER', null, 'app', '2020-01-01'), ('${ann}', '${acme}', 'ann', 'ADMIN', null, 'app', '2020-01-01'),
    ('${bob}', '${acme}', 'bob', 'MEMBER', null, 'app', '2020-01-01'), ('${left}', '${acme}', 'left', 'ADMIN', now(), 'app', '2020-01-01'), ('${foreign}', '${globex}', 'foreign', 'MEMBER', null, 'app', '2020-01-01')`);
});

const valued = (...ids: readonly string[]): object[] => ids.map((value) => ({ value }));
const add = (...ids: readonly string[]): object => ({ op: "add", path: "members", value: valued(...ids) });
const remove = (member: string): object => ({ op: "remove", path: `members[value eq "${member}"]` });
const roles = async (): Promise<unknown> => Object.fromEntries((await host.rows(`SELECT login, role FROM "Account" ORDER BY id`)).map(({ login, role }) => [login, role] as const));
const before = { own: "OWNER", ann: "ADMIN", bob: "MEMBER", left: "ADMIN", foreign: "MEMBER" };

test("the groups are there from the start, by value, with the visible users who hold it", async () => {
  const listed = await one.request("GET", "/Groups");
  expect(listed.body["totalResults"]).toBe(4);
  expect((listed.body["Resources"] as readonly object[]).map((each) => each as { readonly id: string; readonly members?: unknown })).toMatchObject([{ id: "OWNER", displayName: "OWNER", members: [{ value: own, type: "User" }] }, { id: "ADMIN", members: [{ value: ann }] }, { id: "BILLING" }, { id: "MEMBER", members: [{ value: bob }] }]);
  expect((await one.request("GET", "/Groups/ADMIN")).body).toMatchObject({ displayName: "ADMIN", meta: { resourceType: "Group", location: "https://app.example/scim/v2/Groups/ADMIN" } });
  expect((await one.request("GET", "/Groups/GUEST")).status).toBe(404);
  expect((await one.request("GET", "/Groups?startIndex=2&count=2&excludedAttributes=members")).body).toMatchObject({ totalResults: 4, itemsPerPage: 2, Resources: [{ id: "ADMIN" }, { id: "BILLING" }] });
  expect(await host.statements.of(() => one.request("GET", "/Groups?excludedAttributes=members"))).toEqual([]);
  expect((await one.request("GET", "/Groups?sortBy=displayName&sortOrder=descending&attributes=displayName")).body["Resources"]).toMatchObject([{ id: "OWNER" }, { id: "MEMBER" }, { id: "BILLING" }, { id: "ADMIN" }]);
  expect((await one.request("GET", `/Users/${ann}`)).body["groups"]).toEqual([{ value: "ADMIN", $ref: "https://app.example/scim/v2/Groups/ADMIN", display: "ADMIN", type: "direct" }]);
});

test("filters compare names in memory, and ask the database for members alone", async () => {
  const groups = (filter: string): Promise<unknown> => one.find("/Groups", filter, "id");
  expect(await groups(`displayName eq "admin"`)).toEqual(["ADMIN"]);
  expect(await groups(`id eq "admin"`)).toEqual([]);
  expect(await groups(`displayName sw "m" or displayName co "ill"`)).toEqual(["BILLING", "MEMBER"]);
  expect(await groups(`members.value eq "${ann}"`)).toEqual(["ADMIN"]);
  expect(await groups(`not (members.value eq "${ann}")`)).toEqual(["OWNER", "BILLING", "MEMBER"]);
  expect(await groups(`members.value eq "${left}"`)).toEqual([]);
  expect(await groups("not (members pr)")).toEqual(["BILLING"]);
  expect(await two.find("/Groups", "members pr", "id")).toEqual(["MEMBER"]);
  expect(await groups(`externalId eq "x"`)).toBe("invalidFilter");
  expect(await one.find("/Users", `groups.value eq "ADMIN"`)).toEqual(["ann"]);
  expect(await one.find("/Users", `groups.display eq "admin"`)).toEqual(["ann"]);
  expect(await one.find("/Users", `not (groups.value eq "ADMIN")`)).toEqual(["own", "bob"]);
});

test("adding a member gives the value, removing one gives what is left; the same again changes nothing", async () => {
  expect((await one.patch("/Groups/BILLING", add(ann, bob))).status).toBe(204);
  expect(await roles()).toEqual({ ...before, ann: "BILLING", bob: "BILLING" });
  expect(moved).toEqual([["added", "BILLING", ann, bob]]);
  expect(await host.rows(`SELECT origin, "changedAt" > '2020-01-02' AS moved FROM "Account" WHERE login = 'ann'`)).toEqual([{ origin: "scim", moved: true }]);
  await host.rows(`UPDATE "Account" SET "changedAt" = '2020-01-01'`);
  await one.patch("/Groups/BILLING", add(ann), remove(own));
  expect(await host.rows(`SELECT 1 FROM "Account" WHERE "changedAt" > '2020-01-02'`)).toEqual([]);
  await one.patch("/Groups/BILLING", remove(ann));
  expect(await roles()).toEqual({ ...before, ann: "MEMBER", bob: "BILLING" });
  await one.patch("/Groups/MEMBER", remove(ann));
  expect(await roles()).toEqual({ ...before, ann: "MEMBER", bob: "BILLING" });
});

test("PUT and replace make the members those that are named", async () => {
  const answer = await one.request("PUT", "/Groups/ADMIN", { displayName: "ADMIN", members: valued(bob) });
  expect([answer.status, answer.body["members"]]).toEqual([200, [{ value: bob, $ref: `https://app.example/scim/v2/Users/${bob}`, type: "User" }]]);
  expect(await roles()).toEqual({ ...before, ann: "MEMBER", bob: "ADMIN" });
  await one.patch("/Groups/ADMIN", { op: "replace", value: { id: "ADMIN", displayName: "ADMIN", members: [] } });
  expect(await roles()).toEqual({ ...before, ann: "MEMBER", bob: "MEMBER" });
});

test("what is locked is neither given nor taken: 403, and nothing is written", async () => {
  for (const answer of [await one.patch("/Groups/OWNER", add(bob)), await one.patch("/Groups/OWNER", remove(own)), await one.patch("/Groups/ADMIN", add(bob, own)), await one.request("PUT", "/Groups/OWNER", { displayName: "OWNER", members: [] })]) expect(answer.status).toBe(403);
  expect((await one.patch("/Groups/OWNER", add(own), remove(bob))).status).toBe(204);
  expect(await roles()).toEqual(before);
});

test("groups are not made, deleted or renamed: 403; the name that one has may be sent (Okta)", async () => {
  expect((await one.request("POST", "/Groups", { displayName: "New" })).status).toBe(403);
  expect((await one.request("DELETE", "/Groups/ADMIN")).status).toBe(403);
  expect((await one.request("DELETE", "/Groups/NONE")).status).toBe(404);
  expect((await one.patch("/Groups/ADMIN", { op: "replace", path: "displayName", value: "Boss" })).status).toBe(403);
  expect((await one.request("PUT", "/Groups/ADMIN", { displayName: "Boss", members: valued(ann) })).status).toBe(403);
  expect((await one.patch("/Groups/ADMIN", { op: "replace", value: { id: "ADMIN", displayName: "ADMIN" } })).status).toBe(204);
  expect((await one.patch("/Groups/NONE", add(ann))).status).toBe(404);
});

test.each([["another tenant's", foreign], ["a hidden one", left], ["an unknown one", id(99)], ["no uuid", "ann"]])("an id of %s is 400 invalidValue, and nothing is written", async (_, unknown) => {
  const answer = await one.patch("/Groups/ADMIN", add(bob, unknown));
  expect([answer.status, answer.body["scimType"]]).toEqual([400, "invalidValue"]);
  await one.patch("/Groups/ADMIN", remove(unknown));
  expect(await roles()).toEqual(before);
});

test("parallel changes give each user one value, and none fails", async () => {
  const answers = await Promise.all([...Array(12).keys()].map((n) => one.patch(n % 2 === 0 ? "/Groups/ADMIN" : "/Groups/BILLING", add(n % 3 === 0 ? ann : bob))));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
  expect(host.errors).toEqual([]);
});
