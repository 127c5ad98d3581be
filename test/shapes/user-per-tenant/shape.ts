import type { Shape } from "../shape.js";

export const userPerTenant: Shape = {
  name: "user-per-tenant",
  about: "an account of one customer, with citext, required names and fixed slots for e-mails",
  tenants: [
    { name: "acme", id: "00000000-0000-4000-8000-00000000000a", domain: "acme.example" },
    { name: "globex", id: "00000000-0000-4000-8000-00000000000b", domain: "globex.example" },
  ],
  users: { externalId: true, active: "column", name: "split", displayName: true, emails: "login", phoneNumbers: true },
  groups: { kind: "rows", externalId: true },
  rows: {
    user: ({ tenant, userName, givenName, familyName, externalId }) => ({
      User: [{ customerId: tenant.id, email: userName, externalId, isActive: true, first: givenName, last: familyName, displayName: `${givenName} ${familyName}`, passwordHash: null, lastLoginAt: null, privateEmail: null, mobile: "+44 20 7946 0018" }],
    }),
    suspended: () => ({ User: [{ isActive: false }] }),
    group: (label, { name, id }) => ({ UserGroup: [{ customerId: id, label, externalId: `00g-${name}` }] }),
    member: { GroupMember: [{}] },
  },
  whose: {
    User: `t."customerId"`,
    UserGroup: `t."customerId"`,
    GroupMember: `(SELECT "customerId" FROM "UserGroup" WHERE id = t."groupId")`,
    ApiKey: `(SELECT "customerId" FROM "User" WHERE id = t."userId")`,
  },
  strangers: ["milton@initech.example"],
  ids: ["00000000-0000-4000-8000-0000000001c1", "00000000-0000-4000-8000-0000000002c1", "00000000-0000-4000-8000-00000000000b"],
  bad: [
    {
      name: "an account without an address, which the column cannot be",
      sql: `UPDATE "User" SET email = '', first = '', last = '' WHERE id = '00000000-0000-4000-8000-0000000001a1'`,
      at: "/Users/00000000-0000-4000-8000-0000000001a1",
      shows: { externalId: "okta-ada", displayName: "Ada L.", emails: [{ value: "ada@home-of-ada.example", type: "home" }] },
      without: ["userName", "name"],
      incomplete: true,
      change: { path: "displayName", value: "Ada", moves: ["User.displayName", "User.updatedAt"] },
    },
  ],
};
