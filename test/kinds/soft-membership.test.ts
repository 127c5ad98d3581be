/** Golden `soft-membership`: rows that are marked when they go, and come back with their key, on a real PostgreSQL. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { Caller, KindHost } from "./host.js";

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const [ann, bob, lead, foreign] = [id(1), id(2), id(3), id(4)];
const [section, foreignSection] = [id(11), id(12)];

let host: KindHost<"one" | "two">;
let one: Caller;
let two: Caller;
const moved: unknown[] = [];
const hook = (name: string) => (event: { readonly id: string; readonly members: readonly string[] }) => void moved.push([name, ...event.members]);

beforeAll(async () => {
  host = await openKind("soft-membership", {
    tenants: { one: 1, two: 2 },
    seed: `CREATE UNIQUE INDEX musician_login_lower ON "Musician" ("orchestraId", lower(login))`,
    options: { hooks: { Group: { memberAdded: hook("added"), memberRemoved: hook("removed") } } },
  });
  ({ one, two } = host.tenants);
});
afterAll(() => host.close());
beforeEach(async () => {
  moved.length = 0;
  await host.rows(`TRUNCATE "Musician", "Section" CASCADE`);
  await host.rows(`INSERT INTO "Musician" (id, "orchestraId", login) VALUES ('${ann}', 1, 'ann'), ('${bob}', 1, 'bob'), ('${lead}', 1, 'lead'), ('${foreign}', 2, 'foreign')`);
  await host.rows(`INSERT INTO "Section" (id, "orchestraId", caption, "changedAt") VALUES ('${section}', 1, 'Brass', '2020-01-01'), ('${foreignSection}', 2, 'Brass', '2020-01-01')`);
  await host.rows(`INSERT INTO "Part" ("sectionId", "musicianId", "leftAt", stand, lead) VALUES ('${section}', '${ann}', null, 4, false), ('${section}', '${bob}', '2020-01-01', 7, false), ('${section}', '${lead}', null, 9, true)`);
});

const valued = (...ids: readonly string[]): object[] => ids.map((value) => ({ value }));
const add = (...ids: readonly string[]): object => ({ op: "add", path: "members", value: valued(...ids) });
const remove = (member: string): object => ({ op: "remove", path: `members[value eq "${member}"]` });
const parts = (): Promise<unknown> => host.rows(`SELECT "musicianId" AS id, "leftAt" IS NOT NULL AS gone, stand FROM "Part" WHERE "sectionId" = '${section}' ORDER BY 1`);
const leader = { id: lead, gone: false, stand: 9 };
const isMoved = async (): Promise<unknown> => (await host.rows(`SELECT "changedAt" > '2020-01-02' AS moved FROM "Section" WHERE id = '${section}'`))[0]?.["moved"];

describe("members", () => {
  test("are the rows that are not marked, and that the condition is true of", async () => {
    expect((await one.request("GET", `/Groups/${section}`)).body["members"]).toMatchObject([{ value: ann, type: "User" }]);
    expect((await one.request("GET", `/Users/${ann}`)).body["groups"]).toMatchObject([{ value: section }]);
    expect((await one.request("GET", `/Users/${bob}`)).body["groups"]).toBeUndefined();
    const groups = (filter: string): Promise<unknown> => one.find("/Groups", filter, "displayName");
    expect(await groups(`members.value eq "${ann}"`)).toEqual(["Brass"]);
    expect(await groups(`members.value eq "${bob}"`)).toEqual([]);
    expect(await groups(`not (members.value eq "${bob}")`)).toEqual(["Brass"]);
    expect(await one.find("/Users", `groups.value eq "${section}"`)).toEqual(["ann"]);
  });

  test("that go are marked and stay; a second time nothing moves", async () => {
    expect((await one.patch(`/Groups/${section}`, remove(ann), remove(bob))).status).toBe(204);
    expect(await parts()).toEqual([{ id: ann, gone: true, stand: 4 }, { id: bob, gone: true, stand: 7 }, leader]);
    expect(moved).toEqual([["removed", ann]]);
    await host.rows(`UPDATE "Section" SET "changedAt" = '2020-01-01'`);
    await one.patch(`/Groups/${section}`, remove(ann));
    expect(await isMoved()).toBe(false);
  });

  test("that come back wake their row, with what it holds; new ones get what the mapping says", async () => {
    const fresh = String((await one.make("/Users", { userName: "new" }))["id"]);
    await one.patch(`/Groups/${section}`, add(ann, bob, fresh));
    expect(await parts()).toEqual(expect.arrayContaining([{ id: ann, gone: false, stand: 4 }, { id: bob, gone: false, stand: 7 }, { id: fresh, gone: false, stand: 1 }, leader]));
    expect(moved[0]).toEqual(["added", bob, fresh]);
  });

  test("of a PUT: the difference is marked and woken", async () => {
    expect((await one.request("PUT", `/Groups/${section}`, { displayName: "Brass", members: valued(bob) })).body["members"]).toMatchObject([{ value: bob }]);
    expect(await parts()).toEqual([{ id: ann, gone: true, stand: 4 }, { id: bob, gone: false, stand: 7 }, leader]);
    await one.patch(`/Groups/${section}`, { op: "remove", path: "members" });
    expect(await parts()).toEqual([{ id: ann, gone: true, stand: 4 }, { id: bob, gone: true, stand: 7 }, leader]);
  });

  test("a row that is no member's is neither taken nor passed over in silence", async () => {
    const answer = await one.patch(`/Groups/${section}`, add(lead, bob));
    expect([answer.status, answer.body["scimType"]]).toEqual([400, "invalidValue"]);
    expect(await parts()).toEqual([{ id: ann, gone: false, stand: 4 }, { id: bob, gone: true, stand: 7 }, leader]);
    expect(await isMoved()).toBe(false);
  });

  test("tenants are apart, and parallel adds and removals leave one row each", async () => {
    expect((await one.patch(`/Groups/${section}`, add(foreign))).status).toBe(400);
    expect((await two.patch(`/Groups/${section}`, remove(ann))).status).toBe(404);
    await Promise.all([...Array(16).keys()].map((n) => one.patch(`/Groups/${section}`, n % 2 === 0 ? add(bob) : remove(ann))));
    expect(await parts()).toEqual([{ id: ann, gone: true, stand: 4 }, { id: bob, gone: false, stand: 7 }, leader]);
    expect((await one.request("DELETE", `/Groups/${section}`)).status).toBe(204);
    expect(await host.rows(`SELECT 1 FROM "Part"`)).toEqual([]);
    expect(host.errors).toEqual([]);
  });
});

describe("elements in rows", () => {
  const phones = (): Promise<unknown> => host.rows(`SELECT digits, use, "deletedAt" IS NOT NULL AS gone, note FROM "Phone" WHERE "musicianId" = '${ann}' ORDER BY digits`);

  test("that go are marked; one of the same key wakes its row; a changed value is a row of its own", async () => {
    const path = `/Users/${ann}`;
    await one.patch(path, { op: "add", path: "phoneNumbers", value: [{ value: "1", type: "work" }, { value: "2" }] });
    await host.rows(`UPDATE "Phone" SET note = 'kept' WHERE digits = '1'`);
    await one.patch(path, { op: "replace", path: "phoneNumbers", value: [{ value: "2", type: "home" }, { value: "3" }] });
    expect(await phones()).toEqual([{ digits: "1", use: "work", gone: true, note: "kept" }, { digits: "2", use: "home", gone: false, note: null }, { digits: "3", use: null, gone: false, note: null }]);
    const answer = await one.patch(path, { op: "add", path: "phoneNumbers", value: [{ value: "1", type: "mobile" }] });
    expect(answer.body["phoneNumbers"]).toHaveLength(3);
    expect(await phones()).toContainEqual({ digits: "1", use: "mobile", gone: false, note: "kept" });
    expect((await one.request("PUT", path, { userName: "ann" })).body["phoneNumbers"]).toBeUndefined();
    expect(await one.find("/Users", `phoneNumbers.value eq "1"`)).toEqual([]);
    expect(await phones()).toHaveLength(3);
  });

  test("without a key each stay is a row of its own, with what the condition says", async () => {
    const path = `/Users/${bob}`;
    for (const value of [[{ value: "A" }], [], [{ value: "A" }]]) await one.patch(path, { op: "replace", path: "entitlements", value });
    expect(await host.rows(`SELECT code, state FROM "Badge" ORDER BY state`)).toEqual([{ code: "A", state: "HERE" }, { code: "A", state: "GONE" }]);
    expect((await one.request("GET", path)).body["entitlements"]).toEqual([{ value: "A" }]);
    expect(await one.find("/Users", "not (entitlements pr)")).toEqual(["ann", "lead"]);
  });
});
