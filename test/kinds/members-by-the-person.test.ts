/** Golden `members-by-the-person`: teams and managers that name a person, who may be in several tenants, on a real PostgreSQL. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { Caller, KindHost } from "./host.js";

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const [ann, both, guest, foreign] = [id(1), id(2), id(3), id(4)];
const [orgOne, orgTwo] = [id(11), id(12)];
const [team, foreignTeam] = [id(21), id(22)];
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

let host: KindHost<"one" | "two">;
let one: Caller;
let two: Caller;

beforeAll(async () => {
  host = await openKind("members-by-the-person", {
    tenants: { one: orgOne, two: orgTwo },
    seed: `CREATE UNIQUE INDEX user_email_lower ON "User" (lower(email)); INSERT INTO "Org" (id) VALUES ('${orgOne}'), ('${orgTwo}')`,
    options: { rules: { mayLink: () => true } },
  });
  ({ one, two } = host.tenants);
});
afterAll(() => host.close());
beforeEach(async () => {
  await host.rows(`TRUNCATE "User", "Team" CASCADE`);
  await host.rows(`INSERT INTO "User" (id, email) VALUES ('${ann}', 'ann'), ('${both}', 'both'), ('${guest}', 'guest'), ('${foreign}', 'foreign')`);
  await host.rows(`INSERT INTO "Membership" (id, "orgId", "userId", guest) VALUES
    ('${id(31)}', '${orgOne}', '${ann}', false), ('${id(32)}', '${orgOne}', '${both}', false), ('${id(33)}', '${orgOne}', '${guest}', true),
    ('${id(34)}', '${orgTwo}', '${both}', false), ('${id(35)}', '${orgTwo}', '${foreign}', false)`);
  await host.rows(`INSERT INTO "Team" (id, "orgId", name) VALUES ('${team}', '${orgOne}', 'Core'), ('${foreignTeam}', '${orgTwo}', 'Abroad')`);
});

const valued = (...ids: readonly string[]): object[] => ids.map((value) => ({ value }));
const add = (...ids: readonly string[]): object => ({ op: "add", path: "members", value: valued(...ids) });
const put = (group: string, ...ids: readonly string[]): Promise<unknown> => host.rows(`INSERT INTO "TeamMember" ("teamId", "userId") SELECT '${group}', unnest($1::uuid[])`, ids);
const kept = async (group: string): Promise<unknown> => (await host.rows(`SELECT "userId" AS id FROM "TeamMember" WHERE "teamId" = '${group}' ORDER BY 1`)).map((row) => row["id"]);
const shown = async (caller: Caller, path: string, attribute: string): Promise<unknown> =>
  ((await caller.request("GET", path)).body[attribute] as readonly { readonly value: string }[] | undefined)?.map(({ value }) => value);

describe("members", () => {
  test("are the persons with a row of the tenant; who is a guest, or in another tenant alone, is none", async () => {
    await put(team, ann, both, guest, foreign);
    expect(await shown(one, `/Groups/${team}`, "members")).toEqual([ann, both]);
    const found = (member: string): Promise<unknown> => one.find("/Groups", `members.value eq "${member}"`, "displayName");
    expect(await Promise.all([ann, both, guest, foreign].map(found))).toEqual([["Core"], ["Core"], [], []]);
    expect(await one.find("/Groups", `not (members.value eq "${foreign}")`, "displayName")).toEqual(["Core"]);
    expect(await two.find("/Groups", `members.value eq "${both}"`, "displayName")).toEqual([]);
  });

  test("are added when the tenant sees them; one of another tenant refuses the whole change", async () => {
    expect((await one.patch(`/Groups/${team}`, add(ann, both, ann))).status).toBe(204);
    expect((await one.patch(`/Groups/${team}`, add(both))).status).toBe(204);
    for (const stranger of [guest, foreign]) {
      const answer = await one.patch(`/Groups/${team}`, { op: "replace", path: "members", value: valued(stranger) });
      expect([answer.status, answer.body["scimType"]]).toEqual([400, "invalidValue"]);
    }
    expect((await two.patch(`/Groups/${team}`, add(foreign))).status).toBe(404);
    expect(await kept(team)).toEqual([ann, both]);
    const made = await one.make("/Groups", { displayName: "New", members: valued(both) });
    expect(await kept(String(made["id"]))).toEqual([both]);
  });

  test("go by remove, PUT and a remove of all; rows of persons who are none of the tenant stay", async () => {
    await put(team, ann, both, foreign);
    await one.patch(`/Groups/${team}`, { op: "remove", path: `members[value eq "${ann}"]` }, { op: "remove", path: `members[value eq "${foreign}"]` });
    expect(await kept(team)).toEqual([both, foreign]);
    expect((await one.request("PUT", `/Groups/${team}`, { displayName: "Core", members: valued(ann) })).body["members"]).toMatchObject(valued(ann));
    await one.patch(`/Groups/${team}`, { op: "remove", path: "members" });
    expect(await kept(team)).toEqual([foreign]);
  });
});

describe("groups of a user", () => {
  beforeEach(async () => {
    await put(team, ann, both);
    await put(foreignTeam, both, foreign);
  });

  test("are those of the tenant, for a person who is in teams of two", async () => {
    expect(await shown(one, `/Users/${both}`, "groups")).toEqual([team]);
    expect(await shown(two, `/Users/${both}`, "groups")).toEqual([foreignTeam]);
    expect((await one.request("GET", `/Users?attributes=userName,groups`)).body["Resources"]).toMatchObject([
      { userName: "ann", groups: [{ value: team, display: "Core" }] },
      { userName: "both", groups: [{ value: team, display: "Core" }] },
    ]);
  });

  test("are read when an answer asks for them, and the person's columns alone otherwise", async () => {
    expect((await one.request("GET", `/Users/${both}?attributes=groups`)).body).toMatchObject({ groups: [{ value: team }] });
    let body: Readonly<Record<string, unknown>> = {};
    const statements = await host.statements.of(async () => void ({ body } = await one.request("GET", `/Users/${both}?attributes=userName`)));
    expect([body["userName"], body["groups"]]).toEqual(["both", undefined]);
    expect(statements.filter(({ sql }) => sql.includes("TeamMember"))).toEqual([]);
    expect(statements.filter(({ sql }) => sql.includes('"Membership"'))).toHaveLength(1);
  });

  test("are found by value and display inside the tenant", async () => {
    expect(await one.find("/Users", `groups.value eq "${team}"`)).toEqual(["ann", "both"]);
    expect(await one.find("/Users", `groups.value eq "${foreignTeam}"`)).toEqual([]);
    expect(await two.find("/Users", `groups.display eq "abroad"`)).toEqual(["both", "foreign"]);
    expect(await one.find("/Users", `not (groups.display eq "Abroad")`)).toEqual(["ann", "both"]);
    await one.patch(`/Groups/${team}`, { op: "remove", path: `members[value eq "${ann}"]` });
    expect(await one.find("/Users", "not (groups pr)")).toEqual(["ann"]);
  });

  test("DELETE of a user takes the person out of this tenant's groups, and of no others", async () => {
    expect((await one.request("DELETE", `/Users/${foreign}`)).status).toBe(404);
    expect((await one.request("DELETE", `/Users/${both}`)).status).toBe(204);
    expect(await kept(team)).toEqual([ann]);
    expect(await kept(foreignTeam)).toEqual([both, foreign]);
    expect(await shown(two, `/Users/${both}`, "groups")).toEqual([foreignTeam]);
    await host.rows(`INSERT INTO "TeamMember" ("teamId", "userId") VALUES ('${team}', '${guest}')`);
    expect((await one.request("DELETE", `/Users/${guest}`)).status).toBe(404);
    expect(await kept(team)).toEqual([ann, guest]);
    expect(host.errors).toEqual([]);
  });
});

test("a manager is a person with a row of the tenant: absent when that row goes, and never one of another tenant (RFC 7643 4.3)", async () => {
  const value = `${enterprise}:manager.value`;
  const manager = async (caller: Caller, user: string): Promise<unknown> => (await caller.request("GET", `/Users/${user}`)).body[enterprise];
  const set = (caller: Caller, user: string, to: string): Promise<{ readonly status: number }> => caller.patch(`/Users/${user}`, { op: "replace", path: `${enterprise}:manager`, value: { value: to } });
  expect((await set(one, ann, both)).status).toBe(200);
  expect(await manager(one, ann)).toEqual({ manager: { value: both, $ref: `https://app.example/scim/v2/Users/${both}` } });
  expect(await one.find("/Users", `${value} eq "${both}"`)).toEqual(["ann"]);
  expect(await one.find("/Users", `${value} ne "${both}"`)).toEqual(["both"]);
  for (const stranger of [foreign, guest]) expect((await set(one, both, stranger)).status).toBe(400);
  expect((await one.request("DELETE", `/Users/${both}`)).status).toBe(204);
  expect(await manager(one, ann)).toBeUndefined();
  expect(await one.find("/Users", `${value} eq "${both}"`)).toEqual([]);
  expect(await one.find("/Users", `not (${value} pr)`)).toEqual(["ann"]);
  expect(await manager(two, both)).toBeUndefined();
  // What reads as absent is not cleared: the person may come back.
  const remove = { op: "remove", path: `${enterprise}:manager` };
  expect((await one.patch(`/Users/${ann}`, remove)).status).toBeLessThan(300);
  await host.rows(`INSERT INTO "Membership" (id, "orgId", "userId", guest) VALUES ('${id(36)}', '${orgOne}', '${both}', false)`);
  expect(await manager(one, ann)).toMatchObject({ manager: { value: both } });
  expect((await one.patch(`/Users/${ann}`, remove)).status).toBeLessThan(300);
  expect(await host.rows(`SELECT 1 FROM "Membership" WHERE "managerId" IS NOT NULL`)).toEqual([]);
  expect(host.errors).toEqual([]);
});
