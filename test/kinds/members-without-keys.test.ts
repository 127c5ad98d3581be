/** Golden `members-without-keys`: join rows of which some are nobody's, and no index keeps a member from being there twice, on a real PostgreSQL. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { KindHost } from "./host.js";

const acme = "00000000-0000-7000-8000-00000000000a";
const globex = "00000000-0000-7000-8000-00000000000b";
let host: KindHost<"acme" | "globex">;
beforeAll(async () => {
  host = await openKind("members-without-keys", { tenants: { acme, globex }, seed: `CREATE UNIQUE INDEX account_login_lower ON "Account" ("tenantId", lower(login))` });
});
afterAll(() => host.close());

test("a member is there once, comes back in a row of its own, and guests are left alone", async () => {
  const { acme: one } = host.tenants;
  const ann = String((await one.make("/Users", { userName: "ann" }))["id"]);
  const team = String((await one.make("/Groups", { displayName: "Team", members: [{ value: ann }] }))["id"]);
  await host.rows(`INSERT INTO "Seat" ("teamId", guest) VALUES ($1, 'guest')`, team);
  const add = { op: "add", path: "members", value: [{ value: ann }] };
  await Promise.all([one.patch(`/Groups/${team}`, add), one.patch(`/Groups/${team}`, add), one.patch(`/Groups/${team}`, add)]);
  const seats = (): Promise<unknown> => host.rows(`SELECT "accountId" AS who, "leftAt" IS NOT NULL AS gone, guest FROM "Seat" ORDER BY id`);
  const guest = { who: null, gone: false, guest: "guest" };
  expect(await seats()).toEqual([{ who: ann, gone: false, guest: null }, guest]);
  expect((await one.request("GET", `/Groups/${team}`)).body["members"]).toMatchObject([{ value: ann }]);
  await one.patch(`/Groups/${team}`, { op: "replace", path: "members", value: [] });
  expect(await seats()).toEqual([{ who: ann, gone: true, guest: null }, guest]);
  expect(await one.find("/Groups", "members pr", "displayName")).toEqual([]);
  await one.patch(`/Groups/${team}`, add);
  expect(await seats()).toEqual([{ who: ann, gone: true, guest: null }, guest, { who: ann, gone: false, guest: null }]);
  expect((await one.request("GET", `/Users/${ann}`)).body["groups"]).toMatchObject([{ value: team }]);
  expect(host.errors).toEqual([]);
});
