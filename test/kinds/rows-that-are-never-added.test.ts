/** Golden `rows-that-are-never-added`: lists, members and single values whose rows the host makes (`create: false`): a client changes and removes them (mapping language 5: rows). */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { Caller, KindHost } from "./host.js";

let host: KindHost<"vienna" | "berlin">;
let vienna: Caller;
let berlin: Caller;

beforeAll(async () => {
  host = await openKind("rows-that-are-never-added", {
    tenants: { vienna: 1, berlin: 2 },
    seed: `CREATE UNIQUE INDEX engagement_login_lower ON "Engagement" ("orchestraId", lower(login)); INSERT INTO "Orchestra" VALUES (1), (2);
      ALTER SEQUENCE "Engagement_id_seq" RESTART WITH 1000; ALTER SEQUENCE "Dial_id_seq" RESTART WITH 1000; ALTER SEQUENCE "Section_id_seq" RESTART WITH 1000`,
  });
  ({ vienna, berlin } = host.tenants);
});
beforeEach(async () => {
  await host.rows(`TRUNCATE "Engagement", "Dial", "Mail", "Note", "Section", "SectionPart"`);
  await host.rows(`INSERT INTO "Engagement" (id, "orchestraId", login, "updatedAt") VALUES (1, 1, 'ann', now()), (2, 1, 'bob', now()), (3, 2, 'ann', now())`);
  await host.rows(`INSERT INTO "Dial" (id, "engagementId", digits, contract) VALUES (1, 1, '11', 7), (2, 1, '12', 8), (3, 3, '11', 9)`);
  await host.rows(`INSERT INTO "Mail" VALUES (1, 1, 'a@x', NULL), (2, 1, 'b@x', NULL), (3, 1, 'gone@x', now()), (4, 3, 'a@x', NULL)`);
  await host.rows(`INSERT INTO "Note" VALUES (1, 'title', 'Oboe', 'host'), (3, 'title', 'Berlin', 'host')`);
  await host.rows(`INSERT INTO "Section" (id, "orchestraId", caption) VALUES (1, 1, 'Winds'), (2, 2, 'Winds')`);
  await host.rows(`INSERT INTO "SectionPart" VALUES (1, 1, 5), (2, 3, 6)`);
});
afterAll(() => host.close());

const dials = (): Promise<unknown> => host.rows(`SELECT id, digits, contract FROM "Dial" WHERE "engagementId" = 1 ORDER BY id`);
const mails = (): Promise<unknown> => host.rows(`SELECT id, address FROM "Mail" WHERE "engagementId" = 1 AND "goneAt" IS NULL ORDER BY id`);
const tables = ["Engagement", "Dial", "Mail", "Note", "Section", "SectionPart"];
const all = (): Promise<unknown> => host.rows(tables.map((table) => `SELECT '${table}' AS name, to_json(t)::text AS row FROM "${table}" t`).join(" UNION ALL ") + " ORDER BY 1, 2");
const values = (...list: readonly string[]): object[] => list.map((value) => ({ value }));
const refused = { status: 400, body: { scimType: "invalidValue" } };

test("an element that has no row is 400, by PATCH, PUT and POST, and nothing of the request is written", async () => {
  const before = await all();
  expect(await vienna.patch("/Users/1", { op: "add", path: "phoneNumbers", value: values("13") }, { op: "replace", path: "userName", value: "anna" })).toMatchObject(refused);
  expect(await vienna.request("PUT", "/Users/1", { userName: "anna", title: "Oboe", emails: values("a@x", "b@x"), phoneNumbers: values("11", "12", "13") })).toMatchObject(refused);
  expect(await vienna.request("POST", "/Users", { userName: "cid", emails: values("c@x") })).toMatchObject(refused);
  expect(await vienna.request("POST", "/Users", { userName: "cid", title: "Viola" })).toMatchObject(refused);
  expect(await vienna.patch("/Users/2", { op: "add", path: "title", value: "Viola" })).toMatchObject(refused);
  expect(await all()).toEqual(before);
});

test("what has a row is changed and removed, and the row keeps what the host stores there", async () => {
  const put = await vienna.request("PUT", "/Users/1", { userName: "ann", title: "Horn", emails: values("a@x", "b@x"), phoneNumbers: values("11", "99") });
  expect(put.body, put.text).toMatchObject({ title: "Horn", phoneNumbers: values("11", "99") });
  expect(await dials()).toEqual([{ id: 1, digits: "11", contract: 7 }, { id: 2, digits: "99", contract: 8 }]);
  expect(await host.rows(`SELECT text, author FROM "Note" WHERE "engagementId" = 1`)).toEqual([{ text: "Horn", author: "host" }]);
  expect((await vienna.patch("/Users/1", { op: "remove", path: `phoneNumbers[value eq "11"]` })).status).toBe(200);
  expect(await dials()).toEqual([{ id: 2, digits: "99", contract: 8 }]);
  expect((await vienna.patch("/Users/1", { op: "remove", path: "title" })).status).toBe(200);
  expect(await host.rows(`SELECT "engagementId" FROM "Note"`)).toEqual([{ engagementId: 3 }]);
  expect(await vienna.find("/Users", `phoneNumbers.value eq "99"`)).toEqual(["ann"]);
  expect(await berlin.find("/Users", `phoneNumbers.value eq "11"`)).toEqual(["ann"]);
});

test("a row that was removed before is there: its element comes back, and another one does not", async () => {
  const back = await vienna.patch("/Users/1", { op: "add", path: "emails", value: values("gone@x") });
  expect(back.body, back.text).toMatchObject({ emails: values("a@x", "b@x", "gone@x") });
  expect(await mails()).toEqual([{ id: 1, address: "a@x" }, { id: 2, address: "b@x" }, { id: 3, address: "gone@x" }]);
  expect(await vienna.patch("/Users/1", { op: "add", path: "emails", value: values("new@x") })).toMatchObject(refused);
  expect((await vienna.patch("/Users/1", { op: "remove", path: "emails" })).status).toBe(200);
  expect(await mails()).toEqual([]);
});

test("POST fills the row that a new resource has by itself", async () => {
  const made = await vienna.make("/Users", { userName: "cid", phoneNumbers: values("77") });
  expect(made["phoneNumbers"]).toEqual(values("77"));
  expect(await host.rows(`SELECT digits, contract FROM "Dial" WHERE "engagementId" = $1`, Number(made["id"]))).toEqual([{ digits: "77", contract: 1 }]);
  expect(await vienna.request("POST", "/Users", { userName: "dan", phoneNumbers: values("77", "78") })).toMatchObject(refused);
});

test("who is no member cannot become one; a member stays, and goes", async () => {
  const before = await all();
  expect(await vienna.patch("/Groups/1", { op: "add", path: "members", value: values("2") })).toMatchObject(refused);
  expect(await vienna.request("PUT", "/Groups/1", { displayName: "Brass", members: values("1", "2") })).toMatchObject(refused);
  expect(await vienna.request("POST", "/Groups", { displayName: "Brass", members: values("1") })).toMatchObject(refused);
  expect(await vienna.patch("/Groups/1", { op: "add", path: "members", value: values("1") })).toMatchObject({ status: 204 });
  expect(await all()).toEqual(before);
  expect((await vienna.request("POST", "/Groups", { displayName: "Brass" })).status).toBe(201);
  expect((await vienna.patch("/Groups/1", { op: "remove", path: `members[value eq "1"]` })).status).toBe(204);
  expect(await host.rows(`SELECT "sectionId", stand FROM "SectionPart"`)).toEqual([{ sectionId: 2, stand: 6 }]);
});

test("another tenant's rows are out of reach", async () => {
  const before = await all();
  expect((await berlin.patch("/Users/1", { op: "replace", path: "phoneNumbers", value: values("0") })).status).toBe(404);
  expect((await berlin.request("PUT", "/Groups/1", { displayName: "x" })).status).toBe(404);
  expect(await all()).toEqual(before);
  expect(host.errors).toEqual([]);
});
