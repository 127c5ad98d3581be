import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: { userName: "login" },
  },
  Group: {
    model: "Team",
    tenant: "tenantId",
    attributes: { displayName: "name", members: ["seats.accountId", { at: "inner", ref: "Group" }] },
  },
});
