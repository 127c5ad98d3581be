/** What the engine is made of, and the plain records that go in and come out. No framework, no Prisma. */
import type { Cursors } from "./cursor.js";
import type { Leniencies } from "./leniencies.js";
import type { Limits } from "./limits.js";
import type { Mapping } from "./mapping.js";
import type { Store } from "./resource.js";
import type { SchemaDefinition } from "./schema.js";

/** One HTTP request. `header` takes lower-case names; `body` is read at most once, and only by methods that have one. */
export interface ScimRequest {
  readonly method: string;
  /** The path of the URL as sent, still percent-encoded, with or without the base path. */
  readonly path: string;
  /** Behind the question mark, still encoded; empty when there is none. */
  readonly query: string;
  header(name: string): string | undefined;
  /** The body as text. Rejects with a 413 `ScimError` beyond the limit of `bodyBytes`. */
  body(limits: Limits): Promise<string>;
  /** What the framework handed over, for the host's `authenticate`. */
  readonly native: unknown;
}

export interface ScimResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text; undefined for 204 and 304. */
  readonly body: string | undefined;
}

/** Who is asking. The tenant comes from here alone (RFC 7644 6). */
export interface Auth<TenantId> {
  readonly tenant: TenantId;
  /** Who acts, for logs and hooks: the name of the token or of the integration. */
  readonly principal?: string | undefined;
  /** `read` and `write`; not given means both. Without the needed one a request is 403. */
  readonly scopes?: readonly string[] | undefined;
}

/** What the host's `authenticate` answers. A product without tenants has none to name. */
export type Authenticated<TenantId> = [TenantId] extends [null] ? Omit<Auth<null>, "tenant"> & { readonly tenant?: null | undefined } : Auth<TenantId>;

/** The same before it is looked at: a host in plain JavaScript may give anything. */
export type Unchecked = Omit<Auth<unknown>, "tenant"> & { readonly tenant?: unknown };

/** What the host's `authenticate` is given. */
export type Credentials = Pick<ScimRequest, "method" | "path" | "native"> & { readonly header: ScimRequest["header"] };

/** One resource type, and how to reach its rows on behalf of one caller. */
export interface Endpoint<Session> {
  readonly mapping: Mapping;
  open(session: Session): Store;
}

/** One line about a request, for the host's log. Holds no values of attributes. */
export interface LogEntry {
  readonly event: "request" | "leniency" | "kept" | "retry";
  readonly method: string;
  readonly path: string;
  readonly status?: number | undefined;
  readonly detail?: string | undefined;
}

/** What the host offers of what the RFC leaves open; discovery says so. */
export interface Features {
  readonly bulk: boolean;
  readonly sort: boolean;
  readonly etag: boolean;
}

export interface Engine<TenantId, Session> {
  /** Absolute, without a trailing slash: `https://app.example/scim/v2`. Locations are built from it and never from the Host header. */
  readonly baseUrl: string;
  readonly endpoints: readonly Endpoint<Session>[];
  /** All documents of `/Schemas`: those of the endpoints and their extensions, and the three of discovery itself. */
  readonly schemas: readonly SchemaDefinition[];
  readonly limits: Limits;
  readonly features: Features;
  /** Undefined: pages are by index alone. */
  readonly cursors: Cursors | undefined;
  /** Null: the credentials are missing or wrong (401). When it throws, the answer is 503: never "allowed". */
  authenticate(credentials: Credentials): Promise<Unchecked | null> | Unchecked | null;
  /** The product has no tenants: a caller is nobody's but the product's own. */
  readonly withoutTenants: boolean;
  /** The id of the user that asks; undefined where the host says no such thing, null where there is none. */
  readonly me: ((auth: Auth<TenantId>) => Promise<string | null> | string | null) | undefined;
  leniencies(auth: Auth<TenantId>): Leniencies;
  /** Runs one request with a session of its caller: the one place where a host's own transaction can stand around all of it. */
  within<T>(auth: Auth<TenantId>, run: (session: Session) => Promise<T>): Promise<T>;
  /** Operations of a bulk request that may run side by side. */
  readonly atOnce: number;
  /** Runs one of several operations of a session, so that it fails alone. */
  operation<T>(session: Session, run: (session: Session) => Promise<T>): Promise<T>;
  /** Whether this failure of one operation leaves nothing to go on with. */
  endsAll(session: Session, error: unknown): boolean;
  log(entry: LogEntry): void;
  /** An error that is not the client's: the answer says only 500 or 503. */
  onError(error: unknown): void;
}
