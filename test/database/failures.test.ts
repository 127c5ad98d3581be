/** The database away, slow, or given what it cannot hold: 503 or 400 in SCIM's own words, never 404 or 500 (product.md 6; seam-notes 7). */
import { randomBytes } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memberships, teams } from "../../prisma/seed.js";
import { PrismaClient } from "../../prisma/src/db/client.js";
import { openSpecimen } from "../postgres/specimen.js";
import type { Specimen } from "../postgres/specimen.js";
import { coreGroup, coreUser, enterprise, expectError, group, openEndpoint, text, user } from "./endpoint.js";
import type { Answer, Caller, Endpoint, Operation } from "./endpoint.js";

let specimen: Specimen;
beforeAll(async () => {
  specimen = await openSpecimen();
});
afterAll(() => specimen.close());

const ada = `/Users/${memberships.ada}`;
const grace = `/Users/${memberships.grace}`;
const leads = `/Groups/${teams.leads}`;
const replace = (path: string, value: unknown): Operation => ({ op: "replace", path, value });
let turn = 0;
/** Another value each time, so that every write has something to write. */
const fresh = (): string => `value ${turn++}`;

/** One request of every shape of transaction: reads, single statements, several, with a lock first. */
const requests: readonly [string, (caller: Caller) => Promise<Answer>][] = [
  ["GET", (caller) => caller.get(ada)],
  ["list", (caller) => caller.get('/Users?filter=userName%20eq%20"x"')],
  ["total alone", (caller) => caller.get("/Groups?count=0")],
  ["POST user", (caller) => caller.post("/Users", user(`${fresh()}@acme.example`))],
  ["POST group", (caller) => caller.post("/Groups", group(fresh(), memberships.ada))],
  ["PATCH, one statement", (caller) => caller.patch(ada, replace("title", fresh()))],
  ["PATCH, joined", (caller) => caller.patch(ada, replace("displayName", fresh()))],
  ["PATCH, locked", (caller) => caller.patch(ada, replace("emails", [{ value: fresh() }]))],
  ["PATCH, manager", (caller) => caller.patch(ada, replace(`${enterprise}:manager`, memberships.grace))],
  ["PUT", (caller) => caller.put(ada, user("ada@acme.example", { title: fresh() }))],
  ["PATCH members", (caller) => caller.patch(leads, { op: "add", path: "members", value: [{ value: memberships.alan }] })],
  ["DELETE", (caller) => caller.delete(`/Users/${memberships.edsger}`)],
];

function expectAway(answer: Answer): void {
  expectError(answer, 503);
  expect(answer.headers["Retry-After"]).toMatch(/^[1-9]\d*$/);
}

/** A client of its own for one kind of trouble. */
function clientOf(config: pg.PoolConfig): { readonly pool: pg.Pool; readonly endpoint: Endpoint; close(): Promise<void> } {
  const pool = new pg.Pool(config);
  pool.on("error", () => undefined);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });
  return { pool, endpoint: openEndpoint(prisma), close: () => prisma.$disconnect() };
}

const changed = (change: (url: URL) => void): string => {
  const url = new URL(specimen.url);
  change(url);
  return url.href;
};

describe("the database is away", () => {
  test.each<[string, (url: URL) => void]>([
    ["nobody listens", (url) => { url.port = "1"; }],
    ["there is no such host", (url) => { url.hostname = "no-such-host.invalid"; }],
    ["there is no such database", (url) => { url.pathname = "/no_such_database"; }],
    ["the password is wrong", (url) => { url.password = "wrong-secret"; }],
    ["there is no such user", (url) => { url.username = "no_such_user"; }],
  ])("%s: 503 with Retry-After, for every request", async (_, change) => {
    const { endpoint, close } = clientOf({ connectionString: changed(change) });
    for (const [name, run] of requests) {
      const answer = await run(endpoint.acme);
      expect(answer.status, name).toBe(503);
      expectAway(answer);
      expect(answer.text).not.toMatch(/secret|no_such|no-such|127\.0\.0\.1/);
    }
    // The operator is told what the client is not.
    expect(endpoint.errors).toHaveLength(requests.length);
    await close();
  });

  test("the pool gives no connection in time: 503, and fine again afterwards", async () => {
    const { pool, endpoint, close } = clientOf({ connectionString: specimen.url, max: 1, connectionTimeoutMillis: 100 });
    const held = await pool.connect();
    for (const [, run] of requests) expectAway(await run(endpoint.acme));
    held.release();
    expect((await endpoint.acme.get(ada)).status).toBe(200);
    await close();
  });

  test("no connection for a transaction, and a pool that waits for ever: 503 all the same", { timeout: 20_000 }, async () => {
    const { pool, endpoint, close } = clientOf({ connectionString: specimen.url, max: 1 });
    const held = await pool.connect();
    // Only what begins with a transaction: Prisma lets single statements wait as long as the pool does (seam-notes 7).
    expectAway(await endpoint.acme.patch(ada, replace("displayName", fresh())));
    held.release();
    await close();
  });
});

/** Runs something while somebody else holds a row. */
async function whileHeld(sql: string, run: (holder: pg.Client) => Promise<void>): Promise<void> {
  const holder = new pg.Client({ connectionString: specimen.url });
  await holder.connect();
  await holder.query("BEGIN");
  await holder.query(sql);
  try {
    await run(holder);
  } finally {
    await holder.query("ROLLBACK");
    await holder.end();
  }
}

const lockAda = `SELECT 1 FROM "Membership" WHERE id = '${memberships.ada}' FOR UPDATE`;
const writing = requests.filter(([name]) => name.startsWith("P") && !name.startsWith("POST") && name !== "PATCH members");

describe("the database is slow", () => {
  test.each([
    ["statement_timeout", "57014"],
    ["lock_timeout", "55P03"],
  ])("%s: 503, nothing is written, and the next request is fine", async (setting) => {
    const { endpoint, close } = clientOf({ connectionString: specimen.url, options: `-c ${setting}=150` });
    const before = await specimen.prisma.membership.findUniqueOrThrow({ where: { id: memberships.ada }, include: { user: true, emails: true } });
    await whileHeld(lockAda, async () => {
      for (const [, run] of writing) expectAway(await run(endpoint.acme));
    });
    expect(await specimen.prisma.membership.findUniqueOrThrow({ where: { id: memberships.ada }, include: { user: true, emails: true } })).toEqual(before);
    expect((await endpoint.acme.get(ada)).status).toBe(200);
    await close();
  });

  test("a database that takes no writes just now, as after a failover: 503 for writes alone", async () => {
    const { endpoint, close } = clientOf({ connectionString: specimen.url, options: "-c default_transaction_read_only=on" });
    for (const [name, run] of requests) {
      const answer = await run(endpoint.acme);
      if (["GET", "list", "total alone"].includes(name)) expect(answer.status).toBe(200);
      else expectAway(answer);
    }
    await close();
  });

  test("a read that is cut off: 503", async () => {
    const { endpoint, close } = clientOf({ connectionString: specimen.url, options: "-c lock_timeout=150" });
    await whileHeld('LOCK TABLE "Membership" IN ACCESS EXCLUSIVE MODE', async () => {
      expectAway(await endpoint.acme.get(ada));
      expectAway(await endpoint.acme.get("/Users"));
      expectAway(await endpoint.acme.post("/Groups", group("cut", memberships.ada)));
    });
    await close();
  });

  test.each(writing)("the connection is killed in the middle of %s: 503, nothing half-written, and the next request is fine", async (_, run) => {
    const { endpoint, close } = clientOf({ connectionString: specimen.url, application_name: "victim" });
    expect((await endpoint.acme.get(ada)).status).toBe(200);
    const before = await specimen.prisma.membership.findUniqueOrThrow({ where: { id: memberships.ada }, include: { user: true, emails: true } });
    await whileHeld(lockAda, async (holder) => {
      const waiting = run(endpoint.acme);
      const victims = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'victim' AND wait_event_type = 'Lock' AND datname = current_database()`;
      for (let killed = 0; killed === 0; ) killed = (await holder.query(victims)).rowCount ?? 0;
      expectAway(await waiting);
    });
    expect(await specimen.prisma.membership.findUniqueOrThrow({ where: { id: memberships.ada }, include: { user: true, emails: true } })).toEqual(before);
    expect((await endpoint.acme.get(ada)).status).toBe(200);
    await close();
  });

  test("connections that died while they idled: 503 at most, and then fine", async () => {
    const { endpoint, close } = clientOf({ connectionString: specimen.url, application_name: "idler" });
    await Promise.all(Array.from({ length: 5 }, () => endpoint.acme.get(ada)));
    await specimen.prisma.$queryRaw`SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE application_name = 'idler' AND datname = current_database()`;
    const answers: number[] = [];
    for (let n = 0; n < 10; n++) answers.push((await endpoint.acme.get(ada)).status);
    expect(answers.filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect(answers.at(-1)).toBe(200);
    await close();
  });

  test("a deadlock with the host's own code is run again, whole, and succeeds", { timeout: 20_000 }, async () => {
    const { endpoint, close } = clientOf({ connectionString: specimen.url });
    const id = text((await endpoint.acme.post("/Groups", group("deadlock"))).body["id"]);
    let answer: Promise<Answer> | undefined;
    await whileHeld(`SELECT 1 FROM "Membership" WHERE id = '${memberships.grace}' FOR UPDATE`, async (holder) => {
      answer = endpoint.acme.patch(`/Groups/${id}`, replace("displayName", "survivor"), { op: "add", path: "members", value: [{ value: memberships.grace }] });
      const waits = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
      while ((await holder.query(waits)).rowCount === 0);
      // The other way round: the endpoint holds the group and waits for the member, the host holds the member and now wants the group.
      await holder.query(`UPDATE "Team" SET name = name WHERE id = '${id}'`).catch(() => undefined);
    });
    expect((await answer)?.status).toBe(204);
    expect(await specimen.prisma.team.findUniqueOrThrow({ where: { id }, include: { members: true } })).toMatchObject({ name: "survivor", members: [{ membershipId: memberships.grace }] });
    await close();
  });
});

describe("values that the database cannot hold are 400 invalidValue, and nothing is written", () => {
  let acme: Caller;
  beforeAll(() => {
    ({ acme } = openEndpoint(specimen.prisma));
  });
  const snapshot = async (): Promise<unknown> => [
    await specimen.prisma.membership.findMany({ orderBy: { id: "asc" } }), await specimen.prisma.user.findMany({ orderBy: { id: "asc" } }),
    await specimen.prisma.email.findMany({ orderBy: { id: "asc" } }), await specimen.prisma.team.findMany({ orderBy: { id: "asc" } }),
  ];
  // Not to be compressed: what an index holds is limited after compression.
  const long = randomBytes(20_000).toString("base64");

  const attempts = (value: string): readonly (readonly [string, (caller: Caller) => Promise<Answer>])[] => [
    ["POST userName", (caller) => caller.post("/Users", user(value))],
    ["POST externalId", (caller) => caller.post("/Users", user("holds@acme.example", { externalId: value }))],
    ["PUT userName", (caller) => caller.put(grace, { schemas: [coreUser], userName: value })],
    ["PATCH userName", (caller) => caller.patch(grace, replace("userName", value))],
    ["PATCH externalId", (caller) => caller.patch(grace, replace("externalId", value))],
    ["PATCH externalId beside an e-mail", (caller) => caller.patch(grace, replace("externalId", value), replace("emails", [{ value: "x" }]))],
    ["PATCH e-mail", (caller) => caller.patch(grace, replace("emails", [{ value }]))],
    ["POST group", (caller) => caller.post("/Groups", { schemas: [coreGroup], displayName: value })],
    ["PATCH group", (caller) => caller.patch(leads, replace("displayName", value))],
    ["PUT group", (caller) => caller.put(leads, { schemas: [coreGroup], displayName: value })],
  ];
  const others = (value: string): readonly (readonly [string, (caller: Caller) => Promise<Answer>])[] => [
    ["PATCH title", (caller) => caller.patch(grace, replace("title", value))],
    ["PATCH displayName", (caller) => caller.patch(grace, replace("displayName", value))],
    ["POST title", (caller) => caller.post("/Users", user("holds@acme.example", { title: value }))],
    ["POST name", (caller) => caller.post("/Users", user("holds@acme.example", { name: { givenName: value } }))],
    ["POST e-mail", (caller) => caller.post("/Users", user("holds@acme.example", { emails: [{ value: "x", display: value }] }))],
  ];

  test.each(attempts(long))("longer than an index can hold: %s", async (_, run) => {
    const before = await snapshot();
    expectError(await run(acme), 400, "invalidValue");
    expect(await snapshot()).toEqual(before);
  });

  test.each([...attempts("a\0b"), ...others("a\0b")])("NUL: %s", async (_, run) => {
    const before = await snapshot();
    expectError(await run(acme), 400, "invalidValue");
    expect(await snapshot()).toEqual(before);
  });

  test("as ids of members and managers they are merely unknown", async () => {
    for (const value of ["a\0b", long]) {
      expectError(await acme.patch(leads, { op: "add", path: "members", value: [{ value }] }), 400, "invalidValue");
      expectError(await acme.patch(grace, replace(`${enterprise}:manager`, value)), 400, "invalidValue");
    }
    expect((await acme.patch(leads, { op: "remove", path: "members", value: [{ value: long }] })).status).toBe(204);
  });

  test.each(["\ud800", "a\udc00b", "x".repeat(100_000), "\u202e", "\ufeff", "🙂".repeat(5_000)])("odd, but not the endpoint's failure: %#", async (value) => {
    const answer = await acme.patch(grace, replace("title", value));
    expect([200, 400], answer.text.slice(0, 200)).toContain(answer.status);
    // Half of a surrogate pair has no percent-encoding; JSON escapes it.
    for (const filter of [`title eq ${JSON.stringify(value)}`, `userName co ${JSON.stringify(value)}`]) {
      expect([200, 400]).toContain((await acme.get(`/Users?filter=${encodeURIComponent(filter)}`)).status);
    }
  });
});
