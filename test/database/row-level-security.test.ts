/**
 * A host with row level security (mapping `transaction: "host"`; seam-notes 6): the tables show a row only to the tenant that a setting of
 * the transaction names, to their owner too, and the endpoint gets at them by the host's own function alone.
 */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { LogEntry } from "../../templates/generated/protocol/engine.js";
import type { AllHooks } from "../../templates/generated/protocol/hooks.js";
import type { JsonObject } from "../../templates/generated/protocol/json.js";
import type { Scim, ScimSettings } from "../../templates/generated/protocol/scim.js";
import type { HostAccess } from "../../templates/generated/protocol/session.js";
import { serve } from "../e2e/app.js";
import type { Served } from "../e2e/app.js";
import { generate, goldenFolder, root } from "../host/goldens.js";
import { clientOf } from "../host/trees.js";
import { createSchema } from "../postgres/ddl.js";
import { execute } from "../postgres/server.js";
import { openDatabase } from "../postgres/specimen.js";
import { recordedPool } from "../postgres/statements.js";
import type { Statements } from "../postgres/statements.js";
import { expectNoInsides, group, idOf, lastModified, patchOp, text, user, valuesOf } from "./endpoint.js";
import type { Operation } from "./endpoint.js";

interface Tx {
  $executeRaw(query: TemplateStringsArray, ...values: readonly unknown[]): Promise<number>;
  $queryRaw(query: TemplateStringsArray, ...values: readonly unknown[]): Promise<unknown>;
}
interface Client extends Tx {
  $transaction<T>(run: (tx: Tx) => Promise<T>, options?: { readonly maxWait?: number; readonly timeout?: number }): Promise<T>;
  $disconnect(): Promise<void>;
}
type Hooks = AllHooks<JsonObject, string, Tx>;
/** What is generated of test/golden/host-transaction, which is compiled by test/host. */
interface Generated {
  createScim(options: ScimSettings<string> & HostAccess<Tx, string> & { readonly hooks?: { readonly User?: Hooks; readonly Group?: Hooks } }): Scim;
}
type Transaction = HostAccess<Tx, string>["transaction"];

const golden = join(goldenFolder, "host-transaction");
const acme = "00000000-0000-4000-8000-00000000000a";
const globex = "00000000-0000-4000-8000-00000000000b";
const role = `scim_gen_${randomBytes(6).toString("hex")}`;

const visible = `"tenantId" = nullif(current_setting('app.tenant', true), '')::uuid`;
const policies: Readonly<Record<string, string>> = {
  Account: visible,
  Team: visible,
  Address: `"accountId" IN (SELECT "id" FROM "Account")`,
  TeamMember: `"teamId" IN (SELECT "id" FROM "Team") AND "accountId" IN (SELECT "id" FROM "Account")`,
};
const protectedBy = Object.entries(policies).map(
  ([table, policy]) => `ALTER TABLE "${table}" ENABLE ROW LEVEL SECURITY; ALTER TABLE "${table}" FORCE ROW LEVEL SECURITY; CREATE POLICY own ON "${table}" USING (${policy}); GRANT SELECT, INSERT, UPDATE, DELETE ON "${table}" TO ${role};`,
);

let generated: Generated;
let owner: pg.Client;
let prisma: Client;
let statements: Statements;
let served: Served;
/** The endpoint of the test that runs. */
let mounted: Scim;
let url: string;

beforeAll(async () => {
  generated = await load();
  url = await openDatabase();
  await createSchema(url, join(golden, "schema.prisma"));
  await execute(url, `CREATE ROLE ${role} LOGIN PASSWORD '${role}'; ${protectedBy.join("\n")}`);
  owner = new pg.Client({ connectionString: url });
  await owner.connect();

  const asRole = Object.assign(new URL(url), { username: role, password: role });
  const recorded = recordedPool({ connectionString: asRole.href, connectionTimeoutMillis: 20_000 });
  statements = recorded.statements;
  const { PrismaClient } = (await import(/* @vite-ignore */ pathToFileURL(join(await clientOf(await readFile(join(golden, "schema.prisma"), "utf8")), "client.ts")).href)) as { readonly PrismaClient: new (options: object) => Client };
  prisma = new PrismaClient({ adapter: new PrismaPg(recorded.pool, { disposeExternalPool: true }) });
  served = await serve();
  served.open({ handle: (request) => mounted.handle(request), fetch: (request) => mounted.fetch(request), node: (request, response) => mounted.node(request, response) });
}, 120_000);

afterAll(async () => {
  await served.close();
  await prisma.$disconnect();
  await owner.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  await owner.end();
});

beforeEach(async () => {
  await owner.query(`TRUNCATE "Account", "Team" CASCADE`);
});

async function load(): Promise<Generated> {
  const folder = join(root, ".tmp", "row-level-security");
  const { files } = await generate(golden);
  await rm(folder, { recursive: true, force: true });
  for (const [path, content] of files ?? []) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return (await import(/* @vite-ignore */ pathToFileURL(join(folder, "index.ts")).href)) as Generated;
}

const tokens = new Map([["Bearer acme", { tenant: acme, principal: "acme directory" }], ["Bearer globex", { tenant: globex, principal: "globex directory" }]]);

/** As README.md shows it. */
const scoped: Transaction = (auth, run) =>
  prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT set_config('app.tenant', ${auth.tenant}, true)`;
      return run(tx);
    },
    { maxWait: 20_000, timeout: 20_000 },
  );

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: JsonObject;
}

interface Directory {
  get(path: string): Promise<Answer>;
  post(path: string, body: object): Promise<Answer>;
  put(path: string, body: object): Promise<Answer>;
  patch(path: string, ...operations: readonly Operation[]): Promise<Answer>;
  delete(path: string): Promise<Answer>;
}

interface Endpoint {
  readonly acme: Directory;
  readonly globex: Directory;
  readonly errors: unknown[];
  readonly log: LogEntry[];
}

/** The endpoint, mounted on node:http. */
function open(transaction: Transaction = scoped, hooks: { readonly User?: Hooks; readonly Group?: Hooks } = {}): Endpoint {
  const errors: unknown[] = [];
  const log: LogEntry[] = [];
  mounted = generated.createScim({
    transaction,
    hooks,
    baseUrl: served.baseUrl,
    authenticate: ({ header }) => tokens.get(header("authorization") ?? "") ?? null,
    log: (entry) => void log.push(entry),
    onError: (error) => void errors.push(error),
  });
  const directory = (token: string): Directory => {
    const ask = async (method: string, path: string, body?: object): Promise<Answer> => {
      const { status, headers, text, body: answered } = await served.ask({ token, method, path, ...(body === undefined ? {} : { body }) });
      expectNoInsides({ status, headers: {}, text, body: {} });
      return { status, headers, body: (answered ?? {}) as JsonObject };
    };
    return {
      get: (path) => ask("GET", path),
      post: (path, body) => ask("POST", path, body),
      put: (path, body) => ask("PUT", path, body),
      patch: (path, ...operations) => ask("PATCH", path, { schemas: [patchOp], Operations: operations }),
      delete: (path) => ask("DELETE", path),
    };
  };
  return { acme: directory("acme"), globex: directory("globex"), errors, log };
}

async function made(directory: Directory, path: string, body: object): Promise<JsonObject> {
  const answer = await directory.post(path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
}

const rows = async (table: string): Promise<number> => Number((await owner.query<{ n: string }>(`SELECT count(*) n FROM "${table}"`)).rows[0]?.n);
const everything = async (): Promise<unknown> => Promise.all(Object.keys(policies).map(async (table) => (await owner.query(`SELECT * FROM "${table}" t ORDER BY t::text`)).rows));
const sent = (): string => statements.all.map(({ sql }) => sql.split(" ").slice(0, /SAVEPOINT/.test(sql) ? 2 : 1).join(" ").replaceAll(/"|;/g, "")).join(" ");
const replace = (path: string, value: unknown): Operation => ({ op: "replace", path, value });
const add = (...ids: readonly string[]): Operation => ({ op: "add", path: "members", value: ids.map((value) => ({ value })) });
const emails = (...values: readonly string[]): object => ({ emails: values.map((value, n) => ({ value, type: n === 0 ? "work" : "home" })) });

describe("without the setting", () => {
  test("the host's role sees nothing and writes nothing, whatever is there", async () => {
    const { acme: directory } = open();
    const id = idOf(await made(directory, "/Users", user("ann@acme.example", emails("ann@acme.example"))));
    await made(directory, "/Groups", group("Team", id));
    for (const table of Object.keys(policies)) {
      expect(await rows(table), table).toBe(1);
    }
    expect(await prisma.$queryRaw`SELECT (SELECT count(*) FROM "Account") + (SELECT count(*) FROM "Team") + (SELECT count(*) FROM "Address") + (SELECT count(*) FROM "TeamMember") AS n`).toEqual([{ n: 0n }]);
    expect(await prisma.$executeRaw`UPDATE "Account" SET "title" = 'x'`).toBe(0);
    await expect(prisma.$executeRaw`INSERT INTO "Team" ("id", "tenantId", "name", "updatedAt") VALUES (gen_random_uuid(), ${acme}::uuid, 'x', now())`).rejects.toThrow("row-level security");
  });

  test("an endpoint finds nobody, and a POST is 500: the host forgot it, and no row of another tenant shows for that", async () => {
    const id = idOf(await made(open().acme, "/Users", user("ann@acme.example")));
    const { acme: directory, errors } = open((_, run) => prisma.$transaction((tx) => run(tx)));
    expect((await directory.get("/Users")).body["totalResults"]).toBe(0);
    expect((await directory.get(`/Users/${id}`)).status).toBe(404);
    expect((await directory.patch(`/Users/${id}`, replace("active", false))).status).toBe(404);
    expect((await directory.delete(`/Users/${id}`)).status).toBe(404);
    expect((await directory.post("/Users", user("bob@acme.example"))).status).toBe(500);
    expect(await rows("Account")).toBe(1);
    expect(errors).toHaveLength(1);
  });

  test("and with another tenant's: the endpoint's own condition and the database's are both asked", async () => {
    const id = idOf(await made(open().acme, "/Users", user("ann@acme.example")));
    const { acme: directory } = open((auth, run) => scoped({ ...auth, tenant: globex }, run));
    expect((await directory.get(`/Users/${id}`)).status).toBe(404);
    expect((await directory.get("/Users")).body["totalResults"]).toBe(0);
  });
});

test("a life of users and groups in two tenants, over HTTP", async () => {
  const endpoint = open();
  const lives = [["acme", endpoint.acme, endpoint.globex], ["globex", endpoint.globex, endpoint.acme]] as const;
  for (const [name, mine, other] of lives) {
    expect((await mine.get(`/Users?filter=${encodeURIComponent('userName eq "ann@both.example"')}`)).body["totalResults"]).toBe(0);
    const ann = await made(mine, "/Users", user("Ann@both.example", { externalId: "1", title: "Engineer", ...emails("ann@both.example", "ann@home.example") }));
    const path = `/Users/${idOf(ann)}`;
    expect((await mine.get(`/Users?filter=${encodeURIComponent('userName eq "ANN@both.example"')}`)).body).toMatchObject({ totalResults: 1, Resources: [{ id: idOf(ann), userName: "Ann@both.example" }] });

    expect((await mine.patch(path, replace("title", name), replace("active", false))).body).toMatchObject({ title: name, active: false });
    expect((await mine.patch(path, replace('emails[type eq "work"].value', `${name}@work.example`), replace("active", true))).body).toMatchObject({ active: true });
    expect(valuesOf((await mine.get(path)).body["emails"]).sort()).toEqual([`${name}@work.example`, "ann@home.example"].sort());
    expect((await mine.put(path, user("Ann@both.example", { externalId: "1", ...emails("ann@both.example") }))).body).toMatchObject({ externalId: "1", emails: [{ value: "ann@both.example" }] });

    const bob = idOf(await made(mine, "/Users", user("bob@both.example")));
    const team = await made(mine, "/Groups", group("Team", idOf(ann)));
    expect((await mine.patch(`/Groups/${idOf(team)}`, add(bob), replace("displayName", "Builders"))).status).toBe(204);
    expect((await mine.patch(`/Groups/${idOf(team)}`, { op: "remove", path: `members[value eq "${idOf(ann)}"]` })).status).toBe(204);
    expect((await mine.get(`/Groups/${idOf(team)}`)).body).toMatchObject({ displayName: "Builders", members: [{ value: bob }] });
    expect((await mine.put(`/Groups/${idOf(team)}`, group("Builders", idOf(ann), bob))).status).toBe(200);
    expect((await mine.get("/")).body["totalResults"]).toBe(3);

    // The other tenant has no such rows, nor members.
    const foreign = idOf(await made(other, "/Groups", group(`Others of ${name}`)));
    for (const answer of [await other.get(path), await other.patch(path, replace("title", "x")), await other.put(path, user("x@x.example")), await other.delete(path), await other.patch(`/Groups/${idOf(team)}`, add())]) expect(answer.status).toBe(404);
    expect((await other.patch(`/Groups/${foreign}`, add(bob))).status).toBe(400);
    expect((await other.delete(`/Groups/${foreign}`)).status).toBe(204);

    expect((await mine.delete(`/Users/${bob}`)).status).toBe(204);
    expect((await mine.get(`/Groups/${idOf(team)}`)).body["members"]).toMatchObject([{ value: idOf(ann) }]);
  }
  for (const [, mine] of lives) {
    expect((await mine.get("/Users")).body).toMatchObject({ totalResults: 1 });
    expect((await mine.get("/Groups")).body).toMatchObject({ totalResults: 1 });
  }
  expect(endpoint.errors).toEqual([]);
});

describe("each request is one transaction of the host's", () => {
  test("reads and writes, and nothing of ours stands outside; writes are fenced by savepoints", async () => {
    const { acme: directory } = open();
    const id = idOf(await made(directory, "/Users", user("ann@acme.example")));
    const told = async (run: () => Promise<Answer>, status: number): Promise<string> => {
      statements.clear();
      expect((await run()).status).toBe(status);
      return sent();
    };
    expect(await told(() => directory.get(`/Users/${id}?attributes=userName`), 200)).toBe("BEGIN SELECT SELECT COMMIT");
    expect(await told(() => directory.get("/Users?count=0"), 200)).toBe("BEGIN SELECT SELECT COMMIT");
    expect(await told(() => directory.get(`/Users/${acme}`), 404)).toMatch(/^BEGIN( SELECT)+ ROLLBACK$/);
    expect(await told(() => directory.patch(`/Users/${id}?attributes=title`, replace("title", "x")), 200)).toMatch(/^BEGIN SELECT SAVEPOINT \S+ UPDATE RELEASE SAVEPOINT COMMIT$/);
    expect(await told(() => directory.delete(`/Users/${id}`), 204)).toMatch(/^BEGIN SELECT SAVEPOINT \S+ DELETE RELEASE SAVEPOINT COMMIT$/);
    expect(await told(() => directory.get("/ResourceTypes"), 200)).toBe("");
    expect(await told(() => directory.post("/Users", { schemas: [], userName: 1 }), 400)).toBe("");
  });

  test("a PATCH that changes nothing takes back its own write alone", async () => {
    const { acme: directory } = open();
    const ann = await made(directory, "/Users", user("ann@acme.example", { title: "x", ...emails("ann@acme.example") }));
    const team = await made(directory, "/Groups", group("Team", idOf(ann)));
    const was = await everything();
    const same = await directory.patch(`/Users/${idOf(ann)}`, replace("title", "x"));
    expect([same.status, lastModified(same.body)]).toEqual([200, lastModified(ann)]);
    statements.clear();
    expect((await directory.patch(`/Users/${idOf(ann)}`, replace('emails[type eq "work"].value', "ann@acme.example"))).body).toMatchObject({ emails: [{ value: "ann@acme.example" }] });
    expect(sent()).toMatch(/^BEGIN SELECT SAVEPOINT \S+ UPDATE .*ROLLBACK TO.* SELECT.* COMMIT$/);
    expect((await directory.patch(`/Groups/${idOf(team)}`, add(idOf(ann)))).status).toBe(204);
    expect(await everything()).toEqual(was);
  });
});

describe("a statement that fails", () => {
  test.each<[string, number, (directory: Directory, id: string) => Promise<Answer>]>([
    ["POST of a taken userName", 409, (directory) => directory.post("/Users", user("BOB@acme.example"))],
    ["POST of a taken userName, with e-mails", 409, (directory) => directory.post("/Users", user("bob@acme.example", emails("x")))],
    ["PATCH to a taken userName, one statement", 409, (directory, id) => directory.patch(`/Users/${id}`, replace("userName", "bob@acme.example"))],
    ["PATCH to a taken externalId, under the lock", 409, (directory, id) => directory.patch(`/Users/${id}`, { op: "add", path: "emails", value: [{ value: "x" }] }, replace("externalId", "bob"))],
    ["PUT to a taken userName", 409, (directory, id) => directory.put(`/Users/${id}`, user("bob@acme.example"))],
    ["PATCH of a value that the index cannot hold", 400, (directory, id) => directory.patch(`/Users/${id}`, replace("externalId", randomBytes(9_000).toString("hex")))],
  ])("%s: %i, the transaction stays usable, and nothing of it is written", async (_, status, run) => {
    const seen: unknown[] = [];
    // A host that writes down what was refused, in the same transaction, before it lets it go.
    const { acme: directory, errors } = open((auth, inside) =>
      prisma.$transaction(async (tx) => {
        await tx.$executeRaw`SELECT set_config('app.tenant', ${auth.tenant}, true)`;
        return inside(tx).catch(async (error: unknown) => {
          seen.push(await tx.$queryRaw`SELECT count(*)::int AS people FROM "Account"`);
          throw error;
        });
      }),
    );
    const id = idOf(await made(directory, "/Users", user("ann@acme.example")));
    await made(directory, "/Users", user("bob@acme.example", { externalId: "bob" }));
    const was = await everything();
    expect((await run(directory, id)).status).toBe(status);
    expect(seen).toEqual([[{ people: 2 }]]);
    expect(await everything()).toEqual(was);
    expect((await directory.patch(`/Users/${id}`, replace("title", "after"))).status).toBe(200);
    expect(errors).toEqual([]);
  });

  test("is answered also where the host's function passes over it", async () => {
    const { acme: directory } = open((auth, run) => scoped(auth, (tx) => run(tx).catch(() => undefined as never)));
    await made(directory, "/Users", user("ann@acme.example"));
    expect((await directory.post("/Users", user("ann@acme.example"))).status).toBe(409);
    expect(await rows("Account")).toBe(1);
  });
});

describe("a bulk request, of which each operation is all or nothing by itself (RFC 7644 3.7)", () => {
  const operation = (method: string, path: string, data?: object): object => ({ method, path, ...(method === "POST" ? { bulkId: randomBytes(4).toString("hex") } : {}), ...(data === undefined ? {} : { data }) });
  const bulk = (directory: Directory, ...operations: readonly object[]): Promise<Answer> => directory.post("/Bulk", { schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], Operations: operations });
  const statuses = ({ body }: Answer): unknown => (body["Operations"] as readonly JsonObject[]).map(({ status }) => status);

  test("goes on after conflicts and after a hook's own statement that fails, in one transaction", async () => {
    const told: string[] = [];
    const { acme: directory, errors } = open(scoped, { User: {
      beforeCreate: async ({ tx, input }) => void (input["userName"] === "bad@acme.example" && (await tx.$queryRaw`SELECT 1 / (SELECT count(*) - count(*) FROM "Team")`)),
      committed: ({ kind, resource }) => void told.push(`${kind} ${text(resource?.["userName"])}`),
    } });
    const id = idOf(await made(directory, "/Users", user("ann@acme.example")));
    statements.clear();
    const answer = await bulk(
      directory,
      operation("POST", "/Users", user("ANN@acme.example")),
      operation("POST", "/Users", user("bob@acme.example", emails("bob@acme.example"))),
      operation("POST", "/Users", user("bad@acme.example")),
      operation("PATCH", `/Users/${id}`, { schemas: [patchOp], Operations: [replace("userName", "bob@acme.example")] }),
      operation("PATCH", `/Users/${id}`, { schemas: [patchOp], Operations: [replace("title", "after")] }),
      operation("POST", "/Groups", group("Team", id)),
      operation("DELETE", `/Users/${globex}`),
    );
    expect([answer.status, statuses(answer)]).toEqual([200, ["409", "201", "500", "409", "200", "201", "404"]]);
    expect(statements.all.filter(({ sql }) => sql === "BEGIN")).toHaveLength(1);
    expect((await owner.query(`SELECT login, title FROM "Account" ORDER BY login`)).rows).toEqual([{ login: "ann@acme.example", title: "after" }, { login: "bob@acme.example", title: null }]);
    expect(await rows("TeamMember")).toBe(1);
    expect(errors).toHaveLength(1);
    expect(told).toEqual(["created ann@acme.example", "created bob@acme.example", "updated ann@acme.example"]);
  });

  test("is 503 as a whole when a race is lost in it, and nothing of it is written or told", async () => {
    const told: string[] = [];
    const { acme: directory } = open(scoped, { User: {
      afterCreate: async ({ tx, resource }) => void (resource["userName"] === "bad@acme.example" && (await tx.$executeRaw`DO $$ BEGIN RAISE EXCEPTION 'deadlock' USING ERRCODE = '40P01'; END $$`)),
      committed: ({ kind }) => void told.push(kind),
    } });
    const answer = await bulk(directory, operation("POST", "/Users", user("ann@acme.example")), operation("POST", "/Users", user("bad@acme.example")), operation("POST", "/Users", user("bob@acme.example")));
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "1"]);
    expect([await rows("Account"), told]).toEqual([0, []]);
  });
});

test("64 parallel adds to one group lose none", async () => {
  const { acme: directory, errors } = open();
  const people = await Promise.all(Array.from({ length: 16 }, (_, n) => made(directory, "/Users", user(`user${n}@acme.example`))));
  const team = idOf(await made(directory, "/Groups", group("Team")));
  const answers = await Promise.all(Array.from({ length: 64 }, (_, n) => directory.patch(`/Groups/${team}`, add(idOf(people[n % 16] ?? {})))));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
  expect(valuesOf((await directory.get(`/Groups/${team}`)).body["members"])).toHaveLength(16);
  expect(errors).toEqual([]);
});

test("parallel POSTs of one userName: one 201, the others 409", async () => {
  const { acme: directory, errors } = open();
  const answers = await Promise.all(Array.from({ length: 16 }, () => directory.post("/Users", user("one@acme.example", emails("one@acme.example")))));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 15 }, () => 409)]);
  expect(await rows("Address")).toBe(1);
  expect(errors).toEqual([]);
});

describe("hooks", () => {
  test("inside write with the host's setting, and refuse; after the commit run once the host's function has resolved", async () => {
    const seen: string[] = [];
    const endpoint = open(
      async (auth, run) => {
        const result = await scoped(auth, run);
        seen.push("resolved");
        return result;
      },
      {
        User: {
          async afterDeactivate({ tx, tenant }) {
            seen.push(`afterDeactivate of ${JSON.stringify(await tx.$queryRaw`SELECT count(*)::int AS n, current_setting('app.tenant') = ${tenant} AS mine FROM "Account"`)}`);
          },
          committed: async ({ kind }) => void seen.push(`${kind}, of ${await rows("Account")}`),
          deactivated: () => void seen.push("deactivated"),
        },
        Group: { committed: () => Promise.reject(new Error("the mail server is away")) },
      },
    );
    const id = idOf(await made(endpoint.acme, "/Users", user("ann@acme.example")));
    expect(seen.splice(0)).toEqual(["resolved", "created, of 1"]);
    await endpoint.acme.patch(`/Users/${id}`, replace("active", false));
    expect(seen).toEqual([`afterDeactivate of [{"n":1,"mine":true}]`, "resolved", "updated, of 1", "deactivated"]);
    await made(endpoint.acme, "/Groups", group("Team"));
    expect(endpoint.errors.map(String)).toEqual(["Error: the mail server is away"]);
  });
});

describe("what goes wrong around the request", () => {
  const committed: string[] = [];
  const hooks = { User: { committed: () => void committed.push("told") } };
  const kept = async (): Promise<void> => {
    expect(await rows("Account")).toBe(0);
    expect(committed).toEqual([]);
  };
  const post = (directory: Directory): Promise<Answer> => directory.post("/Users", user("ann@acme.example"));

  test.each<[string, Transaction, number]>([
    ["the host's function cannot begin: 503, whatever it throws", () => Promise.reject(new TypeError("no tenant database")), 503],
    ["the connection is lost at COMMIT: 503, for the rows may be there or not", async (auth, run) => { await scoped(auth, async (tx) => { await run(tx); throw new Error("Connection terminated unexpectedly"); }); throw new Error("unreachable"); }, 503],
    ["its own code fails after the request: 500", (auth, run) => scoped(auth, async (tx) => { await run(tx); throw new TypeError("x is not a function"); }), 500],
    ["it never runs the request: 500", () => Promise.resolve(undefined as never), 500],
  ])("%s", async (_, transaction, status) => {
    const endpoint = open(transaction, hooks);
    const answer = await post(endpoint.acme);
    expect(answer.status).toBe(status);
    expect(answer.headers.has("retry-after")).toBe(status === 503);
    expect(endpoint.errors).toHaveLength(1);
    await kept();
  });

  test("a ScimError of the host's is its answer", async () => {
    const { ScimError } = (await import(/* @vite-ignore */ pathToFileURL(join(root, ".tmp", "row-level-security", "index.ts")).href)) as { readonly ScimError: new (status: number, detail: string) => Error };
    const endpoint = open(() => Promise.reject(new ScimError(403, "This customer has no directory.")), hooks);
    expect(await post(endpoint.acme)).toMatchObject({ status: 403, body: { detail: "This customer has no directory." } });
    await kept();
  });

  test("the database is away: 503", async () => {
    const endpoint = open(() => new pg.Client({ connectionString: "postgresql://127.0.0.1:1/none" }).connect() as Promise<never>, hooks);
    expect((await post(endpoint.acme)).status).toBe(503);
    await kept();
  });

  describe("a race that the database calls off", () => {
    const losing = (times: number): { readonly hooks: { readonly User: Hooks }; readonly runs: () => number } => {
      let runs = 0;
      return {
        runs: () => runs,
        hooks: { User: { ...hooks.User, afterCreate: async ({ tx }) => {
          runs++;
          if (runs <= times) await tx.$executeRaw`DO $$ BEGIN RAISE EXCEPTION 'deadlock' USING ERRCODE = '40P01'; END $$`;
        } } },
      };
    };

    test("is not run again by us, and is 503", async () => {
      const lost = losing(1);
      const endpoint = open(scoped, lost.hooks);
      const answer = await post(endpoint.acme);
      expect([answer.status, answer.headers.get("retry-after"), lost.runs()]).toEqual([503, "1", 1]);
      await kept();
    });

    test("at COMMIT, and the host begins again: hooks are told of what was committed, once", async () => {
      let runs = 0;
      const endpoint = open(async (auth, run) => {
        for (;;) {
          try {
            return await scoped(auth, async (tx) => {
              const result = await run(tx);
              runs++;
              if (runs === 1) throw Object.assign(new Error("Transaction failed due to a write conflict or a deadlock."), { code: "P2034" });
              return result;
            });
          } catch (error) {
            if (runs !== 1) throw error;
          }
        }
      }, hooks);
      expect((await post(endpoint.acme)).status).toBe(201);
      expect(await rows("Account")).toBe(1);
      expect([runs, committed.splice(0)]).toEqual([2, ["told"]]);
    });

    test("goes up as Prisma threw it, so that a host that begins again is answered once", async () => {
      const codes: string[] = [];
      const lost = losing(2);
      const again: Transaction = async (auth, run) => {
        for (;;) {
          try {
            return await scoped(auth, run);
          } catch (error) {
            const code = typeof error === "object" && error !== null && "code" in error ? text(error.code as string) : "";
            codes.push(code);
            if (codes.length > 2) throw error;
          }
        }
      };
      const endpoint = open(again, lost.hooks);
      expect((await post(endpoint.acme)).status).toBe(201);
      expect(codes).toEqual(["P2010", "P2010"]);
      expect(await rows("Account")).toBe(1);
      expect(committed.splice(0)).toEqual(["told"]);
    });
  });
});
