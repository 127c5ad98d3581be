import { defineConfig, now } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: "login",
      // Seen still, since "where" says nothing of the state.
      phoneNumbers: { at: "phones.digits", where: { note: null }, remove: { set: { state: "GONE" } } },
      // A row that comes back has no state.
      ims: { at: "faxes.digits", where: { state: { not: "GONE" } }, remove: { set: { state: "GONE" } } },
      photos: { at: "phones.digits", softDelete: "digits" as never },
      entitlements: { at: "phones.digits", softDelete: "note" as never, remove: "delete" },
    },
  },
  Group: {
    model: "Team",
    tenant: "tenantId",
    attributes: { displayName: "name", members: { at: "seats.accountId", softDelete: "until", create: { rank: 1, until: now() } } },
  },
});
