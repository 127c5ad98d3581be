/** Golden `child-tables-without-value`: addresses, certificates, numbers and photos as rows of child tables (RFC 7643 4.1.2), on a real PostgreSQL. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { JsonObject } from "../../templates/generated/protocol/json.js";
import { openKind } from "./host.js";
import type { Caller, KindHost } from "./host.js";

let host: KindHost<"one" | "two">;
let one: Caller;
let id: string;

beforeAll(async () => {
  host = await openKind("child-tables-without-value", { tenants: { one: "one", two: "two" }, seed: `CREATE UNIQUE INDEX account_login_lower ON "Account" ("tenantId", lower(login))` });
  one = host.tenants.one;
  const made = await one.make("/Users", {
    userName: "ann",
    addresses: [{ streetAddress: "Ring 1", locality: "Köln", postalCode: "50667", type: "work", primary: true }, { locality: "Ulm", type: "home" }],
    x509Certificates: [{ value: "MIIB", display: "old" }],
    entitlements: [{ value: "9007199254740993" }],
    photos: [{ value: "https://x.example/A.png", type: "mine", display: "mine" }],
  });
  id = String(made["id"]);
  await one.make("/Users", { userName: "ben" });
  await host.rows(`INSERT INTO "Kind" VALUES (1, 'portrait')`);
  await host.rows(`UPDATE "Photo" SET "kindId" = 1`);
});
afterAll(async () => {
  await host.close();
  expect(host.errors).toEqual([]);
});

const read = async (): Promise<JsonObject> => (await one.request("GET", `/Users/${id}`)).body;

it("reads rows without a value, bytes as base64 and big numbers in all their digits", async () => {
  expect(await read()).toMatchObject({
    addresses: [{ streetAddress: "Ring 1", locality: "Köln", postalCode: "50667", type: "work", primary: true }, { locality: "Ulm", type: "home", primary: false }],
    x509Certificates: [{ value: "MIIB", display: "old" }],
    entitlements: [{ value: "9007199254740993" }],
    photos: [{ value: "https://x.example/A.png", display: "by the host", type: "portrait" }],
  });
});

it.each<readonly [filter: string, found: readonly string[] | string]>([
  ['addresses[type eq "work" and locality eq "köln"]', ["ann"]],
  ['addresses[type eq "home" and locality eq "Köln"]', []],
  ['addresses.postalCode lt "60000"', ["ann"]],
  ["not (addresses pr)", ["ben"]],
  ['x509Certificates.value eq "MIIB"', ["ann"]],
  ['x509Certificates.value sw "MI"', "invalidFilter"],
  ['entitlements.value eq "9007199254740993"', ["ann"]],
  ['entitlements.value eq "9007199254740992"', []],
  ['photos.value ew "a.png"', []],
  ['photos[type eq "Portrait" and value ew ".png"]', ["ann"]],
  ['photos.type ne "portrait"', ["ben"]],
])("finds %s", async (filter, found) => {
  expect(await one.find("/Users", filter)).toEqual(found);
});

it("keeps the row of an address that changes, with what the host stores beside it, and refuses what fits no column", async () => {
  await host.rows(`UPDATE "Address" SET note = 'host' WHERE town = 'Köln'`);
  const patched = await one.patch(`/Users/${id}`, { op: "replace", path: 'addresses[type eq "work"].locality', value: "Bonn" });
  expect(patched.status, patched.text).toBe(200);
  expect(await host.rows(`SELECT town, note FROM "Address" WHERE "first"`)).toEqual([{ town: "Bonn", note: "host" }]);
  const before = await host.rows(`SELECT * FROM "Address" ORDER BY id`);
  await one.patch(`/Users/${id}`, { op: "add", path: "addresses", value: [{ locality: "Ulm", type: "home" }] });
  expect(await host.rows(`SELECT * FROM "Address" ORDER BY id`)).toEqual(before);
  for (const [path, value] of [["addresses", [{ postalCode: "WC2H" }]], ["x509Certificates", [{ value: "%%" }]], ["entitlements", [{ value: "all" }]]] as const) {
    expect((await one.patch(`/Users/${id}`, { op: "replace", path, value })).body["scimType"], path).toBe("invalidValue");
  }
  const photos = await host.rows(`SELECT * FROM "Photo"`);
  const same = await one.patch(`/Users/${id}`, { op: "replace", path: "photos", value: [{ value: "https://x.example/A.png", type: "else" }] });
  expect(same.body["photos"], "what is only read is passed over").toMatchObject([{ display: "by the host", type: "portrait" }]);
  await one.patch(`/Users/${id}`, { op: "replace", path: 'photos[type eq "portrait"].value', value: "https://x.example/B.png" });
  expect(await host.rows(`SELECT * FROM "Photo"`)).toEqual([{ ...photos[0], url: "https://x.example/B.png" }]);
  const put = await one.request("PUT", `/Users/${id}`, { userName: "ann", addresses: [{ locality: "Rom" }] });
  expect(put.body).toMatchObject({ addresses: [{ locality: "Rom" }] });
  expect(put.body).not.toHaveProperty("x509Certificates");
  expect((await host.tenants.two.request("GET", `/Users/${id}`)).status).toBe(404);
});
