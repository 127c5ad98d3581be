/** The specimen as its users run it, over a database of the test file's own: its own client, tokens and mount, asked over HTTP. */
import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { vi } from "vitest";
import type { PrismaClient } from "../../prisma/src/db/client.js";
import { acme, acmeToken, globex, globexToken } from "../../prisma/seed.js";
import type { Scim } from "../../prisma/src/scim/generated/index.js";
import { openSpecimen } from "../postgres/specimen.js";
import { openRows } from "../shapes/rows.js";
import type { Snapshot } from "../shapes/rows.js";
import { specimen as shape } from "../shapes/specimen/shape.js";

/** A customer, and the directory it has set up. */
export interface Tenant {
  readonly name: string;
  readonly id: string;
  readonly token: string;
  readonly domain: string;
}

export const acmeTenant: Tenant = { name: "acme", id: acme, token: acmeToken, domain: "acme.example" };
export const globexTenant: Tenant = { name: "globex", id: globex, token: globexToken, domain: "globex.example" };
export const tenants: readonly Tenant[] = [acmeTenant, globexTenant];
export const otherThan = (tenant: Tenant): Tenant => (tenant === acmeTenant ? globexTenant : acmeTenant);

export interface Asked {
  readonly token: string;
  readonly method: string;
  /** Below the base URL, encoded as the client sends it. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body; `undefined` where there is none. */
  readonly body: unknown;
}

/** An endpoint, wherever it is. */
export interface Asking {
  readonly baseUrl: string;
  ask(asked: Asked): Promise<Answer>;
}

export interface App extends Asking {
  /** To look at the rows, past the endpoint. */
  readonly prisma: PrismaClient;
  /** All of them. */
  rows(): Promise<Snapshot>;
  close(): Promise<void>;
}

/** How a host mounts the endpoint: a server, or for Fetch frameworks the function itself. */
export type Mount = { readonly name: string } & ({ readonly listener: (scim: Scim) => RequestListener } | { readonly fetch: true });

export const nodeMount: Mount = { name: "node:http", listener: (scim) => scim.node };

export const otherMounts: readonly Mount[] = [
  { name: "Express 5", listener: (scim) => express().use("/scim/v2", scim.node) },
  {
    name: "Express 5 behind express.json()",
    listener: (scim) => express().use(express.json({ type: ["json", "application/scim+json"] })).use("/scim/v2", scim.node),
  },
  // Its parser takes application/json alone, so one body is parsed before it gets here and the next is not.
  { name: "Express 5 behind a bare express.json()", listener: (scim) => express().use(express.json()).use("/scim/v2", scim.node) },
  { name: "Fetch", fetch: true },
];

export async function startApp(mount: Mount = nodeMount): Promise<App> {
  const specimen = await openSpecimen();
  const served = await serve(mount);
  process.env["DATABASE_URL"] = specimen.url;
  process.env["SCIM_BASE_URL"] = served.baseUrl;
  // The specimen's modules read both when they load, as a product's do.
  vi.resetModules();
  const { scim } = await import("../../prisma/src/scim/index.js");
  const { prisma: own } = await import("../../prisma/src/prisma.js");
  served.open(scim);
  const database = await openRows(specimen.url, shape);
  return {
    ...served,
    prisma: specimen.prisma,
    rows: () => database.all(),
    async close() {
      await served.close();
      await database.close();
      await own.$disconnect();
      await specimen.close();
    },
  };
}

/** A place for an endpoint, which needs to know it before it is made. */
export interface Served extends Asking {
  open(scim: Scim): void;
  close(): Promise<void>;
}

export async function serve(mount: Mount = nodeMount): Promise<Served> {
  const server = createServer();
  const baseUrl = "fetch" in mount ? "https://app.example/scim/v2" : `http://127.0.0.1:${await listen(server)}/scim/v2`;
  let send: (url: string, init: RequestInit) => Promise<Response> = fetch;
  return {
    baseUrl,
    open(scim) {
      if ("listener" in mount) server.on("request", mount.listener(scim));
      else send = (url, init) => scim.fetch(new Request(url, init));
    },
    async ask({ token, method, path, body, headers }) {
      const answer = await send(baseUrl + path, {
        method,
        headers: { authorization: `Bearer ${token}`, accept: "application/scim+json", ...(body === undefined ? {} : { "content-type": "application/scim+json" }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, text, body: text === "" ? undefined : JSON.parse(text) };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)));
}

/** A resource in an answer. */
export interface Resource {
  readonly id: string;
  readonly meta: { readonly location: string };
  readonly [name: string]: unknown;
}

/** The answer's resource, where a test has made sure by its status that there is one. */
export const resourceOf = ({ body }: Answer): Resource => body as Resource;

/** What a look-up that finds nothing must answer (RFC 7644 3.4.2). */
export const nothingFound = {
  schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
  totalResults: 0,
  startIndex: 1,
  itemsPerPage: 0,
  Resources: [],
};

export const patchUrn = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
export const userUrn = "urn:ietf:params:scim:schemas:core:2.0:User";
export const enterpriseUrn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
export const groupUrn = "urn:ietf:params:scim:schemas:core:2.0:Group";
/** An error in SCIM's form (RFC 7644 3.12). */
export const error = (status: number, scimType?: string): object => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
  status: String(status),
  ...(scimType === undefined ? {} : { scimType }),
});

/** Every row that belongs to a tenant, and every person it has: what must not move while the other tenant's directory is busy. */
export async function rowsOf(prisma: PrismaClient, tenant: Tenant): Promise<unknown> {
  const orgId = tenant.id;
  const orderBy = { id: "asc" } as const;
  return prisma.organization.findUnique({
    where: { id: orgId },
    include: {
      memberships: { orderBy, include: { user: true, emails: { orderBy }, phones: { orderBy }, appRoles: { orderBy } } },
      teams: { orderBy, include: { members: { orderBy: { membershipId: "asc" } } } },
      owns: { orderBy },
    },
  });
}
