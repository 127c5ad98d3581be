/** A person behind a membership that no index keeps from being there twice: the lock of the tenant does (RFC 7643 4.1.1, userName is unique). */
import { afterAll, beforeAll, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { KindHost } from "./host.js";

let host: KindHost<"north" | "south">;

beforeAll(async () => {
  host = await openKind("person-that-may-be-missing", {
    tenants: { north: "n", south: "s" },
    seed: `INSERT INTO "Room" ("id", "label") VALUES ('r', 'Attic')`,
    options: { rules: { anyRoom: () => "r", mayLink: () => true } },
  });
}, 120_000);
afterAll(() => host.close());

test("a second POST of one person to one tenant is 409, in other letters too, and to another tenant it is a membership of its own", async () => {
  await host.tenants.north.make("/Users", { userName: "ann@example.com" });
  expect((await host.tenants.north.request("POST", "/Users", { userName: "Ann@Example.com" })).body).toMatchObject({ status: "409", scimType: "uniqueness" });
  await host.tenants.south.make("/Users", { userName: "ann@example.com" });
  expect(await host.tenants.north.find("/Users", 'userName eq "ann@example.com"')).toEqual(["ann@example.com"]);
});

test("of eight POSTs at once one makes the resource", async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => host.tenants.north.request("POST", "/Users", { userName: "bob@example.com" })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
  expect(await host.rows(`SELECT count(*)::int AS n FROM "Seat" s JOIN "Person" p ON p."id" = s."personId" WHERE p."email" = 'bob@example.com'`)).toEqual([{ n: 1 }]);
});
