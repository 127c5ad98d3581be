/** Golden `users-with-one-group`: the users' own foreign key says which group they are in, on a real PostgreSQL. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { KindHost } from "./host.js";

let host: KindHost<"one" | "two">;
beforeAll(async () => {
  host = await openKind("users-with-one-group", { tenants: { one: "one", two: "two" }, seed: `CREATE UNIQUE INDEX account_login_lower ON "Account" ("tenantId", lower(login))` });
}, 90_000);
afterAll(() => host.close());

test("a user is in one group, moves to another by being added there, and shows no group that is hidden", async () => {
  const { one, two } = host.tenants;
  const ann = String((await one.make("/Users", { userName: "ann", displayName: "Ann A" }))["id"]);
  const foreign = String((await two.make("/Users", { userName: "eve", displayName: "Eve" }))["id"]);
  const red = String((await one.make("/Groups", { displayName: "Red", members: [{ value: ann }] }))["id"]);
  const blue = String((await one.make("/Groups", { displayName: "Blue" }))["id"]);
  expect((await one.request("GET", `/Groups/${red}`)).body["members"]).toEqual([{ value: ann, $ref: `https://app.example/scim/v2/Users/${ann}`, type: "User", display: "Ann A" }]);
  expect((await one.request("GET", `/Users/${ann}`)).body["groups"]).toEqual([{ value: red, $ref: `https://app.example/scim/v2/Groups/${red}`, display: "Red", type: "direct" }]);
  expect((await one.patch(`/Groups/${blue}`, { op: "add", path: "members", value: [{ value: ann }] })).status).toBe(204);
  expect((await one.request("GET", `/Groups/${red}`)).body["members"]).toBeUndefined();
  expect(await one.find("/Users", `groups.value eq "${blue}"`)).toEqual(["ann"]);
  expect(await one.find("/Users", `groups.display eq "blue"`)).toEqual(["ann"]);
  expect(await one.find("/Users", "not (groups pr)")).toEqual([]);
  expect(await one.find("/Groups", `members[value eq "${ann}" and display sw "ann"]`, "displayName")).toEqual(["Blue"]);
  expect((await one.patch(`/Groups/${blue}`, { op: "add", path: "members", value: [{ value: foreign }] })).status).toBe(400);
  expect((await two.patch(`/Groups/${blue}`, { op: "remove", path: "members" })).status).toBe(404);

  await host.rows(`UPDATE "Team" SET hidden = true WHERE name = 'Blue'`);
  expect((await one.request("GET", `/Users/${ann}`)).body["groups"]).toBeUndefined();
  expect(await one.find("/Users", "not (groups pr)")).toEqual(["ann"]);
  await host.rows(`UPDATE "Team" SET hidden = false`);
  await one.patch(`/Groups/${blue}`, { op: "remove", path: `members[value eq "${ann}"]` });
  expect(await host.rows(`SELECT "teamId" FROM "Account" WHERE login = 'ann'`)).toEqual([{ teamId: null }]);
  expect(host.errors).toEqual([]);
});
