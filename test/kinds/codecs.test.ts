/** Golden `codecs`: values that the host's own functions make of columns and back, and a hashed password, on a real PostgreSQL. */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "../../templates/generated/protocol/json.js";
import { openKind } from "./host.js";
import type { KindHost } from "./host.js";

let host: KindHost<"one" | "two">;
let ciphers = 0;
const inputs: unknown[] = [];
const asked: unknown[] = [];

interface Context {
  readonly tenant: string;
  readonly input: unknown;
  readonly now: Date;
  readonly tx: object;
}

const rules = {
  cipher: {
    // No two ciphers of one text are alike.
    read: (stored: string, { tenant }: Context) => (stored === "broken" ? null : [...(stored.split(`:${tenant}:`)[1] ?? "")].reverse().join("")),
    async write(value: string, { tenant, input, tx, now }: Context) {
      inputs.push(input);
      expect([typeof tx, now instanceof Date]).toEqual(["object", true]);
      await Promise.resolve();
      return `${String((ciphers += 1))}:${tenant}:${[...value].reverse().join("")}`;
    },
  },
  digest: {
    write: (value: string, context: Context) => {
      asked.push(Object.keys(context).sort());
      return Promise.resolve(createHash("sha256").update(`${context.tenant} ${value}`).digest("hex"));
    },
  },
  shownName: { read: ({ first, last }: { readonly first: string | null; readonly last: string | null }) => [first, last].filter((each) => each !== null).join(" ") },
  nick: { read: (stored: { readonly "person.born": Date | null; readonly first: string | null }) => (stored["person.born"] === null ? null : `${String(stored.first)} ${String(stored["person.born"].getUTCFullYear())}`) },
  line: {
    read: ({ street, number }: { readonly street: string; readonly number: number | null }) => (street === "" ? null : `${street} ${String(number)}`),
    write: (value: string) => {
      const [street = "", number] = value.split(/ (?=\d+$)/);
      return { street, number: number === undefined ? null : Number(number), login: "stolen" };
    },
  },
  hash: { write: (value: string) => createHash("sha256").update(value).digest("hex") },
};

beforeAll(async () => {
  host = await openKind("codecs", {
    tenants: { one: "one", two: "two" },
    seed: `CREATE UNIQUE INDEX account_login_lower ON "Account" ("tenantId", lower(login));
      INSERT INTO "Person" (id, born) VALUES ('p', '1980-01-01');
      INSERT INTO "Account" (id, "tenantId", login, first, last, secret, street, "personId", "updatedAt") VALUES ('bare', 'one', 'bare', 'B', NULL, NULL, '', 'p', now()), ('bad', 'one', 'bad', NULL, NULL, 'broken', '', NULL, now())`,
    options: { rules },
  });
});
afterAll(() => host.close());

const row = async (login: string): Promise<Readonly<Record<string, unknown>>> => (await host.rows(`SELECT * FROM "Account" WHERE login = $1`, login))[0] ?? {};
const pathOf = ({ id }: Readonly<Record<string, unknown>>): string => `/Users/${String(id)}`;

test("a value is encoded with its digest in one statement, read back, and found by the digest alone", async () => {
  const { one, two } = host.tenants;
  host.statements.clear();
  const made = await one.make("/Users", { userName: "ann", externalId: "DE-1", title: "Main Road 7", displayName: "passed over" });
  expect(made).toMatchObject({ externalId: "DE-1", title: "Main Road 7" });
  expect(made["displayName"]).toBeUndefined();
  expect(host.statements.all.filter(({ sql }) => /^INSERT|^UPDATE/.test(sql))).toHaveLength(1);
  expect(await row("ann")).toMatchObject({ secret: expect.stringMatching(/^\d+:one:1-ED$/), secretDigest: expect.stringMatching(/^[0-9a-f]{64}$/), street: "Main Road", number: 7 });
  expect(await one.find("/Users", `externalId eq "DE-1"`)).toEqual(["ann"]);
  expect(await two.find("/Users", `externalId eq "DE-1"`)).toEqual([]);
  expect([...((await one.find("/Users", `externalId ne "DE-1"`)) as readonly string[])].sort()).toEqual(["bad", "bare"]);
  expect(await one.find("/Users", `not (externalId pr)`)).toEqual(expect.arrayContaining(["bare"]));
  // The digest is asked for by tenant and client alone: a write and a filter must come to the same.
  expect(new Set(asked.map((each) => JSON.stringify(each)))).toEqual(new Set([`["tenant","tx"]`]));
});

describe("a filter that nothing could answer is refused", () => {
  test.each([`externalId co "DE"`, `externalId gt "DE"`, `title eq "Main Road 7"`, `title pr`, `displayName eq "B"`, `nickName pr`, `password eq "x"`, `password pr`, `password sw "a"`])("%s", async (filter) => {
    expect(await host.tenants.one.find("/Users", filter)).toBe("invalidFilter");
  });
});

test("what reads the same is not written anew, though its cipher would be another", async () => {
  const { one } = host.tenants;
  const path = pathOf(await row("ann"));
  const before = await row("ann");
  await one.request("PUT", path, { userName: "ann", externalId: "DE-1", title: "Main Road 7" });
  await one.patch(path, { op: "replace", path: "externalId", value: "DE-1" });
  expect(await row("ann")).toEqual(before);
  const changed = await one.patch(path, { op: "replace", value: { externalId: "DE-2", title: "Side Road" } });
  expect(changed.body).toMatchObject({ externalId: "DE-2", title: "Side Road null" });
  expect(await row("ann")).toMatchObject({ login: "ann", street: "Side Road", number: null });
  expect((await row("ann"))["updatedAt"]).not.toEqual(before["updatedAt"]);
  expect(await one.find("/Users", `externalId eq "DE-1"`)).toEqual([]);
  await one.patch(path, { op: "remove", path: "externalId" });
  expect(await row("ann")).toMatchObject({ secret: null, secretDigest: null });
  await one.request("PUT", path, { userName: "ann" });
  expect(await row("ann")).toMatchObject({ street: "", number: null });
});

test("what only reads sees its columns and is passed over by writes; what it cannot read is absent", async () => {
  const { one } = host.tenants;
  const bare = await one.request("GET", "/Users/bare?attributes=displayName,nickName");
  expect(bare.body).toMatchObject({ displayName: "B", nickName: "B 1980" });
  expect((await one.request("GET", "/Users/bare")).body["nickName"]).toBeUndefined();
  const bad = (await one.request("GET", "/Users/bad")).body;
  expect([bad["externalId"], bad["displayName"]]).toEqual([undefined, undefined]);
  await one.patch("/Users/bad", { op: "replace", path: "externalId", value: "new" });
  expect((await one.request("GET", "/Users/bad")).body["externalId"]).toBe("new");
});

test("a password is hashed into its column and is nowhere else (RFC 7643 4.1.1)", async () => {
  const { one, two } = host.tenants;
  const secret = "S3cret-word";
  const made = await one.make("/Users", { userName: "pass", password: secret, externalId: "in the same request" });
  const path = pathOf(made);
  expect(await row("pass")).toMatchObject({ passwordHash: createHash("sha256").update(secret).digest("hex") });
  for (const [op, ...rest] of [
    [{ op: "replace", path: "password", value: "Two-2" }],
    [{ op: "add", value: { password: "Two-2", externalId: "x2" } }],
    [{ op: "replace", path: "urn:ietf:params:scim:schemas:core:2.0:User:password", value: "Two-2" }, { op: "replace", path: "externalId", value: "x3" }],
  ]) {
    const answer = await one.patch(path, op ?? {}, ...rest);
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain("Two-2");
    expect(await row("pass")).toMatchObject({ passwordHash: createHash("sha256").update("Two-2").digest("hex") });
  }
  // Left out, it stays: nobody could send it again.
  await one.request("PUT", path, { userName: "pass" });
  expect((await row("pass"))["passwordHash"]).not.toBeNull();
  for (const query of ["", "?attributes=password", "?attributes=userName,password"]) {
    const answer = await one.request("GET", path + query);
    expect(answer.text).not.toMatch(/password|[0-9a-f]{64}/i);
  }
  expect(JSON.stringify([inputs, host.log])).not.toMatch(/S3cret|Two-2/);
  expect((await two.patch(path, { op: "replace", path: "password", value: "stolen" })).status).toBe(404);
  await one.patch(path, { op: "remove", path: "password" });
  expect((await row("pass"))["passwordHash"]).toBeNull();
  const { body } = await one.request("GET", "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User");
  expect((body["attributes"] as readonly JsonObject[]).find(({ name }) => name === "password")).toMatchObject({ mutability: "writeOnly", returned: "never" });
  expect(host.errors).toEqual([]);
});

test("a function of the host that throws is the host's error, and writes nothing", async () => {
  const { one } = host.tenants;
  const before = await row("bare");
  const read = rules.shownName.read;
  rules.shownName.read = () => {
    throw new Error("no key");
  };
  const answer = await one.request("GET", "/Users/bare");
  rules.shownName.read = read;
  expect(answer.status).toBe(500);
  expect(answer.text).not.toContain("no key");
  expect(host.errors.splice(0)).toHaveLength(1);
  expect(await row("bare")).toEqual(before);
});
