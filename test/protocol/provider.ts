/** The whole endpoint over the store in memory, and a way to ask it: what the tests of the protocol talk to. */
import { discoverySchemas } from "../../templates/generated/protocol/core-documents.js";
import { cursors } from "../../templates/generated/protocol/cursor.js";
import type { Auth, Credentials, Engine, Features, LogEntry, ScimRequest, ScimResponse, Unchecked } from "../../templates/generated/protocol/engine.js";
import { leniently, type Leniencies } from "../../templates/generated/protocol/leniencies.js";
import { defaultLimits, type Limits } from "../../templates/generated/protocol/limits.js";
import type { Mapping } from "../../templates/generated/protocol/mapping.js";
import { service, type Handle } from "../../templates/generated/protocol/service.js";
import { groupMapping, userMapping } from "./fixtures.js";
import { memory, type Memory, type MemoryOptions } from "./memory-store.js";

export const baseUrl = "https://app.example/scim/v2";

/** What every request of the tests carries unless it says otherwise; `globex-token` is another tenant's. */
const bearer = "Bearer acme-token";

export interface ProviderOptions extends Partial<Omit<MemoryOptions, "baseUrl">> {
  readonly limits?: Partial<Limits>;
  readonly leniencies?: Partial<Leniencies>;
  readonly features?: Partial<Features>;
  readonly me?: Engine<string, string>["me"];
  readonly cursorSecret?: string | readonly string[];
  readonly now?: () => number;
  readonly withoutTenants?: boolean;
  readonly authenticate?: (credentials: Credentials) => Unchecked | null | Promise<Unchecked | null>;
}

export interface Provider {
  readonly handle: Handle;
  readonly engine: Engine<string, string>;
  readonly memory: Memory;
  readonly log: LogEntry[];
  readonly errors: unknown[];
  /** Sends a request and gives the answer with its body parsed. */
  ask(method: string, url: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

export interface Answer extends Pick<ScimResponse, "status" | "headers"> {
  /** Empty when there is none. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string | undefined;
}

export function provider(options: ProviderOptions = {}): Provider {
  const mappings: readonly Mapping[] = options.mappings ?? [userMapping, groupMapping];
  const store = memory({ baseUrl, references: ["enterprise.manager"], ...options, mappings });
  const log: LogEntry[] = [];
  const errors: unknown[] = [];
  const engine: Engine<string, string> = {
    baseUrl,
    endpoints: store.endpoints,
    schemas: [...mappings.flatMap(({ type }) => [type.schema, ...type.extensions.map((each) => each.schema)]), ...discoverySchemas],
    limits: { ...defaultLimits, ...options.limits },
    features: { bulk: true, sort: true, etag: true, ...options.features },
    cursors: options.cursorSecret === undefined ? undefined : cursors(options.cursorSecret, defaultLimits.cursorSeconds, options.now),
    authenticate: options.authenticate ?? tokens,
    me: options.me,
    withoutTenants: options.withoutTenants ?? false,
    leniencies: () => leniently(options.leniencies),
    within: ({ tenant }, run) => run(tenant),
    operation: (tenant, run) => run(tenant),
    endsAll: () => false,
    atOnce: 8,
    log: (entry) => void log.push(entry),
    onError: (error) => void errors.push(error),
  };
  const handle = service(engine);
  return {
    handle,
    engine,
    memory: store,
    log,
    errors,
    async ask(method, url, body, headers = {}) {
      const { status, headers: answered, body: text } = await handle(record(method, url, body, headers));
      return { status, headers: answered, text, body: JSON.parse(text ?? "{}") as Answer["body"] };
    },
  };
}

/** The plain record of a request; a body that is text goes as it is, anything else is printed. */
export function record(method: string, url: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): ScimRequest {
  const [path = "", query = ""] = url.split(/\?(.*)/s);
  const sent: Record<string, string> = { authorization: bearer, ...(body === undefined ? {} : { "content-type": "application/scim+json" }), ...headers };
  return {
    method,
    path,
    query,
    header: (name) => sent[name],
    body: async () => (typeof body === "string" ? body : JSON.stringify(body ?? "")),
    native: undefined,
  };
}

export function tokens({ header }: Credentials): Auth<string> | null {
  const token = /^Bearer (\w+)-token$/.exec(header("authorization") ?? "")?.[1];
  return token === "acme" || token === "globex" ? { tenant: token, principal: token } : null;
}
