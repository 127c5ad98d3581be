import { acme, globex, users } from "../../../prisma/seed.js";
import type { Shape } from "../shape.js";

const org = `(SELECT "orgId" FROM "Membership" WHERE id = t."membershipId")`;

/** The host in `prisma/`, which is generated, seeded and compiled there. */
export const specimen: Shape = {
  name: "specimen",
  about: "everything at once",
  tenants: [
    { name: "acme", id: acme, domain: "acme.example" },
    { name: "globex", id: globex, domain: "globex.example" },
  ],
  users: { externalId: true, active: "column", name: "split", displayName: true, title: true, emails: "rows", phoneNumbers: true, manager: true, department: true, roles: true },
  groups: { kind: "rows", externalId: true },
  // Its lives are those of Okta and Entra ID, in test/e2e.
  rows: { user: () => ({}) },
  whose: { Membership: `t."orgId"`, User: `t."ownerId"`, Email: org, Phone: org, AppRole: org, Team: `t."orgId"`, TeamMember: `(SELECT "orgId" FROM "Team" WHERE id = t."teamId")` },
  seenBy: { User: `ARRAY(SELECT "orgId" FROM "Membership" WHERE "userId" = t.id)` },
  ordered: true,
  ids: [users.katherine, users.ada, users.margaret, acme, globex],
};
