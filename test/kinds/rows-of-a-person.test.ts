/** Goldens `rows-of-a-person*`: lists that hang on a person whom tenants share, under each policy of `through` (mapping language 5, 6: rows; `through`). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openKind } from "./host.js";
import type { Caller, KindHost } from "./host.js";

let host: KindHost<"acme" | "globex">;
let acme: Caller;
let globex: Caller;

const opened = (golden: string): void => {
  beforeAll(async () => {
    host = await openKind(golden, {
      tenants: { acme: 1, globex: 2 },
      seed: `CREATE UNIQUE INDEX person_email_lower ON "Person" (lower(email)); INSERT INTO "Company" VALUES (1), (2);
        ALTER SEQUENCE "Person_id_seq" RESTART WITH 1000; ALTER SEQUENCE "Membership_id_seq" RESTART WITH 1000; ALTER SEQUENCE "Contact_id_seq" RESTART WITH 1000; ALTER SEQUENCE "Badge_id_seq" RESTART WITH 1000`,
      options: { rules: { mayLink: () => true } },
    });
    ({ acme, globex } = host.tenants);
  });
  beforeEach(async () => {
    host.log.length = 0;
    await host.rows(`TRUNCATE "Person", "Membership", "Contact", "Note", "Photo", "Badge" CASCADE`);
    // Ann is acme's own and a member of both; Bo is globex' own and a member of both; Cy is nobody's, and a member of acme alone; Di has signed up alone.
    await host.rows(`INSERT INTO "Person" (id, email, "ownerId", "updatedAt") VALUES (1, 'ann@x', 1, '2026-01-05'), (2, 'bo@x', 2, '2026-01-05'), (3, 'cy@x', NULL, '2026-01-05'), (4, 'di@x', NULL, '2026-01-05')`);
    await host.rows(`INSERT INTO "Membership" (id, "companyId", "personId", "updatedAt") VALUES (11, 1, 1, '2026-01-05'), (12, 1, 2, '2026-01-05'), (13, 1, 3, '2026-01-05'), (21, 2, 1, '2026-01-05'), (22, 2, 2, '2026-01-05')`);
    await host.rows(`INSERT INTO "Contact" (id, "personId", kind, address, main, checked) VALUES (1, 1, 'MAIL', 'ann@home', false, true), (2, 1, 'MAIL', 'ann@work', true, true), (3, 1, 'PHONE', '11', false, true),
      (4, 2, 'MAIL', 'bo@home', true, true), (5, 3, 'MAIL', 'cy@home', false, true), (6, 4, 'MAIL', 'di@home', false, true)`);
    await host.rows(`INSERT INTO "Note" VALUES (1, 'nick', 'Annie'), (1, 'other', 'x'), (2, 'nick', 'Bobby')`);
    await host.rows(`INSERT INTO "Photo" VALUES (1, 1, 'http://x/ann.png')`);
    await host.rows(`INSERT INTO "Badge" (id, "personId", "companyId", code) VALUES (1, 1, 1, 'A'), (2, 1, 2, 'G'), (3, 2, 2, 'B')`);
  });
  afterAll(() => host.close());
};

const contacts = (person: number): Promise<unknown> => host.rows(`SELECT id, kind, address, main, checked FROM "Contact" WHERE "personId" = $1 ORDER BY id`, person);
const tables = ["Person", "Membership", "Contact", "Note", "Photo", "Badge"];
const all = (): Promise<unknown> => host.rows(tables.map((table) => `SELECT '${table}' AS name, to_json(t)::text AS row FROM "${table}" t`).join(" UNION ALL ") + " ORDER BY 1, 2");
const values = (...list: readonly string[]): object[] => list.map((value) => ({ value }));
const mail = (value: string, primary = false): object => ({ value, primary });
const add = (...list: readonly string[]): object => ({ op: "add", path: "emails", value: values(...list) });
const kept = (): unknown => host.log.filter(({ event }) => event === "kept").map((each) => (each as unknown as { readonly detail?: string }).detail ?? each);

describe("a person with an owner", () => {
  opened("rows-of-a-person");

  it("reads the rows of the person, the primary one first, in a statement each for a page; and rows with a tenant of their own in that tenant alone", async () => {
    expect((await acme.request("GET", "/Users/11")).body).toMatchObject({ emails: [mail("ann@work", true), mail("ann@home")], phoneNumbers: values("11"), photos: values("http://x/ann.png"), entitlements: values("A") });
    expect((await globex.request("GET", "/Users/21")).body).toMatchObject({ emails: [mail("ann@work", true), mail("ann@home")], entitlements: values("G") });
    const bo = (await acme.request("GET", "/Users/12")).body;
    expect(bo).toMatchObject({ emails: [mail("bo@home", true)] });
    for (const name of ["phoneNumbers", "photos", "entitlements"]) expect(bo[name], name).toBeUndefined();
    const sent = async (path: string): Promise<number> => (await host.statements.of(() => acme.request("GET", path))).length;
    const alone = await sent("/Users?attributes=title");
    expect(await sent("/Users?attributes=emails")).toBe(alone + 1);
    expect(await sent("/Users?attributes=emails,phoneNumbers,photos,entitlements")).toBe(alone + 4);
  });

  it("finds by the rows, in the tenant; absent is absent for ne, not and pr", async () => {
    const users = (caller: Caller, filter: string): Promise<unknown> => caller.find("/Users", filter);
    expect(await users(acme, `emails.value eq "ANN@home"`)).toEqual(["ann@x"]);
    expect(await users(acme, `emails[value sw "ann@" and primary eq true]`)).toEqual(["ann@x"]);
    expect(await users(acme, `emails[value eq "ann@home" and primary eq true]`)).toEqual([]);
    expect(await users(acme, `emails.value eq "di@home"`)).toEqual([]);
    expect(await users(acme, `phoneNumbers pr`)).toEqual(["ann@x"]);
    expect(await users(acme, `not (phoneNumbers pr)`)).toEqual(["bo@x", "cy@x"]);
    expect(await users(acme, `not (emails.value eq "ann@home")`)).toEqual(["bo@x", "cy@x"]);
    expect(await users(acme, `entitlements eq "G"`)).toEqual([]);
    expect(await users(globex, `entitlements eq "G"`)).toEqual(["ann@x"]);
    expect(await users(acme, `photos co "ann"`)).toEqual(["ann@x"]);
    expect((await acme.request("GET", "/Users?sortBy=emails.value")).status).toBe(400);
  });

  it("the tenant that owns the person changes the rows: those that stay keep what the host stores there", async () => {
    const put = await acme.request("PUT", "/Users/11", { userName: "ann@x", emails: [mail("ann@home", true), mail("new@x")], phoneNumbers: values("11"), entitlements: values("A", "C") });
    expect(put.body, put.text).toMatchObject({ emails: [mail("ann@home", true), mail("new@x")], phoneNumbers: values("11"), entitlements: values("A", "C"), photos: values("http://x/ann.png") });
    expect(await contacts(1)).toEqual([
      { id: 1, kind: "MAIL", address: "ann@home", main: true, checked: true },
      { id: 2, kind: "MAIL", address: "new@x", main: false, checked: true },
      { id: 3, kind: "PHONE", address: "11", main: false, checked: true },
    ]);
    expect((await acme.patch("/Users/11", add("more@x"))).body).toMatchObject({ emails: [mail("ann@home", true), mail("new@x"), mail("more@x")] });
    expect((await acme.patch("/Users/11", { op: "remove", path: `emails[value eq "new@x"]` })).status).toBe(200);
    expect(await contacts(1)).toMatchObject([{ id: 1 }, { id: 3 }, { id: 1000, kind: "MAIL", address: "more@x", main: false, checked: false }]);
    expect((await acme.patch("/Users/11", { op: "remove", path: "emails" })).body["emails"]).toBeUndefined();
    expect(await contacts(1)).toMatchObject([{ id: 3 }]);
    expect(kept()).toEqual([]);
  });

  it("what is said already moves nothing, neither the member nor the person", async () => {
    const before = await all();
    expect((await acme.request("PUT", "/Users/11", { userName: "ann@x", nickName: "Annie", emails: [mail("ann@home"), mail("ann@work", true)], phoneNumbers: values("11"), entitlements: values("A") })).status).toBe(200);
    expect((await acme.patch("/Users/11", add("ann@home"))).status).toBe(200);
    expect(await all()).toEqual(before);
  });

  it("another tenant of the person changes none of them, by no verb: the rest of the request is written, the answer shows what is true, and the log says so", async () => {
    for (const [caller, id, person, truth] of [[globex, 21, 1, [mail("ann@work", true), mail("ann@home")]], [acme, 12, 2, [mail("bo@home", true)]], [acme, 13, 3, [mail("cy@home")]]] as const) {
      const before = await contacts(person);
      const user = `/Users/${String(id)}`;
      expect(await caller.patch(user, add("taken@x"), { op: "replace", path: "title", value: "T" })).toMatchObject({ status: 200, body: { title: "T", emails: truth } });
      expect((await caller.patch(user, { op: "remove", path: "emails" })).body["emails"]).toEqual(truth);
      expect((await caller.patch(user, { op: "replace", path: "emails", value: values("taken@x") })).body["emails"]).toEqual(truth);
      expect((await caller.request("PUT", user, { userName: "x@x", emails: values("taken@x"), phoneNumbers: values("0") })).body["emails"]).toEqual(truth);
      expect((await caller.request("PUT", user, { userName: "x@x" })).body["emails"]).toEqual(truth);
      expect(await contacts(person)).toEqual(before);
    }
    expect(kept()).toContainEqual(expect.stringContaining("emails"));
    // Its own rows of the person it changes, and no other tenant's.
    expect((await globex.patch("/Users/21", { op: "replace", path: "entitlements", value: values("H") })).body).toMatchObject({ entitlements: values("H") });
    expect(await host.rows(`SELECT "companyId", code FROM "Badge" WHERE "personId" = 1 ORDER BY 1`)).toEqual([{ companyId: 1, code: "A" }, { companyId: 2, code: "H" }]);
    expect((await globex.patch("/Users/11", add("taken@x"))).status).toBe(404);
  });

  it("the lock is the person's: of writers at once each adds its own, and nothing is there twice", async () => {
    const answers = await Promise.all(["a@x", "b@x", "c@x", "a@x"].map((value) => acme.patch("/Users/11", add(value))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await host.rows(`SELECT address FROM "Contact" WHERE "personId" = 1 AND kind = 'MAIL' ORDER BY 1`)).map(({ address }) => address)).toEqual(["a@x", "ann@home", "ann@work", "b@x", "c@x"]);
  });

  it("a value in the one row of the person is read, found, and written by the same rule", async () => {
    expect((await globex.request("GET", "/Users/21")).body).toMatchObject({ nickName: "Annie" });
    expect(await acme.find("/Users", `nickName eq "BOBBY"`)).toEqual(["bo@x"]);
    expect(await acme.find("/Users", `not (nickName pr)`)).toEqual(["cy@x"]);
    const before = await host.rows(`SELECT * FROM "Note" ORDER BY 1, 2`);
    for (const [id, truth] of [[12, "Bobby"], [13, undefined]] as const) {
      for (const value of ["Taken", null]) expect((await acme.patch(`/Users/${String(id)}`, { op: "replace", path: "nickName", value })).body["nickName"]).toBe(truth);
    }
    expect((await globex.patch("/Users/21", { op: "remove", path: "nickName" })).body).toMatchObject({ nickName: "Annie" });
    expect(await host.rows(`SELECT * FROM "Note" ORDER BY 1, 2`)).toEqual(before);
    expect(kept()).toContainEqual(expect.stringContaining("nickName"));
    expect((await acme.patch("/Users/11", { op: "replace", path: "nickName", value: "Nan" })).body).toMatchObject({ nickName: "Nan" });
    expect((await acme.patch("/Users/11", { op: "remove", path: "nickName" })).body["nickName"]).toBeUndefined();
    expect(await host.rows(`SELECT "personId", topic FROM "Note" ORDER BY 1, 2`)).toEqual([{ personId: 1, topic: "other" }, { personId: 2, topic: "nick" }]);
    expect(await acme.make("/Users", { userName: "eve@x", nickName: "Evie" })).toMatchObject({ nickName: "Evie" });
    expect((await acme.make("/Users", { userName: "di@x", nickName: "Taken" }))["nickName"]).toBeUndefined();
  });

  it("POST of a new person makes its rows; of a known one it writes them where the person is the tenant's own", async () => {
    const eve = await acme.make("/Users", { userName: "eve@x", emails: [mail("eve@home", true)], phoneNumbers: values("5"), entitlements: values("E") });
    expect(eve).toMatchObject({ emails: [mail("eve@home", true)], phoneNumbers: values("5"), entitlements: values("E") });
    expect(await host.rows(`SELECT kind, address FROM "Contact" c JOIN "Person" p ON p.id = c."personId" WHERE p.email = 'eve@x' ORDER BY 1`)).toEqual([{ kind: "MAIL", address: "eve@home" }, { kind: "PHONE", address: "5" }]);
    await host.rows(`DELETE FROM "Membership" WHERE id IN (11, 12)`);
    expect((await acme.make("/Users", { userName: "ann@x", emails: values("mine@x") }))["emails"]).toEqual([mail("mine@x")]);
    expect((await acme.make("/Users", { userName: "bo@x", emails: values("taken@x") }))["emails"]).toEqual([mail("bo@home", true)]);
    expect((await acme.make("/Users", { userName: "di@x", emails: values("taken@x") }))["emails"]).toEqual([mail("di@home")]);
    expect(await contacts(2)).toMatchObject([{ id: 4, address: "bo@home" }]);
    expect(await contacts(4)).toMatchObject([{ id: 6, address: "di@home" }]);
  });

  it("DELETE takes the membership and leaves the person's rows", async () => {
    const before = await contacts(1);
    expect((await acme.request("DELETE", "/Users/11")).status).toBe(204);
    expect(await contacts(1)).toEqual(before);
    expect((await globex.request("GET", "/Users/21")).body).toMatchObject({ emails: [mail("ann@work", true), mail("ann@home")], entitlements: values("G") });
    expect(host.errors).toEqual([]);
  });

  it("with the last membership a person goes that is the tenant's own, and takes its rows along; one with rows that no attribute writes stays", async () => {
    const eve = await acme.make("/Users", { userName: "eve@x", emails: values("eve@home") });
    expect((await acme.request("DELETE", `/Users/${String(eve["id"])}`)).status).toBe(204);
    expect(await host.rows(`SELECT (SELECT count(*)::int FROM "Person" WHERE email = 'eve@x') AS people, (SELECT count(*)::int FROM "Contact" WHERE address = 'eve@home') AS contacts`)).toEqual([{ people: 0, contacts: 0 }]);
    await host.rows(`DELETE FROM "Membership" WHERE id = 21`);
    expect((await acme.request("DELETE", "/Users/11")).status).toBe(204);
    expect(await contacts(1)).toHaveLength(3);
  });
});

describe(`onUpdate: "keep"`, () => {
  opened("rows-of-a-person-kept");

  it("the rows are made with the person, and kept from then on", async () => {
    const eve = await acme.make("/Users", { userName: "eve@x", emails: values("eve@home") });
    expect(eve["emails"]).toEqual([mail("eve@home")]);
    expect((await acme.patch(`/Users/${String(eve["id"])}`, add("more@x"))).body["emails"]).toEqual([mail("eve@home")]);
    expect((await acme.make("/Users", { userName: "di@x", emails: values("taken@x") }))["emails"]).toEqual([mail("di@home")]);
    const before = await contacts(1);
    expect(await acme.request("PUT", "/Users/11", { userName: "ann@x", title: "T" })).toMatchObject({ status: 200, body: { title: "T", emails: [mail("ann@work", true), mail("ann@home")] } });
    expect(await contacts(1)).toEqual(before);
    expect(kept()).toEqual(["emails", "emails", "nickName, emails"]);
    expect(host.errors).toEqual([]);
  });
});

describe(`onUpdate: "refuse"`, () => {
  opened("rows-of-a-person-refused");

  it("a change of the rows is 400 mutability and nothing is written; what says the same is written", async () => {
    const before = await all();
    expect(await acme.patch("/Users/11", add("taken@x"), { op: "replace", path: "title", value: "T" })).toMatchObject({ status: 400, body: { scimType: "mutability" } });
    expect(await acme.request("PUT", "/Users/11", { userName: "ann@x", title: "T" })).toMatchObject({ status: 400, body: { scimType: "mutability" } });
    expect(await all()).toEqual(before);
    expect(await acme.patch("/Users/11", { op: "replace", path: "nickName", value: "Taken" })).toMatchObject({ status: 400, body: { scimType: "mutability" } });
    expect(await acme.request("PUT", "/Users/11", { userName: "ann@x", title: "T", nickName: "Annie", emails: [mail("ann@work", true), mail("ann@home")] })).toMatchObject({ status: 200, body: { title: "T" } });
    expect((await acme.make("/Users", { userName: "eve@x", emails: values("eve@home") }))["emails"]).toEqual([mail("eve@home")]);
    expect((await acme.make("/Users", { userName: "di@x", emails: values("taken@x") }))["emails"]).toEqual([mail("di@home")]);
    expect(host.errors).toEqual([]);
  });
});

describe(`onUpdate: "whenSole"`, () => {
  opened("rows-of-a-person-when-sole");

  it("the rows are this tenant's to change until another row points to the person, a hidden one too", async () => {
    expect((await acme.patch("/Users/13", add("more@x"))).body["emails"]).toEqual([mail("cy@home"), mail("more@x")]);
    const before = await contacts(1);
    expect((await acme.patch("/Users/11", add("taken@x"), { op: "replace", path: "nickName", value: "Taken" })).body).toMatchObject({ nickName: "Annie", emails: [mail("ann@work", true), mail("ann@home")] });
    await host.rows(`UPDATE "Membership" SET "endedAt" = now() WHERE id = 21`);
    expect((await acme.patch("/Users/11", add("taken@x"))).body["emails"]).toEqual([mail("ann@work", true), mail("ann@home")]);
    expect(await contacts(1)).toEqual(before);
    await host.rows(`DELETE FROM "Membership" WHERE id = 21`);
    expect((await acme.patch("/Users/11", { op: "replace", path: "emails", value: values("ann@work") })).body["emails"]).toEqual([mail("ann@work")]);
    expect((await globex.make("/Users", { userName: "cy@x", emails: values("taken@x") }))["emails"]).toEqual([mail("cy@home"), mail("more@x")]);
    expect((await acme.patch("/Users/13", { op: "remove", path: "emails" })).body["emails"]).toEqual([mail("cy@home"), mail("more@x")]);
    expect(host.errors).toEqual([]);
  });
});

describe(`onUpdate: "write"`, () => {
  opened("rows-of-a-person-written");

  it("every tenant of the person changes its rows, and no other", async () => {
    expect((await globex.patch("/Users/21", add("more@x"))).body["emails"]).toEqual([mail("ann@work", true), mail("ann@home"), mail("more@x")]);
    expect((await acme.make("/Users", { userName: "di@x", emails: values("mine@x") }))["emails"]).toEqual([mail("mine@x")]);
    expect(await contacts(4)).toEqual([{ id: 6, kind: "MAIL", address: "mine@x", main: false, checked: true }]);
    expect((await globex.patch("/Users/13", add("taken@x"))).status).toBe(404);
    expect(await contacts(3)).toMatchObject([{ id: 5, address: "cy@home" }]);
    expect(host.errors).toEqual([]);
  });
});

describe("a member without a person", () => {
  opened("rows-of-a-person-that-may-be-missing");

  it("has none of the person's rows: absent in answers and filters, and a write of one is 400", async () => {
    await host.rows(`INSERT INTO "Membership" (id, "companyId", "personId", title, "updatedAt") VALUES (14, 1, NULL, 'Nobody', '2026-01-05')`);
    const nobody = (await acme.request("GET", "/Users/14")).body;
    for (const name of ["emails", "phoneNumbers", "photos", "entitlements", "nickName"]) expect(nobody[name], name).toBeUndefined();
    expect(await acme.find("/Users", "not (emails pr)", "title")).toEqual(["Nobody"]);
    expect(await acme.find("/Users", `not (nickName pr) and not (emails.value eq "x")`, "title")).toEqual([undefined, "Nobody"]);
    const before = await all();
    for (const path of ["emails", "entitlements"]) expect(await acme.patch("/Users/14", { op: "add", path, value: values("x@x") }, { op: "replace", path: "title", value: "T" })).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
    expect(await acme.patch("/Users/14", { op: "replace", path: "nickName", value: "N" })).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
    expect((await acme.patch("/Users/14", { op: "remove", path: "emails" })).status).toBe(200);
    expect(await all()).toEqual(before);
    expect((await acme.patch("/Users/11", add("more@x"))).body).toMatchObject({ emails: [mail("ann@work", true), mail("ann@home"), mail("more@x")] });
    expect(host.errors).toEqual([]);
  });
});
