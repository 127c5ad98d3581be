/** What the mapping leaves to this product. */
import { randomBytes, scryptSync } from "node:crypto";
import type { Prisma } from "../db/client.js";
import { ScimError } from "./generated/index.js";
import type { Hooks, Rules } from "./generated/index.js";

export const rules: Rules = {
  // The specimen keeps no list of proved domains, so any organization may add any person. A link gives no more than a membership:
  // e-mail and name stay with the organization in `ownerId`, or with the person who signed up alone. A product in which being a
  // member shows something of the person compares the domain of the e-mail with those that the organization has proved.
  mayLink: () => true,
};

export const hooks: Hooks = {
  User: {
    async afterCreate({ tenant, tx, resource }) {
      await giveRole(tx, resource.id, resource.userType);
      if (resource.active) await checkSeats(tx, tenant);
    },
    afterReactivate: ({ tenant, tx }) => checkSeats(tx, tenant),
    beforeDeactivate: ({ tenant, tx, resource }) => keepAnOwner(tx, tenant, resource.id),
    beforeDelete: ({ tenant, tx, resource }) => keepAnOwner(tx, tenant, resource.id),
    afterDeactivate: ({ tx, resource }) => endSessions(tx, resource.id),
    password: ({ tenant, tx, id, password }) => setPassword(tx, tenant, id, password),
  },
};

type Tx = Prisma.TransactionClient;

/** Kept as a hash, and only where the organization manages the account: another's password would open the person's other organizations too. */
async function setPassword(tx: Tx, tenant: string, id: string, password: string | null): Promise<void> {
  const salt = randomBytes(16);
  const passwordHash = password === null ? null : `${salt.toString("hex")}:${scryptSync(password.normalize("NFC"), salt, 32).toString("hex")}`;
  await tx.user.updateMany({ where: { ownerId: tenant, memberships: { some: { id, orgId: tenant } } }, data: { passwordHash } });
}

/** Everybody starts as the schema says; whom the directory calls an administrator is one here too. Later changes of the role are the product's. */
async function giveRole(tx: Tx, id: string, userType: string | undefined): Promise<void> {
  if (userType?.toLowerCase() === "administrator") await tx.membership.update({ where: { id }, data: { role: "ADMIN" } });
}

/** Whoever is not suspended has a seat, invited people too: what SCIM calls active. */
const seated = { status: { not: "SUSPENDED" } } as const satisfies Prisma.MembershipWhereInput;

async function checkSeats(tx: Tx, tenant: string): Promise<void> {
  // Written onto itself, the row lets one request at a time count. Where there is no limit nobody waits.
  const [limited] = await tx.organization.updateManyAndReturn({ where: { id: tenant, seatLimit: { not: null } }, data: { id: tenant }, select: { seatLimit: true } });
  if (limited === undefined) return;
  const limit = limited.seatLimit ?? 0;
  // The one who asks is counted already.
  if ((await tx.membership.count({ where: { orgId: tenant, ...seated } })) > limit) {
    throw new ScimError(403, `All ${limit} seats of the organization are taken. Deactivate somebody, or buy more seats.`);
  }
}

/** An organization without an owner who can sign in could never be administered again. */
async function keepAnOwner(tx: Tx, tenant: string, id: string): Promise<void> {
  const owners = { orgId: tenant, role: "OWNER", status: "ACTIVE" } as const satisfies Prisma.MembershipWhereInput;
  if ((await tx.membership.count({ where: { ...owners, id } })) === 0) return;
  // Two owners who leave at once each see the other still there, unless they take turns.
  await tx.organization.update({ where: { id: tenant }, data: { id: tenant }, select: { id: true } });
  if ((await tx.membership.count({ where: { ...owners, NOT: { id } } })) === 0) {
    throw new ScimError(409, "This is the last active owner of the organization. Make somebody else an owner first.");
  }
}

/** A session says who somebody is, and is the same in every organization: it ends with the last one that the person was active in. */
async function endSessions(tx: Tx, id: string): Promise<void> {
  const { userId } = await tx.membership.findUniqueOrThrow({ where: { id }, select: { userId: true } });
  // Written onto themselves, the sessions let two organizations that deactivate one person at once take turns.
  await tx.session.updateMany({ where: { userId, revokedAt: null }, data: { userId } });
  await tx.session.updateMany({ where: { userId, revokedAt: null, user: { memberships: { none: seated } } }, data: { revokedAt: new Date() } });
}
