/** Golden `name-of-parts`: `name.formatted` put together from parts on two rows (RFC 7643 4.1.1), on a real PostgreSQL. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { leniently } from "../../templates/generated/protocol/leniencies.js";
import { openKind } from "./host.js";
import type { Caller, KindHost } from "./host.js";

let host: KindHost<"one" | "two">;
let one: Caller;
let two: Caller;
let path: string;
let strict = false;

const shown = { honorificPrefix: "Dr.", givenName: "Ada", middleName: "King", familyName: "Lovelace" };
const ada = { ...shown, honorificSuffix: "III" };

beforeAll(async () => {
  host = await openKind("name-of-parts", {
    tenants: { one: 1, two: 2 },
    seed: `CREATE UNIQUE INDEX person_login_lower ON "Person" (lower(login))`,
    options: { rules: { mayLink: () => true }, leniencies: () => leniently({}, !strict) },
  });
  ({ one, two } = host.tenants);
});
afterAll(async () => {
  await host.close();
  expect(host.errors).toEqual([]);
});
beforeEach(async () => {
  strict = false;
  await host.rows(`TRUNCATE "Person" CASCADE`);
  path = `/Users/${String((await one.make("/Users", { userName: "ada", name: ada }))["id"])}`;
});

const name = async (caller = one, query = ""): Promise<unknown> => (await caller.request("GET", `${path}${query}`)).body["name"];
const rows = (): Promise<unknown> => host.rows(`SELECT degree, first, second, third, last FROM "Seat" JOIN "Person" p ON p.id = "personId" ORDER BY login`);

test("is what answers show of the parts, in the order in which a name is read", async () => {
  expect(await name()).toEqual({ formatted: "Dr. Ada King Lovelace", ...shown });
  expect(await name(one, "?attributes=name.formatted")).toEqual({ formatted: "Dr. Ada King Lovelace" });
  expect(await name(one, "?excludedAttributes=name.formatted")).toEqual(shown);
  expect(await name(one, "?attributes=name.honorificSuffix")).toEqual({ honorificSuffix: "III" });
  await one.patch(path, { op: "remove", path: "name.middleName" }, { op: "replace", path: "name.familyName", value: "Byron" });
  expect(await name(one, "?attributes=name.formatted")).toEqual({ formatted: "Dr. Ada Byron" });
  expect((await one.request("GET", `${path}?attributes=displayName`)).body["displayName"]).toBe("Dr. Ada Byron");
  await one.patch(path, { op: "remove", path: "name" });
  expect(await name()).toBeUndefined();
});

test("is of this tenant's row and the person's: another tenant's prefix is not in it", async () => {
  const there = await two.make("/Users", { userName: "ada", name: { honorificPrefix: "Countess" } });
  expect((await two.request("GET", `/Users/${String(there["id"])}`)).body["name"]).toMatchObject({ formatted: "Countess Ada King Lovelace" });
  expect(await name()).toMatchObject({ formatted: "Dr. Ada King Lovelace" });
});

test("is read-only, in discovery as in writes: passed over beside the parts and alone (RFC 7643 7)", async () => {
  const { body } = await one.request("GET", "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User");
  const declared = (body["attributes"] as { readonly name: string; readonly subAttributes?: readonly object[] }[]).find((each) => each.name === "name");
  expect(declared?.subAttributes?.[0]).toMatchObject({ name: "formatted", mutability: "readOnly", returned: "default" });
  const before = await rows();
  expect((await one.patch(path, { op: "replace", path: "name.formatted", value: "X" })).body["name"]).toMatchObject({ formatted: "Dr. Ada King Lovelace" });
  expect((await one.patch(path, { op: "replace", value: { "name.formatted": "X" } })).status).toBe(200);
  expect((await one.patch(path, { op: "add", value: { name: { formatted: "X" } } })).status).toBe(200);
  expect((await one.request("PUT", path, { userName: "ada", name: { ...ada, formatted: "X" } })).body["name"]).toEqual({ formatted: "Dr. Ada King Lovelace", ...shown });
  expect(await rows()).toEqual(before);
  const made = await one.make("/Users", { userName: "bob", name: { formatted: "Bob Builder" } });
  expect(made["name"]).toBeUndefined();
});

test("by its own path it is 400 mutability for a strict client (RFC 7644 3.5.2)", async () => {
  strict = true;
  const answer = await one.patch(path, { op: "replace", path: "name.formatted", value: "X" });
  expect([answer.status, answer.body["scimType"]]).toEqual([400, "mutability"]);
});

test("cannot be asked or sorted by, since no column holds it; the name as a whole can, by its parts", async () => {
  await one.make("/Users", { userName: "bob" });
  for (const filter of [`name.formatted eq "Dr. Ada King Lovelace"`, `name.formatted co "Ada"`, "name.formatted pr", `name[formatted eq "x"]`]) expect(await one.find("/Users", filter), filter).toBe("invalidFilter");
  expect((await one.request("GET", "/Users?sortBy=name.formatted")).body).toMatchObject({ status: "400", scimType: "invalidValue" });
  expect(await one.find("/Users", "name pr")).toEqual(["ada"]);
  expect(await one.find("/Users", "not (name pr)")).toEqual(["bob"]);
  expect(await one.find("/Users", `name[givenName eq "ada"]`)).toEqual(["ada"]);
  const asked = await one.request("GET", `/Users?filter=${encodeURIComponent(`name eq "Ada"`)}`);
  expect(asked.body["detail"]).toContain("as in name.familyName");
});
