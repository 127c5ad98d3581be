/** Which rows exist: `where`, a tenant behind relations, no tenants at all, ids and keys of other shapes. On PostgreSQL, over the generated endpoint. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterprise, idOf, valuesOf } from "../database/endpoint.js";
import { acmeId, globexId, group, openLife, user } from "./life.js";
import type { Caller, Life } from "./life.js";

let kind: Life;

/** An id that cannot be seen behaves by every verb as one that never existed. */
async function expectNobody(caller: Caller, id: string, unknown: string, userName: string): Promise<void> {
  const says = async (ask: (id: string) => Promise<{ readonly status: number; readonly text: string }>): Promise<void> => {
    const [hidden, never] = [await ask(id), await ask(unknown)];
    expect({ status: hidden.status, text: hidden.text.replaceAll(id, "…") }).toEqual({ status: never.status, text: never.text.replaceAll(unknown, "…") });
    expect(hidden.status).toBe(404);
  };
  await says((each) => caller.get(`/Users/${each}`));
  await says((each) => caller.put(`/Users/${each}`, user("new@acme.example")));
  await says((each) => caller.patch(`/Users/${each}`, { op: "replace", path: "title", value: "Seen" }));
  await says((each) => caller.delete(`/Users/${each}`));
  expect(await caller.list("/Users", `id eq "${id}"`)).toEqual([]);
  expect(await caller.list("/Users", `userName eq "${userName}"`)).toEqual([]);
  expect(await caller.list("/Users", `not (userName eq "${userName}")`)).not.toContainEqual(expect.objectContaining({ id }));
}

describe("where", () => {
  const [ann, gone, machine, founder, foreign] = [1, 2, 3, 4, 5].map((n) => `0190a000-0000-7000-8000-00000000010${String(n)}`) as [string, string, string, string, string];
  const never = "0190a000-0000-7000-8000-0000000009ff";
  const [open, closed] = ["0190a000-0000-7000-8000-000000000201", "0190a000-0000-7000-8000-000000000202"] as const;
  const seed = `
    INSERT INTO "Company" (id) VALUES ('${acmeId}'), ('${globexId}');
    INSERT INTO "Person" (id, "companyId", kind, standing, login, title) VALUES
      ('${ann}', '${acmeId}', 'PERSON', 'PLAYING', 'Ann@acme.example', NULL),
      ('${gone}', '${acmeId}', 'PERSON', 'LEFT', 'gone@acme.example', NULL),
      ('${machine}', '${acmeId}', 'MACHINE', 'PLAYING', 'robot@acme.example', NULL),
      ('${founder}', '${acmeId}', 'PERSON', 'PLAYING', 'boss@acme.example', 'Founder and CEO'),
      ('${foreign}', '${globexId}', 'PERSON', 'PLAYING', 'Ann@globex.example', NULL);
    UPDATE "Person" SET "managerId" = '${gone}' WHERE id = '${ann}';
    INSERT INTO "Circle" (id, "companyId", name, "closedAt") VALUES ('${open}', '${acmeId}', 'Open', NULL), ('${closed}', '${acmeId}', 'Closed', now());
    INSERT INTO "Seat" ("circleId", "personId") VALUES ('${open}', '${ann}'), ('${open}', '${gone}'), ('${open}', '${machine}'), ('${closed}', '${ann}');
    CREATE UNIQUE INDEX person_login_lower ON "Person" ("companyId", lower(login));`;

  beforeAll(async () => (kind = await openLife("rows-that-exist", { seed })));
  afterAll(() => kind.close());

  it.each([["removed", gone, "gone@acme.example"], ["of another discriminator", machine, "robot@acme.example"], ["hidden by an OR", founder, "boss@acme.example"], ["of another tenant", foreign, "Ann@globex.example"]])(
    "a row that is %s does not exist by any verb",
    async (_name, id, userName) => {
      const before = await kind.rows(`SELECT * FROM "Person" ORDER BY id`);
      await expectNobody(kind.acme, id, never, userName);
      expect(await kind.acme.patch(`/Groups/${open}`, { op: "add", path: "members", value: [{ value: id }] })).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
      expect(await kind.acme.post("/Groups", group("New", [id]))).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
      expect(await kind.acme.patch(`/Users/${ann}`, { op: "replace", path: `${enterprise}:manager`, value: { value: id } })).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
      expect(await kind.acme.post("/Users", user("x@acme.example", { [enterprise]: { manager: { value: id } } }))).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
      expect(await kind.rows(`SELECT * FROM "Person" ORDER BY id`)).toEqual(before);
    },
  );

  it("lists, counts, members and groups hold what exists alone", async () => {
    expect((await kind.acme.list("/Users")).map(idOf)).toEqual([ann]);
    expect((await kind.acme.get("/Users?count=0")).body["totalResults"]).toBe(1);
    expect(valuesOf((await kind.acme.get(`/Groups/${open}`)).body["members"])).toEqual([ann]);
    expect(valuesOf((await kind.acme.get(`/Users/${ann}`)).body["groups"])).toEqual([open]);
    expect(await kind.acme.list("/Groups", `members.value eq "${machine}"`)).toEqual([]);
    expect(await kind.acme.list("/Users", `groups.value eq "${closed}"`)).toEqual([]);
    expect((await kind.acme.list("/Groups")).map(idOf)).toEqual([open]);
    expect((await kind.acme.get(`/Groups/${closed}`)).status).toBe(404);
  });

  it("a list that is replaced leaves the rows of hidden members alone", async () => {
    expect((await kind.acme.put(`/Groups/${open}`, group("Open", [ann]))).status).toBe(200);
    expect(await kind.rows(`SELECT "personId" FROM "Seat" WHERE "circleId" = '${open}' ORDER BY 1`)).toEqual([ann, gone, machine].map((personId) => ({ personId })));
  });

  it("POST writes the terms that are equalities, and the row is there", async () => {
    const made = await kind.acme.post("/Users", user("bob@acme.example", { title: "Engineer" }));
    expect(made).toMatchObject({ status: 201, body: { active: true } });
    expect(await kind.rows(`SELECT kind, standing FROM "Person" WHERE id = $1`, idOf(made.body))).toEqual([{ kind: "PERSON", standing: "PLAYING" }]);
    expect((await kind.acme.get(`/Users/${idOf(made.body)}`)).status).toBe(200);
    expect((await kind.acme.post("/Groups", group("Made"))).status).toBe(201);
  });

  it("a userName that a hidden row has is 409: the index knows every row", async () => {
    expect(await kind.acme.post("/Users", user("GONE@acme.example"))).toMatchObject({ status: 409, body: { scimType: "uniqueness" } });
  });

  it("a write that would take a row out of what exists is 400, and nothing is written", async () => {
    const before = await kind.rows(`SELECT * FROM "Person" ORDER BY id`);
    expect(await kind.acme.post("/Users", user("eve@acme.example", { title: "Founder of a club" }))).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
    expect(await kind.acme.patch(`/Users/${ann}`, { op: "replace", value: { title: "Founder", active: false } })).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
    expect(await kind.acme.put(`/Users/${ann}`, user("Ann@acme.example", { title: "Founder" }))).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
    expect(await kind.rows(`SELECT * FROM "Person" ORDER BY id`)).toEqual(before);
  });

  it("an attribute whose values all stay inside is one statement still", async () => {
    const statements = await kind.statements.of(() => kind.acme.patch(`/Users/${ann}?attributes=active`, { op: "replace", path: "active", value: false }));
    expect(statements.map(({ sql }) => sql.split(" ")[0])).toEqual(["UPDATE"]);
    expect(await kind.rows(`SELECT standing FROM "Person" WHERE id = $1`, ann)).toEqual([{ standing: "RESTING" }]);
  });
});

describe("a tenant behind a relation", () => {
  const [north, south, abroad] = [1, 2, 3].map((n) => `0190a000-0000-7000-8000-00000000030${String(n)}`) as [string, string, string];
  const foreign = "0190a000-0000-7000-8000-000000000401";
  const shift = "0190a000-0000-7000-8000-000000000501";
  const seed = `
    INSERT INTO "Company" (id) VALUES ('${acmeId}'), ('${globexId}');
    INSERT INTO "Site" (id, "companyId", name) VALUES ('${north}', '${acmeId}', 'North'), ('${south}', '${acmeId}', 'South'), ('${abroad}', '${globexId}', 'Abroad');
    INSERT INTO "Worker" (id, "siteId", login) VALUES ('${foreign}', '${abroad}', 'zoe@globex.example');
    INSERT INTO "Shift" (id, "siteId", name) VALUES ('${shift}', '${abroad}', 'Night');`;
  const rules = { siteOf: ({ input, tenant }: { readonly input: { readonly title?: string; readonly displayName?: string }; readonly tenant: string }) => (input.title === "Spy" || input.displayName === "Spies" ? abroad : tenant === acmeId ? north : abroad) };

  beforeAll(async () => (kind = await openLife("tenant-by-path", { seed, options: { rules } })));
  afterAll(() => kind.close());

  it("a row is made inside the tenant, read, found, changed and removed there, and nowhere else", async () => {
    const made = await kind.acme.post("/Users", user("ann@acme.example", { title: "Smith", phoneNumbers: [{ value: "1" }] }));
    expect(made).toMatchObject({ status: 201, body: { userName: "ann@acme.example", phoneNumbers: [{ value: "1" }] } });
    const path = `/Users/${idOf(made.body)}`;
    for (const filter of [`userName eq "ANN@acme.example"`, `title ne "Baker"`, `not (title pr and title eq "Baker")`, `phoneNumbers.value eq "1"`]) {
      expect((await kind.acme.list("/Users", filter)).map(idOf), filter).toEqual([idOf(made.body)]);
      expect((await kind.globex.list("/Users", filter)).map(idOf), filter).not.toContain(idOf(made.body));
    }
    for (const refused of [await kind.globex.get(path), await kind.globex.put(path, user("z@globex.example")), await kind.globex.patch(path, { op: "replace", path: "title", value: "X" }), await kind.globex.delete(path)]) {
      expect(refused.status).toBe(404);
    }
    expect((await kind.acme.patch(path, { op: "replace", path: "title", value: "Baker" }, { op: "add", path: "phoneNumbers", value: [{ value: "2" }] })).body).toMatchObject({ title: "Baker", phoneNumbers: [{ value: "1" }, { value: "2" }] });
    const team = await kind.acme.post("/Groups", group("Early", [idOf(made.body)]));
    expect(team.status).toBe(201);
    expect(valuesOf((await kind.acme.get(path)).body["groups"])).toEqual([idOf(team.body)]);
    expect((await kind.acme.patch(`/Groups/${idOf(team.body)}`, { op: "add", path: "members", value: [{ value: foreign }] })).status).toBe(400);
    expect((await kind.acme.patch(`/Groups/${shift}`, { op: "add", path: "members", value: [{ value: idOf(made.body) }] })).status).toBe(404);
    expect((await kind.acme.delete(path)).status).toBe(204);
    expect((await kind.acme.get(path)).status).toBe(404);
  });

  it("a foreign key of another tenant that a rule made is refused before the commit", async () => {
    const count = async (): Promise<unknown> => kind.rows(`SELECT (SELECT count(*) FROM "Worker") AS workers, (SELECT count(*) FROM "Shift") AS shifts, (SELECT count(*) FROM "Phone") AS phones`);
    const before = await count();
    expect(await kind.acme.post("/Users", user("spy@acme.example", { title: "Spy", phoneNumbers: [{ value: "7" }] }))).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
    expect(await kind.acme.post("/Users?attributes=userName", user("spy@acme.example", { title: "Spy" }))).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
    expect(await kind.acme.post("/Groups", group("Spies"))).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
    expect(await count()).toEqual(before);
    expect((await kind.globex.post("/Users", user("yan@globex.example"))).status).toBe(201);
  });
});

describe("a product without tenants", () => {
  beforeAll(async () => {
    kind = await openLife("single-tenant", {
      seed: `CREATE UNIQUE INDEX account_login_lower ON "Account" (lower(login));`,
      options: { authenticate: ({ header }: { header(name: string): string | undefined }) => (header("authorization") === "acme" ? { tenant: null } : {}) },
    });
  });
  afterAll(() => kind.close());

  it("every caller sees every row, whether authenticate says tenant null or nothing", async () => {
    const made = await kind.acme.post("/Users", user("ann@example.com", { phoneNumbers: [{ value: "1" }] }));
    expect(made.status).toBe(201);
    const path = `/Users/${idOf(made.body)}`;
    expect(await kind.globex.get(path)).toMatchObject({ status: 200, body: { userName: "ann@example.com", phoneNumbers: [{ value: "1" }] } });
    expect((await kind.globex.patch(path, { op: "replace", path: "active", value: false })).body).toMatchObject({ active: false });
    const team = await kind.acme.post("/Groups", group("Team", [idOf(made.body)]));
    expect(team).toMatchObject({ status: 201, body: { id: "1", members: [{ value: idOf(made.body) }] } });
    expect(valuesOf((await kind.globex.get(path)).body["groups"])).toEqual(["1"]);
    expect(await kind.globex.post("/Users", user("ANN@example.com"))).toMatchObject({ status: 409, body: { scimType: "uniqueness" } });
    expect(kind.errors).toEqual([]);
  });

  it("the id is another column than the key, and what hangs on the key follows it", async () => {
    const [row] = await kind.rows(`SELECT number, "publicId" FROM "Account"`);
    expect((await kind.acme.get(`/Users/${String(row?.["publicId"])}`)).status).toBe(200);
    expect((await kind.acme.get(`/Users/${String(row?.["number"])}`)).status).toBe(404);
    expect(await kind.rows(`SELECT "accountNumber" FROM "Phone"`)).toEqual([{ accountNumber: row?.["number"] }]);
    expect((await kind.acme.delete(`/Users/${String(row?.["publicId"])}`)).status).toBe(204);
    expect(await kind.rows(`SELECT 1 FROM "Phone"`)).toEqual([]);
  });
});

describe("composite keys: an id that is unique inside the tenant", () => {
  const seed = `
    INSERT INTO "Company" (id) VALUES ('${acmeId}'), ('${globexId}');
    INSERT INTO "Account" ("companyId", number, login) VALUES ('${acmeId}', 7001, 'ann@acme.example'), ('${globexId}', 7001, 'ann@globex.example'), ('${globexId}', 7002, 'bo@globex.example');
    INSERT INTO "Team" ("companyId", number, name) VALUES ('${acmeId}', 8001, 'A'), ('${globexId}', 8001, 'A');
    INSERT INTO "Phone" ("companyId", "accountNumber", digits) VALUES ('${globexId}', 7001, '99');
    INSERT INTO "Seat" ("companyId", "teamNumber", "accountNumber") VALUES ('${globexId}', 8001, 7001);
    CREATE UNIQUE INDEX account_login_lower ON "Account" ("companyId", lower(login));`;
  beforeAll(async () => (kind = await openLife("composite-keys", { seed })));
  afterAll(() => kind.close());

  it("one id names a row in each tenant, and all that is done to one leaves the other alone", async () => {
    const others = async (): Promise<unknown> => [await kind.rows(`SELECT * FROM "Account" WHERE "companyId" = $1 ORDER BY number`, globexId), await kind.rows(`SELECT * FROM "Phone" WHERE "companyId" = $1`, globexId), await kind.rows(`SELECT * FROM "Seat" WHERE "companyId" = $1`, globexId)];
    const before = await others();
    expect((await kind.acme.get("/Users/7001")).body).toMatchObject({ id: "7001", userName: "ann@acme.example" });
    expect((await kind.acme.get("/Users/7001")).body).not.toHaveProperty("phoneNumbers");
    expect((await kind.globex.get("/Users/7001")).body).toMatchObject({ userName: "ann@globex.example", phoneNumbers: [{ value: "99" }], groups: [{ value: "8001" }] });
    expect((await kind.acme.get("/Users/7002")).status).toBe(404);
    expect((await kind.acme.patch("/Users/7001", { op: "replace", path: "title", value: "Boss" }, { op: "add", path: "phoneNumbers", value: [{ value: "1" }] })).body).toMatchObject({ title: "Boss", phoneNumbers: [{ value: "1" }] });
    expect((await kind.acme.put("/Users/7001", user("ann@acme.example", { phoneNumbers: [{ value: "2" }] }))).body).toMatchObject({ phoneNumbers: [{ value: "2" }] });
    expect((await kind.acme.patch("/Groups/8001", { op: "add", path: "members", value: [{ value: "7001" }] })).status).toBe(204);
    expect((await kind.acme.patch("/Groups/8001", { op: "add", path: "members", value: [{ value: "7002" }] })).status).toBe(400);
    expect(valuesOf((await kind.acme.get("/Groups/8001")).body["members"])).toEqual(["7001"]);
    expect((await kind.acme.list("/Groups", `members.value eq "7001"`)).map(idOf)).toEqual(["8001"]);
    expect((await kind.acme.patch("/Groups/8001", { op: "remove", path: "members" })).status).toBe(204);
    const made = await kind.acme.post("/Users", user("new@acme.example", { [enterprise]: { manager: { value: "7001" } } }));
    expect(made).toMatchObject({ status: 201, body: { [enterprise]: { manager: { value: "7001" } } } });
    expect((await kind.acme.patch(`/Users/${idOf(made.body)}`, { op: "replace", path: `${enterprise}:manager`, value: { value: "7002" } })).status).toBe(400);
    expect((await kind.acme.delete("/Users/7001")).status).toBe(409);
    expect((await kind.acme.patch(`/Users/${idOf(made.body)}`, { op: "remove", path: `${enterprise}:manager` })).body).not.toHaveProperty(enterprise);
    expect((await kind.acme.delete("/Users/7001")).status).toBe(204);
    expect(await others()).toEqual(before);
  });
});
