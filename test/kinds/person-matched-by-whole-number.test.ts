/** Golden `person-matched-by-whole-number`: a shared person found by digits that its column holds as a number, on a real PostgreSQL. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { acmeId, globexId, openLife, user } from "./life.js";
import type { Life } from "./life.js";

let life: Life;
const asked: unknown[] = [];
let allows = true;

beforeAll(async () => {
  life = await openLife("person-matched-by-whole-number", {
    seed: `INSERT INTO "Company" (id) VALUES ('${acmeId}'), ('${globexId}'); CREATE UNIQUE INDEX person_email_lower ON "Person" (lower(email))`,
    options: { rules: { mayLink: (value: unknown) => (asked.push(value), allows) } },
  });
});
afterAll(async () => {
  await life.close();
  expect(life.errors).toEqual([]);
});

// Beyond what a JavaScript number holds.
const number = "9007199254740993";
const people = (): Promise<readonly object[]> => life.rows(`SELECT "staffNumber"::text AS number, email FROM "Person" ORDER BY email`);

it("an unknown number makes a person, and a known one is linked, whatever the e-mail says", async () => {
  expect(await life.acme.post("/Users", user("ann@example.com", { externalId: number }))).toMatchObject({ status: 201, body: { externalId: number } });
  expect(asked).toEqual([]);
  expect(await life.globex.post("/Users", user("other@example.com", { externalId: number }))).toMatchObject({ status: 201, body: { userName: "ann@example.com", externalId: number } });
  expect(asked).toEqual([number]);
  expect(await people()).toEqual([{ number, email: "ann@example.com" }]);
  expect(await life.globex.list("/Users", `externalId eq "${number}"`)).toHaveLength(1);
});

it("a person who is not let go is 409, one who is a member already too, and nobody is made", async () => {
  allows = false;
  expect((await life.acme.post("/Users", user("x@example.com", { externalId: number }))).status).toBe(409);
  allows = true;
  expect(await life.acme.post("/Users", user("x@example.com", { externalId: number }))).toMatchObject({ status: 409, body: { scimType: "uniqueness" } });
  expect(await people()).toHaveLength(1);
});

it.each(["abc", "1.5", "99999999999999999999", "", "9007199254740993 "])("what is no number of the column's, %j, is 400 and finds nobody", async (externalId) => {
  expect(await life.acme.post("/Users", user("y@example.com", { externalId }))).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
  expect(await people()).toHaveLength(1);
});
