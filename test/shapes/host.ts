/** Hosts below `.tmp/shapes`: a shape's own files, its Prisma client, the code generated into it by the command's own code, and the mount that every host has. */
import { cp, mkdir, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { inject } from "vitest";
import { generate } from "../../src/commands/generate.js";
import { isError } from "../../src/problem.js";
import type { Scim, ScimSettings } from "../../templates/generated/protocol/scim.js";
import type { LogEntry } from "../../templates/generated/protocol/engine.js";
import { root } from "../host/goldens.js";
import { alone, generateClient } from "../postgres/client.js";
import { createSchema } from "../postgres/ddl.js";
import { openDatabase } from "../postgres/specimen.js";
import { openRows } from "./rows.js";
import type { Database } from "./rows.js";
import type { Shape, ShapeTenant } from "./shape.js";

export const hosts = join(root, ".tmp", "shapes");
const source = (name: string): string => join(root, "test", "shapes", name);

/** What became of a shape. */
export interface Made {
  readonly folder: string;
  /** Code and sentence of each. Empty: there is code. */
  readonly errors: readonly string[];
}

/** Makes a host once in a run, whichever file of it comes first. */
export async function makeHost({ name }: Shape): Promise<Made> {
  const folder = join(hosts, name);
  await mkdir(folder, { recursive: true });
  return alone(join(folder, "made"), async () => {
    // The server is of this run alone, so its address names the run.
    const run = inject("postgres").url;
    const stamp = join(folder, "made.json");
    const last = JSON.parse(await readFile(stamp, "utf8").catch(() => "{}")) as Made & { readonly run?: string };
    if (last.run === run) return last;
    const made = await make(folder, name);
    await writeFile(stamp, JSON.stringify({ ...made, run }));
    return made;
  });
}

async function make(folder: string, name: string): Promise<Made> {
  // All but the client, which costs a second and knows by itself whether it is of this schema.
  for (const old of await readdir(folder)) if (old !== "src") await rm(join(folder, old), { recursive: true });
  await rm(join(folder, "src", "scim"), { recursive: true, force: true });
  await cp(source(name), folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const split = await exists(join(folder, "schema"));
  await generateClient(split ? join(folder, "schema") : folder);
  const { problems = [] } = await generate({ cwd: folder, ...(split ? { schema: "schema" } : {}) });
  const errors = problems.filter(isError).map(({ code, message }) => `${code}: ${message}`).sort();
  await writeFile(join(folder, "mount.ts"), mountText(await exists(join(folder, "rules.ts")), await exists(join(folder, "access.ts"))));
  return { folder, errors };
}

const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => false);

/** What a host writes by hand; compiled strictly with the rest. */
function mountText(hasRules: boolean, hasAccess: boolean): string {
  return `${hasAccess ? `import { access } from "./access.js";\n` : ""}${hasRules ? `import { rules } from "./rules.js";\n` : ""}import { PrismaClient } from "./src/db/client.js";
import { createScim } from "./src/scim/generated/index.js";
import type { Scim, ScimOptions } from "./src/scim/generated/index.js";

export { PrismaClient };

export const mount = (db: PrismaClient, given: Pick<ScimOptions, "authenticate" | "baseUrl" | "leniencies" | "log" | "onError">): Scim =>
  createScim({ ...given, ${hasAccess ? "...access(db)" : "db"}${hasRules ? ", rules" : ""} });
`;
}

interface Client {
  $disconnect(): Promise<void>;
}
/** `mount.ts`, of which every shape has its own types. */
interface Mount {
  readonly PrismaClient: new (options: { readonly adapter: PrismaPg }) => Client;
  mount(db: Client, given: object): Scim;
}

export interface OpenHost {
  readonly shape: Shape;
  readonly database: Database;
  readonly log: LogEntry[];
  /** Causes of 500 and 503. */
  readonly errors: unknown[];
  /** The endpoint as it is mounted below this URL. */
  scim(baseUrl: string, leniencies?: ScimSettings<unknown>["leniencies"]): Scim;
  close(): Promise<void>;
}

export const tokenOf = ({ name }: ShapeTenant): string => `${name}-token`;

/** A shape over a database of its own, with its two tenants in it. */
export async function openHost(shape: Shape): Promise<OpenHost> {
  const { folder, errors: refusals } = await makeHost(shape);
  if (refusals.length > 0) throw new Error(refusals.join("\n"));
  const url = await openDatabase();
  await fill(url, folder);
  const database = await openRows(url, shape);
  const { PrismaClient, mount } = (await import(/* @vite-ignore */ pathToFileURL(join(folder, "mount.ts")).href)) as Mount;
  const pool = new pg.Pool({ connectionString: url, ...(shape.role === undefined ? {} : { options: `-c role=${shape.role}` }) });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });
  const log: LogEntry[] = [];
  const errors: unknown[] = [];
  const tenants = new Map(shape.tenants.map((tenant) => [`Bearer ${tokenOf(tenant)}`, { tenant: tenant.id, principal: tenant.name }]));
  return {
    shape,
    database,
    log,
    errors,
    scim: (baseUrl, leniencies = {}) =>
      mount(prisma, {
        baseUrl,
        leniencies,
        authenticate: ({ header }: { header(name: string): string | undefined }) => tenants.get(header("authorization") ?? "") ?? null,
        log: (entry: LogEntry) => void log.push(entry),
        onError: (error: unknown) => void errors.push(error),
      }),
    async close() {
      await prisma.$disconnect();
      await database.close();
    },
  };
}

async function fill(url: string, folder: string): Promise<void> {
  const schema = (await exists(join(folder, "schema"))) ? "schema" : "schema.prisma";
  await createSchema(url, join(folder, schema));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const file of ["more.sql", "seed.sql"]) {
      const sql = await readFile(join(folder, file), "utf8").catch(() => "");
      if (sql !== "") await client.query(sql);
    }
  } finally {
    await client.end();
  }
}
