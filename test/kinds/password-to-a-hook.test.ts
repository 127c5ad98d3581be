/** Golden `password-to-a-hook`: a password that the host takes and nobody else sees (RFC 7643 4.1.1), on a real PostgreSQL. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { KindHost } from "./host.js";

let host: KindHost<"one" | "two">;
const taken: object[] = [];
const seen: unknown[] = [];
let refuses = false;

beforeAll(async () => {
  let id = 0;
  host = await openKind("password-to-a-hook", {
    tenants: { one: "one", two: "two" },
    seed: `CREATE UNIQUE INDEX account_login_lower ON "Account" ("tenantId", lower(login))`,
    options: {
      rules: {
        newId: ({ input }: { readonly input: unknown }) => {
          seen.push(input);
          return `id${String((id += 1))}`;
        },
      },
      hooks: {
        User: {
          async password({ id, password, tenant, tx }: { readonly id: string; readonly password: string | null; readonly tenant: string; readonly tx: { readonly account: { count(args: object): Promise<number> } } }) {
            // The row is there already, in the same transaction.
            taken.push({ id, password, tenant, rows: await tx.account.count({ where: { id } }) });
            if (refuses) throw new Error("too weak");
          },
          beforeCreate: (event: unknown) => void seen.push(event),
          afterCreate: (event: unknown) => void seen.push(event),
          beforeUpdate: (event: unknown) => void seen.push(event),
          committed: (event: unknown) => void seen.push(event),
        },
      },
    },
  });
});
afterAll(() => host.close());
beforeEach(() => taken.splice(0));

const withoutClients = (events: readonly unknown[]): string => JSON.stringify(events, (key, value: unknown) => (key === "tx" ? undefined : value));

test("POST, PUT and PATCH hand it over inside the transaction, and only when it is there", async () => {
  const { one, two } = host.tenants;
  const { id } = await one.make("/Users", { userName: "ann", password: "First-1" });
  const path = `/Users/${String(id)}`;
  const told = (password: string | null): object => ({ id, password, tenant: "one", rows: 1 });
  expect(taken.splice(0)).toEqual([told("First-1")]);
  await one.request("PUT", path, { userName: "ann", title: "Boss" });
  expect(taken.splice(0)).toEqual([]);
  await one.request("PUT", path, { userName: "ann", password: "Second-2" });
  await one.patch(path, { op: "replace", path: "password", value: "Third-3" });
  await one.patch(path, { op: "add", value: { password: "Fourth-4", title: "Chief" } });
  await one.patch(path, { op: "remove", path: "password" });
  expect(taken.splice(0)).toEqual([told("Second-2"), told("Third-3"), told("Fourth-4"), told(null)]);
  expect((await two.patch(path, { op: "replace", path: "password", value: "Stolen-5" })).status).toBe(404);
  expect(taken.splice(0)).toEqual([]);
  const everything = withoutClients(seen) + JSON.stringify([host.log, await host.rows(`SELECT * FROM "Account"`)]);
  expect(everything).toContain("Chief");
  expect(everything).not.toMatch(/First-1|Second-2|Third-3|Fourth-4|Stolen-5/);
});

test("a hook that fails takes the whole write back", async () => {
  const { one } = host.tenants;
  refuses = true;
  const answer = await one.request("POST", "/Users", { userName: "weak", password: "1" });
  refuses = false;
  expect(answer.status).toBe(500);
  expect(answer.text).not.toContain("too weak");
  expect(host.errors.splice(0)).toHaveLength(1);
  expect(await host.rows(`SELECT 1 FROM "Account" WHERE login = 'weak'`)).toEqual([]);
  expect(host.errors).toEqual([]);
});

test("it stands in no answer and in no filter, and /Schemas says so", async () => {
  const { one } = host.tenants;
  const { id } = await one.make("/Users", { userName: "bob", password: "Hidden-1" });
  expect((await one.request("GET", `/Users/${String(id)}?attributes=password,userName`)).text).not.toMatch(/password|Hidden/);
  expect(await one.find("/Users", `password eq "Hidden-1"`)).toBe("invalidFilter");
  expect((await one.request("GET", "/Schemas")).text).toContain(`"name":"password"`);
});
