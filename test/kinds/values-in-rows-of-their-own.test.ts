/**
 * Golden `values-in-rows-of-their-own`: values that lie in the one row of another table, behind a list narrowed to one (key and value) or in a table
 * to which no relation leads (mapping language 6: one row by key; `table`).
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { Caller, KindHost } from "./host.js";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
let host: KindHost<"vienna" | "berlin">;
let vienna: Caller;
let berlin: Caller;

beforeAll(async () => {
  host = await openKind("values-in-rows-of-their-own", {
    tenants: { vienna: 1, berlin: 2 },
    seed: `CREATE UNIQUE INDEX engagement_login_lower ON "Engagement" ("orchestraId", lower(login));
      INSERT INTO "Orchestra" VALUES (1), (2);
      INSERT INTO "Topic" (id, "orchestraId", code) VALUES (10, 1, 'nick'), (11, 1, 'other'), (20, 2, 'nick');
      ALTER SEQUENCE "Engagement_id_seq" RESTART WITH 1000;
      INSERT INTO "Musician" (id, mailbox) VALUES (1, 'ann@x'), (2, 'bob@x')`,
    options: { rules: { factSource: () => "scim" } },
  });
  ({ vienna, berlin } = host.tenants);
});
beforeEach(async () => {
  await host.rows(`TRUNCATE "Engagement", "Fact", "Note", "Level", "OutsideKey", "OutsidePhone"`);
  await host.rows(`ALTER SEQUENCE "OutsidePhone_id_seq" RESTART WITH 100`);
  await host.rows(`INSERT INTO "OutsidePhone" VALUES (1, 1, 1, '11', 'home', false, 'host'), (2, 1, 1, '12', 'work', true, 'host'), (3, 1, 1, '13', NULL, false, 'secret'), (4, 2, 1, '99', 'work', true, 'host'), (5, 2, 4, '11', 'work', false, 'host'), (6, 1, 3, '31', 'work', false, 'host')`);
  // Both tenants have somebody of the same musician; the ids 1 and 2 stand in keys of the other tenant too.
  await host.rows(`INSERT INTO "Engagement" (id, "orchestraId", login, "musicianId", "updatedAt") VALUES (1, 1, 'ann', 1, '2026-01-05'), (2, 1, 'bob', NULL, '2026-01-05'), (3, 1, 'cid', 2, '2026-01-05'), (4, 2, 'ann', 1, '2026-01-05')`);
  await host.rows(`INSERT INTO "Fact" ("topicId", "musicianId", text, source) VALUES (10, 1, 'Annie', 'host'), (11, 1, 'not a nick', 'host'), (20, 1, 'Anna B', 'host')`);
  await host.rows(`INSERT INTO "Note" VALUES (1, 'title', 'Oboe', 'host'), (3, 'title', NULL, 'host'), (2, 'title', 'hidden', 'nobody'), (1, 'other', 'x', 'host'), (4, 'title', 'Berlin', 'host')`);
  await host.rows(`INSERT INTO "OutsideKey" VALUES ('k1', 1, 'PERSON', '1', 'okta-1'), ('k2', 1, 'GROUP', '1', 'okta-g'), ('k3', 2, 'PERSON', '1', 'foreign-1'), ('k4', 2, 'PERSON', '4', 'okta-4'), ('k5', 1, 'BADGE', '1', 'b1'), ('k6', 2, 'PERSON', '3', 'foreign-3')`);
});
afterAll(() => host.close());

const facts = (): Promise<unknown> => host.rows(`SELECT "topicId", "musicianId"::int AS musician, text, source FROM "Fact" ORDER BY 1, 2`);
const notes = (): Promise<unknown> => host.rows(`SELECT * FROM "Note" ORDER BY 1, 2`);
const keys = (): Promise<unknown> => host.rows(`SELECT "orchestraId", sort, "localId", "outsideId" FROM "OutsideKey" ORDER BY 1, 2, 3`);
const foreign = [{ orchestraId: 2, sort: "PERSON", localId: "1", outsideId: "foreign-1" }, { orchestraId: 2, sort: "PERSON", localId: "3", outsideId: "foreign-3" }, { orchestraId: 2, sort: "PERSON", localId: "4", outsideId: "okta-4" }];
const moved = async (id: number): Promise<boolean> => (await host.rows(`SELECT "updatedAt" > '2026-02-01' AS moved FROM "Engagement" WHERE id = $1`, id))[0]?.["moved"] === true;

test("a read shows the row of the tenant and of this key, and nothing where there is none", async () => {
  const ann = (await vienna.request("GET", "/Users/1")).body;
  expect(ann).toMatchObject({ nickName: "Annie", title: "Oboe", externalId: "okta-1", [enterprise]: { costCenter: "b1" } });
  expect((await berlin.request("GET", "/Users/4")).body).toMatchObject({ nickName: "Anna B", title: "Berlin", externalId: "okta-4" });
  for (const id of [2, 3]) {
    const bare = (await vienna.request("GET", `/Users/${String(id)}`)).body;
    for (const name of ["nickName", "title", "externalId", "userType", "locale", enterprise]) expect(bare[name], `${name} of ${String(id)}`).toBeUndefined();
  }
  const page = (await vienna.request("GET", "/Users?attributes=userName,externalId,nickName")).body["Resources"];
  expect(page).toMatchObject([{ userName: "ann", externalId: "okta-1", nickName: "Annie" }, { userName: "bob" }, { userName: "cid" }]);
});

test("what is read costs one statement for a page, and none where it is not asked for", async () => {
  const sent = async (path: string): Promise<number> => (await host.statements.of(() => vienna.request("GET", path))).length;
  const alone = await sent("/Users?attributes=userName");
  expect(await sent("/Users?attributes=userName,externalId,nickName")).toBe(alone + 2);
  expect(await sent("/Users/1?attributes=userName")).toBe(1);
  expect(await sent("/Users/1?attributes=title")).toBe(2);
});

describe("filters", () => {
  test.each([
    [`nickName eq "annie"`, ["ann"]],
    [`nickName eq "Anna B"`, []],
    [`nickName ne "Annie"`, ["bob", "cid"]],
    [`not (nickName eq "annie")`, ["bob", "cid"]],
    [`not (nickName ne "annie")`, ["ann"]],
    [`nickName co "nni"`, ["ann"]],
    [`nickName pr`, ["ann"]],
    [`not (nickName pr)`, ["bob", "cid"]],
    [`title eq "oboe"`, ["ann"]],
    [`title ne "oboe"`, ["bob", "cid"]],
    [`title eq "hidden"`, []],
    [`not (title sw "o")`, ["bob", "cid"]],
    [`title pr`, ["ann"]],
    [`not (title pr)`, ["bob", "cid"]],
    [`not (title lt "p")`, ["bob", "cid"]],
    [`locale ne "3"`, ["ann", "bob", "cid"]],
    [`externalId eq "okta-1"`, ["ann"]],
    [`externalId eq "OKTA-1"`, []],
    [`externalId eq "okta-g"`, []],
    [`externalId eq "foreign-3"`, []],
    [`externalId ne "okta-1"`, ["bob", "cid"]],
    [`not (externalId eq "okta-1")`, ["bob", "cid"]],
    [`not (externalId ne "okta-1")`, ["ann"]],
    [`externalId pr`, ["ann"]],
    [`not (externalId pr)`, ["bob", "cid"]],
    [`externalId co "kta"`, ["ann"]],
    [`not (externalId sw "okta")`, ["bob", "cid"]],
    [`externalId eq "okta-1" and nickName pr and not (title co "z")`, ["ann"]],
    [`externalId eq "okta-1" or userName eq "bob"`, ["ann", "bob"]],
    [`${enterprise}:costCenter eq "B1"`, ["ann"]],
    [`phoneNumbers.value eq "11"`, ["ann"]],
    [`phoneNumbers.value eq "13"`, []],
    [`phoneNumbers.value eq "99"`, []],
    [`phoneNumbers[type eq "work" and value sw "1"]`, ["ann"]],
    [`phoneNumbers[type eq "home" and value eq "12"]`, []],
    [`not (phoneNumbers[type eq "home"])`, ["bob", "cid"]],
    [`phoneNumbers pr`, ["ann", "cid"]],
    [`not (phoneNumbers pr)`, ["bob"]],
  ])("%s", async (filter, names) => {
    expect(await vienna.find("/Users", filter)).toEqual(names);
  });

  test("the ids of a table are read by one statement for each term, in the tenant", async () => {
    const sent = (await host.statements.of(() => vienna.find("/Users", `externalId eq "okta-1" and externalId ne "x"`))).filter(({ sql }) => sql.includes(`FROM "public"."OutsideKey"`));
    // And two for what the page shows of it.
    expect(sent.length).toBe(4);
    for (const { values } of sent) expect(values).toContain(1);
  });

  test("a term that more than 5,000 resources fit is refused, and others are answered", async () => {
    await host.rows(`INSERT INTO "OutsideKey" SELECT 'x' || n, 1, 'PERSON', n::text, 'many-' || n FROM generate_series(100, 5200) n`);
    for (const filter of ["externalId pr", "not (externalId pr)", `externalId sw "many"`, `not (externalId co "many")`]) expect(await vienna.find("/Users", filter), filter).toBe("invalidFilter");
    expect(await vienna.find("/Users", `externalId ne "okta-1"`)).toEqual(["bob", "cid"]);
    expect(await vienna.find("/Users", `externalId eq "many-200"`)).toEqual([]);
    expect(await berlin.find("/Users", "externalId pr")).toEqual(["ann"]);
  });

  test("rows cannot be sorted by them", async () => {
    for (const name of ["nickName", "externalId"]) expect((await vienna.request("GET", `/Users?sortBy=${name}`)).status, name).toBe(400);
  });
});

test("POST makes the rows with key, tenant, equality terms, what the mapping adds and the row that it names", async () => {
  const made = await vienna.make("/Users", { userName: "dan", externalId: "okta-dan", title: "Horn", userType: "guest", locale: "7" });
  const id = Number(made["id"]);
  expect(made).toMatchObject({ externalId: "okta-dan", title: "Horn", userType: "guest", locale: "7" });
  expect(await host.rows(`SELECT * FROM "Note" WHERE "engagementId" = $1 ORDER BY kind`, id)).toEqual([{ engagementId: id, kind: "title", text: "Horn", author: "host" }, { engagementId: id, kind: "type", text: "guest", author: "scim" }]);
  expect(await host.rows(`SELECT "orchestraId", sort FROM "OutsideKey" WHERE "localId" = $1`, String(id))).toEqual([{ orchestraId: 1, sort: "PERSON" }]);
  // Nobody is behind this engagement for a fact to be about.
  expect((await vienna.request("POST", "/Users", { userName: "eve", nickName: "E" })).body).toMatchObject({ scimType: "invalidValue" });
  expect(await host.rows(`SELECT * FROM "Engagement" WHERE login = 'eve'`)).toEqual([]);
  // An external id that somebody has is 409, by the name that the client knows it by (RFC 7644 3.3).
  const taken = await vienna.request("POST", "/Users", { userName: "eve", externalId: "okta-1" });
  expect(taken.body).toMatchObject({ status: "409", scimType: "uniqueness", detail: expect.stringContaining("externalId") });
  expect((await vienna.request("POST", "/Users", { userName: "eve", locale: "many" })).body).toMatchObject({ scimType: "invalidValue" });
  expect(await host.rows(`SELECT * FROM "Engagement" WHERE login = 'eve'`)).toEqual([]);
  await berlin.make("/Users", { userName: "eve", externalId: "okta-1" });
});

test("PATCH and PUT change the row, make it, and leave lastModified where nothing differs", async () => {
  const before = [await facts(), await notes(), await keys()];
  for (const same of [
    await vienna.patch("/Users/1", { op: "replace", value: { nickName: "Annie", title: "Oboe", externalId: "okta-1" } }),
    await vienna.request("PUT", "/Users/1", { userName: "ann", nickName: "Annie", title: "Oboe", externalId: "okta-1", phoneNumbers: [{ value: "12", type: "work", primary: true }, { value: "11", type: "home" }] }),
    await vienna.patch("/Users/2", { op: "remove", path: "nickName" }, { op: "remove", path: "externalId" }),
  ]) {
    expect(same.status, same.text).toBe(200);
    expect([await facts(), await notes(), await keys()]).toEqual(before);
  }
  expect([await moved(1), await moved(2)]).toEqual([false, false]);

  const changed = await vienna.patch("/Users/1", { op: "replace", path: "nickName", value: "Nan" }, { op: "add", path: "externalId", value: "okta-new" });
  expect(changed.body).toMatchObject({ nickName: "Nan", externalId: "okta-new", title: "Oboe" });
  expect(await moved(1)).toBe(true);
  expect((await vienna.patch("/Users/3", { op: "add", path: "nickName", value: "C" }, { op: "add", path: "title", value: "Tuba" })).body).toMatchObject({ nickName: "C", title: "Tuba" });
  expect(await facts()).toEqual([
    { topicId: 10, musician: 1, text: "Nan", source: "host" },
    { topicId: 10, musician: 2, text: "C", source: "scim" },
    { topicId: 11, musician: 1, text: "not a nick", source: "host" },
    { topicId: 20, musician: 1, text: "Anna B", source: "host" },
  ]);
  expect(await keys()).toEqual(expect.arrayContaining(foreign));
  const clash = await vienna.patch("/Users/3", { op: "add", path: "externalId", value: "okta-new" });
  expect(clash.body).toMatchObject({ status: "409", scimType: "uniqueness", detail: expect.stringContaining("externalId") });
  expect(host.errors).toEqual([]);
});

test.each([
  ["PATCH remove", () => vienna.patch("/Users/1", { op: "remove", path: "nickName" }, { op: "remove", path: "title" }, { op: "remove", path: "externalId" })],
  ["PATCH with null and an empty text", () => vienna.patch("/Users/1", { op: "replace", value: { nickName: null, title: "", externalId: null } })],
  ["PUT without them", () => vienna.request("PUT", "/Users/1", { userName: "ann" })],
])("%s removes the rows of this tenant and key alone", async (_, clear) => {
  const answer = await clear();
  expect(answer.status, answer.text).toBe(200);
  for (const name of ["nickName", "title", "externalId"]) expect(answer.body[name]).toBeUndefined();
  // What the host alone writes stays.
  expect(answer.body[enterprise]).toEqual({ costCenter: "b1" });
  expect(await facts()).toEqual([{ topicId: 11, musician: 1, text: "not a nick", source: "host" }, { topicId: 20, musician: 1, text: "Anna B", source: "host" }]);
  expect(await host.rows(`SELECT kind FROM "Note" WHERE "engagementId" = 1`)).toEqual([{ kind: "other" }]);
  expect(await keys()).toEqual([{ orchestraId: 1, sort: "BADGE", localId: "1", outsideId: "b1" }, { orchestraId: 1, sort: "GROUP", localId: "1", outsideId: "okta-g" }, ...foreign]);
});

test("DELETE removes the rows of the table in the tenant, those that no cascade reaches, and nobody else's; a fact stays with the person", async () => {
  await vienna.patch("/Users/1", { op: "add", path: "locale", value: "9" });
  expect((await berlin.request("DELETE", "/Users/1")).status).toBe(404);
  expect((await host.rows(`SELECT * FROM "OutsideKey" WHERE "orchestraId" = 2`)).length).toBe(3);
  expect((await vienna.request("DELETE", "/Users/1")).status).toBe(204);
  expect(await keys()).toEqual([{ orchestraId: 1, sort: "GROUP", localId: "1", outsideId: "okta-g" }, ...foreign]);
  expect(await host.rows(`SELECT * FROM "Level"`)).toEqual([]);
  expect(await host.rows(`SELECT "engagementId" FROM "Note" WHERE "engagementId" = 1`)).toEqual([]);
  expect(((await facts()) as readonly unknown[]).length).toBe(3);
});

describe("several rows of a table", () => {
  const phones = (): Promise<unknown> => host.rows(`SELECT "orchestraId", "localId", digits, use, first, source FROM "OutsidePhone" WHERE "orchestraId" = 1 AND "localId" <> 3 ORDER BY digits`);
  const secret = { orchestraId: 1, localId: 1, digits: "13", use: null, first: false, source: "secret" };

  test("are read in the tenant, primary first, by one statement", async () => {
    expect((await vienna.request("GET", "/Users/1")).body["phoneNumbers"]).toEqual([{ value: "12", type: "work", primary: true }, { value: "11", type: "home", primary: false }]);
    expect((await vienna.request("GET", "/Users/2")).body["phoneNumbers"]).toBeUndefined();
    expect((await berlin.request("GET", "/Users/4")).body["phoneNumbers"]).toEqual([{ value: "11", type: "work", primary: false }]);
    expect((await host.statements.of(() => vienna.request("GET", "/Users?attributes=phoneNumbers"))).length).toBe(2);
  });

  test("are made, changed and removed one by one, and the row's host columns stay", async () => {
    const made = await vienna.make("/Users", { userName: "dan", phoneNumbers: [{ value: "41", type: "work", primary: true }] });
    expect(made["phoneNumbers"]).toEqual([{ value: "41", type: "work", primary: true }]);
    expect(await host.rows(`SELECT "orchestraId", source FROM "OutsidePhone" WHERE "localId" = $1`, Number(made["id"]))).toEqual([{ orchestraId: 1, source: "scim" }]);
    await vienna.request("DELETE", `/Users/${String(made["id"])}`);

    const added = await vienna.patch("/Users/1", { op: "add", path: "phoneNumbers", value: [{ value: "14", type: "fax" }] }, { op: "remove", path: `phoneNumbers[value eq "12"]` });
    expect(added.status, added.text).toBe(200);
    expect(await phones()).toEqual([{ orchestraId: 1, localId: 1, digits: "11", use: "home", first: false, source: "host" }, secret, { orchestraId: 1, localId: 1, digits: "14", use: "fax", first: false, source: expect.any(String) }]);
    const before = await phones();
    const same = await vienna.patch("/Users/1", { op: "replace", path: "phoneNumbers", value: [{ value: "14", type: "fax" }, { value: "11", type: "home" }] });
    expect(same.status).toBe(200);
    expect(await phones()).toEqual(before);
    expect((await vienna.request("PUT", "/Users/1", { userName: "ann" })).body["phoneNumbers"]).toBeUndefined();
    expect(await phones()).toEqual([secret]);
    expect((await host.rows(`SELECT * FROM "OutsidePhone" WHERE "orchestraId" = 2`)).length).toBe(2);
  });

  test("go with the resource, in the tenant", async () => {
    expect((await vienna.request("DELETE", "/Users/1")).status).toBe(204);
    expect(await phones()).toEqual([secret]);
    expect((await host.rows(`SELECT * FROM "OutsidePhone" WHERE "orchestraId" = 2`)).length).toBe(2);
  });
});

test("writers at once make one row, and the last one stands", async () => {
  // Two engagements of one person in one tenant share the fact: no lock of theirs keeps the writers apart.
  await host.rows(`INSERT INTO "Engagement" (id, "orchestraId", login, "musicianId", "updatedAt") VALUES (5, 1, 'cid 2', 2, '2026-01-05')`);
  const ids = Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? 3 : 5));
  const answers = await Promise.all(ids.map((id, n) => vienna.patch(`/Users/${String(id)}`, { op: "replace", path: "nickName", value: `N${String(n)}` }, { op: "replace", path: "externalId", value: `e${String(id)}` })));
  expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 200));
  expect(await host.rows(`SELECT count(*)::int AS n FROM "Fact" WHERE "musicianId" = 2`)).toEqual([{ n: 1 }]);
  expect(await host.rows(`SELECT "localId", "outsideId" FROM "OutsideKey" WHERE "localId" IN ('3', '5') AND "orchestraId" = 1 ORDER BY 1`)).toEqual([{ localId: "3", outsideId: "e3" }, { localId: "5", outsideId: "e5" }]);
  expect(host.errors).toEqual([]);
});
