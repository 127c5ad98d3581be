/** Golden `scalar-lists`: multi-valued attributes in list columns (RFC 7643 2.4), on a real PostgreSQL. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "../../templates/generated/protocol/json.js";
import { openKind } from "./host.js";
import type { KindHost } from "./host.js";

let host: KindHost<"one" | "two">;

beforeAll(async () => {
  host = await openKind("scalar-lists", {
    tenants: { one: "one", two: "two" },
    // A list that was never written is NULL in the database, and reads as empty.
    seed: `CREATE UNIQUE INDEX account_login_lower ON "Account" ("tenantId", lower(login));
      ALTER TABLE "Account" ALTER COLUMN langs DROP DEFAULT;
      INSERT INTO "Account" (id, "tenantId", login, langs, ranks, pictures) VALUES
        ('null', 'one', 'null', NULL, NULL, '{https://a.example/1}'), ('empty', 'one', 'empty', '{}', '{}', '{}'), ('twice', 'one', 'twice', '{de,de}', '{EDITOR,READER}', '{}'),
        ('both', 'one', 'both', '{de,en}', '{OWNER,READER}', '{}'), ('upper', 'one', 'upper', '{DE}', '{OWNER}', '{}'), ('other', 'two', 'other', '{de}', '{OWNER}', '{}')`,
  });
});
afterAll(() => host.close());

const langs = async (login: string): Promise<unknown> => (await host.rows(`SELECT langs, ranks FROM "Account" WHERE login = $1`, login))[0];
const id = ({ id: made }: JsonObject): string => String(made);

describe("a filter", () => {
  test.each([
    [`entitlements eq "de"`, ["both", "twice"]],
    [`entitlements.value eq "DE"`, ["upper"]],
    [`entitlements[value eq "en"]`, ["both"]],
    [`entitlements[value eq "de" or value eq "DE"]`, ["both", "twice", "upper"]],
    // One element cannot be two values; two can.
    [`entitlements[value eq "de" and value eq "en"]`, []],
    [`entitlements eq "de" and entitlements eq "en"`, ["both"]],
    [`not (entitlements eq "de")`, ["empty", "null", "upper"]],
    // `ne`: another value is there, or none (RFC 7644 3.4.2.2).
    [`entitlements ne "en"`, ["both", "empty", "null", "twice", "upper"]],
    [`entitlements ne "DE"`, ["both", "empty", "null", "twice"]],
    [`entitlements[not (value eq "DE")]`, ["both", "twice"]],
    [`entitlements pr`, ["both", "twice", "upper"]],
    [`not (entitlements pr)`, ["empty", "null"]],
    [`entitlements eq null`, ["empty", "null"]],
    [`entitlements.value pr and not (entitlements[value eq "en"])`, ["twice", "upper"]],
    [`entitlements eq "x' OR 1=1"`, []],
    // Of an enum every value is known, and several may stand for one.
    [`roles eq "MEMBER"`, ["both", "twice"]],
    [`roles[not (value eq "member")]`, ["both", "upper"]],
    [`roles eq "nobody"`, []],
    [`not (roles eq "admin")`, ["empty", "null", "twice"]],
    [`photos eq "https://a.example/1"`, ["null"]],
    [`phoneNumbers eq "text"`, []],
    [`phoneNumbers ne "text"`, ["both", "empty", "null", "twice", "upper"]],
    [`entitlements co "d"`, "invalidFilter"],
    [`entitlements[value gt "a"]`, "invalidFilter"],
    [`entitlements[value ne "a" and value ne "b"]`, "invalidFilter"],
    [`entitlements.primary eq true`, "invalidFilter"],
    [`entitlements[type eq "x"]`, "invalidFilter"],
  ])("%s", async (filter, expected) => {
    const found = await host.tenants.one.find("/Users", filter);
    expect(typeof found === "string" ? found : [...found].sort()).toEqual(expected);
  });
});

test("/Schemas says that there are values alone, and which of them are letter for letter", async () => {
  const { body } = await host.tenants.one.request("GET", "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User");
  const attributes = body["attributes"] as readonly { readonly name: string; readonly subAttributes?: readonly { readonly name: string; readonly caseExact: boolean }[] }[];
  const parts = (name: string): unknown => attributes.find((each) => each.name === name)?.subAttributes?.map((each) => [each.name, each.caseExact]);
  expect(parts("entitlements")).toEqual([["value", true]]);
  expect(parts("ims")).toEqual([["value", false]]);
  expect(parts("roles")).toEqual([["value", false]]);
});

test("values are created, none twice, without the parts that a list cannot hold", async () => {
  const { one, two } = host.tenants;
  const made = await one.make("/Users", {
    userName: "ann",
    entitlements: [{ value: "fr", primary: true, type: "x" }, { value: "fr" }, { value: "FR" }],
    roles: [{ value: "Member" }, { value: "member" }],
    ims: [{ value: "Ann@Chat.Example" }],
    phoneNumbers: [{ value: "9007199254740993" }],
  });
  expect(made).toMatchObject({
    entitlements: [{ value: "fr" }, { value: "FR" }],
    roles: [{ value: "member" }],
    ims: [{ value: "ann@chat.example" }],
    phoneNumbers: [{ value: "9007199254740993" }],
  });
  expect(await one.find("/Users", `ims eq "ANN@chat.example"`)).toEqual(["ann"]);
  expect(await one.find("/Users", `phoneNumbers eq "9007199254740993"`)).toEqual(["ann"]);
  expect(await two.find("/Users", `ims eq "ann@chat.example"`)).toEqual([]);
  expect((await one.request("POST", "/Users", { userName: "wrong", roles: [{ value: "king" }] })).body["scimType"]).toBe("invalidValue");
});

test("PATCH adds and removes by value, in every form, and moves nothing that stays (RFC 7644 3.5.2)", async () => {
  const { one, two } = host.tenants;
  const path = `/Users/${id(await one.make("/Users", { userName: "patched", entitlements: [{ value: "a" }] }))}`;
  const after = async (...operations: readonly object[]): Promise<unknown> => {
    expect((await one.patch(path, ...operations)).status).toBe(200);
    return (await langs("patched") as { readonly langs: unknown }).langs;
  };
  expect(await after({ op: "add", path: "entitlements", value: [{ value: "a" }, { value: "b" }] })).toEqual(["a", "b"]);
  expect(await after({ op: "add", value: { entitlements: [{ value: "c" }] } })).toEqual(["a", "b", "c"]);
  expect(await after({ op: "remove", path: `entitlements[value eq "b"]` })).toEqual(["a", "c"]);
  expect(await after({ op: "remove", path: "entitlements", value: [{ value: "a" }] })).toEqual(["c"]);
  expect(await after({ op: "replace", path: `entitlements[value eq "c"].value`, value: "d" })).toEqual(["d"]);
  expect(await after({ op: "replace", path: "entitlements", value: [{ value: "e" }, { value: "d" }] })).toEqual(["d", "e"]);
  expect((await one.patch(path, { op: "replace", path: `entitlements[value eq "none"].value`, value: "x" })).body["scimType"]).toBe("noTarget");
  expect((await two.patch(path, { op: "remove", path: "entitlements" })).status).toBe(404);
  expect(await after({ op: "remove", path: "entitlements" })).toEqual([]);
});

test("what reads the same is not written: neither a list with a value twice, nor NULL, nor stored values that stand for one", async () => {
  const { one } = host.tenants;
  await one.request("PUT", "/Users/twice", { userName: "twice", entitlements: [{ value: "de" }], roles: [{ value: "member" }] });
  expect(await langs("twice")).toEqual({ langs: ["de", "de"], ranks: "{EDITOR,READER}" });
  await one.request("PUT", "/Users/null", { userName: "null" });
  expect(await langs("null")).toEqual({ langs: null, ranks: null });
  // What only reads is passed over.
  expect((await one.request("PUT", "/Users/null", { userName: "null", photos: [] })).body["photos"]).toEqual([{ value: "https://a.example/1" }]);
});

test("PUT without the attribute, null and an empty list clear it; DELETE takes it along", async () => {
  const { one } = host.tenants;
  for (const body of [{}, { entitlements: null }, { entitlements: [] }]) {
    const path = `/Users/${id(await one.make("/Users", { userName: "cleared", entitlements: [{ value: "a" }] }))}`;
    const { body: answer } = await one.request("PUT", path, { userName: "cleared", ...body });
    expect(answer["entitlements"]).toBeUndefined();
    expect(await langs("cleared")).toMatchObject({ langs: [] });
    expect((await one.request("DELETE", path)).status).toBe(204);
  }
  expect(host.errors).toEqual([]);
});

test("numbers and booleans are values as well, in the attribute's type", async () => {
  const { one, two } = host.tenants;
  const survey = "urn:example:scim:Survey";
  const made = await one.make("/Users", { userName: "asked", emails: [{ value: "true" }], [survey]: { ratings: [1.5, 2, 1.5], answers: [true] } });
  expect(made).toMatchObject({ emails: [{ value: "true" }], [survey]: { ratings: [1.5, 2], answers: [true] } });
  const path = `/Users/${id(made)}`;
  const answer = (await one.patch(path, { op: "add", path: `${survey}:ratings`, value: [0.25] }, { op: "add", path: `${survey}:answers`, value: [false] })).body;
  expect(answer[survey]).toEqual({ ratings: [1.5, 2, 0.25], answers: [true, false] });
  expect(await host.rows(`SELECT ratings, answers, votes FROM "Account" WHERE login = 'asked'`)).toEqual([{ ratings: [1.5, 2, 0.25], answers: [true, false], votes: [true] }]);
  expect(await one.find("/Users", `${survey}:ratings eq 0.25`)).toEqual(["asked"]);
  expect(await one.find("/Users", `${survey}:answers eq false`)).toEqual(["asked"]);
  expect(await one.find("/Users", `userName eq "asked" and not (${survey}:answers eq true)`)).toEqual([]);
  expect(await one.find("/Users", `emails eq "true"`)).toEqual(["asked"]);
  expect(await one.find("/Users", `userName eq "asked" and emails ne "true"`)).toEqual([]);
  expect(await two.find("/Users", `${survey}:ratings pr`)).toEqual([]);
  expect(await one.find("/Users", `${survey}:ratings gt 1`)).toBe("invalidFilter");
  expect((await one.patch(path, { op: "replace", path: "emails", value: [{ value: "yes" }] })).body["scimType"]).toBe("invalidValue");
  expect((await one.patch(path, { op: "remove", path: `${survey}:ratings` })).body[survey]).toEqual({ answers: [true, false] });
});

test("decimals are numbers, and behind a string attribute exact digits: equal ones are one value, whatever zeros end them", async () => {
  const { one, two } = host.tenants;
  const survey = "urn:example:scim:Survey";
  const stored = async (): Promise<unknown> => (await host.rows(`SELECT ARRAY(SELECT trim_scale(unnest(prices)))::text AS prices, ARRAY(SELECT trim_scale(unnest(rates)))::text AS rates FROM "Account" WHERE login = 'paid'`))[0];
  const made = await one.make("/Users", { userName: "paid", [survey]: { prices: [99999.99, 1.5, 1.5], rates: ["0.10", "12345678901234567890.5", "-0.0"] } });
  expect(made[survey]).toEqual({ prices: [99999.99, 1.5], rates: ["0.1", "12345678901234567890.5", "0"] });
  expect(await stored()).toEqual({ prices: "{99999.99,1.5}", rates: "{0.1,12345678901234567890.5,0}" });
  await host.rows(`UPDATE "Account" SET prices = '{1.50,2.00}', rates = '{0.100,7}' WHERE login = 'paid'`);
  const path = `/Users/${id(made)}`;
  const added = await one.patch(path, { op: "add", path: `${survey}:prices`, value: [1.5, 3] }, { op: "add", path: `${survey}:rates`, value: ["0.10", "007"] });
  expect(added.body[survey]).toEqual({ prices: [1.5, 2, 3], rates: ["0.1", "7"] });
  expect(await stored()).toEqual({ prices: "{1.5,2,3}", rates: "{0.1,7}" });
  await one.patch(path, { op: "remove", path: `${survey}:prices[value eq 2]` });
  expect((await one.request("PUT", path, { userName: "paid", [survey]: { prices: [3, 1.5], rates: ["7.0"] } })).body[survey]).toEqual({ prices: [1.5, 3], rates: ["7"] });
  for (const filter of [`${survey}:prices eq 1.5`, `${survey}:prices eq 3.0`, `${survey}:rates eq "7.00"`, `${survey}:rates pr`]) expect(await one.find("/Users", filter), filter).toEqual(["paid"]);
  const also = (filter: string): Promise<unknown> => one.find("/Users", `userName eq "paid" and ${filter}`);
  expect(await also(`${survey}:rates ne "7"`)).toEqual([]);
  expect(await also(`not (${survey}:prices eq 1.5)`)).toEqual([]);
  expect(await also(`${survey}:rates eq "text"`)).toEqual([]);
  expect(await also(`${survey}:prices gt 1`)).toBe("invalidFilter");
  expect(await one.find("/Users", `${survey}:prices ne 1.5`)).toContain("paid");
  expect(await one.find("/Users", `not (${survey}:prices pr)`)).toContain("null");
  expect(await two.find("/Users", `${survey}:prices pr`)).toEqual([]);
  expect((await one.patch(path, { op: "add", path: `${survey}:rates`, value: ["much"] })).body["scimType"]).toBe("invalidValue");
  expect((await one.patch(path, { op: "remove", path: `${survey}:prices` }, { op: "replace", path: `${survey}:rates`, value: [] })).body[survey]).toBeUndefined();
  expect(host.errors).toEqual([]);
});

test("64 clients that add a value each lose none", async () => {
  const { one } = host.tenants;
  const path = `/Users/${id(await one.make("/Users", { userName: "busy" }))}`;
  await Promise.all(Array.from({ length: 64 }, (_, n) => one.patch(path, { op: "add", path: "entitlements", value: [{ value: `v${String(n)}` }] })));
  const row = (await langs("busy")) as { readonly langs: readonly string[] };
  expect(new Set(row.langs).size).toBe(64);
});
