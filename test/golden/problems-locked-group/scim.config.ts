import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    where: { leftAt: null },
    stamp: { origin: "scim" },
    constraints: { account_login_lower: "userName" },
    attributes: { userName: "login", title: "role", roles: { at: "role" } },
  },
  Group: { valuesOf: "role", leave: "MEMBER", locked: ["OWNER"] },
});
