/** A host of two customers, `acme` and `globex`, asked in the words of HTTP: what the tests of the life of a row talk to. */
import { expect } from "vitest";
import type { JsonObject } from "../../templates/generated/protocol/json.js";
import { coreGroup, coreUser, enterprise, objects } from "../database/endpoint.js";
import { openKind } from "./host.js";
import type { Answer, Caller as Requests, KindHost } from "./host.js";

export interface Caller {
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
  patch(path: string, ...operations: readonly object[]): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  /** The resources of a list, which must answer 200. */
  list(path: string, filter?: string): Promise<readonly JsonObject[]>;
}

export interface Life extends Pick<KindHost<"acme" | "globex">, "statements" | "log" | "errors" | "rows" | "ScimError" | "close"> {
  readonly acme: Caller;
  readonly globex: Caller;
}

export interface Given {
  readonly seed: string;
  /** Default: two uuids. */
  readonly tenants?: Readonly<Record<"acme" | "globex", string | number | bigint | null>>;
  /** Further options of `createScim`. */
  readonly options?: object;
}

export const acmeId = "0190a000-0000-7000-8000-00000000000a";
export const globexId = "0190a000-0000-7000-8000-00000000000b";

export const user = (userName: string, more: object = {}): object => ({ schemas: [coreUser, enterprise], userName, ...more });
export const group = (displayName: string, members: readonly string[] = []): object => ({ schemas: [coreGroup], displayName, members: members.map((value) => ({ value })) });
export const uuid = (n: number): string => `0190a000-0000-7000-8000-${String(n).padStart(12, "0")}`;

export async function openLife(golden: string, { seed, tenants = { acme: acmeId, globex: globexId }, options = {} }: Given): Promise<Life> {
  const { statements, log, errors, rows, ScimError, close, tenants: callers } = await openKind(golden, { tenants, seed, options });
  return { statements, log, errors, rows, ScimError, close, acme: asking(callers.acme), globex: asking(callers.globex) };
}

function asking({ request, patch }: Requests): Caller {
  return {
    get: (path) => request("GET", path),
    post: (path, body) => request("POST", path, body),
    put: (path, body) => request("PUT", path, body),
    patch,
    delete: (path) => request("DELETE", path),
    async list(path, filter) {
      const answer = await request("GET", filter === undefined ? path : `${path}?filter=${encodeURIComponent(filter)}`);
      expect(answer.status, `${path} ${filter ?? ""}: ${answer.text}`).toBe(200);
      return objects(answer.body["Resources"]);
    },
  };
}
