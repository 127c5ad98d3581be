import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: { userName: "login" },
  },
  // A seat may be a guest's, and each stay is a row of its own.
  Group: { model: "Team", tenant: "tenantId", attributes: { displayName: "name", members: { at: "seats.accountId", softDelete: "leftAt" } } },
});
