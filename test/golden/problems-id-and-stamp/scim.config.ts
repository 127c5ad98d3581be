import { defineConfig, tenant } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "companyId",
    id: "badge",
    where: { state: { notIn: ["gone", "scim"] }, changedBy: "nobody" },
    stamp: { state: "scim", badge: "same", changedBy: tenant() },
    constraints: { account_login_lower: "userName" },
    attributes: { userName: "login" },
  },
});
