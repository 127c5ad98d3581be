/** What DELETE does: the row goes, is hidden, or stays inactive; and `active` of what is active while it is there. On PostgreSQL, over the generated endpoint. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { idOf, valuesOf } from "../database/endpoint.js";
import { acmeId, globexId, group, openLife, user, uuid } from "./life.js";
import type { Life } from "./life.js";

let life: Life;
const told: string[] = [];
const hook = (name: string) => ({ resource }: { readonly resource: { readonly userName: string } }): void => {
  told.push(`${name} ${resource.userName}`);
  if (name === "beforeDelete" && resource.userName.startsWith("last")) throw Object.assign(new Error("refused"), {});
};
const hooks = { User: { beforeDelete: hook("beforeDelete"), afterDelete: hook("afterDelete"), committed: ({ kind }: { readonly kind: string }) => void told.push(kind) } };
const companies = `INSERT INTO "Company" (id) VALUES ('${acmeId}'), ('${globexId}');
  CREATE UNIQUE INDEX person_login_lower ON "Person" ("companyId", lower(login));`;
beforeEach(() => void told.splice(0));

async function expectGone(id: string, userName: string): Promise<void> {
  expect((await life.acme.get(`/Users/${id}`)).status).toBe(404);
  expect((await life.acme.put(`/Users/${id}`, user(userName))).status).toBe(404);
  expect((await life.acme.patch(`/Users/${id}`, { op: "replace", path: "active", value: true })).status).toBe(404);
  expect((await life.acme.delete(`/Users/${id}`)).status).toBe(404);
  expect(await life.acme.list("/Users", `userName eq "${userName}"`)).toEqual([]);
}

describe("softDelete: a date, and a boolean of a group", () => {
  beforeAll(async () => (life = await openLife("removal-by-a-date", { seed: companies, options: { hooks } })));
  afterAll(() => life.close());

  it("the row is marked and gone for every verb; its seats stay, and are seen no more", async () => {
    const ann = await life.acme.post("/Users", user("ann@acme.example", { externalId: "a" }));
    const id = idOf(ann.body);
    const team = idOf((await life.acme.post("/Groups", group("Team", [id]))).body);
    told.splice(0);
    expect((await life.globex.delete(`/Users/${id}`)).status).toBe(404);
    expect(await life.acme.delete(`/Users/${id}`)).toMatchObject({ status: 204, text: "" });
    expect(told).toEqual(["beforeDelete ann@acme.example", "afterDelete ann@acme.example", "deleted"]);
    const [row] = await life.rows(`SELECT "deletedAt" IS NOT NULL AS marked, active, "touchedBy", login FROM "Person" WHERE id = $1`, id);
    expect(row).toEqual({ marked: true, active: true, touchedBy: "scim", login: "ann@acme.example" });
    await expectGone(id, "ann@acme.example");
    expect((await life.acme.get(`/Groups/${team}`)).body).not.toHaveProperty("members");
    expect((await life.acme.patch(`/Groups/${team}`, { op: "add", path: "members", value: [{ value: id }] })).status).toBe(400);
    expect(await life.rows(`SELECT 1 FROM "Seat"`)).toHaveLength(1);
    // The index spans rows that are gone, so the default for those (`create`) cannot be done, and it says so.
    expect((await life.acme.post("/Users", user("ann@acme.example"))).status).toBe(409);
  });

  it("a group is marked by its boolean, and its users lose it", async () => {
    const id = idOf((await life.acme.post("/Users", user("bob@acme.example"))).body);
    const team = idOf((await life.acme.post("/Groups", group("Other", [id]))).body);
    expect(valuesOf((await life.acme.get(`/Users/${id}`)).body["groups"])).toEqual([team]);
    expect((await life.acme.delete(`/Groups/${team}`)).status).toBe(204);
    expect(await life.rows(`SELECT "isGone" FROM "Circle" WHERE id = $1`, team)).toEqual([{ isGone: true }]);
    expect((await life.acme.get(`/Users/${id}`)).body).not.toHaveProperty("groups");
    expect((await life.acme.get(`/Groups/${team}`)).status).toBe(404);
    expect((await life.acme.post("/Groups", group("Other"))).status).toBe(201);
  });

  it("a hook that refuses leaves the row", async () => {
    const id = idOf((await life.acme.post("/Users", user("last@acme.example"))).body);
    expect((await life.acme.delete(`/Users/${id}`)).status).toBe(500);
    expect((await life.acme.get(`/Users/${id}`)).status).toBe(200);
    life.errors.splice(0);
  });
});

describe("remove: { set }", () => {
  beforeAll(async () => (life = await openLife("removal-by-a-set", { seed: companies, options: { rules: { whoRemoves: ({ tenant }: { readonly tenant: string }) => `by ${tenant.slice(-1)}` } } })));
  afterAll(() => life.close());

  it("every column is written, a rule's too, in one transaction", async () => {
    const id = idOf((await life.acme.post("/Users", user("ann@acme.example"))).body);
    expect((await life.acme.delete(`/Users/${id}`)).status).toBe(204);
    expect(await life.rows(`SELECT standing, "leftAt" IS NOT NULL AS left, "touchedBy" FROM "Person" WHERE id = $1`, id)).toEqual([{ standing: "LEFT", left: true, touchedBy: "by a" }]);
    await expectGone(id, "ann@acme.example");
  });
});

describe(`remove: "deactivate"`, () => {
  beforeAll(async () => {
    life = await openLife("removal-by-active", { seed: `${companies} INSERT INTO "Person" (id, "companyId", standing, login) VALUES ('${uuid(1)}', '${acmeId}', 'LEFT', 'gone@acme.example'), ('${uuid(2)}', '${globexId}', 'TRIAL', 'ann@globex.example');`, options: { hooks } });
  });
  afterAll(() => life.close());

  it("204, and the resource stays, inactive, by what a write of active writes", async () => {
    const id = idOf((await life.acme.post("/Users", user("ann@acme.example"))).body);
    told.splice(0);
    expect(await life.acme.delete(`/Users/${id}`)).toMatchObject({ status: 204, text: "" });
    expect(told).toEqual(["beforeDelete ann@acme.example", "afterDelete ann@acme.example", "deleted"]);
    expect(await life.acme.get(`/Users/${id}`)).toMatchObject({ status: 200, body: { active: false } });
    const [row] = await life.rows(`SELECT standing, "restingFrom", "touchedBy" FROM "Person" WHERE id = $1`, id);
    expect(row).toMatchObject({ standing: "RESTING", touchedBy: "scim" });
    expect(row?.["restingFrom"]).toBeInstanceOf(Date);
    expect((await life.acme.delete(`/Users/${id}`)).status).toBe(204);
    expect(await life.rows(`SELECT standing, "restingFrom", "touchedBy" FROM "Person" WHERE id = $1`, id)).toEqual([row]);
  });

  it("what stands for false already stays as it is; another tenant's row and an unknown one are 404", async () => {
    expect((await life.acme.delete(`/Users/${uuid(1)}`)).status).toBe(204);
    expect(await life.rows(`SELECT standing FROM "Person" WHERE id = $1`, uuid(1))).toEqual([{ standing: "LEFT" }]);
    expect((await life.acme.delete(`/Users/${uuid(2)}`)).status).toBe(404);
    expect(await life.rows(`SELECT standing FROM "Person" WHERE id = $1`, uuid(2))).toEqual([{ standing: "TRIAL" }]);
    expect((await life.acme.delete(`/Users/${uuid(9)}`)).status).toBe(404);
  });
});

describe("active: { exists: true }", () => {
  beforeAll(async () => (life = await openLife("active-while-there", { seed: companies, options: { hooks } })));
  afterAll(() => life.close());

  it("reads true, and is found by what it is", async () => {
    const id = idOf((await life.acme.post("/Users", user("ann@acme.example", { active: true }))).body);
    expect((await life.acme.get(`/Users/${id}`)).body).toMatchObject({ active: true });
    for (const [filter, found] of [["active eq true", 1], ["active eq false", 0], ["active ne false", 1], ["not (active eq true)", 0], ["active pr", 1], ["not (active pr)", 0], [`active eq false or userName eq "ann@acme.example"`, 1]] as const) {
      expect(await life.acme.list("/Users", filter), filter).toHaveLength(found);
    }
  });

  it("POST with false is 400, and makes nothing", async () => {
    expect(await life.acme.post("/Users", user("no@acme.example", { active: false }))).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
    expect(await life.acme.list("/Users", `userName eq "no@acme.example"`)).toEqual([]);
  });

  it("PATCH and PUT with true, or without it, change nothing of it", async () => {
    const [ann] = await life.acme.list("/Users", `userName eq "ann@acme.example"`);
    const path = `/Users/${idOf(ann ?? {})}`;
    expect((await life.acme.patch(path, { op: "replace", value: { active: true, title: "Chair" } })).body).toMatchObject({ active: true, title: "Chair" });
    expect((await life.acme.put(path, user("ann@acme.example"))).body).toMatchObject({ active: true });
    expect((await life.acme.patch(path, { op: "remove", path: "active" })).status).toBe(400);
  });

  it.each([
    ["PATCH with a path", (path: string) => life.acme.patch(path, { op: "replace", path: "active", value: false })],
    ["Okta's PATCH", (path: string) => life.acme.patch(path, { op: "replace", value: { active: false } })],
    ["Entra's PATCH", (path: string) => life.acme.patch(path, { op: "Replace", path: "active", value: "False" })],
    ["PUT", (path: string) => life.acme.put(path, user("x", { active: false }))],
  ])("%s of false is DELETE, and answers with the last state", async (name, deactivate) => {
    const userName = `${name.replaceAll(/\W/g, "")}@acme.example`;
    const id = idOf((await life.acme.post("/Users", user(userName))).body);
    const team = idOf((await life.acme.post("/Groups", group(name, [id]))).body);
    told.splice(0);
    expect(await life.globex.patch(`/Users/${id}`, { op: "replace", path: "active", value: false })).toMatchObject({ status: 404 });
    expect(await deactivate(`/Users/${id}`)).toMatchObject({ status: 200, body: { id, userName, active: false } });
    expect(told).toEqual([`beforeDelete ${userName}`, `afterDelete ${userName}`, "deleted"]);
    expect(await life.rows(`SELECT 1 FROM "Person" WHERE id = $1`, id)).toEqual([]);
    await expectGone(id, userName);
    expect((await life.acme.get(`/Groups/${team}`)).body).not.toHaveProperty("members");
    expect((await deactivate(`/Users/${id}`)).status).toBe(404);
  });

  it("the last word of a PATCH counts", async () => {
    const id = idOf((await life.acme.post("/Users", user("twice@acme.example"))).body);
    expect((await life.acme.patch(`/Users/${id}`, { op: "replace", path: "active", value: false }, { op: "replace", path: "active", value: true })).body).toMatchObject({ active: true });
  });
});
