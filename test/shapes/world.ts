/** A shape over a database, and the callers of its two tenants, by plain records: nothing of HTTP stands between a test and the engine. */
import { baseUrl, callerOf, openEndpoint } from "../database/endpoint.js";
import type { Answer, Caller } from "../database/endpoint.js";
import { openSpecimen } from "../postgres/specimen.js";
import { openHost, tokenOf } from "./host.js";
import type { TenantName } from "./requests.js";
import { openRows } from "./rows.js";
import type { Database } from "./rows.js";
import type { Shape } from "./shape.js";
import { specimen } from "./specimen/shape.js";

export interface World {
  readonly shape: Shape;
  readonly database: Database;
  /** What each tenant calls its own: ids of users and groups, and those that POST has made. */
  readonly ids: Readonly<Record<TenantName, string[]>>;
  readonly errors: readonly unknown[];
  send(request: { readonly tenant: TenantName; readonly method: string; readonly path: string; readonly body: string | undefined }): Promise<Answer>;
  close(): Promise<void>;
}

interface Opened extends Record<TenantName, Caller> {
  readonly database: Database;
  readonly errors: readonly unknown[];
  close(): Promise<void>;
}

/** `without`: as if the tenant had never been. */
export async function openWorld(shape: Shape, { without }: { readonly without?: TenantName } = {}): Promise<World> {
  const opened = shape === specimen ? await openSpecimenWorld() : await openShapeWorld(shape);
  if (without !== undefined) await opened.database.forget(String(shape.tenants.find(({ name }) => name === without)?.id));
  const idsOf = async (caller: Caller, there: boolean): Promise<string[]> => {
    if (!there) return [];
    const lists = [await caller.list("/Users?count=200"), ...(shape.groups === undefined ? [] : [await caller.list("/Groups?count=200")])];
    return lists.flat().map(({ id }) => String(id));
  };
  const ids = { acme: await idsOf(opened.acme, true), globex: await idsOf(opened.globex, without !== "globex") };
  return {
    shape,
    database: opened.database,
    ids,
    errors: opened.errors,
    async send({ tenant, method, path, body }) {
      const answer = await opened[tenant].ask(method, path, body);
      if (answer.status === 201) ids[tenant].push(String(answer.body["id"]));
      return answer;
    },
    close: () => opened.close(),
  };
}

async function openShapeWorld(shape: Shape): Promise<Opened> {
  const host = await openHost(shape);
  const scim = host.scim(baseUrl);
  const [acme, globex] = shape.tenants;
  return { database: host.database, errors: host.errors, acme: callerOf(scim, tokenOf(acme)), globex: callerOf(scim, tokenOf(globex)), close: () => host.close() };
}

/** Its generated code is committed. */
async function openSpecimenWorld(): Promise<Opened> {
  const { prisma, url, close } = await openSpecimen();
  const { acme, globex, errors } = openEndpoint(prisma);
  const database = await openRows(url, specimen);
  return {
    database,
    errors,
    acme,
    globex,
    async close() {
      await close();
      await database.close();
    },
  };
}

