import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    others: "rest",
    attributes: { userName: "login", title: "title" },
    enterprise: { department: "department" },
  },
  Group: { model: "Team", tenant: "tenantId", others: "rest", attributes: { displayName: "name" } },
});
