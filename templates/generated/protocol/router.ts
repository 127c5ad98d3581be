/** Method and path to what is to be done (RFC 7644 3.2, table 2). */
import { notFound, ScimError } from "./error.js";
import type { Mapping } from "./mapping.js";
import { target } from "./query.js";

export type Discovery = "ServiceProviderConfig" | "ResourceTypes" | "Schemas";

export type Route<E> =
  | { readonly operation: "list" | "create" | "search"; readonly endpoint: E }
  /** Over all resource types, by the query string or by a body (RFC 7644 3.4.2.1, 3.4.3). */
  | { readonly operation: "listAll" | "searchAll" }
  | { readonly operation: "get" | "replace" | "modify" | "remove"; readonly endpoint: E; readonly id: string }
  /** `name`: the URN or the resource type asked for; undefined for all of them. */
  | { readonly operation: "discover"; readonly kind: Discovery; readonly name: string | undefined }
  | { readonly operation: "bulk" }
  /** The resource of who asks (RFC 7644 3.11). */
  | { readonly operation: "me"; readonly as: "get" | "replace" | "modify" | "remove" }
  | { readonly operation: "refuse"; readonly error: ScimError };

/** HEAD is served wherever GET is, by the same operation (RFC 9110 9.1). */
const onCollection = new Map([["GET", "list"], ["HEAD", "list"], ["POST", "create"]] as const);
const onResource = new Map([["GET", "get"], ["HEAD", "get"], ["PUT", "replace"], ["PATCH", "modify"], ["DELETE", "remove"]] as const);
const onSearch = new Map([["POST", "search"]] as const);
const onRoot = new Map([["GET", "listAll"], ["HEAD", "listAll"]] as const);
const onRootSearch = new Map([["POST", "searchAll"]] as const);
const onDiscovery = new Map([["GET", "discover"], ["HEAD", "discover"]] as const);

const onBulk = new Map([["POST", "bulk"]] as const);

export interface Offered {
  readonly bulk: boolean;
  readonly me: boolean;
}

/** 501 for what is not offered, and 405 for a method that it would not have (RFC 7644 3.12). */
function special<E>(first: string, method: string, offered: Offered): Route<E> {
  switch (first.toLowerCase()) {
    case "bulk":
      return allowed(onBulk, method, (operation) => (offered.bulk ? { operation } : refused(new ScimError(501, "Bulk operations are not offered here; please send the operations one by one."))));
    case "me":
      // POST would make the user that asks: an integration makes users, and a user is there already.
      if (method === "POST" || !offered.me) return onResource.has(method as "GET") || method === "POST" ? refused(new ScimError(501, "/Me is not offered here: the credentials stand for an integration and not for one user.")) : refused(notAllowed(method, [...onResource.keys()]));
      return allowed(onResource, method, (as) => ({ operation: "me", as }));
    default:
      return refused(unknown());
  }
}

const discoveries: readonly Discovery[] = ["ServiceProviderConfig", "ResourceTypes", "Schemas"];

/**
 * Builds the look-up once. The path may stand under the base URL's path, under a tail of it (what is left behind a proxy or
 * a mount), or under nothing.
 */
export function router<E extends { readonly mapping: Mapping }>(
  baseUrl: string,
  endpoints: readonly E[],
  offered: Offered,
): (method: string, path: string) => Route<E> {
  const prefixes = tails(target(baseUrl).path);
  const endpoint = lookUp(endpoints.map((each) => [each.mapping.type.endpoint.slice(1), each]));
  const discovery = lookUp(discoveries.map((each) => [each, each]));

  return (method, path) => {
    const [first, rest] = segments(path, prefixes);

    const type = endpoint(first);
    if (type) {
      const { readOnly } = type.mapping.type;
      if (rest === undefined) return allowed(readOnly ? withoutWrites(onCollection) : onCollection, method, (operation) => ({ operation, endpoint: type }));
      if (rest === ".search") return allowed(onSearch, method, (operation) => ({ operation, endpoint: type }));
      if (rest === "" || rest.includes("/")) return refused(unknown());
      const id = decoded(rest);
      // An id of any shape is merely unknown (RFC 7644 3.4.1), and so is one that cannot be decoded.
      if (id === undefined) return refused(notFound(type.mapping.type.name, rest));
      return allowed(readOnly ? withoutWrites(onResource) : onResource, method, (operation) => ({ operation, endpoint: type, id }));
    }

    const kind = discovery(first);
    if (kind) {
      if (kind === "ServiceProviderConfig" && rest !== undefined) return refused(unknown());
      // A URN may hold slashes of its own (RFC 8141 2), so all that is left of the path is the name.
      const name = rest === undefined ? undefined : decoded(rest);
      if (rest !== undefined && name === undefined) return refused(unknown());
      return allowed(onDiscovery, method, (operation) => ({ operation, kind, name }));
    }

    if (rest !== undefined) return refused(unknown());
    if (first === "") return allowed(onRoot, method, (operation) => ({ operation }));
    if (first === ".search") return allowed(onRootSearch, method, (operation) => ({ operation }));
    return special(first, method, offered);
  };
}

/** The first segment, decoded, and all that follows it, as sent. One slash at the end means nothing. */
function segments(path: string, prefixes: readonly string[]): readonly [string, string | undefined] {
  const prefix = prefixes.find((each) => path === each || path.startsWith(`${each}/`)) ?? "";
  const below = path.slice(prefix.length).replace(/\/$/, "");
  const at = below.indexOf("/", 1);
  const first = at < 0 ? below.slice(1) : below.slice(1, at);
  return [decoded(first) ?? first, at < 0 ? undefined : below.slice(at + 1)];
}

/** `/app/scim/v2` to `/app/scim/v2`, `/scim/v2`, `/v2`. */
function tails(base: string): readonly string[] {
  return [...base.matchAll(/\/[^/]+/g)].map((segment) => base.slice(segment.index).replace(/\/$/, ""));
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** By the exact name, else by the name without letter case: two names may differ in case alone. */
function lookUp<T>(entries: readonly (readonly [string, T])[]): (name: string) => T | undefined {
  const exact = new Map(entries);
  const folded = new Map(entries.map(([name, value]) => [name.toLowerCase(), value]));
  return (name) => exact.get(name) ?? folded.get(name.toLowerCase());
}

function allowed<O, E>(methods: ReadonlyMap<string, O>, method: string, route: (operation: O) => Route<E>): Route<E> {
  const operation = methods.get(method);
  return operation === undefined ? refused(notAllowed(method, [...methods.keys()])) : route(operation);
}

/** Of a resource type that no client writes. */
function withoutWrites<O>(methods: ReadonlyMap<string, O>): ReadonlyMap<string, O> {
  return new Map([...methods].filter(([method]) => method === "GET" || method === "HEAD"));
}

function refused<E>(error: ScimError): Route<E> {
  return { operation: "refuse", error };
}

function unknown(): ScimError {
  return new ScimError(404, "There is no such endpoint; /ResourceTypes lists those there are.");
}

/** RFC 9110 15.5.6: a 405 says which methods there are. */
function notAllowed(method: string, methods: readonly string[]): ScimError {
  const allow = methods.join(", ");
  return new ScimError(405, `${method.slice(0, 20)} is not possible here; ${allow} are.`, undefined, { Allow: allow });
}
