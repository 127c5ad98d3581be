/**
 * The adapter to node:http, and to what is built on it.
 *
 * - node:http: `createServer(scim.node)`
 * - Express 4 and 5: `app.use("/scim/v2", scim.node)`. No body parser is needed; where `express.json()` runs before it,
 *   let it take the media type too: `express.json({ type: ["json", "application/scim+json"], limit: "10mb" })`, else
 *   bodies above its own limit of 100 kB are answered by Express and not by SCIM.
 */
import { byteLength, collector, decode, refusePacked, tooLarge } from "./bytes.js";
import type { ScimRequest, ScimResponse } from "./engine.js";
import { refuse } from "./error.js";
import { target } from "./query.js";

/** What is used of node's IncomingMessage and Express's Request; both fit, and a host needs no types of either. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Express: the URL before the path of the mount was cut off. */
  readonly originalUrl?: string | undefined;
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
  /** What a body parser that ran before has made of the body. */
  readonly body?: unknown;
  /** Whether the whole message has arrived. */
  readonly complete: boolean;
  readonly readableEnded: boolean;
  readonly destroyed: boolean;
  on(event: "data", listener: (chunk: Uint8Array) => void): unknown;
  on(event: "end" | "close" | "error", listener: () => void): unknown;
  resume(): unknown;
}

/** What is used of node's ServerResponse. */
export interface NodeResponse {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(body?: string): unknown;
}

export type NodeHandler = (request: NodeRequest, response: NodeResponse) => void;

export function toNode(handle: (request: ScimRequest) => Promise<ScimResponse>): NodeHandler {
  return (request, response) => {
    answer(handle, request, response).catch(() => {
      // A header that cannot be written, or a host that has answered already: a rejection nobody takes would end the process.
      response.statusCode = 500;
      response.end();
    });
  };
}

async function answer(handle: (request: ScimRequest) => Promise<ScimResponse>, request: NodeRequest, response: NodeResponse): Promise<void> {
  const { status, headers, body } = await handle({
    method: request.method ?? "GET",
    ...target(request.originalUrl ?? request.url ?? "/"),
    header: (name) => header(request, name),
    body: async ({ bodyBytes }) => (request.readableEnded ? parsed(request.body, bodyBytes) : read(request, bodyBytes)),
    native: request,
  });
  if (!request.complete && !request.destroyed) await rest(request);
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  // Given the whole body before any header has left, node writes its length in bytes as Content-Length.
  response.end(body);
}

function header(request: NodeRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "object" ? value.join(", ") : value;
}

/**
 * A connection that is closed while the client still sends takes the answer with it (RFC 9112 9.6), so what nobody wanted to
 * read is received too, and thrown away. Node's `requestTimeout` ends a body that never ends.
 */
function rest(request: NodeRequest): Promise<void> {
  return new Promise((resolve) => {
    request.on("end", resolve);
    request.on("close", resolve);
    request.resume();
  });
}

async function read(request: NodeRequest, limit: number): Promise<string> {
  refusePacked(header(request, "content-encoding"));
  if (Number(header(request, "content-length")) > limit) throw tooLarge(limit);
  const chunks = collector(limit);
  await new Promise<void>((resolve, reject) => {
    const gone = (): void => reject(refuse("invalidSyntax", "The connection ended before the body did."));
    // Once a client has gone no event comes any more.
    if (request.destroyed) gone();
    request.on("data", (chunk) => {
      try {
        chunks.add(chunk);
      } catch (error) {
        reject(error);
      }
    });
    request.on("end", resolve);
    request.on("error", gone);
    request.on("close", gone);
  });
  return chunks.text();
}

/** The body as the host's parser left it: what it parsed is printed once more, so that the same limits hold for it. */
function parsed(body: unknown, limit: number): string {
  const text = typeof body === "string" ? body : body instanceof Uint8Array ? decode(body) : printed(body);
  if (byteLength(text) > limit) throw tooLarge(limit);
  return text;
}

function printed(body: unknown): string {
  try {
    return body === undefined ? "" : JSON.stringify(body);
  } catch {
    // The printer of JSON is recursive, its parser is not.
    throw refuse("invalidSyntax", "The body is nested too deeply.");
  }
}
