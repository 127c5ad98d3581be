/** A POST that meets a row of the same userName: 409, unless the mapping lets it adopt or restore. On PostgreSQL, over the generated endpoint. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { idOf } from "../database/endpoint.js";
import { acmeId, globexId, openLife, user, uuid } from "./life.js";
import type { Life } from "./life.js";

let life: Life;
const seen: object[] = [];
beforeEach(() => void seen.splice(0));

describe("onExisting: adopt what is unmanaged, restore what is inactive or removed", () => {
  const person = (n: number, values: string): string => `INSERT INTO "Person" (id, "companyId", kind, login, "externalId", title, nick, standing, "leftAt") VALUES ('${uuid(n)}', ${values});`;
  const seed = `INSERT INTO "Company" (id) VALUES ('${acmeId}'), ('${globexId}');
    CREATE UNIQUE INDEX person_login_lower ON "Person" ("companyId", lower(login));
    ${person(1, `'${acmeId}', 'PERSON', 'Free@acme.example', NULL, 'Chair', 'Fred', 'TRIAL', NULL`)}
    ${person(2, `'${acmeId}', 'PERSON', 'kept@acme.example', 'x-2', NULL, NULL, 'PLAYING', NULL`)}
    ${person(3, `'${acmeId}', 'PERSON', 'resting@acme.example', 'x-3', NULL, NULL, 'RESTING', NULL`)}
    ${person(4, `'${acmeId}', 'PERSON', 'gone@acme.example', 'x-4', 'Old', NULL, 'LEFT', now()`)}
    ${person(5, `'${acmeId}', 'MACHINE', 'robot@acme.example', NULL, NULL, NULL, 'LEFT', now()`)}
    ${person(6, `'${acmeId}', 'PERSON', 'elsewhere@acme.example', NULL, NULL, NULL, 'PLAYING', now()`)}
    ${person(7, `'${globexId}', 'PERSON', 'theirs@example.com', NULL, NULL, NULL, 'PLAYING', NULL`)}
    ${person(8, `'${globexId}', 'PERSON', 'left@example.com', NULL, NULL, NULL, 'LEFT', now()`)}
    ${person(9, `'${acmeId}', 'PERSON', 'once@acme.example', NULL, NULL, NULL, 'PLAYING', NULL`)}
    ${person(10, `'${acmeId}', 'PERSON', 'back@acme.example', NULL, NULL, NULL, 'LEFT', now()`)}
    ${person(11, `'${acmeId}', 'PERSON', 'refused@acme.example', NULL, NULL, NULL, 'PLAYING', NULL`)}
    INSERT INTO "Phone" (id, "personId", digits) VALUES ('${uuid(101)}', '${uuid(1)}', '1');`;
  const hooks = {
    User: {
      beforeCreate({ input, existing }: { readonly input: { readonly userName: string }; readonly existing?: { readonly userName: string; readonly active: boolean } }): void {
        seen.push({ asked: input.userName, existing: existing?.userName });
        if (existing?.userName === "refused@acme.example") throw new life.ScimError(403, "Not this one.");
      },
    },
  };
  beforeAll(async () => (life = await openLife("on-existing", { seed, options: { hooks } })));
  afterAll(() => life.close());
  const row = async (n: number): Promise<object | undefined> => (await life.rows(`SELECT login, "externalId", title, nick, standing, "leftAt" FROM "Person" WHERE id = $1`, uuid(n)))[0];

  it("adopts: 201, the same id, what the request says is written and the rest stays", async () => {
    const made = await life.acme.post("/Users", user("free@ACME.example", { externalId: "x-1", title: "Boss", phoneNumbers: [{ value: "1" }, { value: "2" }] }));
    expect(made).toMatchObject({ status: 201, body: { id: uuid(1), externalId: "x-1", title: "Boss", nickName: "Fred", active: true, phoneNumbers: [{ value: "1" }, { value: "2" }] } });
    expect(await row(1)).toEqual({ login: "free@ACME.example", externalId: "x-1", title: "Boss", nick: "Fred", standing: "TRIAL", leftAt: null });
    expect(await life.rows(`SELECT id::text FROM "Phone" WHERE digits = '1'`)).toEqual([{ id: uuid(101) }]);
    expect(seen).toEqual([{ asked: "free@ACME.example", existing: "Free@acme.example" }]);
    expect(await life.acme.post("/Users", user("free@acme.example", { externalId: "x-1" }))).toMatchObject({ status: 409, body: { scimType: "uniqueness" } });
  });

  it("does not adopt what has an externalId, nor for a request that brings none", async () => {
    const before = await life.rows(`SELECT * FROM "Person" ORDER BY id`);
    expect((await life.acme.post("/Users", user("kept@acme.example", { externalId: "other" }))).status).toBe(409);
    expect((await life.acme.post("/Users", user("once@acme.example"))).status).toBe(409);
    expect(await life.rows(`SELECT * FROM "Person" ORDER BY id`)).toEqual(before);
  });

  it("restores what is inactive: active, with the request's attributes", async () => {
    expect(await life.acme.post("/Users", user("Resting@acme.example", { title: "New" }))).toMatchObject({ status: 201, body: { id: uuid(3), active: true, title: "New", externalId: "x-3" } });
    expect(await row(3)).toMatchObject({ standing: "PLAYING", title: "New" });
  });

  it("restores what DELETE has hidden: the equality terms are written, and it is there again", async () => {
    const made = await life.acme.post("/Users", user("gone@acme.example", { externalId: "x-4b", nickName: "Back" }));
    expect(made).toMatchObject({ status: 201, body: { id: uuid(4), active: true, externalId: "x-4b", title: "Old", nickName: "Back" } });
    expect(await row(4)).toEqual({ login: "gone@acme.example", externalId: "x-4b", title: "Old", nick: "Back", standing: "PLAYING", leftAt: null });
    expect((await life.acme.delete(`/Users/${uuid(4)}`)).status).toBe(204);
    expect((await life.acme.get(`/Users/${uuid(4)}`)).status).toBe(404);
    expect(await life.acme.post("/Users", user("gone@acme.example"))).toMatchObject({ status: 201, body: { id: uuid(4) } });
  });

  it.each([["of another discriminator", "robot@acme.example"], ["hidden in another way than DELETE does", "elsewhere@acme.example"]])("a row that is %s is 409 and stays as it is", async (_name, login) => {
    const before = await life.rows(`SELECT * FROM "Person" ORDER BY id`);
    expect((await life.acme.post("/Users", user(login, { externalId: "n" }))).status).toBe(409);
    expect(await life.rows(`SELECT * FROM "Person" ORDER BY id`)).toEqual(before);
  });

  it("never reaches into another tenant: there a row of its own is made", async () => {
    const theirs = await life.rows(`SELECT * FROM "Person" WHERE "companyId" = $1 ORDER BY id`, globexId);
    for (const login of ["theirs@example.com", "left@example.com"]) {
      const made = await life.acme.post("/Users", user(login, { externalId: `ours-${login}` }));
      expect(made.status).toBe(201);
      expect([uuid(7), uuid(8)]).not.toContain(idOf(made.body));
    }
    expect(await life.rows(`SELECT * FROM "Person" WHERE "companyId" = $1 ORDER BY id`, globexId)).toEqual(theirs);
  });

  it("a hook refuses, and the row is as it was", async () => {
    const before = await row(11);
    expect(await life.acme.post("/Users", user("refused@acme.example", { externalId: "r", title: "X" }))).toMatchObject({ status: 403, body: { detail: "Not this one." } });
    expect(await row(11)).toEqual(before);
  });

  it.each([["an unmanaged row", "once@acme.example", 9], ["a removed row", "back@acme.example", 10]])("of eight POSTs at once that meet %s one takes it, and the others are 409", async (_name, login, n) => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => life.acme.post("/Users", user(login, { externalId: `race-${login}-${String(index)}`, title: `T${String(index)}` }))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
    const [won] = answers.filter(({ status }) => status === 201);
    expect(won?.body["id"]).toBe(uuid(n));
    expect(await row(n)).toMatchObject({ externalId: won?.body["externalId"], title: won?.body["title"], standing: "PLAYING", leftAt: null });
  });

  it("a userName that nobody has makes a row", async () => {
    expect((await life.acme.post("/Users", user("new@acme.example", { externalId: "new" }))).status).toBe(201);
    expect(life.errors).toEqual([]);
  });
});

describe("onExisting where the userName is a person's, whom tenants share", () => {
  const seed = `INSERT INTO "Company" (id) VALUES ('${acmeId}'), ('${globexId}');
    CREATE UNIQUE INDEX person_email_lower ON "Person" (lower(email));
    INSERT INTO "Person" (id, email, "fullName", "ownerId") VALUES ('${uuid(1)}', 'ann@example.com', 'Ann', '${globexId}'), ('${uuid(2)}', 'bo@example.com', 'Bo', '${acmeId}'),
      ('${uuid(3)}', 'cy@example.com', 'Cy', '${globexId}'), ('${uuid(4)}', 'di@example.com', 'Di', NULL);
    INSERT INTO "Membership" (id, "companyId", "personId", title, "endedAt") VALUES
      ('${uuid(11)}', '${acmeId}', '${uuid(1)}', NULL, NULL), ('${uuid(12)}', '${globexId}', '${uuid(1)}', NULL, NULL), ('${uuid(13)}', '${acmeId}', '${uuid(2)}', 'Old', now()),
      ('${uuid(14)}', '${acmeId}', '${uuid(3)}', 'Old', now()), ('${uuid(15)}', '${acmeId}', '${uuid(4)}', 'Old', now());`;
  const asked: string[] = [];
  beforeAll(async () => (life = await openLife("on-existing-of-a-person", { seed, options: { rules: { mayLink: (email: string) => (asked.push(email), email === "Di@example.com") } } })));
  afterAll(() => life.close());

  it("adopts the membership, and leaves the person alone who is another tenant's", async () => {
    const made = await life.acme.post("/Users", user("ANN@example.com", { externalId: "a", displayName: "Mine now", title: "Guest" }));
    expect(made).toMatchObject({ status: 201, body: { id: uuid(11), userName: "ann@example.com", displayName: "Ann", title: "Guest" } });
    expect(await life.rows(`SELECT email, "fullName", "ownerId"::text FROM "Person" WHERE id = $1`, uuid(1))).toEqual([{ email: "ann@example.com", fullName: "Ann", ownerId: globexId }]);
    expect(life.log).toContainEqual(expect.objectContaining({ event: "kept", detail: "displayName" }));
    expect(asked).toEqual([]);
  });

  it("restores a membership, with the person of the tenant's own", async () => {
    expect(await life.acme.post("/Users", user("bo@example.com", { displayName: "Bob" }))).toMatchObject({ status: 201, body: { id: uuid(13), displayName: "Bob", title: "Old" } });
    expect(await life.rows(`SELECT count(*)::int AS people FROM "Person"`)).toEqual([{ people: 4 }]);
    expect(asked).toEqual([]);
  });

  it("restores a membership of a person who is not the tenant's own only where rule mayLink lets it link that person again", async () => {
    const left = (n: number): Promise<readonly object[]> => life.rows(`SELECT title, "endedAt" IS NULL AS there FROM "Membership" WHERE id = $1`, uuid(n));
    expect(await life.acme.post("/Users", user("cy@example.com", { title: "Back" }))).toMatchObject({ status: 409, body: { scimType: "uniqueness" } });
    expect(await left(14)).toEqual([{ title: "Old", there: false }]);
    expect(await life.acme.post("/Users", user("Di@example.com", { title: "Back" }))).toMatchObject({ status: 201, body: { id: uuid(15), title: "Back", displayName: "Di" } });
    expect(await left(15)).toEqual([{ title: "Back", there: true }]);
    expect(asked.splice(0)).toEqual(["cy@example.com", "Di@example.com"]);
  });

  it("a person who is a member nowhere here is linked as ever, when the rule allows", async () => {
    expect((await life.globex.post("/Users", user("bo@example.com", { externalId: "b" }))).status).toBe(409);
    expect(asked).toEqual(["bo@example.com"]);
  });
});
