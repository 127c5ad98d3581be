/** Golden `manager`: the id of another resource in a foreign key (RFC 7643 4.3), on a real PostgreSQL. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { KindHost } from "./host.js";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
let host: KindHost<"one" | "two">;

beforeAll(async () => {
  host = await openKind("manager", {
    tenants: { one: "one", two: "two" },
    seed: `CREATE UNIQUE INDEX account_login_lower ON "Account" ("tenantId", lower(login));
      INSERT INTO "Account" (id, "tenantId", login) VALUES ('11111111-1111-1111-1111-111111111111', 'one', 'boss'), ('22222222-2222-2222-2222-222222222222', 'two', 'boss')`,
  });
});
afterAll(() => host.close());

test("a manager of the tenant is kept, found and cleared; one of another tenant does not exist", async () => {
  const { one, two } = host.tenants;
  const boss = "11111111-1111-1111-1111-111111111111";
  const made = await one.make("/Users", { userName: "ann", [enterprise]: { manager: { value: boss } } });
  expect(made[enterprise]).toMatchObject({ manager: { value: boss } });
  expect(await one.find("/Users", `${enterprise}:manager.value eq "${boss}"`)).toEqual(["ann"]);
  expect(await one.find("/Users", `not (${enterprise}:manager.value eq "${boss}")`)).toEqual(["boss"]);
  expect(await two.find("/Users", `${enterprise}:manager.value eq "${boss}"`)).toEqual([]);
  expect((await two.request("POST", "/Users", { userName: "ann", [enterprise]: { manager: { value: boss } } })).body["scimType"]).toBe("invalidValue");
  const cleared = await one.patch(`/Users/${String(made["id"])}`, { op: "remove", path: `${enterprise}:manager` });
  expect(cleared.body[enterprise]).toBeUndefined();
  expect(await host.rows(`SELECT count(*)::int AS kept FROM "Account" WHERE "managerId" IS NOT NULL`)).toEqual([{ kept: 0 }]);
});
