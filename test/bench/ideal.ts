/**
 * The handler that a careful developer would write by hand for this one host: exactly the Prisma calls that are needed, on
 * `node:http` (PH) and on Express 5 (PE). It is the measure, so it does no more than a request needs: token checked, tenant
 * in every where, body parsed, SCIM JSON answered.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import express from "express";
import { Prisma } from "./host/src/db/client.js";
import type { PrismaClient } from "./host/src/db/client.js";

export type TenantOf = (authorization: string | undefined) => string | undefined;

const select = {
  id: true,
  userName: true,
  externalId: true,
  givenName: true,
  familyName: true,
  displayName: true,
  email: true,
  active: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.UserSelect;
type Row = Prisma.UserGetPayload<{ select: typeof select }>;

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly location?: string;
}

const error = (status: number, detail: string): Answer => ({ status, body: { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: String(status), detail } });
const unauthorized = error(401, "Please send an access token.");

/** The work, whatever the framework. */
function operations(prisma: PrismaClient, baseUrl: string) {
  const toScim = (row: Row) => ({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    id: row.id,
    ...(row.externalId !== null && { externalId: row.externalId }),
    userName: row.userName,
    name: { ...(row.givenName !== null && { givenName: row.givenName }), ...(row.familyName !== null && { familyName: row.familyName }) },
    ...(row.displayName !== null && { displayName: row.displayName }),
    ...(row.email !== null && { emails: [{ value: row.email, type: "work", primary: true }] }),
    active: row.active,
    meta: {
      resourceType: "User",
      created: row.createdAt.toISOString(),
      lastModified: row.updatedAt.toISOString(),
      location: `${baseUrl}/Users/${row.id}`,
      version: `W/"${row.updatedAt.getTime().toString(36)}"`,
    },
  });

  return {
    async get(orgId: string, id: string): Promise<Answer> {
      const row = await prisma.user.findUnique({ where: { id, orgId }, select });
      return row === null ? error(404, `No User ${id}.`) : { status: 200, body: toScim(row) };
    },

    async find(orgId: string, filter: string): Promise<Answer> {
      const [, value] = /^userName eq ("(?:[^"\\]|\\.)*")$/.exec(filter) ?? [];
      if (value === undefined) return error(400, "This filter is not understood.");
      // `in` and not `equals`: the one is lower() and uses its index, the other is ILIKE.
      const rows = await prisma.user.findMany({ where: { orgId, userName: { in: [String(JSON.parse(value))], mode: "insensitive" } }, select });
      return {
        status: 200,
        body: {
          schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
          totalResults: rows.length,
          startIndex: 1,
          itemsPerPage: rows.length,
          Resources: rows.map(toScim),
        },
      };
    },

    async create(orgId: string, body: unknown): Promise<Answer> {
      const row = await prisma.user.create({ data: dataOf(orgId, body as Posted), select });
      const resource = toScim(row);
      return { status: 201, body: resource, location: resource.meta.location };
    },

    /** One createMany, of which nobody is told more than that it is done. */
    async createAll(orgId: string, body: unknown): Promise<Answer> {
      const { Operations } = body as Bulk;
      await prisma.user.createMany({ data: Operations.map(({ data }) => dataOf(orgId, data)) });
      return { status: 200, body: { schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkResponse"], Operations: Operations.map(({ bulkId }) => ({ method: "POST", bulkId, status: "201" })) } };
    },

    async setActive(orgId: string, id: string, body: unknown): Promise<Answer> {
      const [operation] = (body as Patch).Operations;
      if (operation?.op !== "replace" || operation.path !== "active" || typeof operation.value !== "boolean") return error(400, "This PATCH is not understood.");
      const row = await prisma.user.update({ where: { id, orgId }, data: { active: operation.value }, select });
      return { status: 200, body: toScim(row) };
    },

    async addMembers(orgId: string, teamId: string, body: unknown): Promise<Answer> {
      const [operation] = (body as Patch).Operations;
      if (operation?.op !== "add" || operation.path !== "members" || !Array.isArray(operation.value)) return error(400, "This PATCH is not understood.");
      const ids = (operation.value as readonly { readonly value: string }[]).map(({ value }) => value);
      if ((await prisma.user.count({ where: { orgId, id: { in: ids } } })) !== ids.length) return error(400, "No such User.");
      // The update comes first and fails where the team is another tenant's, and the insert with it.
      await prisma.$transaction([
        prisma.team.update({ where: { id: teamId, orgId }, data: { updatedAt: new Date() }, select: { id: true } }),
        prisma.teamMember.createMany({ data: ids.map((userId) => ({ teamId, userId })), skipDuplicates: true }),
      ]);
      return { status: 204 };
    },
  };
}

function dataOf(orgId: string, { userName, externalId, name, displayName, emails, active }: Posted): Prisma.UserCreateManyInput {
  return {
    orgId,
    userName,
    externalId: externalId ?? null,
    givenName: name?.givenName ?? null,
    familyName: name?.familyName ?? null,
    displayName: displayName ?? null,
    email: emails?.[0]?.value ?? null,
    active: active ?? true,
  };
}

interface Bulk {
  readonly Operations: readonly { readonly bulkId: string; readonly data: Posted }[];
}

interface Posted {
  readonly userName: string;
  readonly externalId?: string;
  readonly name?: { readonly givenName?: string; readonly familyName?: string };
  readonly displayName?: string;
  readonly emails?: readonly { readonly value: string }[];
  readonly active?: boolean;
}

interface Patch {
  readonly Operations: readonly { readonly op: string; readonly path?: string; readonly value?: unknown }[];
}

function failed(thrown: unknown): Answer {
  const code = thrown instanceof Prisma.PrismaClientKnownRequestError ? thrown.code : undefined;
  if (code === "P2025") return error(404, "No such resource.");
  if (code === "P2002") return error(409, "There is one already.");
  return error(500, "Something went wrong.");
}

/** PH. */
export function onNode(prisma: PrismaClient, baseUrl: string, tenantOf: TenantOf): (request: IncomingMessage, response: ServerResponse) => void {
  const { get, find, create, createAll, setActive, addMembers } = operations(prisma, baseUrl);
  const base = new URL(baseUrl).pathname;

  const run = async (request: IncomingMessage): Promise<Answer> => {
    const orgId = tenantOf(request.headers.authorization);
    if (orgId === undefined) return unauthorized;
    const url = request.url ?? "";
    const mark = url.indexOf("?");
    const [, type, id] = (mark < 0 ? url : url.slice(0, mark)).slice(base.length).split("/");
    if (type === "Users" && request.method === "GET") return id === undefined ? find(orgId, new URLSearchParams(url.slice(mark)).get("filter") ?? "") : get(orgId, id);
    if (type === "Users" && request.method === "POST") return create(orgId, await json(request));
    if (type === "Bulk" && request.method === "POST") return createAll(orgId, await json(request));
    if (type === "Users" && request.method === "PATCH" && id !== undefined) return setActive(orgId, id, await json(request));
    if (type === "Groups" && request.method === "PATCH" && id !== undefined) return addMembers(orgId, id, await json(request));
    return error(404, "No such endpoint.");
  };

  return (request, response) => {
    void run(request)
      .catch(failed)
      .then(({ status, body, location }) => {
        const text = body === undefined ? undefined : JSON.stringify(body);
        response.writeHead(status, {
          ...(text !== undefined && { "Content-Type": "application/scim+json", "Content-Length": Buffer.byteLength(text) }),
          ...(location !== undefined && { Location: location }),
        });
        response.end(text);
      });
  };
}

/** By events: iterating over the request costs more. */
function json(request: IncomingMessage): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("error", reject);
    request.on("end", () => {
      try {
        resolve(JSON.parse(Buffer.concat(chunks).toString("utf8")));
      } catch (error) {
        reject(error);
      }
    });
  });
}

/** PE. */
export function onExpress(prisma: PrismaClient, baseUrl: string, tenantOf: TenantOf): express.Express {
  const { get, find, create, createAll, setActive, addMembers } = operations(prisma, baseUrl);
  const router = express.Router();
  router.use(express.json({ type: ["application/json", "application/scim+json"], limit: "10mb" }));
  const route = (run: (orgId: string, request: express.Request) => Promise<Answer>): express.RequestHandler => async (request, response) => {
    const orgId = tenantOf(request.headers.authorization);
    const { status, body, location } = orgId === undefined ? unauthorized : await run(orgId, request).catch(failed);
    if (location !== undefined) response.location(location);
    response.status(status);
    if (body === undefined) response.end();
    else response.type("application/scim+json").send(JSON.stringify(body));
  };
  const idOf = ({ params }: express.Request): string => String(params["id"]);
  router.get("/Users", route((orgId, { query }) => find(orgId, String(query["filter"]))));
  router.get("/Users/:id", route((orgId, request) => get(orgId, idOf(request))));
  router.post("/Users", route((orgId, { body }) => create(orgId, body)));
  router.post("/Bulk", route((orgId, { body }) => createAll(orgId, body)));
  router.patch("/Users/:id", route((orgId, request) => setActive(orgId, idOf(request), request.body)));
  router.patch("/Groups/:id", route((orgId, request) => addMembers(orgId, idOf(request), request.body)));

  const app = express();
  // What every production Express turns off: it hashes each answer, and SCIM has a version of its own.
  app.disable("etag");
  app.disable("x-powered-by");
  app.use(new URL(baseUrl).pathname, router);
  return app;
}
