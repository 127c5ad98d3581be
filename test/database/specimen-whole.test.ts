/** The attributes that only the whole specimen has: Json addresses, roles, entitlements and an extension of the product's own, on PostgreSQL (RFC 7643 2.3, 3.3, 4.1). */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memberships, users } from "../../prisma/seed.js";
import { hooks } from "../../prisma/src/scim/rules.js";
import { openSpecimen } from "../postgres/specimen.js";
import type { Specimen } from "../postgres/specimen.js";
import { expectError, idOf, made, openEndpoint, user } from "./endpoint.js";
import type { Caller } from "./endpoint.js";

const staff = "urn:example:scim:Staff";
let specimen: Specimen;
let acme: Caller;
let globex: Caller;
beforeAll(async () => {
  specimen = await openSpecimen();
  ({ acme, globex } = openEndpoint(specimen.prisma));
});
afterAll(() => specimen.close());

const found = async (filter: string): Promise<readonly unknown[]> => (await acme.list("/Users", filter)).map((each) => each["userName"]);

describe("the extension of the product", () => {
  const whole = { contractor: true, weeklyHours: 32, dayRate: 612.5, startsAt: "2026-02-01T08:30:00.000Z", skills: ["analysis", "sailing"], mentor: { value: memberships.ada } };

  test("is made, read, listed in schemas, replaced and removed with every type that it has", async () => {
    const resource = await made(acme, "/Users", user("staff@acme.example", { schemas: ["urn:ietf:params:scim:schemas:core:2.0:User", staff], [staff]: whole }));
    const path = `/Users/${idOf(resource)}`;
    expect(resource[staff]).toMatchObject(whole);
    expect(resource["schemas"]).toContain(staff);
    await acme.patch(path, { op: "replace", path: `${staff}:weeklyHours`, value: 20 }, { op: "add", path: `${staff}:skills`, value: ["poetry"] }, { op: "remove", path: `${staff}:dayRate` });
    const { body } = await acme.get(path);
    expect(body[staff]).toMatchObject({ contractor: true, weeklyHours: 20, skills: ["analysis", "sailing", "poetry"] });
    expect(body[staff]).not.toHaveProperty("dayRate");
    expect((await acme.patch(path, { op: "remove", path: staff })).body).not.toHaveProperty(staff);
    expect((await acme.get(path)).body["schemas"]).not.toContain(staff);
  });

  test.each([
    ["contractor", "yes"],
    ["weeklyHours", 1.5],
    ["weeklyHours", 2 ** 40],
    ["startsAt", "2026-02-01"],
    ["mentor", { value: memberships.katherine }],
    ["skills", { value: 1 }],
  ])("%s: %j is 400 and writes nothing", async (name, value) => {
    expectError(await acme.post("/Users", user("wrong@acme.example", { [staff]: { [name]: value } })), 400, "invalidValue");
    expect(await found('userName eq "wrong@acme.example"')).toEqual([]);
  });

  test.each([
    [`${staff}:weeklyHours gt 35`, ["ada@acme.example"]],
    [`${staff}:dayRate eq 612.5`, ["ada@acme.example"]],
    [`${staff}:contractor eq true`, ["grace@acme.example"]],
    [`${staff}:startsAt lt "2026-06-01T00:00:00Z"`, ["ada@acme.example"]],
    [`${staff}:skills eq "poetry"`, ["ada@acme.example"]],
    [`${staff}:mentor.value eq "${memberships.ada}"`, ["grace@acme.example"]],
    ['entitlements eq "reports"', ["ada@acme.example"]],
    ['addresses[type eq "work" and country eq "GB"]', ["ada@acme.example"]],
    ['addresses[type eq "home" and country eq "GB"]', []],
  ])("is found by %s", async (filter, names) => {
    expect(await found(filter)).toEqual(names);
  });
});

test("an address in Json is merged by its type, and what the product notes in it stays", async () => {
  const path = `/Users/${memberships.ada}`;
  expect((await acme.get(path)).body["addresses"]).toEqual([{ type: "work", streetAddress: "12 St James's Square", locality: "London", postalCode: "SW1Y 4JH", country: "GB" }]);
  await acme.patch(path, { op: "replace", path: 'addresses[type eq "work"].locality', value: "Marylebone" }, { op: "add", path: "addresses", value: [{ type: "home", country: "GB" }] });
  const row = await specimen.prisma.membership.findUniqueOrThrow({ where: { id: memberships.ada }, select: { addresses: true } });
  expect(row.addresses).toMatchObject([{ type: "work", locality: "Marylebone", checkedBy: "billing" }, { type: "home", country: "GB" }]);
});

test("roles are rows of their own, entitlements values of a list; the other tenant sees none of it", async () => {
  const resource = await made(acme, "/Users", user("roles@acme.example", { roles: [{ value: "editor", display: "Editor", primary: true }, { value: "viewer" }], entitlements: [{ value: "seats" }] }));
  const path = `/Users/${idOf(resource)}`;
  expect(resource["roles"]).toMatchObject([{ value: "editor", display: "Editor", primary: true }, { value: "viewer" }]);
  await acme.patch(path, { op: "replace", path: 'roles[primary eq "True"].value', value: "admin" }, { op: "remove", path: 'entitlements[value eq "seats"]' });
  const { body } = await acme.get(path);
  expect(body["roles"]).toMatchObject([{ value: "admin", primary: true }, { value: "viewer" }]);
  expect(body).not.toHaveProperty("entitlements");
  expectError(await globex.get(path), 404);
});

describe("a password (RFC 7643 4.1.1)", () => {
  const hashOf = async (id: string): Promise<string | null> => (await specimen.prisma.user.findUniqueOrThrow({ where: { id }, select: { passwordHash: true } })).passwordHash;

  test("goes to the hook, in no answer, and is kept as a hash by the tenant that owns the account", async () => {
    const { acme: caller, globex: stranger, log } = openEndpoint(specimen.prisma, { hooks });
    const resource = await made(caller, "/Users", user("secret@acme.example", { password: "correct horse" }));
    const path = `/Users/${idOf(resource)}`;
    const { userId } = await specimen.prisma.membership.findUniqueOrThrow({ where: { id: idOf(resource) }, select: { userId: true } });
    expect(await hashOf(userId)).toMatch(/^[0-9a-f]{32}:[0-9a-f]{64}$/);
    const first = await hashOf(userId);
    const changed = await caller.patch(path, { op: "replace", path: "password", value: "battery staple" });
    expect(await hashOf(userId)).not.toBe(first);
    expect(`${JSON.stringify(resource)}${changed.text}${(await caller.get(`${path}?attributes=password`)).text}${JSON.stringify(log)}`).not.toMatch(/correct horse|battery staple|passwordHash/);
    expectError(await caller.get('/Users?filter=password%20eq%20"x"'), 400, "invalidFilter");
    // Barbara is globex's member too, and acme's account.
    await stranger.patch(`/Users/${memberships.barbaraAtGlobex}`, { op: "replace", path: "password", value: "taken over" });
    expect(await hashOf(users.barbara)).toBeNull();
  });
});
