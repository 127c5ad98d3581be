/** Golden `nested-groups`: members that are users in a join model, and groups by a foreign key of their own, on a real PostgreSQL. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { Caller, KindHost } from "./host.js";

const acme = "00000000-0000-7000-8000-00000000000a";
const globex = "00000000-0000-7000-8000-00000000000b";
const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const [ann, bob, foreignUser] = [id(1), id(2), id(3)];
const [outer, inner, free, foreign] = [id(11), id(12), id(13), id(14)];

let host: KindHost<"acme" | "globex">;
let one: Caller;
let two: Caller;
const moved: unknown[] = [];
const hook = (name: string) => (event: { readonly id: string; readonly members: readonly string[] }) => void moved.push([name, event.id, ...event.members]);

beforeAll(async () => {
  host = await openKind("nested-groups", {
    tenants: { acme, globex },
    seed: `CREATE UNIQUE INDEX account_login_lower ON "Account" ("tenantId", lower(login))`,
    options: { hooks: { Group: { memberAdded: hook("added"), memberRemoved: hook("removed") } } },
  });
  ({ acme: one, globex: two } = host.tenants);
});
afterAll(() => host.close());
beforeEach(async () => {
  moved.length = 0;
  await host.rows(`TRUNCATE "Account", "Team", "Seat" CASCADE`);
  await host.rows(`INSERT INTO "Account" (id, "tenantId", login) VALUES ('${ann}', '${acme}', 'ann'), ('${bob}', '${acme}', 'bob'), ('${foreignUser}', '${globex}', 'foreign')`);
  await host.rows(`INSERT INTO "Team" (id, "tenantId", name, "outerId", "changedAt") VALUES ('${outer}', '${acme}', 'Outer', null, '2020-01-01'), ('${inner}', '${acme}', 'Inner', '${outer}', '2020-01-01'), ('${free}', '${acme}', 'Free', null, '2020-01-01'), ('${foreign}', '${globex}', 'Foreign', null, '2020-01-01')`);
  await host.rows(`INSERT INTO "Seat" ("teamId", "accountId") VALUES ('${outer}', '${ann}')`);
});

const valued = (...ids: readonly string[]): object[] => ids.map((value) => ({ value }));
const add = (...ids: readonly string[]): object => ({ op: "add", path: "members", value: valued(...ids) });
const seats = async (team: string): Promise<unknown[]> => (await host.rows(`SELECT "accountId" AS id FROM "Seat" WHERE "teamId" = $1 ORDER BY 1`, team)).map((row) => row["id"]);
const within = async (team: string): Promise<unknown[]> => (await host.rows(`SELECT id FROM "Team" WHERE "outerId" = $1 ORDER BY 1`, team)).map((row) => row["id"]);
const movedAt = async (team: string): Promise<boolean> => (await host.rows(`SELECT "changedAt" > '2020-01-02' AS moved FROM "Team" WHERE id = $1`, team))[0]?.["moved"] === true;

test("one attribute shows both kinds, each with its type and $ref", async () => {
  expect((await one.request("GET", `/Groups/${outer}`)).body["members"]).toEqual([
    { value: ann, $ref: `https://app.example/scim/v2/Users/${ann}`, type: "User" },
    { value: inner, $ref: `https://app.example/scim/v2/Groups/${inner}`, type: "Group", display: "Inner" },
  ]);
  // Direct groups alone: what Outer gives to those of Inner is not computed.
  await one.patch(`/Groups/${inner}`, add(bob));
  expect((await one.request("GET", `/Users/${bob}`)).body["groups"]).toMatchObject([{ value: inner, type: "direct" }]);
});

test("an id goes where it is known: a user into the join model, a group by its own key", async () => {
  expect((await one.patch(`/Groups/${outer}`, add(bob, free, ann, inner))).status).toBe(204);
  expect(await seats(outer)).toEqual([ann, bob]);
  expect(await within(outer)).toEqual([inner, free]);
  expect(moved).toEqual([["added", outer, bob, free]]);
  const made = await one.make("/Groups", { displayName: "New", members: valued(free, ann) });
  expect(await seats(String(made["id"]))).toEqual([ann]);
  expect(await within(String(made["id"]))).toEqual([free]);
  // A group with one place has left the one that it was in.
  expect(await within(outer)).toEqual([inner]);
});

test("what is there already moves nothing, and neither does removing what is not", async () => {
  expect((await one.patch(`/Groups/${outer}`, add(ann, inner))).status).toBe(204);
  expect((await one.patch(`/Groups/${outer}`, { op: "Remove", path: "members", value: valued(bob, free) })).status).toBe(204);
  expect(await movedAt(outer)).toBe(false);
});

test("removal takes each kind out of its own place", async () => {
  await one.patch(`/Groups/${outer}`, { op: "remove", path: `members[value eq "${inner}"]` });
  expect([await seats(outer), await within(outer)]).toEqual([[ann], []]);
  await one.patch(`/Groups/${outer}`, add(inner, bob));
  await one.patch(`/Groups/${outer}`, { op: "replace", path: "members", value: valued(bob, free) });
  expect([await seats(outer), await within(outer)]).toEqual([[bob], [free]]);
  expect(moved.at(-1)).toEqual(["added", outer, free]);
  await one.patch(`/Groups/${outer}`, { op: "remove", path: "members" });
  expect([await seats(outer), await within(outer)]).toEqual([[], []]);
});

test.each([["group", foreign], ["user", foreignUser], ["nothing", id(99)]])("another tenant's %s is 400 invalidValue, and nothing is written", async (_, unknown) => {
  const answer = await one.patch(`/Groups/${outer}`, add(bob, free, unknown));
  expect([answer.status, answer.body["scimType"]]).toEqual([400, "invalidValue"]);
  expect([await seats(outer), await within(outer), await movedAt(outer)]).toEqual([[ann], [inner], false]);
  expect((await two.patch(`/Groups/${outer}`, { op: "remove", path: "members" })).status).toBe(404);
});

test("a circle is allowed (RFC 7643 4.2), and asked for without an end", async () => {
  expect((await one.patch(`/Groups/${inner}`, add(outer))).status).toBe(204);
  expect((await one.patch(`/Groups/${free}`, add(free))).status).toBe(204);
  expect((await one.request("GET", `/Groups/${inner}`)).body["members"]).toMatchObject([{ value: outer, type: "Group" }]);
  expect((await one.request("GET", "/Groups")).body["totalResults"]).toBe(3);
});

test("filters tell the kinds apart", async () => {
  const groups = (filter: string): Promise<unknown> => one.find("/Groups", filter, "displayName");
  await one.patch(`/Groups/${free}`, add(bob));
  expect(await groups(`members.value eq "${inner}"`)).toEqual(["Outer"]);
  expect(await groups(`members.type eq "Group"`)).toEqual(["Outer"]);
  expect(await groups(`members[type eq "User" and value eq "${inner}"]`)).toEqual([]);
  expect(await groups(`members[type eq "User"]`)).toEqual(["Outer", "Free"]);
  expect(await groups(`members[display eq "inner"]`)).toEqual(["Outer"]);
  expect(await groups("not (members pr)")).toEqual(["Inner"]);
  expect(await groups(`not (members.value eq "${ann}")`)).toEqual(["Inner", "Free"]);
});

test("parallel adds to one group lose none, and a group that goes lets the inner ones stay", async () => {
  await Promise.all([add(bob), add(free), add(bob, free), { op: "remove", path: `members[value eq "${inner}"]` }].map((operation) => one.patch(`/Groups/${outer}`, operation)));
  expect([await seats(outer), await within(outer)]).toEqual([[ann, bob], [free]]);
  expect((await one.request("DELETE", `/Groups/${outer}`)).status).toBe(204);
  expect(await host.rows(`SELECT name FROM "Team" WHERE "outerId" IS NULL AND "tenantId" = $1 ORDER BY name`, acme)).toEqual([{ name: "Free" }, { name: "Inner" }]);
  expect(host.errors).toEqual([]);
});
