/** Golden `references-to-hidden-rows`: foreign keys that lead to rows which do not exist for the tenant, on a real PostgreSQL. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { JsonObject } from "../../templates/generated/protocol/json.js";
import { openKind } from "./host.js";
import type { Caller, KindHost } from "./host.js";
import { uuid } from "./life.js";

const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const staff = "urn:example:scim:Staff";
const [ann, boss, machine, nobody, left, foreign] = [1, 2, 3, 4, 5, 6].map(uuid) as [string, string, string, string, string, string];
const hidden = [["a machine", machine], ["a row of which nobody said what it is", nobody], ["a removed row", left], ["a row of another tenant", foreign]] as const;

let host: KindHost<"one" | "two">;
let one: Caller;

beforeAll(async () => {
  host = await openKind("references-to-hidden-rows", { tenants: { one: "one", two: "two" }, seed: `CREATE UNIQUE INDEX account_login_lower ON "Account" ("tenantId", lower(login))` });
  one = host.tenants.one;
});
afterAll(async () => {
  await host.close();
  expect(host.errors).toEqual([]);
});
beforeEach(async () => {
  await host.rows(`TRUNCATE "Account" RESTART IDENTITY CASCADE`);
  await host.rows(`INSERT INTO "Account" (id, "tenantId", login, kind, "leftAt") VALUES
    ('${ann}', 'one', 'ann', 'PERSON', NULL), ('${boss}', 'one', 'boss', 'PERSON', NULL), ('${machine}', 'one', 'machine', 'MACHINE', NULL),
    ('${nobody}', 'one', 'nobody', NULL, NULL), ('${left}', 'one', 'left', 'PERSON', now()), ('${foreign}', 'two', 'foreign', 'PERSON', NULL)`);
});

const lead = (to: string): Promise<unknown> => host.rows(`UPDATE "Account" SET "managerId" = $1, "mentorId" = $1 WHERE id = '${ann}'`, to);
const kept = async (): Promise<unknown> => (await host.rows(`SELECT "managerId", "mentorId" FROM "Account" WHERE id = '${ann}'`))[0];
const read = async (query = ""): Promise<JsonObject> => (await one.request("GET", `/Users/${ann}${query}`)).body;

describe.each(hidden)("a manager who is %s", (_name, id) => {
  beforeEach(() => lead(id));

  test("is absent in answers, and the extension with it", async () => {
    for (const resource of [await read(), await read(`?attributes=${enterprise}:manager`), await read(`?attributes=${staff}:mentor`)]) {
      expect(resource).not.toHaveProperty(enterprise);
      expect(resource).not.toHaveProperty(staff);
      expect(resource["schemas"]).toEqual([core]);
    }
    const listed = await one.request("GET", "/Users?sortBy=userName");
    expect(listed.text).not.toContain(id);
  });

  test("is absent in filters: eq finds nobody, ne and not find everybody (RFC 7644 3.4.2.2)", async () => {
    for (const path of [`${enterprise}:manager.value`, `${enterprise}:manager`, `${staff}:mentor.value`]) {
      expect(await one.find("/Users", `${path} eq "${id}"`)).toEqual([]);
      expect(await one.find("/Users", `${path} ne "${id}"`)).toEqual(["ann", "boss"]);
      expect(await one.find("/Users", `not (${path} eq "${id}")`)).toEqual(["ann", "boss"]);
      expect(await one.find("/Users", `${path} pr`)).toEqual([]);
      expect(await one.find("/Users", `not (${path} pr)`)).toEqual(["ann", "boss"]);
    }
  });

  test("stays what the host wrote while a client says nothing else: a PUT of what was read changes no column", async () => {
    const seen = await read();
    expect((await one.request("PUT", `/Users/${ann}`, seen)).status).toBe(200);
    expect((await one.request("PUT", `/Users/${ann}`, { ...seen, title: "Violin" })).body).toMatchObject({ title: "Violin" });
    expect((await one.patch(`/Users/${ann}`, { op: "remove", path: `${enterprise}:manager` })).status).toBe(200);
    expect((await one.patch(`/Users/${ann}`, { op: "replace", path: `${staff}:mentor`, value: null })).status).toBe(200);
    expect(await kept()).toEqual({ managerId: id, mentorId: id });
    expect((await one.patch(`/Users/${ann}`, { op: "replace", path: `${enterprise}:manager`, value: { value: id } })).body["scimType"]).toBe("invalidValue");
    const led = await one.patch(`/Users/${ann}`, { op: "replace", path: `${enterprise}:manager`, value: { value: boss } });
    expect(led.body[enterprise]).toMatchObject({ manager: { value: boss } });
    expect(await kept()).toEqual({ managerId: boss, mentorId: id });
  });

  test("owns a badge whose owner is absent, and which is found by its label", async () => {
    await host.rows(`INSERT INTO "Badge" ("tenantId", label, "ownerId") VALUES ('one', 'A1', '${id}'), ('one', 'A2', '${boss}')`);
    const { body } = await one.request("GET", "/Badges?sortBy=label");
    expect((body["Resources"] as readonly JsonObject[]).map(({ label, owner }) => [label, (owner as JsonObject | undefined)?.["value"]])).toEqual([["A1", undefined], ["A2", boss]]);
    expect(await one.find("/Badges", `owner.value eq "${id}"`, "label")).toEqual([]);
    expect(await one.find("/Badges", `owner.value ne "${boss}"`, "label")).toEqual(["A1"]);
    expect(await one.find("/Badges", "not (owner pr)", "label")).toEqual(["A1"]);
  });
});

describe("a manager of the tenant", () => {
  beforeEach(() => lead(boss));

  test("is shown, found and cleared, and nothing else of the row moves with it", async () => {
    const shown = await read();
    expect(shown).toMatchObject({ [enterprise]: { manager: { value: boss, $ref: `https://app.example/scim/v2/Users/${boss}` } }, [staff]: { mentor: { value: boss } } });
    expect(await one.find("/Users", `${enterprise}:manager.value eq "${boss}"`)).toEqual(["ann"]);
    expect(await one.find("/Users", `${staff}:mentor pr`)).toEqual(["ann"]);
    expect(await one.find("/Users", `not (${staff}:mentor pr)`)).toEqual(["boss"]);
    expect(await one.find("/Users", `${enterprise}:manager.value co "0"`)).toBe("invalidFilter");
    expect((await one.request("PUT", `/Users/${ann}`, { ...shown, [enterprise]: undefined })).body).not.toHaveProperty(enterprise);
    expect(await kept()).toEqual({ managerId: null, mentorId: boss });
  });

  test("goes from the answer with DELETE, and comes back when the host brings the row back", async () => {
    expect((await one.request("DELETE", `/Users/${boss}`)).status).toBe(204);
    expect(await read()).not.toHaveProperty(enterprise);
    expect((await one.request("PUT", `/Users/${ann}`, { schemas: [core], userName: "ann" })).status).toBe(200);
    await host.rows(`UPDATE "Account" SET "leftAt" = NULL WHERE id = '${boss}'`);
    expect(await read()).toMatchObject({ [enterprise]: { manager: { value: boss } } });
  });

  test("costs one statement for all references of a page, and none where nothing refers", async () => {
    const count = async (path: string): Promise<number> => (await host.statements.of(() => one.request("GET", path))).length;
    expect(await count("/Users?attributes=userName&count=1")).toBe(2);
    expect(await count(`/Users/${ann}`)).toBe(2);
    expect(await count(`/Users/${boss}`)).toBe(1);
    expect(await count(`/Users/${ann}?attributes=userName`)).toBe(1);
    expect(await count(`/Users?filter=${encodeURIComponent(`${enterprise}:manager.value eq "${boss}"`)}`)).toBe(2);
  });
});
