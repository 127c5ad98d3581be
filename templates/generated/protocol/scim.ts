/** The options that every host gives, and the engine they make. */
import { discoverySchemas } from "./core-documents.js";
import { cursors } from "./cursor.js";
import type { Auth, Authenticated, Credentials, Endpoint, Engine, Features, LogEntry, ScimRequest, ScimResponse } from "./engine.js";
import { leniently } from "./leniencies.js";
import type { Leniencies } from "./leniencies.js";
import { defaultLimits } from "./limits.js";
import type { Limits } from "./limits.js";
import { toFetch } from "./fetch.js";
import type { FetchHandler } from "./fetch.js";
import { toNode } from "./node.js";
import type { NodeHandler } from "./node.js";
import type { SchemaDefinition } from "./schema.js";
import { service } from "./service.js";
import { endsAll, operation, withSession } from "./session.js";
import type { Access, Session } from "./session.js";

export interface ScimSettings<TenantId> {
  /** Who is asking, and for which tenant where the product has them; null answers 401. Throwing answers 503. */
  authenticate(credentials: Credentials): Promise<Authenticated<TenantId> | null> | Authenticated<TenantId> | null;
  /** Where the endpoint is mounted, as clients reach it: `https://app.example/scim/v2`. */
  readonly baseUrl: string;
  readonly limits?: Partial<Limits>;
  /**
   * 32 bytes or more from a random source: with it pages by cursor are offered (RFC 9865). Of several the first signs, and each still
   * reads what it signed: so a secret can be changed without a break.
   */
  readonly cursorSecret?: string | readonly string[] | undefined;
  /** Switches single leniencies, for all or by caller; what is not named stays as the mapping says. `strict` switches all of them off. */
  readonly leniencies?: Partial<Leniencies> | ((auth: Auth<TenantId>) => Partial<Leniencies>);
  readonly log?: (entry: LogEntry) => void;
  /** Errors that no client can mend. Without it they go to `console.error`. */
  readonly onError?: (error: unknown) => void;
}

/** The rules that every mapping leaves to the host. */
export interface EndpointRules<TenantId> {
  /** The id of the user that asks, for `/Me`; null where the credentials stand for no user. Without it `/Me` is 501 (RFC 7644 3.11). */
  me?(auth: Auth<TenantId>): Promise<string | null> | string | null;
}

export interface Scim {
  handle(request: ScimRequest): Promise<ScimResponse>;
  /** For Fetch frameworks: Hono, Next, Bun. */
  readonly fetch: FetchHandler;
  /** For `node:http` and Express: `app.use("/scim/v2", scim.node)`. */
  readonly node: NodeHandler;
}

/** What the mapping says of the whole endpoint. */
export interface Provided<TenantId, Db> {
  readonly endpoints: readonly Endpoint<Session<Db, TenantId>>[];
  readonly schemas: readonly SchemaDefinition[];
  readonly withoutTenants?: true;
  readonly leniencies: Partial<Leniencies>;
  readonly limits: Partial<Limits>;
  /** Rule `me`, where the host has it. */
  readonly me: EndpointRules<TenantId>["me"];
  /** What the mapping switches off. */
  readonly features: Partial<Features & { readonly cursor: boolean }>;
}

export function createEngine<Db, TenantId>(settings: ScimSettings<TenantId> & Access<Db, TenantId>, provided: Provided<TenantId, Db>): Scim {
  const { leniencies, onError = report } = settings;
  const always = leniently({ ...provided.leniencies, ...(typeof leniencies === "function" ? {} : leniencies) });
  const limits = { ...defaultLimits, ...provided.limits, ...settings.limits };
  const { cursor = true, ...features } = provided.features;
  const { cursorSecret } = settings;
  const engine: Engine<TenantId, Session<Db, TenantId>> = {
    baseUrl: base(settings.baseUrl),
    endpoints: provided.endpoints,
    schemas: [...provided.schemas, ...discoverySchemas],
    limits,
    features: { bulk: true, sort: true, etag: true, ...features },
    cursors: cursor && cursorSecret !== undefined ? cursors(cursorSecret, limits.cursorSeconds) : undefined,
    authenticate: (credentials) => settings.authenticate(credentials),
    me: provided.me,
    withoutTenants: provided.withoutTenants === true,
    leniencies: (auth) => (typeof leniencies === "function" ? { ...always, ...leniencies(auth) } : always),
    within: (auth, run) => withSession(settings, auth, onError, run),
    // A full sync is mostly POSTs, of which each waits for the database alone. In one transaction their savepoints would stand within each other.
    atOnce: settings.transaction === undefined ? 8 : 1,
    operation,
    endsAll,
    log: settings.log ?? (() => undefined),
    onError,
  };
  const handler = service(engine);
  return { handle: handler, fetch: toFetch(handler), node: toNode(handler) };
}

/** The base URL without a trailing slash. Refused at start: what is no absolute URL, and a query, which clients could not append to (RFC 7644 1.3). */
export function base(url: string): string {
  if (!/^https?:\/\/[^\s?#]+$/.test(url)) throw new Error(`baseUrl must be an absolute http(s) URL without a query, not "${url}".`);
  return url.replace(/\/+$/, "");
}

function report(error: unknown): void {
  (globalThis as unknown as { readonly console: { error(error: unknown): void } }).console.error(error);
}
