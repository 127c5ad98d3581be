/** The grounds there are: the specimen's two tenants, and those of a shape. */
import type { LogEntry } from "../../templates/generated/protocol/engine.js";
import type { Leniencies } from "../../templates/generated/protocol/leniencies.js";
import { openHost, tokenOf } from "../shapes/host.js";
import type { Shape } from "../shapes/shape.js";
import { specimen } from "../shapes/specimen/shape.js";
import { serve } from "./app.js";
import type { App, Tenant } from "./app.js";
import { leftBy } from "./ground.js";
import type { Ground } from "./ground.js";

const sight = {
  orgId: true,
  status: true,
  externalId: true,
  title: true,
  department: true,
  managerId: true,
  user: { select: { email: true, displayName: true, givenName: true, familyName: true, ownerId: true } },
  emails: { select: { value: true, type: true, primary: true }, orderBy: { id: "asc" } },
  phones: { select: { value: true, type: true }, orderBy: { id: "asc" } },
} as const;

export function specimenGround(app: App, tenant: Tenant): Ground {
  return {
    baseUrl: app.baseUrl,
    ask: (asked) => app.ask(asked),
    tenant,
    shape: specimen,
    // The account is a person's, and outlives the membership.
    leaves: ["User"],
    rows: () => app.rows(),
    look: (id) => app.prisma.membership.findUnique({ where: { id }, select: sight }),
  };
}

export interface Grounds {
  readonly grounds: readonly [Ground, Ground];
  /** Causes of 500 and 503. */
  readonly errors: readonly unknown[];
  readonly log: readonly LogEntry[];
  close(): Promise<void>;
}

/** A host of this shape over HTTP, and a ground for each of its tenants. */
export async function openGrounds(shape: Shape, leniencies: () => Partial<Leniencies> = () => ({})): Promise<Grounds> {
  const host = await openHost(shape);
  const served = await serve();
  served.open(host.scim(served.baseUrl, leniencies));
  const ground = (tenant: Shape["tenants"][number]): Ground => ({
    baseUrl: served.baseUrl,
    ask: (asked) => served.ask(asked),
    tenant: { name: tenant.name, token: tokenOf(tenant), domain: tenant.domain },
    shape,
    leaves: leftBy(shape, tenant),
    rows: () => host.database.all(),
  });
  const [first, second] = shape.tenants;
  return {
    grounds: [ground(first), ground(second)],
    errors: host.errors,
    log: host.log,
    async close() {
      await served.close();
      await host.close();
    },
  };
}
