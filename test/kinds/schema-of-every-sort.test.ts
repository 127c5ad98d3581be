/** Golden `schema-of-every-sort`: several database schemas, mapped enum values, a view, ignored fields and a place five relations away, on a real PostgreSQL. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { openKind } from "./host.js";
import type { Caller, KindHost } from "./host.js";

const seat = "urn:example:scim:Seat";
let host: KindHost<"one" | "two">;
let one: Caller;

beforeAll(async () => {
  host = await openKind("schema-of-every-sort", {
    tenants: { one: 1, two: 2 },
    seed: `CREATE UNIQUE INDEX members_login_lower ON people.members ("tenant_id", lower(login));
      CREATE VIEW people.summaries AS SELECT id AS member_id, length(login) AS badges FROM people.members WHERE login <> 'ben';
      INSERT INTO places.houses (name) VALUES ('Old House');
      INSERT INTO places.floors (number, house_id) VALUES (3, 1);
      INSERT INTO places.rooms (name, floor_id) VALUES ('R', 1);
      INSERT INTO places.desks (code, room_id) VALUES ('D', 1)`,
  });
  one = host.tenants.one;
  await one.make("/Users", { userName: "ann", userType: "on" });
  await one.make("/Users", { userName: "ben", active: false });
  await host.tenants.two.make("/Users", { userName: "ann" });
  await host.rows(`UPDATE people.members SET desk_id = 1, secret = 'x' WHERE login = 'ann' AND tenant_id = 1`);
});
afterAll(async () => {
  await host.close();
  expect(host.errors).toEqual([]);
});

it("stores what an enum value is mapped to, and answers its name", async () => {
  expect(await host.rows(`SELECT login, standing::text, level::text FROM people.members WHERE tenant_id = 1 ORDER BY login`)).toEqual([
    { login: "ann", standing: "active", level: "active" },
    { login: "ben", standing: "in-active", level: null },
  ]);
  const { body } = await one.request("GET", `/Users?filter=${encodeURIComponent('userName eq "ann"')}`);
  expect(body["Resources"]).toMatchObject([{ userType: "ON", active: true, title: "Old House", [seat]: { floor: 3, badges: 3 } }]);
});

it.each<readonly [filter: string, found: readonly string[]]>([
  ['userType eq "ON"', ["ann"]],
  ['userType ne "ON"', ["ben"]],
  ["not (userType pr)", ["ben"]],
  ["active eq false", ["ben"]],
  ['title co "old"', ["ann"]],
  ['not (title eq "Old House")', ["ben"]],
  [`${seat}:floor ge 3`, ["ann"]],
  [`${seat}:floor ne 3`, ["ben"]],
  [`${seat}:badges eq 3`, ["ann"]],
  [`${seat}:badges ne 3`, ["ben"]],
  [`${seat} pr`, ["ann"]],
])("finds %s", async (filter, found) => {
  expect(await one.find("/Users", filter)).toEqual(found);
});

it("clears an enum, passes over what is only read, and leaves ignored columns alone", async () => {
  const [ann] = await one.find("/Users", 'userName eq "ann"', "id") as readonly string[];
  const answer = await one.patch(`/Users/${String(ann)}`, { op: "replace", value: { userType: null, title: "mine", [seat]: { floor: 9 } } });
  expect(answer.body).toMatchObject({ title: "Old House", [seat]: { floor: 3 } });
  expect(answer.body).not.toHaveProperty("userType");
  expect((await one.patch(`/Users/${String(ann)}`, { op: "replace", path: `${seat}:badges`, value: 1 })).body["scimType"]).toBe("mutability");
  expect(await host.rows(`SELECT secret FROM people.members WHERE id = $1`, ann)).toEqual([{ secret: "x" }]);
});
