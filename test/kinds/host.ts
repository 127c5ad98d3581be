/** A golden folder as a host: its generated code over its own Prisma client and a database of the test file's own, with tenants who ask it. One test file a golden. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import type { LogEntry } from "../../templates/generated/protocol/engine.js";
import type { JsonObject } from "../../templates/generated/protocol/json.js";
import type { Scim } from "../../templates/generated/protocol/scim.js";
import { nodeNextEsm } from "../host/configs.js";
import { goldenFolder } from "../host/goldens.js";
import { writeTree } from "../host/trees.js";
import { createSchema } from "../postgres/ddl.js";
import { openDatabase } from "../postgres/specimen.js";
import { recordedPool } from "../postgres/statements.js";
import type { Statements } from "../postgres/statements.js";

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** `{}` where the answer has none. */
  readonly body: JsonObject;
}

export interface Caller {
  /** `path`: below the base URL, with its query. */
  request(method: string, path: string, body?: unknown): Promise<Answer>;
  /** The one resource that a POST makes; any other answer fails the test. */
  make(path: string, body: object): Promise<JsonObject>;
  patch(path: string, ...operations: readonly object[]): Promise<Answer>;
  /** What a filter finds: the named attribute of each, in order. A refusal is its scimType. */
  find(path: string, filter: string, attribute?: string): Promise<readonly unknown[] | string>;
}

export interface KindHost<Tenant extends string> {
  readonly tenants: Readonly<Record<Tenant, Caller>>;
  /** All that went through the client, BEGIN and COMMIT included. */
  readonly statements: Statements;
  readonly log: LogEntry[];
  /** Causes of 500 and 503. */
  readonly errors: unknown[];
  /** Past the endpoint. */
  rows(sql: string, ...values: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** The host's own class of refusals, for hooks. */
  readonly ScimError: new (status: number, detail: string, scimType?: string) => Error;
  close(): Promise<void>;
}

export interface Given<Tenant extends string> {
  /** Their names, and the ids that `authenticate` gives. */
  readonly tenants: Readonly<Record<Tenant, string | number | bigint | null>>;
  /** What stands in the tables from the start. */
  readonly seed: string;
  /** Further options of `createScim`: rules, hooks. Their types are the golden's own, which this file does not know. */
  readonly options?: object;
}

interface Client {
  $disconnect(): Promise<void>;
}

export const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

export async function openKind<Tenant extends string>(golden: string, { tenants, seed, options = {} }: Given<Tenant>): Promise<KindHost<Tenant>> {
  const folder = join(goldenFolder, golden);
  const tree = await writeTree({ name: golden, folder }, nodeNextEsm.tree, "kinds");
  const url = await openDatabase();
  await createSchema(url, join(folder, "schema.prisma"));
  const direct = new pg.Client({ connectionString: url });
  await direct.connect();
  await direct.query(seed);

  const load = async <Module>(file: string): Promise<Module> => (await import(/* @vite-ignore */ pathToFileURL(join(tree, file)).href)) as Module;
  const { PrismaClient } = await load<{ readonly PrismaClient: new (given: { readonly adapter: PrismaPg }) => Client }>("db/client.ts");
  const { createScim, ScimError } = await load<{ createScim(given: object): Scim; readonly ScimError: KindHost<Tenant>["ScimError"] }>("out/index.ts");
  const { pool, statements } = recordedPool({ connectionString: url });
  const db = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });
  const log: LogEntry[] = [];
  const errors: unknown[] = [];
  const known = new Map(Object.entries<string | number | bigint | null>(tenants).map(([name, tenant]) => [name, { tenant }]));
  const scim = createScim({
    db,
    baseUrl: "https://app.example/scim/v2",
    authenticate: ({ header }: { header(name: string): string | undefined }) => known.get(header("authorization") ?? "") ?? null,
    log: (entry: LogEntry) => void log.push(entry),
    onError: (error: unknown) => void errors.push(error),
    ...options,
  });

  function caller(name: string): Caller {
    const request: Caller["request"] = async (method, target, body) => {
      const [path = "", query = ""] = target.split(/\?(.*)/s);
      const header = (asked: string): string | undefined => ({ authorization: name, "content-type": "application/scim+json" })[asked];
      const { status, body: text = "" } = await scim.handle({ method, path: `/scim/v2${path}`, query, header, body: () => Promise.resolve(JSON.stringify(body) ?? ""), native: undefined });
      return { status, text, body: text === "" ? {} : (JSON.parse(text) as JsonObject) };
    };
    return {
      request,
      async make(path, body) {
        const answer = await request("POST", path, body);
        if (answer.status !== 201) throw new Error(`POST ${path}: ${answer.text}`);
        return answer.body;
      },
      patch: (path, ...operations) => request("PATCH", path, { schemas: [patchOp], Operations: operations }),
      async find(path, filter, attribute = "userName") {
        const answer = await request("GET", `${path}?filter=${encodeURIComponent(filter)}`);
        if (answer.status !== 200) return String(answer.body["scimType"] ?? answer.status);
        return (answer.body["Resources"] as readonly JsonObject[]).map((each) => each[attribute]);
      },
    };
  }

  return {
    tenants: Object.fromEntries([...known.keys()].map((name) => [name, caller(name)])) as Record<Tenant, Caller>,
    statements,
    log,
    errors,
    ScimError,
    rows: async (sql, ...values) => (await direct.query<Record<string, unknown>>(sql, [...values])).rows,
    async close() {
      await db.$disconnect();
      await direct.end();
    },
  };
}
