import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: { userName: "login", displayName: "shownName" },
  },
  Group: { model: "Team", tenant: "tenantId", where: { hidden: false }, attributes: { displayName: "name", members: "crew" } },
});
