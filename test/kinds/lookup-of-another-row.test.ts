/** Golden `lookup-of-another-row`: attributes that are a column of another row, which a write finds and links (mapping language 6: to-one, lookup). */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { Answer, KindHost } from "./host.js";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
let host: KindHost<"vienna" | "berlin">;
let asked: object[] = [];

beforeAll(async () => {
  host = await openKind("lookup-of-another-row", {
    tenants: { vienna: 1, berlin: 2 },
    seed: `CREATE UNIQUE INDEX engagement_login_lower ON "Engagement" ("orchestraId", lower(login));
      INSERT INTO "Orchestra" VALUES (1), (2);
      INSERT INTO "City" (id, "orchestraId", name) VALUES (10, 1, 'Vienna'), (20, 2, 'Vienna');
      INSERT INTO "Desk" (id, "orchestraId", number) VALUES (9007199254740993, 1, 1), (5, 1, 2), (6, 2, 1), (7, 2, 3);
      INSERT INTO "Country" VALUES ('AT', 'Austria'), ('XA', 'Twice'), ('XB', 'Twice'), ('DE', 'Germany')`,
    options: { rules: { hallSource: (context: object) => (asked.push(context), "scim") } },
  });
});
beforeEach(async () => {
  await host.rows(`DELETE FROM "Engagement"`);
  await host.rows(`DELETE FROM "Hall"`);
  await host.rows(`INSERT INTO "Hall" (id, "orchestraId", name, source, "closedAt", "cityId") VALUES
    (100, 1, 'Great Hall', 'seed', NULL, 10), (101, 1, 'Old Hall', 'seed', '2020-01-01', 10), (102, 1, 'Case', 'seed', NULL, 10), (103, 1, 'CASE', 'seed', NULL, 10),
    (200, 2, 'Great Hall', 'seed', NULL, 20), (201, 2, 'Small Hall', 'seed', NULL, 20)`);
  asked = [];
});
afterAll(() => host.close());

const user = (userName: string, more: object = {}, department?: string): object => ({ userName, ...more, [enterprise]: { costCenter: "1", ...(department === undefined ? {} : { department }) } });
const departmentOf = ({ body }: Pick<Answer, "body">): unknown => (body[enterprise] as { readonly department?: string } | undefined)?.department;
const halls = (): Promise<unknown> => host.rows(`SELECT "orchestraId", name, source, "cityId" FROM "Hall" WHERE id NOT IN (100, 101, 102, 103, 200, 201) ORDER BY 1, 2`);
const hallOf = async (id: unknown): Promise<unknown> => (await host.rows(`SELECT "hallId", "deskId", "countryCode", origin, "updatedAt" FROM "Engagement" WHERE id = $1`, id))[0];

test("POST links the row of the tenant that has the value, without regard to letter case, and never one of another tenant", async () => {
  const { vienna, berlin } = host.tenants;
  const ann = await vienna.make("/Users", user("ann", { userType: "Austria" }, "great HALL"));
  expect(departmentOf({ body: ann })).toBe("Great Hall");
  expect(await hallOf(ann["id"])).toMatchObject({ hallId: 100, deskId: "9007199254740993", countryCode: "AT", origin: 10 });
  const bob = await berlin.make("/Users", user("bob", {}, "Great Hall"));
  expect(await hallOf(bob["id"])).toMatchObject({ hallId: 200, deskId: "6", origin: 20 });
  expect(await halls()).toEqual([]);
});

test("connect refuses what no row of the tenant has, and connectOrCreate makes it there with rule, equality terms and the row that the mapping names", async () => {
  const { vienna, berlin } = host.tenants;
  for (const body of [user("eve", { userType: "austria" }), user("eve", { userType: "Nowhere" }), { userName: "eve", [enterprise]: { costCenter: "3" } }, { userName: "eve", [enterprise]: { costCenter: "one" } }, { userName: "eve" }]) {
    expect((await vienna.request("POST", "/Users", body)).body, JSON.stringify(body)).toMatchObject({ status: "400", scimType: "invalidValue" });
  }
  expect(await host.rows(`SELECT * FROM "Engagement"`)).toEqual([]);
  // Another tenant's Small Hall is none.
  const ann = await vienna.make("/Users", user("ann", {}, "Small Hall"));
  expect(departmentOf({ body: ann })).toBe("Small Hall");
  expect(await halls()).toEqual([{ orchestraId: 1, name: "Small Hall", source: "scim", cityId: 10 }]);
  expect(asked).toMatchObject([{ tenant: 1, input: { userName: "ann" } }]);
  const bob = await berlin.make("/Users", user("bob", {}, "New"));
  expect(departmentOf({ body: bob })).toBe("New");
  expect(await halls()).toEqual([{ orchestraId: 1, name: "Small Hall", source: "scim", cityId: 10 }, { orchestraId: 2, name: "New", source: "scim", cityId: 20 }]);
});

test("two hits are refused, and so is a value that only a hidden row has", async () => {
  const { vienna } = host.tenants;
  for (const [more, department] of [[{}, "case"], [{ userType: "Twice" }, undefined], [{}, "Old Hall"]] as const) {
    const refused = await vienna.request("POST", "/Users", user("ann", more, department));
    expect(refused.body, refused.text).toMatchObject({ status: "400", scimType: "invalidValue" });
  }
  // Under an exact name of one of the two the other still fits, as the attribute compares.
  expect((await vienna.request("POST", "/Users", user("ann", {}, "CASE"))).status).toBe(400);
  expect(host.errors).toEqual([]);
});

test("filters ask all operators of the column, and ne and not hold where nothing is linked (RFC 7644 3.4.2.2)", async () => {
  const { vienna, berlin } = host.tenants;
  await vienna.make("/Users", user("ann", { userType: "Austria" }, "Great Hall"));
  await vienna.make("/Users", user("bob", {}, "Annex"));
  await vienna.make("/Users", user("cid"));
  await berlin.make("/Users", user("dan", {}, "Great Hall"));
  const department = `${enterprise}:department`;
  const found = (filter: string): Promise<readonly unknown[] | string> => vienna.find("/Users", filter).then((names) => (typeof names === "string" ? names : [...names].sort()));
  expect(await found(`${department} eq "GREAT hall"`)).toEqual(["ann"]);
  expect(await found(`${department} ne "great hall"`)).toEqual(["bob", "cid"]);
  expect(await found(`not (${department} co "hall")`)).toEqual(["bob", "cid"]);
  expect(await found(`${department} sw "ann"`)).toEqual(["bob"]);
  expect(await found(`${department} gt "b"`)).toEqual(["ann"]);
  expect(await found(`${department} pr`)).toEqual(["ann", "bob"]);
  expect(await found(`not (${department} pr)`)).toEqual(["cid"]);
  expect(await found(`userType ne "Austria"`)).toEqual(["bob", "cid"]);
  expect(await found(`userType eq "austria"`)).toEqual([]);
  expect(await found(`${enterprise}:costCenter eq "1"`)).toEqual(["ann", "bob", "cid"]);
  expect(await found(`${enterprise}:costCenter co "1"`)).toBe("invalidFilter");
  const sorted = await vienna.request("GET", `/Users?sortBy=${department}`);
  expect((sorted.body["Resources"] as readonly { readonly userName: string }[]).map(({ userName }) => userName)).toEqual(["bob", "ann", "cid"]);
});

test("PUT and PATCH link another row, clear the link and leave the rows; what is linked already moves nothing", async () => {
  const { vienna } = host.tenants;
  const { id } = await vienna.make("/Users", user("ann", {}, "Great Hall"));
  const path = `/Users/${String(id)}`;
  const before = await hallOf(id);
  for (const same of [
    await vienna.patch(path, { op: "replace", path: `${enterprise}:department`, value: "great hall" }),
    await vienna.request("PUT", path, user("ann", {}, "GREAT HALL")),
  ]) {
    expect(same.status, same.text).toBe(200);
    expect(await hallOf(id)).toEqual(before);
  }
  const moved = await vienna.patch(path, { op: "add", value: { [`${enterprise}:department`]: "Annex", [`${enterprise}:costCenter`]: "2" } });
  expect(departmentOf(moved)).toBe("Annex");
  expect(await hallOf(id)).toMatchObject({ deskId: "5" });
  expect((await vienna.patch(path, { op: "remove", path: `${enterprise}:costCenter` })).status).toBe(400);
  for (const clear of [
    () => vienna.patch(path, { op: "remove", path: `${enterprise}:department` }),
    () => vienna.patch(path, { op: "replace", path: `${enterprise}:department`, value: "" }),
    () => vienna.request("PUT", path, user("ann")),
  ]) {
    await vienna.patch(path, { op: "replace", path: `${enterprise}:department`, value: "Great Hall" });
    const cleared = await clear();
    expect(cleared.status, cleared.text).toBe(200);
    expect(departmentOf(cleared)).toBeUndefined();
    expect(await hallOf(id)).toMatchObject({ hallId: null, deskId: expect.stringMatching(/5|9007199254740993/) });
  }
  expect((await vienna.request("DELETE", path)).status).toBe(204);
  expect(await halls()).toEqual([{ orchestraId: 1, name: "Annex", source: "scim", cityId: 10 }]);
});

test("a linked row that may not be linked any more stays linked by its own value, and is no target for others", async () => {
  const { vienna } = host.tenants;
  const { id } = await vienna.make("/Users", user("ann", {}, "Great Hall"));
  await host.rows(`UPDATE "Hall" SET "closedAt" = now() WHERE id = 100`);
  const before = await hallOf(id);
  expect((await vienna.request("PUT", `/Users/${String(id)}`, user("ann", {}, "Great Hall"))).status).toBe(200);
  expect(await hallOf(id)).toEqual(before);
  expect((await vienna.request("POST", "/Users", user("bob", {}, "Great Hall"))).body).toMatchObject({ scimType: "invalidValue" });
});

test("a database whose tenant lacks the row that the mapping names answers 400, not 500", async () => {
  await host.rows(`UPDATE "City" SET name = 'Wien' WHERE id = 20`);
  const refused = await host.tenants.berlin.request("POST", "/Users", user("bob"));
  await host.rows(`UPDATE "City" SET name = 'Vienna' WHERE id = 20`);
  expect(refused.body).toMatchObject({ status: "400", scimType: "invalidValue" });
  expect(host.errors).toEqual([]);
});

test("requests that make the same row at once make one, and all of them succeed", async () => {
  const { vienna, berlin } = host.tenants;
  const names = Array.from({ length: 12 }, (_, index) => `u${String(index)}`);
  const answers = await Promise.all(names.map((name, index) => (index % 3 === 0 ? berlin : vienna).request("POST", "/Users", user(name, {}, "Rush"))));
  expect(answers.map(({ status }) => status)).toEqual(names.map(() => 201));
  expect(answers.map(departmentOf)).toEqual(names.map(() => "Rush"));
  expect(await halls()).toEqual([{ orchestraId: 1, name: "Rush", source: "scim", cityId: 10 }, { orchestraId: 2, name: "Rush", source: "scim", cityId: 20 }]);
  const patched = await Promise.all(answers.map(({ body }, index) => (index % 3 === 0 ? berlin : vienna).patch(`/Users/${String(body["id"])}`, { op: "replace", path: `${enterprise}:department`, value: "Rush hour" })));
  expect(patched.map(({ status }) => status)).toEqual(names.map(() => 200));
  expect(await host.rows(`SELECT DISTINCT "orchestraId", (SELECT "orchestraId" FROM "Hall" h WHERE h.id = "hallId") AS hall FROM "Engagement" ORDER BY 1`)).toEqual([{ orchestraId: 1, hall: 1 }, { orchestraId: 2, hall: 2 }]);
  expect(host.errors).toEqual([]);
});

test("a write asks for the row by one statement more, and by a second only where another was linked", async () => {
  const { vienna } = host.tenants;
  const { id } = await vienna.make("/Users", user("ann", {}, "Great Hall"));
  const selects = async (value: string): Promise<number> => {
    const all = await host.statements.of(() => vienna.patch(`/Users/${String(id)}`, { op: "replace", path: `${enterprise}:department`, value }));
    return all.filter(({ sql }) => sql.startsWith("SELECT") && sql.includes(`FROM "public"."Hall"`)).length;
  };
  // The last one is the answer.
  expect(await selects("great hall")).toBe(2);
  expect(await selects("Annex")).toBe(3);
});

test("a key that the product's own code points at another tenant's row shows nothing of it: not in an answer, not by a filter", async () => {
  const { vienna } = host.tenants;
  const ann = await vienna.make("/Users", user("ann", {}, "Great Hall"));
  await host.rows(`UPDATE "Engagement" SET "hallId" = 201 WHERE id = $1`, ann["id"]);
  const shown = await vienna.request("GET", `/Users/${String(ann["id"])}`);
  expect([departmentOf(shown), shown.text.includes("Small Hall")]).toEqual([undefined, false]);
  const path = `${enterprise}:department`;
  for (const filter of [`${path} eq "Small Hall"`, `${path} sw "S"`, `${path} pr`]) expect(await vienna.find("/Users", filter)).toEqual([]);
  for (const filter of [`not (${path} pr)`, `${path} ne "Small Hall"`, `${path} eq null`]) expect(await vienna.find("/Users", filter)).toEqual(["ann"]);
  await vienna.request("PUT", `/Users/${String(ann["id"])}`, user("ann", {}, undefined));
  expect(await hallOf(ann["id"])).toMatchObject({ hallId: null });
});
