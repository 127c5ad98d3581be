/** Golden `implicit-many-to-many`: members, roles and entitlements in relations that Prisma keeps by itself, on a real PostgreSQL. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { Caller, KindHost } from "./host.js";

const acme = "00000000-0000-7000-8000-00000000000a";
const globex = "00000000-0000-7000-8000-00000000000b";
const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const [ann, bob, cyd, left, foreign] = [id(1), id(2), id(3), id(4), id(5)];
const [team, other, foreignTeam] = [id(11), id(12), id(13)];

let host: KindHost<"acme" | "globex">;
let one: Caller;
let two: Caller;
const moved: unknown[] = [];
const hook = (name: string) => (event: { readonly id: string; readonly members: readonly string[] }) => void moved.push([name, event.id, ...event.members]);

beforeAll(async () => {
  host = await openKind("implicit-many-to-many", {
    tenants: { acme, globex },
    seed: `CREATE UNIQUE INDEX account_login_lower ON "Account" ("orgId", lower(login)); INSERT INTO "Organization" VALUES ('${acme}'), ('${globex}')`,
    options: { hooks: { Group: { memberAdded: hook("added"), memberRemoved: hook("removed") } } },
  });
  ({ acme: one, globex: two } = host.tenants);
});
afterAll(() => host.close());
beforeEach(async () => {
  moved.length = 0;
  await host.rows(`TRUNCATE "Account", "Team", "Role", "Licence" RESTART IDENTITY CASCADE`);
  const at = "2020-01-01";
  await host.rows(`INSERT INTO "Account" (id, "orgId", login, "shownName", "leftAt", "changedAt") VALUES
    ('${ann}', '${acme}', 'ann', 'Ann A', null, '${at}'), ('${bob}', '${acme}', 'bob', null, null, '${at}'), ('${cyd}', '${acme}', 'cyd', 'Cyd C', null, '${at}'),
    ('${left}', '${acme}', 'left', null, '${at}', '${at}'), ('${foreign}', '${globex}', 'foreign', null, null, '${at}')`);
  await host.rows(`INSERT INTO "Team" (id, "orgId", name, "changedAt") VALUES ('${team}', '${acme}', 'Team', '${at}'), ('${other}', '${acme}', 'Other', '${at}'), ('${foreignTeam}', '${globex}', 'Team', '${at}')`);
  await host.rows(`INSERT INTO "_AccountToTeam" ("A", "B") VALUES ('${ann}', '${team}'), ('${left}', '${team}'), ('${foreign}', '${foreignTeam}')`);
  await host.rows(`INSERT INTO "Role" ("orgId", name) VALUES ('${acme}', 'Admin'), ('${acme}', 'Auditor'), ('${globex}', 'Guest')`);
  await host.rows(`INSERT INTO "Licence" (id, "orgId", code, kind, "closedAt") VALUES ('${id(21)}', '${acme}', 'full', 'SEAT', null), ('${id(22)}', '${acme}', 'closed', 'SEAT', now()), ('${id(23)}', '${acme}', 'module', 'ADDON', null)`);
});

const linked = async (group: string): Promise<unknown[]> => (await host.rows(`SELECT "A" FROM "_AccountToTeam" WHERE "B" = $1 ORDER BY 1`, group)).map(({ A }) => A);
const movedAt = async (group: string): Promise<boolean> => (await host.rows(`SELECT "changedAt" > '2020-01-02' AS moved FROM "Team" WHERE id = $1`, group))[0]?.["moved"] === true;
const valued = (...ids: readonly string[]): object[] => ids.map((value) => ({ value }));
const add = (...ids: readonly string[]): object => ({ op: "add", path: "members", value: valued(...ids) });
const remove = (one: string): object => ({ op: "remove", path: `members[value eq "${one}"]` });

describe("members", () => {
  test("are read with type, $ref and display; hidden ones are not there", async () => {
    expect((await one.request("GET", `/Groups/${team}`)).body["members"]).toEqual([{ value: ann, $ref: `https://app.example/scim/v2/Users/${ann}`, type: "User", display: "Ann A" }]);
    expect((await one.request("GET", `/Users/${ann}`)).body["groups"]).toMatchObject([{ value: team, display: "Team", type: "direct" }]);
    expect((await one.request("GET", `/Groups/${other}`)).body["members"]).toBeUndefined();
  });

  test("of a POST are connected", async () => {
    const made = await one.make("/Groups", { displayName: "New", members: valued(bob, cyd, bob) });
    expect(await linked(String(made["id"]))).toEqual([bob, cyd]);
    expect(moved).toEqual([["added", made["id"], bob, cyd]]);
  });

  test("that are added are connected, and those who are there already change nothing (RFC 7644 3.5.2.1)", async () => {
    expect((await one.patch(`/Groups/${team}`, add(ann))).status).toBe(204);
    expect(await movedAt(team)).toBe(false);
    expect(moved).toEqual([]);
    expect((await one.patch(`/Groups/${team}`, add(ann, bob))).status).toBe(204);
    expect(await linked(team)).toEqual([ann, bob, left]);
    expect(await movedAt(team)).toBe(true);
    expect(moved).toEqual([["added", team, bob]]);
  });

  test("that are removed are disconnected, and those who are not there change nothing (RFC 7644 3.5.2.2)", async () => {
    expect((await one.patch(`/Groups/${team}`, remove(bob))).status).toBe(204);
    expect(await movedAt(team)).toBe(false);
    expect((await one.patch(`/Groups/${team}`, { op: "Remove", path: "members", value: valued(ann, bob) })).status).toBe(204);
    expect(await linked(team)).toEqual([left]);
    expect(moved).toEqual([["removed", team, ann]]);
  });

  test("are replaced by the difference; a list of nobody leaves hidden ones alone", async () => {
    expect((await one.patch(`/Groups/${team}`, { op: "replace", path: "members", value: valued(bob, cyd) })).status).toBe(204);
    expect(await linked(team)).toEqual([bob, cyd, left]);
    expect((await one.request("PUT", `/Groups/${team}`, { displayName: "Team", members: valued(bob) })).status).toBe(200);
    expect(await linked(team)).toEqual([bob, left]);
    expect((await one.patch(`/Groups/${team}`, { op: "remove", path: "members" })).status).toBe(204);
    expect(await linked(team)).toEqual([left]);
    expect(moved.at(-1)).toEqual(["removed", team, bob]);
  });

  test.each([["another tenant's", foreign], ["a hidden one", left], ["an unknown one", id(99)], ["no uuid", "ann"]])("an id of %s is 400 invalidValue, and nothing is written", async (_, unknown) => {
    const answer = await one.patch(`/Groups/${team}`, add(bob, unknown));
    expect([answer.status, answer.body["scimType"]]).toEqual([400, "invalidValue"]);
    expect((await one.request("PUT", `/Groups/${team}`, { displayName: "Team", members: valued(unknown) })).status).toBe(400);
    expect((await one.request("POST", "/Groups", { displayName: "X", members: valued(unknown) })).status).toBe(400);
    expect(await linked(team)).toEqual([ann, left]);
    expect(await movedAt(team)).toBe(false);
  });

  test("another tenant's group does not exist", async () => {
    expect((await two.patch(`/Groups/${team}`, remove(ann))).status).toBe(404);
    expect((await two.patch(`/Groups/${foreignTeam}`, add(ann))).status).toBe(400);
    expect(await linked(team)).toEqual([ann, left]);
  });

  test("filters ask for one member in the database, whoever is hidden", async () => {
    const groups = (filter: string): Promise<unknown> => one.find("/Groups", filter, "displayName");
    expect(await groups(`members.value eq "${ann}"`)).toEqual(["Team"]);
    expect(await groups(`members[value eq "${ann}" and type eq "User"]`)).toEqual(["Team"]);
    expect(await groups(`members[display sw "ann"]`)).toEqual(["Team"]);
    expect(await groups(`members.value eq "${left}"`)).toEqual([]);
    expect(await groups(`not (members.value eq "${ann}")`)).toEqual(["Other"]);
    expect(await groups("members pr")).toEqual(["Team"]);
    expect(await groups(`members.type eq "Group"`)).toEqual([]);
    const users = (filter: string): Promise<unknown> => one.find("/Users", filter);
    expect(await users(`groups.value eq "${team}"`)).toEqual(["ann"]);
    expect(await users(`groups.display eq "TEAM"`)).toEqual(["ann"]);
    expect(await users(`not (groups.value eq "${team}")`)).toEqual(["bob", "cyd"]);
    expect(await users(`groups.value eq "${foreignTeam}"`)).toEqual([]);
  });

  test("one is added to many without the list being read, and parallel adds lose none", async () => {
    await host.rows(`INSERT INTO "Account" (id, "orgId", login, "changedAt") SELECT ('00000000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid, '${acme}', 'many' || n, now() FROM generate_series(1, 1200) n`);
    const many = Array.from({ length: 1200 }, (_, n) => `00000000-0000-7000-9000-${String(n + 1).padStart(12, "0")}`);
    expect((await one.patch(`/Groups/${other}`, add(...many))).status).toBe(204);
    expect(await linked(other)).toHaveLength(1200);
    const statements = await host.statements.of(() => one.patch(`/Groups/${other}`, add(ann)));
    expect(statements.every(({ values }) => values.length < 10)).toBe(true);
    expect(statements.length).toBeLessThan(14);
    await Promise.all([...Array(24).keys()].map((n) => one.patch(`/Groups/${team}`, add(many[n] ?? "", many[n + 1] ?? ""))));
    expect(await linked(team)).toHaveLength(2 + 25);
    expect((await one.request("PUT", `/Groups/${other}`, { displayName: "Other", members: [] })).status).toBe(200);
    expect(await linked(other)).toEqual([]);
    expect(host.errors).toEqual([]);
  });

  test("a group and a user that go take their links along", async () => {
    expect((await one.request("DELETE", `/Groups/${team}`)).status).toBe(204);
    expect((await two.request("DELETE", `/Users/${foreign}`)).status).toBe(204);
    expect(await host.rows(`SELECT * FROM "_AccountToTeam"`)).toEqual([]);
  });
});

describe("values that are rows at the other end", () => {
  const user = `/Users/${ann}`;
  const rolesOf = async (path = user): Promise<unknown> => (await one.request("GET", path)).body["roles"];

  test("are found by their column, without letter case, inside the tenant; the difference is connected and disconnected", async () => {
    const made = await one.make("/Users", { userName: "dee", roles: [{ value: "ADMIN" }] });
    expect(made["roles"]).toEqual([{ value: "Admin" }]);
    expect((await one.patch(user, { op: "add", path: "roles", value: [{ value: "admin" }, { value: "Auditor" }] })).body["roles"]).toEqual([{ value: "Admin" }, { value: "Auditor" }]);
    expect((await one.patch(user, { op: "remove", path: `roles[value eq "Admin"]` })).body["roles"]).toEqual([{ value: "Auditor" }]);
    expect((await one.request("PUT", user, { userName: "ann", roles: [{ value: "Admin" }] })).body["roles"]).toEqual([{ value: "Admin" }]);
    expect((await one.request("PUT", user, { userName: "ann" })).body["roles"]).toBeUndefined();
    expect(await host.rows(`SELECT name FROM "Role" ORDER BY id`)).toEqual([{ name: "Admin" }, { name: "Auditor" }, { name: "Guest" }]);
  });

  test("that are the same already move nothing", async () => {
    await one.patch(user, { op: "add", path: "roles", value: [{ value: "Admin" }] });
    const before = await host.rows(`SELECT "changedAt" FROM "Account" WHERE id = $1`, ann);
    expect((await one.patch(user, { op: "replace", path: "roles", value: [{ value: "aDMIN" }] })).status).toBe(200);
    expect(await host.rows(`SELECT "changedAt" FROM "Account" WHERE id = $1`, ann)).toEqual(before);
  });

  test.each(["Guest", "Nobody"])("unknown in the tenant (%s): 400 invalidValue, and nothing is written", async (name) => {
    const answer = await one.patch(user, { op: "add", path: "roles", value: [{ value: "Admin" }, { value: name }] });
    expect([answer.status, answer.body["scimType"]]).toEqual([400, "invalidValue"]);
    expect((await one.request("POST", "/Users", { userName: "eve", roles: [{ value: name }] })).status).toBe(400);
    expect(await rolesOf()).toBeUndefined();
    expect(await host.rows(`SELECT 1 FROM "Account" WHERE login = 'eve'`)).toEqual([]);
  });

  test("connectOrCreate makes what is unknown, with what the condition says; what is hidden is not brought back", async () => {
    expect((await one.patch(user, { op: "add", path: "entitlements", value: [{ value: "FULL" }, { value: "Extra" }] })).body["entitlements"]).toEqual(expect.arrayContaining([{ value: "full" }, { value: "extra" }]));
    expect(await host.rows(`SELECT "orgId", kind, "closedAt" FROM "Licence" WHERE code = 'extra'`)).toEqual([{ orgId: acme, kind: "SEAT", closedAt: null }]);
    expect((await one.patch(user, { op: "add", path: "entitlements", value: [{ value: "closed" }] })).status).toBe(400);
    expect(await one.find("/Users", `entitlements.value eq "module"`)).toEqual([]);
  });

  test("filters, negated ones over those who have none", async () => {
    await one.patch(user, { op: "add", path: "roles", value: [{ value: "Admin" }] });
    const users = (filter: string): Promise<unknown> => one.find("/Users", filter);
    expect(await users(`roles.value eq "admin"`)).toEqual(["ann"]);
    expect(await users(`roles eq "admin"`)).toEqual(["ann"]);
    expect(await users(`roles[value co "dmi"]`)).toEqual(["ann"]);
    expect(await users(`not (roles.value eq "admin")`)).toEqual(["bob", "cyd"]);
    expect(await users("not (roles pr)")).toEqual(["bob", "cyd"]);
  });
});
