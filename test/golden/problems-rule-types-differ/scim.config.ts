import { defineConfig, from, rule } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    create: { id: rule("fresh"), number: rule("fresh"), level: rule("mayLink"), kind: from("displayName") },
    attributes: { userName: "login" },
  },
});
