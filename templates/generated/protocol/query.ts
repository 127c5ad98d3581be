/** The query string of a URL (RFC 7644 3.4.2), without the host's URL classes: a parameter nobody reads is never looked into. */
import { refuse } from "./error.js";

/** The parameters of a GET, and of what any answer with a resource obeys (3.9). */
export type Parameter = "filter" | "sortBy" | "sortOrder" | "attributes" | "excludedAttributes" | "startIndex" | "count" | "cursor";

/** A parameter's decoded value; undefined when the client did not send it. Of one sent twice the last counts. */
export type Parameters = (name: Parameter) => string | undefined;

const none: Parameters = () => undefined;

export function parameters(query: string): Parameters {
  if (query === "") return none;
  const sent = new Map<string, string>();
  for (const pair of query.split("&")) {
    const at = pair.indexOf("=");
    const name = decoded(at < 0 ? pair : pair.slice(0, at));
    // A name that cannot be decoded is nobody's name, and unknown parameters are passed over (3.4.2).
    if (name !== undefined) sent.set(name, at < 0 ? "" : pair.slice(at + 1));
  }
  return (name) => {
    const raw = sent.get(name);
    if (raw === undefined) return undefined;
    const value = decoded(raw);
    if (value !== undefined) return value;
    throw refuse(name === "filter" ? "invalidFilter" : "invalidValue", `The query parameter ${name} is not percent-encoded UTF-8.`);
  };
}

/** Path and query of a URL or of a request target, which may be a whole URL (RFC 9112 3.2.2); its host decides nothing. */
export function target(url: string): { readonly path: string; readonly query: string } {
  const local = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, "");
  const at = local.indexOf("?");
  return at < 0 ? { path: local, query: "" } : { path: local.slice(0, at), query: local.slice(at + 1) };
}

/** The names of `attributes` or `excludedAttributes`: a comma list (3.9). An empty one names nothing, as if it were not there. */
export function names(list: string | undefined): readonly string[] | undefined {
  const all = (list ?? "").split(",").map((name) => name.trim()).filter((name) => name !== "");
  return all.length === 0 ? undefined : all;
}

/** Spaces come as `+` and as `%20`; a plus sign as `%2B`. Undefined: malformed. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}
