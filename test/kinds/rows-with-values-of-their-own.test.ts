/** Golden `rows-with-values-of-their-own`: rows beside a resource that get values of rules, of other attributes and of rows that the mapping names; and side rows (mapping language 6). */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { Caller, KindHost } from "./host.js";

interface Context {
  readonly id: string | undefined;
  readonly tenant: number;
  readonly input: { readonly userName?: string };
  readonly tx: { readonly [model: string]: { count(args?: object): Promise<number> } };
}

let host: KindHost<"vienna" | "berlin">;
let vienna: Caller;
let berlin: Caller;
let asked: Context[] = [];

beforeAll(async () => {
  const counted = (model: string, from: number) => async (context: Context): Promise<number> => {
    asked.push(context);
    return from + ((await context.tx[model]?.count()) ?? 0);
  };
  host = await openKind("rows-with-values-of-their-own", {
    tenants: { vienna: 1, berlin: 2 },
    seed: `CREATE UNIQUE INDEX engagement_login_lower ON "Engagement" ("orchestraId", lower(login));
      INSERT INTO "Orchestra" VALUES (1), (2);
      INSERT INTO "Carrier" (id, "orchestraId", code) VALUES (10, 1, 'A1'), (11, 1, 'B2'), (20, 2, 'A1');
      INSERT INTO "SkillKind" (id, "orchestraId", code) VALUES (1, 1, 'STAGE'), (2, 1, 'DESK'), (3, 2, 'STAGE')`,
    options: { rules: { nextRank: counted("skill", 1), nextSerial: counted("dial", 100), freeLocker: counted("locker", 1), nextStand: counted("sectionPart", 1) } },
  });
  ({ vienna, berlin } = host.tenants);
});
beforeEach(async () => {
  await host.rows(`TRUNCATE "Engagement", "Section", "Dial", "Locker", "Badge", "SectionPart", "Skill", "_EngagementToSkill"`);
  asked = [];
});
afterAll(() => host.close());

const dials = (): Promise<unknown> => host.rows(`SELECT digits, serial, owner, "carrierId" FROM "Dial" ORDER BY serial`);

test("POST makes the side row with the rule's value and another attribute's, in the resource's transaction", async () => {
  const ann = await vienna.make("/Users", { userName: "ann" });
  const bob = await berlin.make("/Users", { userName: "bob" });
  expect(await host.rows(`SELECT "engagementId"::text AS id, number, label FROM "Locker" ORDER BY number`)).toEqual([{ id: ann["id"], number: 1, label: "ann" }, { id: bob["id"], number: 2, label: "bob" }]);
  // A rule is told the id, once there is one.
  expect(asked.map(({ id, tenant, input }) => [id, tenant, input.userName])).toEqual([[ann["id"], 1, "ann"], [bob["id"], 2, "bob"]]);
  expect((await vienna.request("POST", "/Users", { userName: "ANN" })).status).toBe(409);
  expect(await host.rows(`SELECT count(*)::int AS n FROM "Locker"`)).toEqual([{ n: 2 }]);
});

test("requests at once that would take the same side row: the loser is answered, and nothing of it stays", async () => {
  const names = Array.from({ length: 6 }, (_, n) => `u${String(n)}`);
  const answers = await Promise.all(names.map((userName) => vienna.request("POST", "/Users", { userName })));
  const made = answers.filter(({ status }) => status === 201).length;
  expect(made).toBeGreaterThan(0);
  for (const answer of answers) expect([201, 409], answer.text).toContain(answer.status);
  expect(await host.rows(`SELECT (SELECT count(*)::int FROM "Engagement") AS users, (SELECT count(*)::int FROM "Locker") AS lockers`)).toEqual([{ users: made, lockers: made }]);
  expect(host.errors).toEqual([]);
});

test("DELETE removes the side rows, also those that it never makes, and nobody else's", async () => {
  const ann = await vienna.make("/Users", { userName: "ann" });
  const bob = await berlin.make("/Users", { userName: "bob" });
  await host.rows(`INSERT INTO "Badge" ("engagementId") VALUES ($1), ($1), ($2)`, ann["id"], bob["id"]);
  expect((await berlin.request("DELETE", `/Users/${String(ann["id"])}`)).status).toBe(404);
  expect(await host.rows(`SELECT count(*)::int AS n FROM "Badge"`)).toEqual([{ n: 3 }]);
  expect((await vienna.request("DELETE", `/Users/${String(ann["id"])}`)).status).toBe(204);
  expect(await host.rows(`SELECT (SELECT array_agg("engagementId"::text) FROM "Locker") AS lockers, (SELECT array_agg("engagementId"::text) FROM "Badge") AS badges`)).toEqual([{ lockers: [bob["id"]], badges: [bob["id"]] }]);
});

test("each row of a list has the rule's own value, and finds those made before it", async () => {
  const ann = await vienna.make("/Users", { userName: "ann", phoneNumbers: [{ value: "1" }, { value: "2" }] });
  expect(await dials()).toEqual([{ digits: "1", serial: 100, owner: "ann", carrierId: 10 }, { digits: "2", serial: 101, owner: "ann", carrierId: 10 }]);
  asked = [];
  // What another attribute is, is not said here: it is what the resource has. A row that stays is not asked for.
  const added = await vienna.patch(`/Users/${String(ann["id"])}`, { op: "add", path: "phoneNumbers", value: [{ value: "3" }] });
  expect(added.status, added.text).toBe(200);
  expect(await dials()).toEqual([{ digits: "1", serial: 100, owner: "ann", carrierId: 10 }, { digits: "2", serial: 101, owner: "ann", carrierId: 10 }, { digits: "3", serial: 102, owner: "ann", carrierId: 10 }]);
  expect(asked.map(({ id }) => id)).toEqual([ann["id"]]);
  // And where it is said, it is what it becomes.
  await vienna.request("PUT", `/Users/${String(ann["id"])}`, { userName: "anna", phoneNumbers: [{ value: "1" }, { value: "2" }, { value: "3" }, { value: "4" }] });
  expect(await host.rows(`SELECT owner FROM "Dial" WHERE digits = '4'`)).toEqual([{ owner: "anna" }]);
  await berlin.make("/Users", { userName: "bob", phoneNumbers: [{ value: "9" }] });
  expect(await host.rows(`SELECT "carrierId" FROM "Dial" WHERE digits = '9'`)).toEqual([{ carrierId: 20 }]);
});

test("rows of which the mapping names another row are there, those of another one hidden and left alone", async () => {
  const ann = await vienna.make("/Users", { userName: "ann", phoneNumbers: [{ value: "1" }] });
  await host.rows(`INSERT INTO "Dial" ("engagementId", digits, serial, owner, "carrierId") VALUES ($1, '7', 7, 'host', 11)`, ann["id"]);
  const seen = async (): Promise<unknown> => (await vienna.request("GET", `/Users/${String(ann["id"])}`)).body["phoneNumbers"];
  expect(await seen()).toEqual([{ value: "1" }]);
  expect(await vienna.find("/Users", 'phoneNumbers.value eq "7"')).toEqual([]);
  expect((await vienna.request("PUT", `/Users/${String(ann["id"])}`, { userName: "ann", phoneNumbers: [{ value: "2" }] })).status).toBe(200);
  expect(await host.rows(`SELECT digits, "carrierId" FROM "Dial" ORDER BY digits`)).toEqual([{ digits: "2", carrierId: 10 }, { digits: "7", carrierId: 11 }]);
});

test("a row at the other end that nobody has made yet has values of rules, of other attributes and of a row that the mapping names; one that is there is not asked for", async () => {
  const ann = await vienna.make("/Users", { userName: "ann", entitlements: [{ value: "solo" }, { value: "prompt" }] });
  const skills = (): Promise<unknown> => host.rows(`SELECT "orchestraId" AS orchestra, word, "kindId" AS kind, rank, coined FROM "Skill" ORDER BY "orchestraId", rank`);
  expect(await skills()).toEqual([{ orchestra: 1, word: "solo", kind: 1, rank: 1, coined: "ann" }, { orchestra: 1, word: "prompt", kind: 1, rank: 2, coined: "ann" }]);
  asked = [];
  const bob = await vienna.make("/Users", { userName: "bob", entitlements: [{ value: "SOLO" }] });
  expect(asked.filter(({ input }) => "entitlements" in input).length).toBe(1); // For bob's locker alone.
  expect((await vienna.patch(`/Users/${String(bob["id"])}`, { op: "add", path: "entitlements", value: [{ value: "swing" }] })).status).toBe(200);
  expect(await skills()).toContainEqual({ orchestra: 1, word: "swing", kind: 1, rank: 3, coined: "bob" });
  await berlin.make("/Users", { userName: "cid", entitlements: [{ value: "solo" }] });
  expect(await skills()).toContainEqual({ orchestra: 2, word: "solo", kind: 3, rank: 4, coined: "cid" });
  expect((await vienna.request("GET", `/Users/${String(ann["id"])}`)).body["entitlements"]).toEqual([{ value: "solo" }, { value: "prompt" }]);
  // A skill of another kind keeps its word, and is none of these.
  await host.rows(`INSERT INTO "Skill" ("orchestraId", word, "kindId", rank, coined, noted) VALUES (1, 'filing', 2, 9, 'host', now())`);
  expect((await vienna.patch(`/Users/${String(bob["id"])}`, { op: "add", path: "entitlements", value: [{ value: "filing" }] })).status).toBe(400);
  expect(host.errors).toEqual([]);
});

test("a member's row has the rule's own value, by POST, PUT and PATCH; one that is there already is not asked for", async () => {
  const ids: string[] = [];
  for (const userName of ["ann", "bob", "cid"]) ids.push(String((await vienna.make("/Users", { userName }))["id"]));
  const members = (...indices: readonly number[]): object[] => indices.map((index) => ({ value: ids[index] }));
  asked = [];
  const group = await vienna.make("/Groups", { displayName: "Winds", members: members(0, 1) });
  const parts = (): Promise<unknown> => host.rows(`SELECT "engagementId"::text AS id, stand, sign FROM "SectionPart" ORDER BY stand`);
  expect(await parts()).toEqual([{ id: ids[0], stand: 1, sign: "Winds" }, { id: ids[1], stand: 2, sign: "Winds" }]);
  expect(asked.map(({ id }) => id)).toEqual([group["id"], group["id"]]);
  asked = [];
  expect((await vienna.patch(`/Groups/${String(group["id"])}`, { op: "add", path: "members", value: members(0, 2) })).status).toBe(204);
  expect(asked.length).toBe(1);
  expect(await parts()).toContainEqual({ id: ids[2], stand: 3, sign: "Winds" });
  expect((await vienna.request("PUT", `/Groups/${String(group["id"])}`, { displayName: "Brass", members: members(1, 2) })).status).toBe(200);
  expect(await parts()).toEqual([{ id: ids[1], stand: 2, sign: "Winds" }, { id: ids[2], stand: 3, sign: "Winds" }]);
  expect((await berlin.patch(`/Groups/${String(group["id"])}`, { op: "remove", path: "members" })).status).toBe(404);
  expect(host.errors).toEqual([]);
});
