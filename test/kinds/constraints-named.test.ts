/** Golden `constraints-named`: unique indexes that a Prisma schema cannot say, and a POST that meets a removed row (RFC 7644 3.3), on a real PostgreSQL. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { Answer, Caller, KindHost } from "./host.js";

let host: KindHost<"one" | "two">;
let one: Caller;
let two: Caller;

beforeAll(async () => {
  host = await openKind("constraints-named", {
    tenants: { one: "one", two: "two" },
    seed: `CREATE UNIQUE INDEX account_login_lower ON "Account" ("tenantId", lower(login)) WHERE "leftAt" IS NULL;
      CREATE UNIQUE INDEX account_badge_here ON "Account" ("tenantId", badge) WHERE "leftAt" IS NULL;
      CREATE UNIQUE INDEX account_desk_lower ON "Account" ("tenantId", lower(btrim(desk)));
      CREATE UNIQUE INDEX account_mail_domain ON "Account" ("tenantId", split_part(mail, '@', 1), lower(split_part(mail, '@', 2))) WHERE mail LIKE '%@%';
      CREATE UNIQUE INDEX account_unnamed ON "Account" ("tenantId", length(desk)) WHERE desk LIKE 'room%'`,
  });
  ({ one, two } = host.tenants);
});
afterAll(async () => {
  await host.close();
  expect(host.errors).toEqual([]);
});
beforeEach(async () => {
  await host.rows(`TRUNCATE "Account"`);
  await one.make("/Users", { userName: "ann", externalId: "7", title: "Window", emails: [{ value: "ann@x.example" }] });
});

const told = ({ status, body }: Answer): unknown => [status, body["scimType"], body["detail"]];
const taken = (attribute: string): unknown => [409, "uniqueness", `The ${attribute} is already in use by another resource.`];

describe("a value that an index holds already is 409 uniqueness, and the answer names the attribute", () => {
  test.each([
    ["an index on an expression of some rows", { userName: "ANN" }, "userName"],
    ["a partial index", { userName: "bob", externalId: "7" }, "externalId"],
    ["an index on an expression", { userName: "bob", title: " window " }, "title"],
    ["a partial index on several expressions", { userName: "bob", emails: [{ value: "ann@X.example" }] }, "emails"],
  ])("%s", async (_index, body, attribute) => {
    expect(told(await one.request("POST", "/Users", body))).toEqual(taken(attribute));
    const bob = `/Users/${String((await one.make("/Users", { userName: "bob" }))["id"])}`;
    const before = await host.rows(`SELECT * FROM "Account" ORDER BY id`);
    expect(told(await one.request("PUT", bob, body))).toEqual(taken(attribute));
    expect(told(await one.patch(bob, { op: "replace", value: body }))).toEqual(taken(attribute));
    expect(await host.rows(`SELECT * FROM "Account" ORDER BY id`)).toEqual(before);
    expect((await two.request("POST", "/Users", body)).status).toBe(201);
  });

  test("an index that the mapping does not name is 409 without a name, and tells none of the database's", async () => {
    await one.make("/Users", { userName: "bob", title: "room 1" });
    const answer = await one.request("POST", "/Users", { userName: "cat", title: "room 2" });
    expect(told(answer)).toEqual([409, "uniqueness", "A value that must be unique is already in use."]);
    expect(answer.text).not.toContain("account_");
  });

  test("64 POSTs at once make one, and the rest are told which attribute it was", async () => {
    const all = await Promise.all(Array.from({ length: 64 }, (_, index) => one.request("POST", "/Users", { userName: `n${String(index)}`, externalId: "same" })));
    expect(all.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(all.filter(({ status }) => status !== 201).map(told)).toEqual(Array(63).fill(taken("externalId")));
  });
});

describe(`onExisting: { removed: "conflict" }`, () => {
  test("a userName that DELETE has hidden stays taken, in any letter case, and in this tenant alone", async () => {
    const [row] = await host.rows(`SELECT id::text FROM "Account"`);
    expect((await one.request("DELETE", `/Users/${String(row?.["id"])}`)).status).toBe(204);
    const before = await host.rows(`SELECT * FROM "Account"`);
    for (const userName of ["ann", "ANN"]) expect(told(await one.request("POST", "/Users", { userName }))).toEqual(taken("userName"));
    expect(await host.rows(`SELECT * FROM "Account"`)).toEqual(before);
    expect((await two.request("POST", "/Users", { userName: "ann" })).status).toBe(201);
    expect((await one.request("POST", "/Users", { userName: "anna", externalId: "7" })).status).toBe(201);
  });
});
