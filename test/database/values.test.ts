/** What the database makes of a value must be what the client sent, at the edges of each type too (RFC 7643 2.3, RFC 7644 3.4.2.2). */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSpecimen } from "../postgres/specimen.js";
import type { Specimen } from "../postgres/specimen.js";
import { expectError, idOf, lastModified, made, openEndpoint, user } from "./endpoint.js";
import type { Caller, Endpoint } from "./endpoint.js";

const staff = "urn:example:scim:Staff";
let specimen: Specimen;
let endpoint: Endpoint;
let acme: Caller;
beforeAll(async () => {
  specimen = await openSpecimen();
  endpoint = openEndpoint(specimen.prisma);
  acme = endpoint.acme;
});
afterAll(() => specimen.close());

let count = 0;
const withStaff = async (name: string, value: unknown): Promise<string> => idOf(await made(acme, "/Users", user(`value${(count += 1)}@acme.example`, { [staff]: { [name]: value } })));
const holds = async (id: string, test: string): Promise<boolean> => (await acme.list("/Users", `id eq "${id}" and ${staff}:${test}`)).length === 1;

describe("a decimal (RFC 7643 2.3.3)", () => {
  // As a JavaScript number each of these reaches the database a digit off.
  test.each([99_999.99, 99_999_999.9, 99_999_999.99, 76_115_195.54, 19.99, 0.1, -0.01])("%d is found as what it is, and written again is no change", async (rate) => {
    const id = await withStaff("dayRate", rate);
    expect(await Promise.all(["eq", "ge", "le", "ne", "gt", "lt"].map((op) => holds(id, `dayRate ${op} ${rate}`)))).toEqual([true, true, true, false, false, false]);
    const before = (await acme.get(`/Users/${id}`)).body;
    const after = (await acme.patch(`/Users/${id}`, { op: "replace", path: `${staff}:dayRate`, value: rate })).body;
    expect(after[staff]).toEqual({ dayRate: rate });
    expect(lastModified(after)).toBe(lastModified(before));
  });
});

describe("a dateTime (RFC 7643 2.3.5)", () => {
  test.each(["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "9999-12-31T09:59:59-14:00"])("%s is kept", async (instant) => {
    const id = await withStaff("startsAt", instant);
    expect((await acme.get(`/Users/${id}`)).body[staff]).toEqual({ startsAt: new Date(instant).toISOString() });
    expect(await holds(id, `startsAt eq "${instant}"`)).toBe(true);
  });

  // In UTC these stand outside the years that have four digits: no answer could show them, and each list that holds one would be 500.
  test.each(["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "0000-01-01T00:00:00Z"])("%s is 400, as a value and in a filter", async (instant) => {
    const id = await withStaff("startsAt", "2026-01-01T00:00:00Z");
    expectError(await acme.patch(`/Users/${id}`, { op: "replace", path: `${staff}:startsAt`, value: instant }), 400, "invalidValue");
    expectError(await acme.get(`/Users?filter=${encodeURIComponent(`${staff}:startsAt lt "${instant}"`)}`), 400, "invalidFilter");
    expect((await acme.get(`/Users/${id}`)).body[staff]).toEqual({ startsAt: "2026-01-01T00:00:00.000Z" });
    expect(endpoint.errors).toEqual([]);
  });

  test("of a column that holds microseconds is found by what the answer shows of it (scim-spec 8.13)", async () => {
    const id = await withStaff("startsAt", "2026-01-01T00:00:00Z");
    await specimen.prisma.$executeRaw`ALTER TABLE "Membership" ALTER COLUMN "startsAt" TYPE timestamptz(6)`;
    await specimen.prisma.$executeRaw`UPDATE "Membership" SET "startsAt" = '2026-01-31 08:00:00.123789+00' WHERE "id" = ${id}::uuid`;
    const shown = "2026-01-31T08:00:00.123Z";
    expect((await acme.get(`/Users/${id}`)).body[staff]).toEqual({ startsAt: shown });
    expect(await Promise.all(["eq", "ge", "le", "ne", "gt", "lt"].map((op) => holds(id, `startsAt ${op} "${shown}"`)))).toEqual([true, true, true, false, false, false]);
  });

  test("infinity, which the product may have stored, is absent, and ends no list", async () => {
    const id = await withStaff("weeklyHours", 5);
    await specimen.prisma.$executeRaw`UPDATE "Membership" SET "startsAt" = 'infinity' WHERE "id" = ${id}::uuid`;
    expect((await acme.list("/Users?count=200", `id eq "${id}"`)).map((each) => each[staff])).toEqual([{ weeklyHours: 5 }]);
    expect(endpoint.errors).toEqual([]);
  });
});
