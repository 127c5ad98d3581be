/** Golden `documents-written`: constants of Json columns in `create`, `stamp`, `set` and rows of a list, on a real PostgreSQL. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { KindHost } from "./host.js";

let host: KindHost<"one" | "two">;

beforeAll(async () => {
  host = await openKind("documents-written", { tenants: { one: "one", two: "two" }, seed: `CREATE UNIQUE INDEX account_login_lower ON "Account" ("tenantId", lower(login))` });
});
afterAll(async () => {
  await host.close();
  expect(host.errors).toEqual([]);
});

const row = async (tenant: string): Promise<unknown> => (await host.rows(`SELECT state, prefs, touched, why FROM "Account" WHERE "tenantId" = $1`, tenant))[0];

test("documents are written as the mapping has them: on POST, on every write, and with a turn of active, in this tenant alone", async () => {
  const { one, two } = host.tenants;
  const prefs = { theme: "dark", "page size": 50, tours: [], nested: { seen: null } };
  const path = `/Users/${String((await one.make("/Users", { userName: "ann", emails: [{ value: "a@x.example" }] }))["id"])}`;
  await two.make("/Users", { userName: "ann" });
  const other = await row("two");
  expect(await row("one")).toMatchObject({ state: "on", prefs, touched: { by: "scim" } });
  expect(await host.rows(`SELECT meta FROM "Contact"`)).toEqual([{ meta: { verified: false } }]);
  await host.rows(`UPDATE "Account" SET prefs = '{"theme": "light"}', touched = NULL, why = NULL WHERE "tenantId" = 'one'`);
  expect((await one.patch(path, { op: "replace", path: "title", value: "T" })).status).toBe(200);
  expect(await row("one")).toEqual({ state: "on", prefs: { theme: "light" }, touched: { by: "scim" }, why: null });
  expect((await one.patch(path, { op: "replace", path: "active", value: true })).status).toBe(200);
  expect(await row("one")).toMatchObject({ why: null });
  await one.patch(path, { op: "replace", path: "active", value: false });
  expect(await row("one")).toMatchObject({ state: "off", why: ["scim", 1, false] });
  await one.patch(path, { op: "replace", path: "active", value: true });
  expect(await row("one")).toMatchObject({ state: "on", why: [] });
  expect((await two.patch(path, { op: "replace", path: "active", value: false })).status).toBe(404);
  expect(await row("two")).toEqual(other);
});
