/** From a request to its answer. Whatever goes wrong on the way leaves as a SCIM error (RFC 7644 3.12), and no text of its cause. */
import { caller, permit } from "./access.js";
import { answer, answerText, headOnly, refusal } from "./answer.js";
import { readBulk, runBulk, type BulkOperation, type RunOne } from "./bulk.js";
import { content } from "./content.js";
import { documents } from "./documents.js";
import type { Auth, Engine, LogEntry, ScimRequest, ScimResponse } from "./engine.js";
import { ScimError } from "./error.js";
import type { Note } from "./leniencies.js";
import { prepare, prepareAll, prepareCreates, served, type Asked, type Served } from "./operations.js";
import { parameters, target } from "./query.js";
import { router, type Discovery, type Route } from "./router.js";

export type Handle = (request: ScimRequest) => Promise<ScimResponse>;

const readOnly: ReadonlySet<Route<unknown>["operation"]> = new Set(["discover", "get", "list", "search", "listAll", "searchAll"]);

/** Look-ups and documents are built here, once at start; the handle never rejects. */
export function service<TenantId, Session>(engine: Engine<TenantId, Session>): Handle {
  const endpoints = engine.endpoints.map(served);
  const user = endpoints.find(({ type }) => type.definition.name === "User");
  const route = router(engine.baseUrl, endpoints, { bulk: engine.features.bulk, me: engine.me !== undefined && user !== undefined });
  const document = documents(engine);

  function discover(kind: Discovery, name: string | undefined, query: string): ScimResponse {
    // RFC 7644 4 says both "ignored" and 403; a filter that is passed over would answer more than was asked for.
    if (parameters(query)("filter") !== undefined) throw new ScimError(403, `/${kind} cannot be filtered.`);
    const text = document(kind, name);
    if (text === undefined) throw new ScimError(404, `/${kind} has no ${String(name).slice(0, 200)}.`);
    return answerText(200, text);
  }

  async function answered(request: ScimRequest, log: (event: LogEntry["event"], detail: string) => void): Promise<ScimResponse> {
    const asked = route(request.method, request.path);
    // How to authenticate can be read before one does (RFC 7643 5).
    if (asked.operation === "discover" && asked.kind === "ServiceProviderConfig") return discover(asked.kind, asked.name, request.query);

    const auth = await caller(engine, request);
    if (asked.operation === "refuse") throw asked.error;
    permit(auth, readOnly.has(asked.operation === "me" ? asked.as : asked.operation) ? "read" : "write");
    if (asked.operation === "discover") return discover(asked.kind, asked.name, request.query);

    // All that the client sent is read and checked before a session, and with it a transaction of the host's, is open.
    const reading = { limits: engine.limits, lenient: engine.leniencies(auth), note: noting(log) };
    const { features, cursors } = engine;
    const given = { request, content: () => content(request, engine.limits), reading, features, cursors, tenant: String(auth.tenant), log };
    switch (asked.operation) {
      case "listAll":
      case "searchAll":
        return engine.within(auth, await prepareAll(asked.operation, endpoints, given));
      case "bulk": {
        const bulk = readBulk(await content(request, { ...engine.limits, bodyBytes: engine.limits.bulkBytes }), reading);
        const { baseUrl, atOnce } = engine;
        return engine.within(auth, async (session) =>
          answer(200, await runBulk(bulk, { baseUrl, atOnce, one: (one) => operate(one, given, session), together: (creates, whole) => createTogether(creates, whole, given, session) })),
        );
      }
      case "me":
        return me(auth, asked.as, given);
      default: {
        const run = await prepare(asked, given);
        return engine.within(auth, (session) => run(asked.endpoint.open(session)));
      }
    }
  }

  /** One operation of a bulk request, as if it came alone (RFC 7644 3.7). The answer says where its resource is, an error's too. */
  async function operate({ method, path, version, data }: Parameters<RunOne>[0], given: Asked, session: Session): Promise<ScimResponse> {
    const { path: local, query } = targetOf(path);
    const asked = route(method, local);
    const at: Readonly<Record<string, string>> = "id" in asked ? { Location: locationOf(asked.endpoint, asked.id) } : {};
    try {
      if (asked.operation === "refuse") throw asked.error;
      if (!("endpoint" in asked) || readOnly.has(asked.operation)) throw new ScimError(400, `${method} ${path.slice(0, 100)} is no operation of a bulk request.`, "invalidValue");
      const header = (name: string): string | undefined => (name === "if-match" ? version : undefined);
      const run = await prepare(asked, { ...given, request: { query, header }, content: async () => data ?? {} });
      const response = await engine.operation(session, (own) => run(asked.endpoint.open(own)));
      return { ...response, headers: { ...at, ...response.headers } };
    } catch (error) {
      if (engine.endsAll(session, error)) throw error;
      const response = refusal(known(error));
      return { ...response, headers: { ...at, ...response.headers } };
    }
  }

  /** Creates of one path in a bulk request, in few statements. What is refused, or cannot be told alone, is undefined: it runs by itself, and is told why. */
  async function createTogether(creates: readonly BulkOperation[], whole: boolean, given: Asked, session: Session): Promise<readonly (ScimResponse | undefined)[]> {
    const none = creates.map(() => undefined);
    const { path: local, query } = targetOf(creates[0]?.path ?? "");
    const asked = route("POST", local);
    if (asked.operation !== "create") return none;
    try {
      const { read, run } = prepareCreates(asked.endpoint, { ...given, request: { query, header: () => undefined } }, creates.map(({ data }) => data));
      return read < (whole ? creates.length : 2) ? none : await engine.operation(session, (own) => run(asked.endpoint.open(own), whole));
    } catch (error) {
      if (engine.endsAll(session, error)) throw error;
      return none;
    }
  }

  /** RFC 7644 3.11: done on the user's own resource, and the answer says where that is. */
  async function me(auth: Auth<TenantId>, operation: "get" | "replace" | "modify" | "remove", given: Asked): Promise<ScimResponse> {
    const id = await engine.me?.(auth);
    if (user === undefined || id === undefined || id === null || id === "") throw new ScimError(404, "There is no user behind these credentials.");
    const run = await prepare({ operation, endpoint: user, id }, given);
    const response = await engine.within(auth, (session) => run(user.open(session)));
    return { ...response, headers: { ...response.headers, Location: locationOf(user, id) } };
  }

  function locationOf({ mapping }: Pick<Served, "mapping">, id: string): string {
    return `${engine.baseUrl}${mapping.type.endpoint}/${encodeURIComponent(id)}`;
  }

  /** What a client is told of an error; the host is told of those that are its own. */
  function known(error: unknown): ScimError {
    const told = error instanceof ScimError ? error : new ScimError(500, "The endpoint failed on this request. Its operator finds the cause in the log.");
    if (told.status === 500 || told.status === 503) quietly(() => engine.onError(told.cause ?? error));
    return told;
  }

  return async (request) => {
    const { method, path } = request;
    const log = ({ detail, ...entry }: Omit<LogEntry, "method" | "path">): void => quietly(() => engine.log({ method: oneLine(method), path: oneLine(path), ...entry, detail: detail === undefined ? undefined : oneLine(detail) }));
    let response: ScimResponse;
    let detail: string | undefined;
    try {
      response = await answered(request, (event, text) => log({ event, detail: text }));
    } catch (error) {
      const told = known(error);
      detail = told.scimType;
      response = refusal(told);
    }
    log({ event: "request", status: response.status, detail });
    return method === "HEAD" ? headOnly(response) : response;
  };
}

/** A whole URL will do: its host decides nothing, as in a request line. */
function targetOf(path: string): ReturnType<typeof target> {
  return target(path.startsWith("/") || path.includes("://") ? path : `/${path}`);
}

/** A request may be lenient in as many places as it has names: a log is told of the first ones. */
const mostNotes = 50;

/** Each leniency once for each place: a body may use one a thousand times. */
function noting(log: (event: LogEntry["event"], detail: string) => void): Note {
  const noted = new Set<string>();
  return (leniency, place) => {
    const detail = `${leniency}: ${place}`;
    if (noted.size === mostNotes || noted.has(detail)) return;
    noted.add(detail);
    log("leniency", detail);
  };
}

/** A name that a client made up must not end the line of a log that is text, nor move the cursor of who reads it. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (letter) => `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`);
}

/** A log of the host's that fails must not cost the client its answer. */
function quietly(run: () => void): void {
  try {
    run();
  } catch {
    // There is nobody left to tell.
  }
}
