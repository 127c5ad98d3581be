/** From a request to its answer. Whatever goes wrong on the way leaves as a SCIM error (RFC 7644 3.12), and no text of its cause. */
import { caller, permit } from "./access.js";
import { answerText, headOnly, refusal } from "./answer.js";
import { documents } from "./documents.js";
import type { Engine, LogEntry, ScimRequest, ScimResponse } from "./engine.js";
import { ScimError } from "./error.js";
import type { Note } from "./leniencies.js";
import { prepare, prepareAll, served } from "./operations.js";
import { parameters } from "./query.js";
import { router, type Discovery, type Route } from "./router.js";

export type Handle = (request: ScimRequest) => Promise<ScimResponse>;

const readOnly: ReadonlySet<Route<unknown>["operation"]> = new Set(["discover", "get", "list", "search", "listAll", "searchAll"]);

/** Look-ups and documents are built here, once at start; the handle never rejects. */
export function service<TenantId, Session>(engine: Engine<TenantId, Session>): Handle {
  const endpoints = engine.endpoints.map(served);
  const route = router(engine.baseUrl, endpoints);
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
    permit(auth, readOnly.has(asked.operation) ? "read" : "write");
    if (asked.operation === "discover") return discover(asked.kind, asked.name, request.query);

    // All that the client sent is read and checked before a session, and with it a transaction of the host's, is open.
    const reading = { limits: engine.limits, lenient: engine.leniencies(auth), note: noting(log) };
    const { features, cursors } = engine;
    const given = { request, reading, features, cursors, tenant: String(auth.tenant), log };
    if (!("endpoint" in asked)) {
      const run = await prepareAll(asked.operation, endpoints, given);
      return engine.within(auth, run);
    }
    const run = await prepare(asked, given);
    return engine.within(auth, (session) => run(asked.endpoint.open(session)));
  }

  return async (request) => {
    const { method, path } = request;
    const log = (entry: Omit<LogEntry, "method" | "path">): void => quietly(() => engine.log({ method, path, ...entry }));
    let response: ScimResponse;
    let detail: string | undefined;
    try {
      response = await answered(request, (event, text) => log({ event, detail: text }));
    } catch (error) {
      const known = error instanceof ScimError ? error : new ScimError(500, "The endpoint failed on this request. Its operator finds the cause in the log.");
      if (known.status === 500 || known.status === 503) quietly(() => engine.onError(known.cause ?? error));
      detail = known.scimType;
      response = refusal(known);
    }
    log({ event: "request", status: response.status, detail });
    return method === "HEAD" ? headOnly(response) : response;
  };
}

/** Each leniency once for each place: a body may use one a thousand times. */
function noting(log: (event: LogEntry["event"], detail: string) => void): Note {
  const noted = new Set<string>();
  return (leniency, place) => {
    const detail = `${leniency}: ${place}`;
    if (!noted.has(detail)) log("leniency", detail);
    noted.add(detail);
  };
}

/** A log of the host's that fails must not cost the client its answer. */
function quietly(run: () => void): void {
  try {
    run();
  } catch {
    // There is nobody left to tell.
  }
}
