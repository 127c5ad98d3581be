/** Golden `lists-of-one-table`: attributes that are rows of one relation, told apart by `where`, and one of a relation by which the groups are known (mapping language 6: child rows). */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { Caller, KindHost } from "./host.js";

let host: KindHost<"acme" | "globex">;
let acme: Caller;
let globex: Caller;

beforeAll(async () => {
  host = await openKind("lists-of-one-table", {
    tenants: { acme: 1, globex: 2 },
    seed: `CREATE UNIQUE INDEX account_login_lower ON "Account" ("companyId", lower(login)); INSERT INTO "Company" VALUES (1), (2);
      ALTER SEQUENCE "Account_id_seq" RESTART WITH 1000; ALTER SEQUENCE "Contact_id_seq" RESTART WITH 1000; ALTER SEQUENCE "Link_id_seq" RESTART WITH 1000`,
  });
  ({ acme, globex } = host.tenants);
});
beforeEach(async () => {
  await host.rows(`TRUNCATE "Account", "Contact", "Link", "Team", "Seat"`);
  await host.rows(`INSERT INTO "Account" (id, "companyId", login, "updatedAt") VALUES (1, 1, 'ann', '2026-01-05'), (2, 1, 'bob', '2026-01-05'), (3, 2, 'ann', '2026-01-05')`);
  await host.rows(`INSERT INTO "Contact" (id, "accountId", kind, address, main) VALUES (1, 1, 'PHONE', '11', false), (2, 1, 'MAIL', 'ann@home', false), (3, 1, 'MAIL', 'ann@work', true), (4, 3, 'MAIL', 'ann@home', false)`);
  await host.rows(`INSERT INTO "Link" (id, "ofId", url) VALUES (1, 1, 'http://x/1')`);
  await host.rows(`INSERT INTO "Team" (id, "companyId", name) VALUES (1, 1, 'Winds'), (2, 1, 'Brass'), (3, 2, 'Winds')`);
  await host.rows(`INSERT INTO "Seat" (id, "teamId", "accountId", role) VALUES (1, 1, 1, 'lead'), (2, 2, 1, 'member'), (3, 3, 3, 'lead')`);
});
afterAll(() => host.close());

const contacts = (): Promise<unknown> => host.rows(`SELECT id, kind, address, main FROM "Contact" WHERE "accountId" = 1 ORDER BY id`);
const values = (...list: readonly string[]): object[] => list.map((value) => ({ value }));
const mail = (value: string, primary = false): object => ({ value, primary });

test("each attribute reads its own rows, and each of two that read one relation in a statement of its own", async () => {
  expect((await acme.request("GET", "/Users/1")).body).toMatchObject({
    emails: [mail("ann@work", true), mail("ann@home")],
    phoneNumbers: values("11"),
    photos: values("http://x/1"),
    roles: values("lead", "member"),
    groups: [{ value: "1" }, { value: "2" }],
  });
  expect((await globex.request("GET", "/Users?attributes=emails,phoneNumbers,roles")).body["Resources"]).toMatchObject([{ emails: [mail("ann@home")], roles: values("lead") }]);
  const sent = async (names: string): Promise<number> => (await host.statements.of(() => acme.request("GET", `/Users?attributes=${names}`))).length;
  const alone = await sent("userName");
  expect([await sent("emails"), await sent("phoneNumbers"), await sent("emails,phoneNumbers,roles")]).toEqual([alone + 1, alone + 1, alone + 3]);
});

test("a filter asks the rows of its own attribute", async () => {
  expect(await acme.find("/Users", `emails.value eq "11"`)).toEqual([]);
  expect(await acme.find("/Users", `phoneNumbers.value eq "11"`)).toEqual(["ann"]);
  expect(await acme.find("/Users", `not (phoneNumbers.value eq "11")`)).toEqual(["bob"]);
  expect(await acme.find("/Users", `emails[value eq "ann@home" and primary eq true] or roles eq "LEAD"`)).toEqual(["ann"]);
});

test("a write of one leaves the rows of the other alone, by PATCH, PUT and clear", async () => {
  expect((await acme.patch("/Users/1", { op: "replace", path: "emails", value: [mail("ann@home", true)] })).body).toMatchObject({ emails: [mail("ann@home", true)], phoneNumbers: values("11") });
  expect(await contacts()).toEqual([{ id: 1, kind: "PHONE", address: "11", main: false }, { id: 2, kind: "MAIL", address: "ann@home", main: true }]);
  expect((await acme.request("PUT", "/Users/1", { userName: "ann", phoneNumbers: values("12"), emails: [mail("ann@home", true), mail("x@x")], photos: values("http://x/2") })).body).toMatchObject({ emails: [mail("ann@home", true), mail("x@x")], phoneNumbers: values("12"), photos: values("http://x/2"), roles: values("lead", "member") });
  expect(await contacts()).toEqual([{ id: 1, kind: "PHONE", address: "12", main: false }, { id: 2, kind: "MAIL", address: "ann@home", main: true }, { id: 1000, kind: "MAIL", address: "x@x", main: false }]);
  expect((await acme.patch("/Users/1", { op: "remove", path: "phoneNumbers" })).status).toBe(200);
  expect(await contacts()).toMatchObject([{ kind: "MAIL" }, { kind: "MAIL" }]);
  const before = await host.rows(`SELECT "updatedAt" FROM "Account" WHERE id = 1`);
  expect((await acme.patch("/Users/1", { op: "add", path: "emails", value: [mail("x@x")] })).status).toBe(200);
  expect(await host.rows(`SELECT "updatedAt" FROM "Account" WHERE id = 1`)).toEqual(before);
});

test("POST makes rows of each; DELETE and other tenants reach their own alone", async () => {
  const cid = await acme.make("/Users", { userName: "cid", emails: [mail("cid@x", true)], phoneNumbers: values("3"), photos: values("http://x/3") });
  expect(cid).toMatchObject({ emails: [mail("cid@x", true)], phoneNumbers: values("3"), photos: values("http://x/3") });
  expect(await host.rows(`SELECT kind, address, main FROM "Contact" WHERE "accountId" = $1 ORDER BY kind`, Number(cid["id"]))).toEqual([{ kind: "MAIL", address: "cid@x", main: true }, { kind: "PHONE", address: "3", main: false }]);
  expect((await globex.patch("/Users/1", { op: "remove", path: "emails" })).status).toBe(404);
  expect((await acme.request("DELETE", "/Users/1")).status).toBe(204);
  expect(await host.rows(`SELECT count(*)::int AS n FROM "Contact" WHERE "accountId" IN (1, 3)`)).toEqual([{ n: 1 }]);
  expect(host.errors).toEqual([]);
});
