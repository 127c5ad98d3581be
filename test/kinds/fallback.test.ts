/** Golden `fallback`: what an answer shows while a column is empty, on a real PostgreSQL. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { KindHost } from "./host.js";

let host: KindHost<"one" | "two">;

beforeAll(async () => {
  host = await openKind("fallback", {
    tenants: { one: "one", two: "two" },
    seed: `CREATE UNIQUE INDEX person_email_lower ON "Person" (lower(email));`,
    options: { rules: { mayLink: () => true } },
  });
});
afterAll(() => host.close());

const row = async (): Promise<unknown> => (await host.rows(`SELECT shown, nick, "updatedAt" FROM "Account"`))[0];

test("the other attribute is shown while the column is empty, also behind a relation that only it needs", async () => {
  const { one, two } = host.tenants;
  const made = await one.make("/Users", { userName: "ann@example.com" });
  const path = `/Users/${String(made["id"])}`;
  expect(made).toMatchObject({ displayName: "ann@example.com" });
  expect(made["nickName"]).toBeUndefined();
  expect((await one.request("GET", `${path}?attributes=displayName`)).body).toMatchObject({ displayName: "ann@example.com" });
  // What reads the same is not copied into the column: not by a PUT of all that was read, nor by a PATCH.
  const before = await row();
  await one.request("PUT", path, { userName: "ann@example.com", displayName: "ann@example.com" });
  await one.patch(path, { op: "replace", path: "displayName", value: "ann@example.com" });
  expect(await row()).toEqual(before);
  // A filter sees the column alone.
  expect(await one.find("/Users", `displayName eq "ann@example.com"`)).toEqual([]);
  expect(await one.find("/Users", `not (displayName pr)`)).toEqual(["ann@example.com"]);

  expect((await one.patch(path, { op: "replace", path: "displayName", value: "Ann" })).body).toMatchObject({ displayName: "Ann", title: "Ann", nickName: "Ann" });
  expect(await one.find("/Users", `displayName eq "ann"`)).toEqual(["ann@example.com"]);
  expect((await one.patch(path, { op: "add", path: "nickName", value: "A" })).body).toMatchObject({ nickName: "A" });
  expect((await two.patch(path, { op: "remove", path: "displayName" })).status).toBe(404);
  expect((await one.patch(path, { op: "remove", path: "displayName" })).body).toMatchObject({ displayName: "ann@example.com", nickName: "A" });
  expect((await one.request("PUT", path, { userName: "ann@example.com" })).body["nickName"]).toBeUndefined();
  expect(await row()).toMatchObject({ shown: null, nick: "" });
  expect(host.log.filter(({ event }) => event === "kept")).toEqual([]);
  expect(host.errors).toEqual([]);
});
