/** Golden `documents-in-rows`: parts of elements that are keys of a document in their row, on a real PostgreSQL. */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "../../templates/generated/protocol/json.js";
import { openKind } from "./host.js";
import type { KindHost } from "./host.js";

let host: KindHost<"one" | "two">;
const digestOf = (tenant: string, value: string): string => createHash("sha256").update(`${tenant} ${value}`).digest("hex");
const rules = {
  cipher: { read: (stored: string) => [...stored].reverse().join(""), write: (value: string) => [...value].reverse().join("") },
  digest: { write: (value: string, { tenant }: { readonly tenant: string }) => digestOf(tenant, value) },
};

beforeAll(async () => {
  host = await openKind("documents-in-rows", {
    tenants: { one: "one", two: "two" },
    seed: `CREATE UNIQUE INDEX account_login_lower ON "Account" ("tenantId", lower(login));
      INSERT INTO "Kind" VALUES (1, '{"label": "Mastodon"}');
      INSERT INTO "Account" (id, "tenantId", login) VALUES ('none', 'one', 'none'), ('half', 'one', 'half'), ('odd', 'one', 'odd'), ('other', 'two', 'other');
      INSERT INTO "Address" (id, "accountId", town, sheet) VALUES ('a1', 'half', 'Wien', NULL), ('a2', 'other', NULL, '{"street": "Main Road", "post": {"code": "1010"}}'), ('a3', 'odd', 'Linz', '{"street": 7, "post": "none", "country": "AT", "host": {"deep": true}}');
      INSERT INTO "Chat" (id, "accountId", data, "kindId") VALUES ('c1', 'half', '{"name": "half@chat", "host": 1}', 1)`,
    options: { rules },
  });
});
afterAll(() => host.close());

const pathOf = ({ id }: JsonObject): string => `/Users/${String(id)}`;
const sheets = async (login: string): Promise<readonly unknown[]> => (await host.rows(`SELECT p.sheet FROM "Address" p JOIN "Account" a ON a.id = p."accountId" WHERE a.login = $1 ORDER BY p.town`, login)).map(({ sheet }) => sheet);

test("elements are made with a document of their own, and none where it has nothing to hold", async () => {
  const made = await host.tenants.one.make("/Users", {
    userName: "ann",
    addresses: [{ streetAddress: "Main Road", postalCode: "1010", locality: "Graz", primary: true, country: "passed over" }, { locality: "Wien" }],
    ims: [{ value: "Ann@Chat", type: "xmpp", primary: true, display: "passed over" }],
  });
  expect(made).toMatchObject({
    addresses: [{ streetAddress: "Main Road", postalCode: "1010", locality: "Graz", primary: true }, { locality: "Wien", primary: false }],
    ims: [{ value: "ann@chat", type: "xmpp", primary: true }],
  });
  expect(await sheets("ann")).toEqual([{ street: "Main Road", post: { code: "1010" } }, null]);
  expect(await host.rows(`SELECT data FROM "Chat" WHERE "accountId" = $1`, made["id"])).toEqual([{ data: { name: "ann@chat", kind: "xmpp", main: true } }]);
});

describe("a filter", () => {
  test.each([
    [`addresses[postalCode eq "1010"]`, ["ann"]],
    [`addresses.postalCode eq "1010"`, ["ann"]],
    [`addresses[postalCode eq "1010" and locality eq "graz"]`, ["ann"]],
    [`addresses[postalCode eq "1010" and locality eq "wien"]`, []],
    [`addresses[streetAddress sw "main"]`, ["ann"]],
    [`addresses[not (streetAddress co "main")]`, ["ann", "half", "odd"]],
    [`addresses[postalCode ne "1010"]`, ["ann", "half", "odd"]],
    [`addresses[not (postalCode pr)]`, ["ann", "half", "odd"]],
    [`addresses[streetAddress pr]`, ["ann"]],
    [`not (addresses[postalCode pr])`, ["half", "none", "odd"]],
    [`addresses[country eq "AT"]`, "invalidFilter"],
    [`addresses[country sw "AT"]`, ["odd"]],
    [`addresses[streetAddress eq "Main Road"]`, "invalidFilter"],
    [`addresses[postalCode gt "1"]`, "invalidFilter"],
    [`ims eq "ANN@chat"`, ["ann"]],
    [`ims[value ew "chat" and primary eq true]`, ["ann"]],
    [`ims[primary ne true]`, ["half"]],
    [`ims[display co "masto"]`, ["half"]],
    [`ims[not (display pr)]`, ["ann"]],
    [`not (ims.value eq "ann@chat")`, ["half", "none", "odd"]],
  ])("%s", async (filter, expected) => {
    const found = await host.tenants.one.find("/Users", filter);
    expect(typeof found === "string" ? found : [...found].sort()).toEqual(expected);
  });

  test("finds a row of another tenant for that tenant alone", async () => {
    expect(await host.tenants.two.find("/Users", `addresses[postalCode eq "1010"]`)).toEqual(["other"]);
    expect((await host.tenants.one.request("GET", "/Users?sortBy=ims")).status).toBe(400);
  });
});

test("PATCH and PUT write the keys that differ, and leave the host's (RFC 7644 3.5.2)", async () => {
  const { one, two } = host.tenants;
  const patch = async (...operations: readonly object[]): Promise<JsonObject> => (await one.patch("/Users/half", ...operations)).body;
  await patch({ op: "replace", path: `ims[value eq "half@chat"].type`, value: "xmpp" });
  expect(await host.rows(`SELECT id, data, "kindId" FROM "Chat" WHERE "accountId" = 'half'`)).toEqual([{ id: "c1", data: { name: "half@chat", host: 1, kind: "xmpp" }, kindId: 1 }]);
  expect((await patch({ op: "add", path: `addresses[locality eq "Wien"].streetAddress`, value: "Ring 1" }))["addresses"]).toEqual([{ streetAddress: "Ring 1", locality: "Wien", primary: false }]);
  expect(await sheets("half")).toEqual([{ street: "Ring 1" }]);
  await host.rows(`UPDATE "Address" SET sheet = sheet || '{"host": [1]}' WHERE id = 'a1'`);
  await one.request("PUT", "/Users/half", { userName: "half", addresses: [{ streetAddress: "Ring 1", postalCode: "1020", locality: "Wien" }], ims: [{ value: "half@chat" }] });
  expect(await host.rows(`SELECT id, sheet, note FROM "Address" WHERE "accountId" = 'half'`)).toEqual([{ id: "a1", sheet: { street: "Ring 1", host: [1], post: { code: "1020" } }, note: "kept" }]);
  expect(await host.rows(`SELECT data FROM "Chat" WHERE id = 'c1'`)).toEqual([{ data: { name: "half@chat", host: 1 } }]);
  await patch({ op: "remove", path: `addresses[locality eq "Wien"].postalCode` });
  expect(await sheets("half")).toEqual([{ street: "Ring 1", host: [1], post: {} }]);
  // The text of another type, and an object in its place, are the host's: absent, and never written over.
  expect((await one.request("GET", "/Users/odd")).body["addresses"]).toEqual([{ locality: "Linz", country: "AT", primary: false }]);
  await one.patch("/Users/odd", { op: "replace", path: `addresses[locality eq "Linz"].locality`, value: "Enns" });
  expect(await sheets("odd")).toEqual([{ street: 7, post: "none", country: "AT", host: { deep: true } }]);
  expect((await two.patch("/Users/half", { op: "remove", path: "addresses" })).status).toBe(404);
  for (const body of [{ addresses: [] }, {}]) {
    expect((await one.request("PUT", "/Users/half", { userName: "half", ...body })).body["addresses"]).toBeUndefined();
    expect(await sheets("half")).toEqual([]);
  }
});

test("rows of several lists, and of a table to which no relation leads, hold documents alike, beside what a codec makes", async () => {
  const { one, two } = host.tenants;
  const made = await one.make("/Users", { userName: "eve", phoneNumbers: [{ value: "+1", type: "home" }, { value: "+2", type: "work" }], roles: [{ value: "boss", display: "Chief", type: "Board" }] });
  expect(made).toMatchObject({ phoneNumbers: [{ value: "+1", type: "home" }, { value: "+2", type: "work" }], roles: [{ value: "boss", display: "Chief", type: "Board" }] });
  expect(await host.rows(`SELECT data FROM "Home"`)).toEqual([{ data: { number: "+1" } }]);
  expect(await host.rows(`SELECT secret, data FROM "Badge"`)).toEqual([{ secret: "ssob", data: { label: "Chief", kind: "Board" } }]);
  expect(await one.find("/Users", `phoneNumbers eq "+1" and phoneNumbers eq "+2"`)).toEqual(["eve"]);
  expect(await one.find("/Users", `roles[value eq "boss" and type eq "Board" and display sw "ch"]`)).toEqual(["eve"]);
  expect(await two.find("/Users", `roles[value eq "boss"] or phoneNumbers pr`)).toEqual([]);
  await host.rows(`UPDATE "Badge" SET data = data || '{"host": 1}'`);
  await one.patch(pathOf(made), { op: "remove", path: `roles[value eq "boss"].display` }, { op: "replace", path: `phoneNumbers[type eq "home"].value`, value: "+3" });
  expect(await host.rows(`SELECT secret, data FROM "Badge"`)).toEqual([{ secret: "ssob", data: { kind: "Board", host: 1 } }]);
  expect(await host.rows(`SELECT data FROM "Home"`)).toEqual([{ data: { number: "+3" } }]);
  expect((await one.request("DELETE", pathOf(made))).status).toBe(204);
  expect(await host.rows(`SELECT id FROM "Home" UNION ALL SELECT id FROM "Badge"`)).toEqual([]);
  expect(host.errors).toEqual([]);
});
