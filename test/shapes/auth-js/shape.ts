import { expect } from "vitest";
import type { Shape } from "../shape.js";

export const authJs: Shape = {
  name: "auth-js",
  about: "the tables of Auth.js with one column for the name, a seat in each organization, and an owner of the account; no groups",
  tenants: [
    { name: "acme", id: "acme", domain: "acme.example" },
    { name: "globex", id: "globex", domain: "globex.example" },
  ],
  users: { active: "column", name: "full", displayName: true, emails: "login" },
  rows: {
    user: ({ tenant, userName, givenName, familyName }) => ({
      User: [{ name: `${givenName} ${familyName}`, email: userName, emailVerified: null, image: null, managedById: tenant.id }],
      Seat: [{ organizationId: tenant.id, role: "member", suspendedAt: null }],
    }),
    suspended: () => ({ Seat: [{ suspendedAt: expect.any(String) }] }),
    left: ({ tenant, userName, givenName, familyName }) => ({ User: [{ name: `${givenName} ${familyName}`, email: userName, managedById: tenant.id }] }),
  },
  whose: { User: `t."managedById"`, Seat: `t."organizationId"` },
  seenBy: { User: `ARRAY(SELECT "organizationId" FROM "Seat" WHERE "userId" = t.id)` },
  strangers: ["barbara@acme.example"],
  ids: ["u-ada", "u-margaret", "u-katherine", "acme", "globex"],
  bad: [
    {
      name: "a seat whose person has no address and no name",
      sql: `UPDATE "User" SET email = NULL, name = NULL WHERE id = 'u-ada'`,
      at: "/Users/s-ada",
      shows: { active: true },
      without: ["userName", "name", "displayName", "emails"],
      incomplete: true,
      change: { path: "active", value: false, moves: ["Seat.suspendedAt"] },
    },
  ],
};
