/** Golden `codecs-in-rows`: parts of elements that the host's own functions make of columns of their rows and back, on a real PostgreSQL. */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "../../templates/generated/protocol/json.js";
import { openKind } from "./host.js";
import type { KindHost } from "./host.js";

let host: KindHost<"one" | "two">;
let ciphers = 0;
const inputs: unknown[] = [];

interface Context {
  readonly tenant: string;
  readonly input: unknown;
  readonly id: string | undefined;
}

const digestOf = (tenant: string, value: string): string => createHash("sha256").update(`${tenant} ${value}`).digest("hex");
const rules = {
  cipher: {
    // No two ciphers of one text are alike.
    read: (stored: string, { tenant }: Context) => (stored === "broken" ? null : [...(stored.split(`:${tenant}:`)[1] ?? "")].reverse().join("")),
    async write(value: string, { tenant, input }: Context) {
      inputs.push(input);
      await Promise.resolve();
      if (value === "refused") throw new host.ScimError(400, "Not this one.", "invalidValue");
      return `${String((ciphers += 1))}:${tenant}:${[...value].reverse().join("")}`;
    },
  },
  digest: { write: (value: string, { tenant }: Context) => Promise.resolve(digestOf(tenant, value)) },
  line: {
    read: ({ street, number }: { readonly street: string | null; readonly number: number | null }) => (street === null ? null : `${street} ${String(number)}`),
    write: (value: string) => ({ street: value.split(/ (?=\d+$)/)[0] ?? "", number: Number(value.split(/ (?=\d+$)/)[1]), accountId: "stolen" }),
  },
  shout: { read: (stored: string) => stored.toUpperCase() },
};

beforeAll(async () => {
  host = await openKind("codecs-in-rows", {
    tenants: { one: "one", two: "two" },
    seed: `CREATE UNIQUE INDEX account_login_lower ON "Account" ("tenantId", lower(login));
      INSERT INTO "Account" (id, "tenantId", login) VALUES ('none', 'one', 'none'), ('other', 'two', 'other'), ('bad', 'one', 'bad');
      INSERT INTO "Dial" (id, "accountId", secret, digest, use) VALUES ('d0', 'other', '0:two:1+', '${digestOf("two", "+1")}', 'WORK'), ('d1', 'bad', 'broken', 'x', 'WORK')`,
    options: { rules },
  });
});
afterAll(() => host.close());

const pathOf = ({ id }: JsonObject): string => `/Users/${String(id)}`;
const dials = (login: string): Promise<readonly Readonly<Record<string, unknown>>[]> => host.rows(`SELECT d.* FROM "Dial" d JOIN "Account" a ON a.id = d."accountId" WHERE a.login = $1 ORDER BY d.digest`, login);

test("elements are encoded with their digests, together in one insert, and read back", async () => {
  const { one } = host.tenants;
  host.statements.clear();
  const made = await one.make("/Users", {
    userName: "ann",
    phoneNumbers: [{ value: "+1", type: "work", primary: true }, { value: "+2", type: "home" }],
    ims: [{ value: "chat", display: "Chat", type: "passed over" }],
    addresses: [{ streetAddress: "Main Road 7", locality: "Wien" }, { locality: "Graz" }],
  });
  expect(made).toMatchObject({
    phoneNumbers: [{ value: "+1", type: "work", primary: true }, { value: "+2", type: "home", primary: false }],
    ims: [{ value: "chat", display: "Chat" }],
    addresses: expect.arrayContaining([{ streetAddress: "Main Road 7", locality: "Wien" }, { locality: "Graz" }]),
  });
  expect(host.statements.all.filter(({ sql }) => sql.startsWith(`INSERT INTO "public"."Dial"`))).toHaveLength(1);
  const stored = await dials("ann");
  expect(stored.map(({ digest, note }) => [digest, note])).toEqual(["+1", "+2"].map((value) => [digestOf("one", value), "kept"]).sort());
  for (const { secret } of stored) expect(secret).toMatch(/^\d+:one:[12]\+$/);
  expect(await host.rows(`SELECT street, number, town, "accountId" FROM "Address" ORDER BY town DESC`)).toEqual([{ street: "Main Road", number: 7, town: "Wien", accountId: made["id"] }, { street: null, number: null, town: "Graz", accountId: made["id"] }]);
  expect(inputs).toContainEqual(expect.objectContaining({ userName: "ann" }));
});

describe("a filter", () => {
  test.each([
    [`phoneNumbers eq "+1"`, ["ann"]],
    [`phoneNumbers.value eq "+9"`, []],
    [`phoneNumbers[value eq "+1" and type eq "work"]`, ["ann"]],
    [`phoneNumbers[value eq "+1" and type eq "home"]`, []],
    [`phoneNumbers[not (value eq "+1") and type eq "home"]`, ["ann"]],
    [`not (phoneNumbers.value eq "+1")`, ["bad", "none"]],
    [`phoneNumbers.value ne "+1"`, ["ann", "bad", "none"]],
    [`not (phoneNumbers pr)`, ["none"]],
    [`ims pr`, ["ann"]],
    [`ims[display eq "chat"]`, ["ann"]],
    [`addresses[locality eq "graz"]`, ["ann"]],
    [`phoneNumbers co "+"`, "invalidFilter"],
    [`phoneNumbers[value gt "+"]`, "invalidFilter"],
    [`ims.value eq "chat"`, "invalidFilter"],
    [`ims[value eq "chat"]`, "invalidFilter"],
    [`ims[type eq "X"]`, "invalidFilter"],
    [`addresses[streetAddress eq "Main Road 7"]`, "invalidFilter"],
    [`addresses.streetAddress pr`, "invalidFilter"],
  ])("%s", async (filter, expected) => {
    const found = await host.tenants.one.find("/Users", filter);
    expect(typeof found === "string" ? found : [...found].sort()).toEqual(expected);
  });

  test("finds what is another tenant's for that tenant alone, whose digest is another", async () => {
    expect(await host.tenants.two.find("/Users", `phoneNumbers eq "+1"`)).toEqual(["other"]);
    expect((await host.tenants.one.request("GET", "/Users?sortBy=phoneNumbers")).status).toBe(400);
  });
});

test("PATCH and PUT rewrite what differs alone: a cipher stays while it says the same (RFC 7644 3.5.2)", async () => {
  const { one, two } = host.tenants;
  const path = pathOf(await one.make("/Users", { userName: "bob", phoneNumbers: [{ value: "+3", type: "work" }, { value: "+4", type: "home" }] }));
  const secrets = async (): Promise<Readonly<Record<string, unknown>>> => Object.fromEntries((await dials("bob")).map(({ digest, secret }) => [String(digest).slice(0, 6), secret]));
  const before = await secrets();
  const of = (value: string): string => digestOf("one", value).slice(0, 6);
  const numbers = async (...operations: readonly object[]): Promise<unknown> => (await one.patch(path, ...operations)).body["phoneNumbers"];
  await one.request("PUT", path, { userName: "bob", phoneNumbers: [{ value: "+4", type: "home" }, { value: "+3", type: "work" }] });
  expect(await secrets()).toEqual(before);
  // Only its type is another: the row is changed, the cipher is not.
  expect(await numbers({ op: "replace", path: `phoneNumbers[value eq "+3"].type`, value: "home" })).toContainEqual({ value: "+3", type: "home", primary: false });
  expect(await secrets()).toEqual(before);
  expect(await numbers({ op: "add", path: "phoneNumbers", value: [{ value: "+3", type: "home" }, { value: "+5", type: "work", primary: true }] })).toHaveLength(3);
  expect(await secrets()).toMatchObject(before);
  expect(await numbers({ op: "replace", path: `phoneNumbers[type eq "work"].value`, value: "+6" })).toContainEqual({ value: "+6", type: "work", primary: true });
  expect(await secrets()).toEqual({ ...before, [of("+6")]: expect.stringMatching(/^\d+:one:6\+$/) });
  expect(await one.find("/Users", `phoneNumbers eq "+6"`)).toEqual(["bob"]);
  expect(await one.find("/Users", `phoneNumbers eq "+5"`)).toEqual([]);
  expect(await numbers({ op: "remove", path: `phoneNumbers[value eq "+4"]` })).toHaveLength(2);
  expect((await dials("bob")).every(({ note }) => note === "kept")).toBe(true);
  expect((await two.patch(path, { op: "remove", path: "phoneNumbers" })).status).toBe(404);
  // What the host refuses is refused, and nothing is written.
  expect((await one.patch(path, { op: "add", path: "phoneNumbers", value: [{ value: "refused" }] }, { op: "replace", path: "ims", value: [{ value: "c" }] })).body).toMatchObject({ status: "400", scimType: "invalidValue" });
  expect((await one.request("GET", path)).body["ims"]).toBeUndefined();
  for (const body of [{ userName: "bob", phoneNumbers: [] }, { userName: "bob" }]) {
    expect((await one.request("PUT", path, body)).body["phoneNumbers"]).toBeUndefined();
    expect(await dials("bob")).toEqual([]);
  }
  expect((await one.request("DELETE", path)).status).toBe(204);
});

test("a part that is cleared is null in its columns, the digest's as well; several columns are one part", async () => {
  const { one } = host.tenants;
  const path = pathOf(await one.make("/Users", { userName: "cid", roles: [{ value: "boss", display: "Chief" }], addresses: [{ streetAddress: "Long Lane 12", locality: "Linz" }] }));
  const badges = (): Promise<readonly object[]> => host.rows(`SELECT code, secret, digest, "takenAt" IS NULL AS there FROM "Badge"`);
  expect(await one.find("/Users", `roles[display eq "Chief"]`)).toEqual(["cid"]);
  expect(await one.find("/Users", `roles[value eq "boss" and display ne "Chief"]`)).toEqual([]);
  await one.patch(path, { op: "remove", path: `roles[value eq "boss"].display` });
  expect(await badges()).toEqual([{ code: "boss", secret: null, digest: null, there: true }]);
  expect(await one.find("/Users", `roles[value eq "boss" and not (display pr)]`)).toEqual(["cid"]);
  // One that was taken away comes back in its row.
  await one.patch(path, { op: "remove", path: "roles" });
  expect(await badges()).toMatchObject([{ there: false }]);
  expect((await one.patch(path, { op: "add", path: "roles", value: [{ value: "boss", display: "Again" }] })).body["roles"]).toEqual([{ value: "boss", display: "Again" }]);
  expect(await badges()).toEqual([{ code: "boss", secret: expect.stringMatching(/:one:niagA$/), digest: digestOf("one", "Again"), there: true }]);
  expect((await one.patch(path, { op: "replace", path: `addresses[locality eq "Linz"].streetAddress`, value: "Long Lane 13" })).body["addresses"]).toEqual([{ streetAddress: "Long Lane 13", locality: "Linz" }]);
  expect((await one.patch(path, { op: "remove", path: `addresses[locality eq "Linz"].streetAddress` })).body["addresses"]).toEqual([{ locality: "Linz" }]);
  expect(await host.rows(`SELECT street, number FROM "Address" WHERE town = 'Linz'`)).toEqual([{ street: null, number: null }]);
});

test("what is read alone, and what the host cannot read, is shown so and stays", async () => {
  const { one } = host.tenants;
  const made = await one.make("/Users", { userName: "dee", ims: [{ value: "chat", type: "passed over" }] });
  await host.rows(`UPDATE "Card" SET hint = 'soft' WHERE "accountId" = $1`, made["id"]);
  expect((await one.request("GET", pathOf(made))).body["ims"]).toEqual([{ value: "chat", type: "SOFT" }]);
  await one.patch(pathOf(made), { op: "replace", path: `ims[value eq "chat"].display`, value: "D" });
  expect(await host.rows(`SELECT hint, label FROM "Card" WHERE "accountId" = $1`, made["id"])).toEqual([{ hint: "soft", label: "D" }]);
  expect((await one.request("GET", "/Users/bad")).body["phoneNumbers"]).toBeUndefined();
  await one.patch("/Users/bad", { op: "replace", path: "ims", value: [{ value: "x" }] });
  expect(await dials("bad")).toMatchObject([{ secret: "broken" }]);
});

test("rows of several lists, and of a table to which no relation leads, are encoded and found alike", async () => {
  const { one, two } = host.tenants;
  const made = await one.make("/Users", { userName: "eve", photos: [{ value: "https://p", type: "photo" }, { value: "https://t", type: "thumbnail" }], entitlements: [{ value: "gold" }] });
  expect(made).toMatchObject({ photos: [{ value: "https://p", type: "photo" }, { value: "https://t", type: "thumbnail" }], entitlements: [{ value: "gold" }] });
  expect(await host.rows(`SELECT digest, secret FROM "Pager"`)).toEqual([{ digest: digestOf("one", "https://p"), secret: expect.stringMatching(/:one:/) }]);
  expect(await host.rows(`SELECT digest FROM "Home"`)).toEqual([{ digest: digestOf("one", "https://t") }]);
  expect(await host.rows(`SELECT digest, holder, "tenantId" FROM "Key"`)).toEqual([{ digest: digestOf("one", "gold"), holder: made["id"], tenantId: "one" }]);
  expect(await one.find("/Users", `photos[value eq "https://p" and type eq "photo"]`)).toEqual(["eve"]);
  expect(await one.find("/Users", `photos eq "https://t"`)).toEqual(["eve"]);
  expect(await one.find("/Users", `entitlements eq "gold"`)).toEqual(["eve"]);
  expect(await one.find("/Users", `userName eq "eve" and entitlements ne "gold"`)).toEqual([]);
  expect(await two.find("/Users", `entitlements eq "gold" or photos pr`)).toEqual([]);
  await one.patch(pathOf(made), { op: "replace", path: `photos[type eq "photo"].value`, value: "https://q" }, { op: "add", path: "entitlements", value: [{ value: "silver" }] });
  expect(await one.find("/Users", `photos eq "https://q" and entitlements eq "silver" and entitlements eq "gold"`)).toEqual(["eve"]);
  expect((await one.request("DELETE", pathOf(made))).status).toBe(204);
  expect(await host.rows(`SELECT id FROM "Key"`)).toEqual([]);
  expect(host.errors).toEqual([]);
});
