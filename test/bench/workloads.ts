/** What is asked of every server, and how its answer is known to be right. */
import { fresh, freshCount, teamCount, teamId, userId, userName } from "./data.js";

export interface Request {
  readonly method: "GET" | "POST" | "PATCH";
  /** Below the base URL. */
  readonly path: string;
  readonly body?: unknown;
}

export interface Workload {
  readonly name: string;
  /**
   * The request of one of the 16 connections at its turn. The window is a word that no other window has; `users` is how many there are.
   * A connection sends one request at a time, so what depends on an earlier one of its own is safe.
   */
  request(at: { readonly connection: number; readonly turn: number; readonly window: string; readonly users: number }): Request;
  readonly status: number;
  /** Fewer than the 16: one request is work enough. */
  readonly connections?: number;
  /** Looks at the first body of a window, so that a fast wrong answer is not measured. */
  holds(body: unknown): boolean;
}

export const connections = 16;

/** Far apart, so that neighbours in the index are not the ones that are asked for one after another. */
const someone = (connection: number, turn: number, users: number): number => ((turn * connections + connection) * 7919) % users;
const equal = (name: string): string => `/Users?filter=${encodeURIComponent(`userName eq "${name}"`)}`;
const patch = (...operations: readonly unknown[]): unknown => ({ schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: operations });
const has = (body: unknown, key: string, value: unknown): boolean => typeof body === "object" && body !== null && key in body && (body as Record<string, unknown>)[key] === value;

const addMember = (name: string, large: boolean): Workload => ({
  name,
  // Team and person together are new each time: the person moves on once all teams of this connection's have had them.
  request: ({ connection, turn }) => ({
    method: "PATCH",
    path: `/Groups/${teamId(large, connection % teamCount)}`,
    body: patch({ op: "add", path: "members", value: [{ value: userId(fresh + (turn % freshCount)) }] }),
  }),
  status: 204,
  holds: (body) => body === undefined,
});

/** As an identity provider sends a user who is new. */
const person = (name: string): object => ({
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
  userName: `${name}@bench.example`,
  externalId: name,
  active: true,
  name: { givenName: "New", familyName: "Person" },
  displayName: "New Person",
  emails: [{ value: `${name}@bench.example`, type: "work", primary: true }],
});

const bulkSize = 1_000;

export const workloads: readonly Workload[] = [
  {
    name: "GET by id",
    request: ({ connection, turn, users }) => ({ method: "GET", path: `/Users/${userId(someone(connection, turn, users))}` }),
    status: 200,
    holds: (body) => has(body, "active", true),
  },
  {
    name: "userName eq, hit",
    // In a letter case that is not the stored one.
    request: ({ connection, turn, users }) => ({ method: "GET", path: equal(userName(someone(connection, turn, users)).toUpperCase()) }),
    status: 200,
    holds: (body) => has(body, "totalResults", 1),
  },
  {
    name: "userName eq, miss",
    request: ({ connection, turn }) => ({ method: "GET", path: equal(`nobody.${connection}.${turn}@bench.example`) }),
    status: 200,
    holds: (body) => has(body, "totalResults", 0),
  },
  {
    name: "POST",
    request: ({ connection, turn, window }) => ({ method: "POST", path: "/Users", body: person(`new.${window}.${connection}.${turn}`) }),
    status: 201,
    holds: (body) => has(body, "active", true) && has(body, "displayName", "New Person"),
  },
  {
    name: "PATCH active",
    // Off and on again, one person after the other: each request changes something.
    request: ({ connection, turn, users }) => ({
      method: "PATCH",
      path: `/Users/${userId((connection + connections * Math.floor(turn / 2)) % users)}`,
      body: patch({ op: "replace", path: "active", value: turn % 2 === 1 }),
    }),
    status: 200,
    holds: (body) => has(body, "active", false),
  },
  {
    // The names of a run differ in all that is unique: `apart` of the protocol's bulk.ts. PH writes one createMany.
    name: "Bulk of 1,000 creates",
    request: ({ connection, turn, window }) => ({
      method: "POST",
      path: "/Bulk",
      body: {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
        Operations: Array.from({ length: bulkSize }, (_, each) => {
          const name = `new.${window}.${connection}.${turn}.${each}`;
          return { method: "POST", path: "/Users", bulkId: name, data: { ...person(name), displayName: name } };
        }),
      },
    }),
    connections: 1,
    status: 200,
    holds: (body) => JSON.stringify(body).split('"status":"201"').length > bulkSize,
  },
  addMember("add 1 member, small group", false),
  addMember("add 1 member, large group", true),
];
