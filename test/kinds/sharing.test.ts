/** A person whom tenants share, under each policy of `through`: who may write, take over or remove what others have. On PostgreSQL, over the generated endpoint. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { idOf } from "../database/endpoint.js";
import { acmeId, globexId, openLife, user, uuid } from "./life.js";
import type { Life } from "./life.js";

let life: Life;
// Ann is a member of both, Bo of globex alone, Cy of nobody: a person who signed up alone. Di is acme's own.
const [ann, bo, cy, di] = [uuid(1), uuid(2), uuid(3), uuid(4)];
const seed = `INSERT INTO "Company" (id) VALUES ('${acmeId}'), ('${globexId}');
  CREATE UNIQUE INDEX person_email_lower ON "Person" (lower(email));
  INSERT INTO "Person" (id, email, "staffNumber", "fullName", "ownerId") VALUES ('${ann}', 'ann@example.com', 'n1', 'Ann', '${globexId}'), ('${bo}', 'bo@example.com', 'n2', 'Bo', '${globexId}'),
    ('${cy}', 'cy@example.com', 'n3', 'Cy', NULL), ('${di}', 'di@example.com', 'n4', 'Di', '${acmeId}');
  INSERT INTO "Membership" (id, "companyId", "personId") VALUES ('${uuid(11)}', '${acmeId}', '${ann}'), ('${uuid(12)}', '${globexId}', '${ann}'), ('${uuid(13)}', '${globexId}', '${bo}'), ('${uuid(14)}', '${acmeId}', '${di}');`;
const allow = { rules: { mayLink: () => true } };
const people = (): Promise<readonly object[]> => life.rows(`SELECT id::text, email, "fullName", "ownerId"::text FROM "Person" ORDER BY id`);
const person = async (id: string): Promise<object | undefined> => (await life.rows(`SELECT email, "fullName" FROM "Person" WHERE id = $1`, id))[0];
const rename = (id: string, displayName: string): ReturnType<Life["acme"]["patch"]> => life.acme.patch(`/Users/${id}`, { op: "replace", value: { displayName, userName: "taken@acme.example", title: "T" } });

describe(`onUpdate: "whenSole"`, () => {
  beforeAll(async () => (life = await openLife("person-written-when-sole", { seed, options: allow })));
  afterAll(() => life.close());

  it("a person of two tenants is kept as it is, by PATCH and PUT; the rest of the request is written, and the log says so", async () => {
    const before = await people();
    expect(await rename(uuid(11), "Taken")).toMatchObject({ status: 200, body: { userName: "ann@example.com", displayName: "Ann", title: "T" } });
    expect(life.log).toContainEqual(expect.objectContaining({ event: "kept" }));
    expect(await life.acme.put(`/Users/${uuid(11)}`, user("taken@acme.example"))).toMatchObject({ status: 200, body: { userName: "ann@example.com" } });
    expect(await people()).toEqual(before);
  });

  it("a membership that SCIM does not see counts: its person is shared still", async () => {
    await life.rows(`UPDATE "Membership" SET "endedAt" = now() WHERE id = $1`, uuid(12));
    expect((await rename(uuid(11), "Taken")).body).toMatchObject({ displayName: "Ann" });
  });

  it("a person of this tenant alone is written, and no longer when another links it", async () => {
    expect((await life.acme.patch(`/Users/${uuid(14)}`, { op: "replace", path: "displayName", value: "Diana" })).body).toMatchObject({ displayName: "Diana" });
    expect(await person(di)).toEqual({ email: "di@example.com", fullName: "Diana" });
    expect((await life.globex.post("/Users", user("di@example.com", { displayName: "Theirs" }))).status).toBe(201);
    expect((await life.acme.patch(`/Users/${uuid(14)}`, { op: "replace", path: "displayName", value: "Dee" })).body).toMatchObject({ displayName: "Diana" });
    expect(await person(di)).toEqual({ email: "di@example.com", fullName: "Diana" });
  });

  it("another tenant's membership cannot be reached, whatever its person is", async () => {
    const before = await people();
    expect((await rename(uuid(13), "Taken")).status).toBe(404);
    expect(await people()).toEqual(before);
  });
});

describe(`onUpdate: "refuse", and a match by a number`, () => {
  beforeAll(async () => (life = await openLife("person-refused-and-matched-by-number", { seed, options: { rules: { mayLink: (value: string) => (asked.push(value), value !== "n2") }, hooks: { User: { password: ({ password }: { readonly password: string }) => void taken.push(password) } } } })));
  afterAll(() => life.close());
  const asked: string[] = [];
  const taken: string[] = [];
  const numbered = (userName: string, externalId: string, more: object = {}): object => user(userName, { ...more, externalId });

  it("a change of the person is 400 mutability, and nothing of the request is written", async () => {
    const before = await people();
    expect(await rename(uuid(11), "Taken")).toMatchObject({ status: 400, body: { scimType: "mutability" } });
    expect(await rename(uuid(14), "Taken")).toMatchObject({ status: 400, body: { scimType: "mutability" } });
    expect(await life.rows(`SELECT title FROM "Membership" WHERE title IS NOT NULL`)).toEqual([]);
    expect(await people()).toEqual(before);
  });

  it("a password is 400 as well, but for the person that a POST makes", async () => {
    expect(await life.acme.patch(`/Users/${uuid(14)}`, { op: "replace", value: { password: "Taken-1", title: "T" } })).toMatchObject({ status: 400, body: { scimType: "mutability" } });
    expect((await life.acme.post("/Users", numbered("pass@acme.example", "n20", { password: "Mine-1" }))).status).toBe(201);
    expect(taken).toEqual(["Mine-1"]);
    await life.rows(`DELETE FROM "Membership" WHERE "personId" = (SELECT id FROM "Person" WHERE "staffNumber" = 'n20')`);
    await life.rows(`DELETE FROM "Person" WHERE "staffNumber" = 'n20'`);
  });

  it("what says the same, and what is the membership's own, is written", async () => {
    expect((await life.acme.patch(`/Users/${uuid(11)}`, { op: "replace", value: { displayName: "Ann", title: "Chair" } })).body).toMatchObject({ title: "Chair" });
    expect((await life.acme.put(`/Users/${uuid(11)}`, numbered("ann@example.com", "n1", { displayName: "Ann", title: "Boss" }))).body).toMatchObject({ title: "Boss" });
  });

  it("POST finds the person by the number, asks the rule by it, and leaves the person's e-mail alone", async () => {
    const made = await life.acme.post("/Users", numbered("mine@acme.example", "n3", { displayName: "Mine" }));
    expect(made).toMatchObject({ status: 201, body: { userName: "cy@example.com", displayName: "Cy" } });
    expect(await person(cy)).toEqual({ email: "cy@example.com", fullName: "Cy" });
    expect(await life.acme.post("/Users", numbered("x@acme.example", "n2"))).toMatchObject({ status: 409, body: { scimType: "uniqueness" } });
    expect(asked).toEqual(["n3", "n2"]);
    expect(await life.acme.post("/Users", user("x@acme.example"))).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
  });

  it("an unknown number makes a person; an e-mail that somebody else has is 409, and makes nobody", async () => {
    expect((await life.acme.post("/Users", numbered("new@acme.example", "n9"))).status).toBe(201);
    const before = await people();
    expect((await life.acme.post("/Users", numbered("bo@example.com", "n10"))).status).toBeGreaterThanOrEqual(409);
    expect(await people()).toEqual(before);
  });
});

describe("a password for a hook, of a person whom nobody owns (RFC 7643 4.1.1)", () => {
  const taken: unknown[] = [];
  const hooks = { User: { password: ({ id, password }: { readonly id: string; readonly password: string | null }) => void taken.push([id, password]) } };
  const people = `CREATE UNIQUE INDEX person_email_lower ON "Person" (lower(email));
    INSERT INTO "Person" (id, email, name) VALUES (101, 'ann@example.com', 'Ann'), (102, 'bo@example.com', 'Bo');
    INSERT INTO "Seat" (id, "clientId", "personId") VALUES (101, 1, 101), (102, 2, 101), (103, 1, 102);`;
  beforeAll(async () => (life = await openLife("person-without-owner", { seed: people, tenants: { acme: 1, globex: 2 }, options: { ...allow, hooks } })));
  afterAll(() => life.close());

  it("goes to it by the POST that makes the person, and by no later request: not by PATCH in any form, PUT, nor a POST that links; the log says so, without a value", async () => {
    const fresh = await life.globex.post("/Users", user("new@globex.example", { password: "Mine-1" }));
    expect(fresh.status).toBe(201);
    const made = `/Users/${idOf(fresh.body)}`;
    expect(taken.splice(0)).toEqual([[idOf(fresh.body), "Mine-1"]]);
    expect(life.log.filter(({ event }) => event === "kept")).toEqual([]);
    for (const path of [made, "/Users/102"]) {
      for (const operation of [{ op: "replace", path: "password", value: "Taken-2" }, { op: "add", path: "password", value: "Taken-2" }, { op: "replace", value: { password: "Taken-2", active: false } }, { op: "remove", path: "password" }]) {
        expect((await life.globex.patch(path, operation)).status, JSON.stringify(operation)).toBe(200);
      }
    }
    expect((await life.globex.put(made, user("new@globex.example", { password: "Taken-2" }))).status).toBe(200);
    expect((await life.globex.post("/Users", user("bo@example.com", { password: "Taken-2" }))).status).toBe(201);
    expect(taken).toEqual([]);
    const kept = life.log.filter(({ event }) => event === "kept");
    expect(kept.map(({ method, detail }) => `${method} ${String(detail)}`)).toEqual([...Array.from({ length: 8 }, () => "PATCH password"), "PUT password", "POST password"]);
    expect(JSON.stringify(life.log)).not.toContain("Taken");
  });
});

describe(`owner, onLink: "update", onDelete: "deleteOrphan"`, () => {
  beforeAll(async () => (life = await openLife("person-updated-by-link-and-orphaned", { seed, options: allow })));
  afterAll(() => life.close());

  it("a link writes the person that is this tenant's own, and neither another's nor nobody's", async () => {
    await life.rows(`DELETE FROM "Membership" WHERE id = $1`, uuid(14));
    expect(await life.acme.post("/Users", user("DI@example.com", { displayName: "Diana" }))).toMatchObject({ status: 201, body: { userName: "DI@example.com", displayName: "Diana" } });
    expect(await life.acme.post("/Users", user("bo@example.com", { displayName: "Taken" }))).toMatchObject({ status: 201, body: { displayName: "Bo" } });
    expect(await life.acme.post("/Users", user("cy@example.com", { displayName: "Taken" }))).toMatchObject({ status: 201, body: { displayName: "Cy" } });
    expect(await person(bo)).toEqual({ email: "bo@example.com", fullName: "Bo" });
    expect(await person(cy)).toEqual({ email: "cy@example.com", fullName: "Cy" });
  });

  it("DELETE removes the tenant's own person with the last row that points there, and no other's", async () => {
    const idOfPerson = async (id: string): Promise<string> => String((await life.rows(`SELECT id::text FROM "Membership" WHERE "companyId" = $1 AND "personId" = $2`, acmeId, id))[0]?.["id"]);
    for (const id of [ann, bo, cy]) expect((await life.acme.delete(`/Users/${await idOfPerson(id)}`)).status).toBe(204);
    expect((await people()).map((each) => (each as { readonly id: string }).id)).toEqual([ann, bo, cy, di]);
    const [made] = await life.acme.list("/Users", `userName eq "di@example.com"`);
    expect((await life.acme.delete(`/Users/${idOf(made ?? {})}`)).status).toBe(204);
    expect((await people()).map((each) => (each as { readonly id: string }).id)).toEqual([ann, bo, cy]);
  });

  it("a person to whom a row of another model points stays, and so does one with a membership elsewhere", async () => {
    const eve = await life.acme.post("/Users", user("eve@acme.example"));
    await life.rows(`INSERT INTO "Note" (id, "authorId") SELECT '${uuid(50)}', "personId" FROM "Membership" WHERE id = $1`, idOf(eve.body));
    expect((await life.acme.delete(`/Users/${idOf(eve.body)}`)).status).toBe(204);
    expect(await life.rows(`SELECT 1 FROM "Person" WHERE email = 'eve@acme.example'`)).toHaveLength(1);
    const fay = await life.acme.post("/Users", user("fay@acme.example"));
    expect((await life.globex.post("/Users", user("fay@acme.example"))).status).toBe(201);
    expect((await life.acme.delete(`/Users/${idOf(fay.body)}`)).status).toBe(204);
    expect(await life.rows(`SELECT 1 FROM "Person" WHERE email = 'fay@acme.example'`)).toHaveLength(1);
    expect(life.errors).toEqual([]);
  });

  it("tenants that remove their rows of one person at once each remove their own; the person goes at most once, and with no row left behind", async () => {
    for (let round = 0; round < 8; round++) {
      const login = `both${String(round)}@acme.example`;
      const [mine, theirs] = [await life.acme.post("/Users", user(login)), await life.globex.post("/Users", user(login))];
      expect([mine.status, theirs.status]).toEqual([201, 201]);
      const gone = await Promise.all([life.acme.delete(`/Users/${idOf(mine.body)}`), life.acme.delete(`/Users/${idOf(mine.body)}`), life.globex.delete(`/Users/${idOf(theirs.body)}`)]);
      expect(gone.slice(0, 2).map(({ status }) => status).sort()).toEqual([204, 404]);
      expect(gone[2]?.status).toBe(204);
      expect(await life.rows(`SELECT 1 FROM "Membership" WHERE id = ANY($1::uuid[])`, [idOf(mine.body), idOf(theirs.body)])).toEqual([]);
      // Each may have seen the other's row: then the person stays, and the next POST finds it.
      expect((await life.acme.post("/Users", user(login))).status).toBe(201);
      expect(await life.rows(`SELECT 1 FROM "Person" WHERE email = $1`, login)).toHaveLength(1);
    }
    expect(life.errors).toEqual([]);
  });

  it("a link that is made while the person is removed is kept: one of the two gives way", async () => {
    for (let round = 0; round < 8; round++) {
      const login = `race${String(round)}@acme.example`;
      const made = await life.acme.post("/Users", user(login));
      const [gone, linked] = await Promise.all([life.acme.delete(`/Users/${idOf(made.body)}`), life.globex.post("/Users", user(login))]);
      expect([204, 409], gone.text).toContain(gone.status);
      expect([201, 400, 503], linked.text).toContain(linked.status);
      if (linked.status === 201) expect(await life.rows(`SELECT 1 FROM "Membership" m JOIN "Person" p ON p.id = m."personId" WHERE m.id = $1`, idOf(linked.body))).toHaveLength(1);
    }
  });
});
