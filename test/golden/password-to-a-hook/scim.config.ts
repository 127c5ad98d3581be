import { defineConfig, rule } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    create: { id: rule("newId") },
    constraints: { account_login_lower: "userName" },
    attributes: { userName: "login", title: "title", password: { hook: true } },
  },
  Group: { model: "Team", tenant: "tenantId", attributes: { displayName: "name" } },
});
