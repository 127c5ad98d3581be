/** Golden `json-documents`: values and elements in Json columns, beside what the host keeps there, on a real PostgreSQL. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "../../templates/generated/protocol/json.js";
import { openKind } from "./host.js";
import type { KindHost } from "./host.js";

let host: KindHost<"one" | "two">;

/** Everything that can stand there. What is not of the attribute's type is absent. */
const sheets: Readonly<Record<string, unknown>> = {
  ann: { nick: "Annie_%", ids: { outside: "x-1" }, "job title": "boss", on: true, kept: 1, addresses: [{ street: "Main 1", country: "DE", use: "work", geo: [1, 2] }, { country: "US", use: "home" }] },
  ben: { nick: "BEN", on: false, addresses: [] },
  cat: { nick: "" },
  dan: { nick: null, addresses: null },
  eve: { nick: 5, on: "yes", addresses: "none", ids: [] },
  fay: { nick: ["Annie_%"], addresses: { country: "DE" } },
  gus: { nick: true, addresses: [1, "x", null, { country: 7 }, { country: "DE", geo: 1 }] },
  hal: [],
  ian: "text",
  joy: {},
};

beforeAll(async () => {
  const rows = Object.entries(sheets).map(([login, sheet]) => `('${login}', 'one', '${login}', '${JSON.stringify(sheet)}', '{"first":"F"}')`);
  host = await openKind("json-documents", {
    tenants: { one: "one", two: "two" },
    seed: `CREATE UNIQUE INDEX account_login_lower ON "Account" ("tenantId", lower(login));
      INSERT INTO "Account" (id, "tenantId", login, sheet, must) VALUES ${rows.join(", ")}, ('kim', 'one', 'kim', 'null', '{}'), ('leo', 'one', 'leo', NULL, '[]'), ('other', 'two', 'other', '${JSON.stringify(sheets["ann"])}', '{}');
      INSERT INTO "Person" (id, about) VALUES ('p1', '{"tongue":"de-AT"}'), ('p2', NULL), ('p3', '{"tongue":1}');
      UPDATE "Account" SET "personId" = 'p1' WHERE id = 'ann'; UPDATE "Account" SET "personId" = 'p2' WHERE id = 'ben'; UPDATE "Account" SET "personId" = 'p3' WHERE id = 'cat'`,
  });
});
afterAll(() => host.close());

const everybody = [...Object.keys(sheets), "kim", "leo"];
const allBut = (...names: readonly string[]): readonly string[] => everybody.filter((each) => !names.includes(each));
const column = async (name: string, login: string): Promise<unknown> => (await host.rows(`SELECT ${name} AS it FROM "Account" WHERE login = $1`, login))[0]?.["it"];
const pathOf = ({ id }: JsonObject): string => `/Users/${String(id)}`;

describe("a filter on a value under a key", () => {
  test.each([
    [`nickName co "NIE_"`, ["ann"]],
    [`nickName co "n%e"`, []],
    [`nickName sw "b"`, ["ben"]],
    [`nickName ew "_%"`, ["ann"]],
    [`not (nickName co "nie")`, allBut("ann")],
    [`nickName pr`, ["ann", "ben"]],
    [`not (nickName pr)`, allBut("ann", "ben")],
    [`nickName eq null`, allBut("ann", "ben")],
    [`not (nickName sw "zz")`, everybody],
    [`nickName eq "BEN"`, "invalidFilter"],
    [`nickName ne "BEN"`, "invalidFilter"],
    [`nickName gt "A"`, "invalidFilter"],
    [`externalId eq "x-1"`, ["ann"]],
    [`externalId eq "X-1"`, []],
    [`externalId ne "x-1"`, allBut("ann")],
    [`not (externalId eq "x-1")`, allBut("ann")],
    [`title eq "BOSS"`, ["ann"]],
    [`active eq true`, ["ann"]],
    [`active eq false`, ["ben"]],
    [`not (active eq true)`, allBut("ann")],
    [`active pr`, ["ann", "ben"]],
    [`not (active pr)`, allBut("ann", "ben")],
    [`name.givenName co "f"`, allBut("kim", "leo")],
    [`not (name.givenName co "f")`, ["kim", "leo"]],
    [`preferredLanguage sw "de-"`, ["ann"]],
    [`not (preferredLanguage sw "de-")`, allBut("ann")],
    [`preferredLanguage pr`, ["ann"]],
    [`not (preferredLanguage pr)`, allBut("ann")],
    [`nickName co "nie" and not (title eq "boss")`, []],
    [`not (nickName co "nie" or active eq false)`, allBut("ann", "ben")],
    [`not (nickName co "nie" and active eq true)`, allBut("ann")],
  ])("%s", async (filter, expected) => {
    const found = await host.tenants.one.find("/Users", filter);
    expect(typeof found === "string" ? found : [...found].sort()).toEqual(expected);
  });
});

describe("a filter on elements", () => {
  test.each([
    [`addresses[country eq "DE"]`, ["ann", "gus"]],
    [`addresses.country eq "DE"`, ["ann", "gus"]],
    [`addresses[country eq "de"]`, []],
    [`addresses[country eq "DE" and type eq "work"]`, ["ann"]],
    // Two keys of one element, never of two.
    [`addresses[country eq "US" and type eq "work"]`, []],
    [`addresses[type eq "work"] and addresses[country eq "US"]`, ["ann"]],
    [`addresses[country eq "US" or streetAddress eq "Main 1"]`, ["ann"]],
    [`addresses[country eq "DE" and country eq "US"]`, []],
    [`not (addresses[country eq "DE"])`, allBut("ann", "gus")],
    [`not (addresses[country eq "DE" and country eq "US"])`, everybody],
    [`addresses pr`, ["ann", "gus"]],
    [`not (addresses pr)`, allBut("ann", "gus")],
    [`not (addresses[type eq "home" or country eq "FR"])`, allBut("ann")],
    [`addresses[country ne "DE"]`, "invalidFilter"],
    [`addresses.country ne "DE"`, "invalidFilter"],
    [`addresses[not (country eq "DE")]`, "invalidFilter"],
    [`addresses[country pr]`, "invalidFilter"],
    [`addresses[country co "D"]`, "invalidFilter"],
    // Letter case does not count in a display, and a document cannot be asked so.
    [`emails[display eq "x"]`, "invalidFilter"],
    [`emails[value eq "NOBODY"]`, []],
    [`not (emails pr)`, everybody],
    [`not (emails[value eq "x"])`, everybody],
  ])("%s", async (filter, expected) => {
    const found = await host.tenants.one.find("/Users", filter);
    expect(typeof found === "string" ? found : [...found].sort()).toEqual(expected);
  });
});

test("whatever stands in a document, the answer is the rest of it", async () => {
  const { body } = await host.tenants.one.request("GET", "/Users");
  const shown = Object.fromEntries((body["Resources"] as readonly JsonObject[]).map(({ userName, nickName, active, addresses, externalId }) => [String(userName), { nickName, active, addresses, externalId }]));
  expect(shown["ann"]).toEqual({ nickName: "Annie_%", active: true, externalId: "x-1", addresses: [{ streetAddress: "Main 1", country: "DE", type: "work" }, { country: "US", type: "home" }] });
  expect(shown["gus"]).toEqual({ addresses: [{ country: "DE" }] });
  for (const name of ["dan", "eve", "fay", "hal", "ian", "joy", "kim", "leo"]) expect(shown[name], name).toEqual({});
});

test("a value is created, set and removed beside what is there, and what reads the same is not written", async () => {
  const { one, two } = host.tenants;
  const made = await one.make("/Users", { userName: "made", nickName: "Nick", title: "Lead", externalId: "e", name: { givenName: "G" } });
  expect(made).toMatchObject({ nickName: "Nick", title: "lead", externalId: "e", active: true, name: { givenName: "G" } });
  expect(await column("sheet", "made")).toEqual({ nick: "Nick", "job title": "lead", ids: { outside: "e" }, on: true });
  expect(await column("must", "made")).toEqual({ first: "G" });
  await host.rows(`UPDATE "Account" SET sheet = sheet || '{"host": {"x": [1]}}' WHERE login = 'made'`);
  const path = pathOf(made);
  expect((await one.patch(path, { op: "replace", path: "nickName", value: "Other" })).body["nickName"]).toBe("Other");
  expect((await one.patch(path, { op: "remove", path: "externalId" })).body["externalId"]).toBeUndefined();
  expect(await column("sheet", "made")).toEqual({ nick: "Other", "job title": "lead", ids: {}, on: true, host: { x: [1] } });
  expect((await two.patch(path, { op: "replace", path: "nickName", value: "stolen" })).status).toBe(404);
  await one.request("PUT", path, { userName: "made" });
  expect(await column("sheet", "made")).toEqual({ ids: {}, on: true, host: { x: [1] } });
  expect(await column("must", "made")).toEqual({});
  await one.make("/Users", { userName: "bare" });
  expect(await column("must", "bare")).toEqual({});
  expect(await column("mails", "bare")).toBeNull();
});

test("elements are merged by their value: what the host put into them, beside them and in their place stays", async () => {
  const { one } = host.tenants;
  const path = "/Users/gus";
  await one.patch(path, { op: "add", path: "addresses", value: [{ country: "FR", type: "work", primary: true }] });
  expect(await column(`sheet->'addresses'`, "gus")).toEqual([1, "x", null, { country: 7 }, { country: "DE", geo: 1 }, { country: "FR", use: "work", primary: true }]);
  await one.patch(path, { op: "replace", path: `addresses[country eq "DE"].locality`, value: "Berlin" });
  expect(await column(`sheet->'addresses'->4`, "gus")).toEqual({ country: "DE", geo: 1, locality: "Berlin" });
  await one.patch(path, { op: "remove", path: `addresses[type eq "work"]` });
  expect(await column(`sheet->'addresses'`, "gus")).toEqual([1, "x", null, { country: 7 }, { country: "DE", geo: 1, locality: "Berlin" }]);
  await one.patch(path, { op: "remove", path: "addresses" });
  expect(await column(`sheet->'addresses'`, "gus")).toEqual([1, "x", null, { country: 7 }]);
  expect(await column(`sheet->'nick'`, "gus")).toBe(true);
});

test("a whole column of elements: by value, [] when cleared, null where it was null", async () => {
  const { one } = host.tenants;
  const made = await one.make("/Users", { userName: "mail", emails: [{ value: "A@x.example", type: "Work", primary: true }, { value: "b@x.example", display: "B" }], phoneNumbers: [{ value: "+1" }] });
  expect(await column("mails", "mail")).toEqual([{ value: "a@x.example", type: "work", primary: true }, { value: "b@x.example", display: "B" }]);
  expect(await column("calls", "mail")).toEqual([{ number: "+1" }]);
  expect(await one.find("/Users", `emails[value eq "A@X.example" and type eq "WORK"]`)).toEqual(["mail"]);
  expect(await one.find("/Users", `emails[primary eq true]`)).toEqual(["mail"]);
  await host.rows(`UPDATE "Account" SET mails = jsonb_set(mails, '{0,verified}', 'true') WHERE login = 'mail'`);
  const path = pathOf(made);
  // The same address, another type: the host's mark stays. Another address: it is not for that.
  await one.patch(path, { op: "replace", path: `emails[value eq "a@x.example"].type`, value: "home" });
  expect(await column("mails->0", "mail")).toEqual({ value: "a@x.example", type: "home", primary: true, verified: true });
  await one.patch(path, { op: "replace", path: `emails[type eq "home"].value`, value: "c@x.example" });
  expect(await column("mails", "mail")).toEqual([{ value: "b@x.example", display: "B" }, { value: "c@x.example", type: "home", primary: true }]);
  await one.request("PUT", path, { userName: "mail" });
  expect([await column("mails", "mail"), await column("calls", "mail")]).toEqual([[], []]);
  await one.request("PUT", "/Users/joy", { userName: "joy", emails: [] });
  expect(await column("mails", "joy")).toBeNull();
});

test("of two primary elements answers show the first as primary; a change of the list writes that, and nothing else does (RFC 7643 2.4)", async () => {
  const { one } = host.tenants;
  const made = await one.make("/Users", { userName: "two", emails: [{ value: "a@x.example" }] });
  const stored = [{ value: "a@x.example", primary: true }, { value: "b@x.example", primary: true }];
  await host.rows(`UPDATE "Account" SET mails = $1::jsonb WHERE login = 'two'`, JSON.stringify(stored));
  const path = pathOf(made);
  const shown = [{ value: "a@x.example", primary: true }, { value: "b@x.example", primary: false }];
  expect((await one.request("GET", path)).body["emails"]).toEqual(shown);
  expect((await one.request("PUT", path, { userName: "two", emails: shown })).body["emails"]).toEqual(shown);
  await one.patch(path, { op: "replace", path: "nickName", value: "N" });
  expect(await column("mails", "two")).toEqual(stored);
  // Containment finds a second primary, too: no index says which is the first.
  expect(await one.find("/Users", `emails[value eq "b@x.example" and primary eq true]`)).toEqual(["two"]);
  await one.patch(path, { op: "replace", path: "emails[primary eq true].display", value: "D" });
  expect(await column("mails", "two")).toEqual([{ value: "a@x.example", display: "D", primary: true }, { value: "b@x.example", primary: false }]);
  await one.request("DELETE", path);
});

test("an object or a list that is not the attribute's is never overwritten, and stops nothing beside it", async () => {
  const { one } = host.tenants;
  for (const [login, operation] of [
    ["fay", { op: "replace", path: "nickName", value: "x" }],
    ["fay", { op: "replace", path: "addresses", value: [{ country: "FR" }] }],
    ["hal", { op: "replace", path: "nickName", value: "x" }],
    ["ian", { op: "add", path: "addresses", value: [{ country: "FR" }] }],
  ] as const) {
    const answer = await one.patch(`/Users/${login}`, operation, { op: "add", path: "phoneNumbers", value: [{ value: login }] });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ phoneNumbers: [{ value: login }] });
    expect(await column("sheet", login)).toEqual(sheets[login]);
  }
  // A value of another type gives way to one that a client sets, and is left alone by one that it leaves out.
  await one.request("PUT", "/Users/eve", { userName: "eve" });
  expect(await column(`sheet->'nick'`, "eve")).toBe(5);
  await one.patch("/Users/eve", { op: "replace", path: "nickName", value: "Eve" });
  expect(await column(`sheet->'nick'`, "eve")).toBe("Eve");
  await one.patch("/Users/leo", { op: "replace", path: "nickName", value: "Leo" });
  await one.patch("/Users/kim", { op: "replace", path: "nickName", value: "Kim" });
  expect([await column("sheet", "leo"), await column("sheet", "kim")]).toEqual([{ nick: "Leo" }, { nick: "Kim" }]);
  expect(host.errors).toEqual([]);
});

test("64 writes of different keys and elements of one document lose none", async () => {
  const { one } = host.tenants;
  const made = await one.make("/Users", { userName: "busy" });
  const path = pathOf(made);
  await Promise.all(
    Array.from({ length: 64 }, (_, n) =>
      one.patch(path, n === 0 ? { op: "add", path: "nickName", value: "n" } : n === 1 ? { op: "add", path: "title", value: "t" } : { op: "add", path: "addresses", value: [{ country: String(n), type: String(n) }] }),
    ),
  );
  const sheet = (await column("sheet", "busy")) as { readonly nick: string; readonly "job title": string; readonly addresses: readonly unknown[] };
  expect([sheet.nick, sheet["job title"], sheet.addresses.length]).toEqual(["n", "t", 62]);
});
