/** Golden `tenant-in-every-key`: foreign keys and ids of several columns, the tenant among them, on a real PostgreSQL. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { KindHost } from "./host.js";

let host: KindHost<"one" | "two">;
beforeAll(async () => {
  host = await openKind("tenant-in-every-key", { tenants: { one: 1, two: 2 }, seed: `CREATE UNIQUE INDEX person_login_lower ON "Person" ("tenantId", lower(login))` });
});
afterAll(() => host.close());

const idOf = (resource: object): string => String((resource as { readonly id: unknown }).id);

test("members and phones are kept by keys that hold the tenant, and are changed in place", async () => {
  const { one, two } = host.tenants;
  const ann = idOf(await one.make("/Users", { userName: "ann", phoneNumbers: [{ value: "1", type: "work", primary: true }, { value: "2" }] }));
  const bob = idOf(await one.make("/Users", { userName: "bob" }));
  const foreign = idOf(await two.make("/Users", { userName: "ann" }));
  const crew = idOf(await one.make("/Groups", { displayName: "Crew", members: [{ value: ann }] }));
  await one.patch(`/Groups/${crew}`, { op: "add", path: "members", value: [{ value: ann }, { value: bob }] });
  expect(await host.rows(`SELECT "tenantId", "crewId", "personId", rank FROM "Seat" ORDER BY "personId" = $1 DESC`, ann)).toEqual([{ tenantId: 1, crewId: crew, personId: ann, rank: "CREW" }, { tenantId: 1, crewId: crew, personId: bob, rank: "CREW" }]);
  expect((await one.patch(`/Groups/${crew}`, { op: "add", path: "members", value: [{ value: foreign }] })).status).toBe(400);
  expect((await two.patch(`/Groups/${crew}`, { op: "remove", path: "members" })).status).toBe(404);
  expect((await one.request("GET", `/Users/${ann}`)).body["groups"]).toMatchObject([{ value: crew, display: "Crew" }]);
  expect(await one.find("/Groups", `members.value eq "${bob}"`, "displayName")).toEqual(["Crew"]);
  expect(await two.find("/Groups", `members.value eq "${bob}"`, "displayName")).toEqual([]);
  await one.patch(`/Groups/${crew}`, { op: "remove", path: `members[value eq "${ann}"]` });
  expect(await host.rows(`SELECT "personId" FROM "Seat"`)).toEqual([{ personId: bob }]);

  const phones = (): Promise<unknown> => host.rows(`SELECT "tenantId", digits, use, first FROM "Phone" ORDER BY digits`);
  await one.patch(`/Users/${ann}`, { op: "replace", path: `phoneNumbers[value eq "1"].value`, value: "9" }, { op: "add", path: "phoneNumbers", value: [{ value: "3", primary: true }] }, { op: "remove", path: `phoneNumbers[value eq "2"]` });
  expect(await phones()).toEqual([{ tenantId: 1, digits: "3", use: null, first: true }, { tenantId: 1, digits: "9", use: "work", first: false }]);
  expect(await one.find("/Users", `phoneNumbers[value eq "3" and primary eq true]`)).toEqual(["ann"]);
  expect((await one.request("PUT", `/Users/${ann}`, { userName: "ann" })).body["phoneNumbers"]).toBeUndefined();
  expect(await phones()).toEqual([]);
  expect((await one.request("DELETE", `/Users/${bob}`)).status).toBe(204);
  expect((await one.request("GET", `/Groups/${crew}`)).body["members"]).toBeUndefined();
  expect(host.errors).toEqual([]);
});
