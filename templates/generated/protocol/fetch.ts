/**
 * The adapter to the Fetch standard: Next.js (`export const GET = scim.fetch`, and so for POST, PUT, PATCH, DELETE, HEAD),
 * Hono (`app.all("/scim/v2/*", (c) => scim.fetch(c.req.raw))`), Bun, Deno, workers.
 */
import { collector, refusePacked, tooLarge } from "./bytes.js";
import type { ScimRequest, ScimResponse } from "./engine.js";
import { refuse, ScimError } from "./error.js";
import type { Limits } from "./limits.js";
import { target } from "./query.js";

/** What is used of a Request; every runtime's own fits. */
export interface FetchRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  readonly body: { getReader(): FetchReader } | null;
}

interface FetchReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(): Promise<void>;
}

/** The runtime's own Response where the host's types know one; else as much of it as a caller needs. */
export type FetchResponse = typeof globalThis extends { readonly Response: { readonly prototype: infer Response } }
  ? Response
  : { readonly status: number; readonly headers: { get(name: string): string | null }; text(): Promise<string> };

export type FetchHandler = (request: FetchRequest) => Promise<FetchResponse>;

/** Declared here so that a host needs neither the DOM's nor node's types to compile. */
declare const Response: new (
  body: string | null,
  init: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
) => FetchResponse;

export function toFetch(handle: (request: ScimRequest) => Promise<ScimResponse>): FetchHandler {
  return async (request) => {
    const { status, headers, body } = await handle({
      method: request.method,
      ...target(request.url),
      header: (name) => request.headers.get(name) ?? undefined,
      body: (limits) => read(request, limits),
      native: request,
    });
    // The server below writes Content-Length: it is the one that knows the bytes.
    return new Response(body ?? null, { status, headers });
  };
}

async function read(request: FetchRequest, { bodyBytes }: Limits): Promise<string> {
  refusePacked(request.headers.get("content-encoding") ?? undefined);
  if (Number(request.headers.get("content-length")) > bodyBytes) throw tooLarge(bodyBytes);
  const chunks = collector(bodyBytes);
  const reader = request.body?.getReader();
  if (!reader) return "";
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) if (next.value) chunks.add(next.value);
  } catch (error) {
    // Tells the sender to stop; it may have gone already.
    reader.cancel().catch(() => undefined);
    throw error instanceof ScimError ? error : refuse("invalidSyntax", "The connection ended before the body did.");
  }
  return chunks.text();
}
