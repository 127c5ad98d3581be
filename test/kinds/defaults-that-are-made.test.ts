/** Golden `defaults-that-are-made`: what a client leaves out is made with the row, by a rule of the host or as the moment (mapping language, `default`). */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { Caller, KindHost } from "./host.js";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const player = "urn:example:scim:Player";

interface Context {
  readonly tenant: number;
  readonly input: { readonly userName?: string };
  readonly tx: { readonly player: { count(args: object): Promise<number> } };
}

let host: KindHost<"reds" | "blues">;
let reds: Caller;
let blues: Caller;
let asked: string[] = [];

beforeAll(async () => {
  host = await openKind("defaults-that-are-made", {
    tenants: { reds: 1, blues: 2 },
    seed: `CREATE UNIQUE INDEX player_login_lower ON "Player" ("clubId", lower(login)); INSERT INTO "Club" VALUES (1), (2)`,
    options: {
      rules: {
        homeZone: ({ tenant }: Context) => (tenant === 1 ? "Europe/Vienna" : null),
        freeShirt: async ({ input, tenant, tx }: Context) => {
          asked.push(input.userName ?? "");
          return String(1 + (await tx.player.count({ where: { clubId: tenant } })));
        },
      },
    },
  });
  ({ reds, blues } = host.tenants);
});
beforeEach(async () => {
  await host.rows(`TRUNCATE "Player"`);
  asked = [];
});
afterAll(() => host.close());

const shirts = (): Promise<unknown> => host.rows(`SELECT login, shirt, zone FROM "Player" ORDER BY id`);

test("a POST that says nothing is given what the rule makes, in its transaction; what it says is taken, and no rule is asked", async () => {
  const ann = await reds.make("/Users", { userName: "ann" });
  expect(ann).toMatchObject({ timezone: "Europe/Vienna", [enterprise]: { employeeNumber: "1" } });
  expect(Date.now() - Date.parse(String((ann[player] as Record<string, string>)["joined"]))).toBeLessThan(60_000);
  await reds.make("/Users", { userName: "bob", timezone: "UTC", [enterprise]: { employeeNumber: "99" } });
  await reds.make("/Users", { userName: "cid", [enterprise]: { employeeNumber: null } });
  await blues.make("/Users", { userName: "dot" });
  expect(await shirts()).toEqual([{ login: "ann", shirt: "1", zone: "Europe/Vienna" }, { login: "bob", shirt: "99", zone: "UTC" }, { login: "cid", shirt: "3", zone: "Europe/Vienna" }, { login: "dot", shirt: "1", zone: null }]);
  expect(asked).toEqual(["ann", "cid", "dot"]);
});

test.each([
  ["PUT without it", (path: string) => reds.request("PUT", path, { userName: "ann" })],
  ["PUT with null", (path: string) => reds.request("PUT", path, { userName: "ann", timezone: null, [enterprise]: { employeeNumber: null } })],
  ["PATCH remove", (path: string) => reds.patch(path, { op: "remove", path: "timezone" }, { op: "remove", path: `${enterprise}:employeeNumber` })],
  ["PATCH replace by nothing", (path: string) => reds.patch(path, { op: "replace", value: { timezone: null, [enterprise]: { employeeNumber: "" } } })],
  ["PATCH remove of the extension", (path: string) => reds.patch(path, { op: "remove", path: enterprise })],
])("%s leaves what was made, asks nobody, and the answer shows it", async (_, ask) => {
  const ann = await reds.make("/Users", { userName: "ann" });
  asked = [];
  const before = await host.rows(`SELECT * FROM "Player"`);
  const answer = await ask(`/Users/${String(ann["id"])}`);
  expect(answer.status, answer.text).toBe(200);
  expect(answer.body).toMatchObject({ timezone: "Europe/Vienna", [enterprise]: { employeeNumber: "1" } });
  expect(await host.rows(`SELECT * FROM "Player"`)).toEqual(before);
  expect(asked).toEqual([]);
});

test("a client changes what was made", async () => {
  const ann = await reds.make("/Users", { userName: "ann" });
  expect((await reds.patch(`/Users/${String(ann["id"])}`, { op: "replace", path: `${enterprise}:employeeNumber`, value: "7" })).body).toMatchObject({ [enterprise]: { employeeNumber: "7" } });
  expect((await reds.request("PUT", `/Users/${String(ann["id"])}`, { userName: "ann", timezone: "UTC" })).body).toMatchObject({ timezone: "UTC", [enterprise]: { employeeNumber: "7" } });
});

test("a Bulk asks for each of its creates", async () => {
  const Operations = ["ann", "bob", "cid"].map((userName) => ({ method: "POST", path: "/Users", bulkId: userName, data: { schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName, [enterprise]: userName === "bob" ? { employeeNumber: "50" } : {} } }));
  const answer = await reds.request("POST", "/Bulk", { schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], failOnErrors: 3, Operations });
  expect(answer.status, answer.text).toBe(200);
  expect([...asked].sort()).toEqual(["ann", "cid"]);
  expect(host.errors).toEqual([]);
});
