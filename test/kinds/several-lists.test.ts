/** Golden `several-lists`: one multi-valued attribute in rows of several lists, each read and written by its own rule (mapping language 5: `[rows, …]`). */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { Caller, KindHost } from "./host.js";

let host: KindHost<"acme" | "globex">;
let acme: Caller;
let globex: Caller;

beforeAll(async () => {
  host = await openKind("several-lists", {
    tenants: { acme: 1, globex: 2 },
    seed: `CREATE UNIQUE INDEX person_email_lower ON "Person" (lower(email)); INSERT INTO "Company" VALUES (1), (2);
      ALTER SEQUENCE "Person_id_seq" RESTART WITH 1000; ALTER SEQUENCE "Membership_id_seq" RESTART WITH 1000; ALTER SEQUENCE "Contact_id_seq" RESTART WITH 1000; ALTER SEQUENCE "Mailbox_id_seq" RESTART WITH 1000`,
    options: { rules: { mayLink: () => true } },
  });
  ({ acme, globex } = host.tenants);
});
beforeEach(async () => {
  await host.rows(`TRUNCATE "Person", "Membership", "Contact", "Mailbox", "Alias" CASCADE`);
  // Ann is acme's own and a member of both; Bo is a member of acme, and globex' own.
  await host.rows(`INSERT INTO "Person" (id, email, "ownerId") VALUES (1, 'ann@x', 1), (2, 'bo@x', 2)`);
  await host.rows(`INSERT INTO "Membership" (id, "companyId", "personId", "updatedAt") VALUES (11, 1, 1, '2026-01-05'), (12, 1, 2, '2026-01-05'), (21, 2, 1, '2026-01-05')`);
  await host.rows(`INSERT INTO "Mailbox" (id, "membershipId", address, main, quota) VALUES (1, 11, 'ann@acme', true, 9), (2, 21, 'ann@globex', true, 9)`);
  await host.rows(`INSERT INTO "Contact" (id, "personId", address, main) VALUES (1, 1, 'ann@home', false), (2, 2, 'bo@home', false)`);
  await host.rows(`INSERT INTO "Alias" VALUES (1, 11, 'a@acme'), (2, 21, 'a@globex')`);
});
afterAll(() => host.close());

const [work, home, other] = ["work", "home", "other"].map((type) => (value: string, primary?: boolean): object => ({ value, type, ...(primary === undefined ? {} : { primary }) })) as [Mail, Mail, Mail];
type Mail = (value: string, primary?: boolean) => object;
const stored = (): Promise<unknown> => host.rows(`SELECT 'box' AS list, id, address, main FROM "Mailbox" WHERE "membershipId" = 11 UNION ALL SELECT 'contact', id, address, main FROM "Contact" WHERE "personId" = 1 UNION ALL SELECT 'alias', id, address, NULL FROM "Alias" WHERE "membershipId" = 11 ORDER BY 1, 2`);
const before = [{ list: "alias", id: 1, address: "a@acme", main: null }, { list: "box", id: 1, address: "ann@acme", main: true }, { list: "contact", id: 1, address: "ann@home", main: false }];
const ann = [work("ann@acme", true), home("ann@home", false), other("a@acme")];

test("the elements of all lists are one attribute, in the order of the mapping; each tenant sees its own and the person's", async () => {
  expect((await acme.request("GET", "/Users/11")).body["emails"]).toEqual(ann);
  expect((await globex.request("GET", "/Users/21")).body["emails"]).toEqual([work("ann@globex", true), home("ann@home", false), other("a@globex")]);
  expect((await acme.request("GET", "/Users/12")).body["emails"]).toEqual([home("bo@home", false)]);
  const sent = async (names: string): Promise<number> => (await host.statements.of(() => acme.request("GET", `/Users?attributes=${names}`))).length;
  expect(await sent("emails")).toBe((await sent("id")) + 3);
});

test("a filter asks every list, and one row of one list satisfies a bracket", async () => {
  const find = (filter: string): Promise<unknown> => acme.find("/Users", filter);
  expect(await find(`emails.value eq "ANN@home"`)).toEqual(["ann@x"]);
  expect(await find(`emails.value eq "a@acme"`)).toEqual(["ann@x"]);
  expect(await find(`emails.value eq "ann@globex"`)).toEqual([]);
  expect(await find(`emails[type eq "work" and value eq "ann@acme"]`)).toEqual(["ann@x"]);
  expect(await find(`emails[type eq "work" and value eq "ann@home"]`)).toEqual([]);
  expect(await find(`emails[primary eq true]`)).toEqual(["ann@x"]);
  expect(await find(`not (emails.value eq "a@acme")`)).toEqual(["bo@x"]);
  expect(await find(`emails[type eq "other" and primary eq true]`)).toEqual([]);
});

test("an element goes to the list of its type, one without a type to the first; what is there stays where it is", async () => {
  const added = await acme.patch("/Users/11", { op: "add", path: "emails", value: [home("new@home"), { value: "bare@x" }, { value: "B@ACME", type: "Work" }] });
  expect(added.body["emails"], added.text).toEqual([work("ann@acme", true), work("bare@x", false), work("B@ACME", false), home("ann@home", false), home("new@home", false), other("a@acme")]);
  expect(await stored()).toEqual([...before.slice(0, 2), { list: "box", id: 1000, address: "bare@x", main: false }, { list: "box", id: 1001, address: "B@ACME", main: false }, before[2], { list: "contact", id: 1000, address: "new@home", main: false }]);
});

test("PUT reconciles each list; what the host alone writes is passed over, and stays", async () => {
  const put = await acme.request("PUT", "/Users/11", { userName: "ann@x", emails: [work("ann@acme", false), home("ann@home", true), home("two@home", false)] });
  expect(put.body["emails"], put.text).toEqual([work("ann@acme", false), home("ann@home", true), home("two@home", false), other("a@acme")]);
  expect(await host.rows(`SELECT id, quota FROM "Mailbox" WHERE "membershipId" = 11`)).toEqual([{ id: 1, quota: 9 }]);
  expect((await acme.request("PUT", "/Users/11", { userName: "ann@x" })).body["emails"]).toEqual([other("a@acme")]);
  expect(await stored()).toEqual([before[0]]);
});

test("what is said already moves nothing, also with elements that are only read", async () => {
  const row = (): Promise<unknown> => host.rows(`SELECT * FROM "Membership" WHERE id = 11`);
  const was = await row();
  expect((await acme.request("PUT", "/Users/11", { userName: "ann@x", emails: ann })).status).toBe(200);
  expect((await acme.request("PUT", "/Users/11", { userName: "ann@x", emails: ann.slice(0, 2) })).status).toBe(200);
  expect((await acme.patch("/Users/11", { op: "add", path: "emails", value: [other("a@acme")] })).status).toBe(200);
  expect(await stored()).toEqual(before);
  expect(await row()).toEqual(was);
});

test("an element that no list takes is 400, and nothing is written", async () => {
  expect(await acme.patch("/Users/11", { op: "add", path: "emails", value: [other("new@x"), work("w@x")] })).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
  expect(await acme.request("POST", "/Users", { userName: "eve@x", emails: [{ value: "x@x", type: "spam" }] })).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
  expect(await stored()).toEqual(before);
  expect(await host.rows(`SELECT count(*)::int AS n FROM "Person"`)).toEqual([{ n: 2 }]);
});

test("each list keeps its own rule: a person that is another tenant's keeps its rows, and the member's own are written", async () => {
  const patched = await globex.patch("/Users/21", { op: "add", path: "emails", value: [home("taken@home"), work("w@globex")] });
  expect(patched.body["emails"], patched.text).toEqual([work("ann@globex", true), work("w@globex", false), home("ann@home", false), other("a@globex")]);
  expect(host.log).toContainEqual(expect.objectContaining({ event: "kept" }));
  expect((await globex.patch("/Users/21", { op: "remove", path: "emails" })).body["emails"]).toEqual([home("ann@home", false), other("a@globex")]);
  expect((await globex.patch("/Users/11", { op: "remove", path: "emails" })).status).toBe(404);
  expect(await stored()).toEqual(before);
});

test("POST shares the elements out, and DELETE takes the member's own", async () => {
  const eve = await acme.make("/Users", { userName: "eve@x", emails: [home("eve@home", true), work("eve@acme")] });
  expect(eve["emails"]).toEqual([work("eve@acme", false), home("eve@home", true)]);
  expect((await acme.request("DELETE", `/Users/${String(eve["id"])}`)).status).toBe(204);
  expect(await host.rows(`SELECT (SELECT count(*)::int FROM "Mailbox" WHERE address = 'eve@acme') AS boxes, (SELECT count(*)::int FROM "Contact" WHERE address = 'eve@home') AS contacts`)).toEqual([{ boxes: 0, contacts: 1 }]);
  expect(host.errors).toEqual([]);
});
