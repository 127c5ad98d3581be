import { defineConfig, rule } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    stamp: { revision: rule("nextRevision") },
    attributes: { userName: "login", title: "bio" },
  },
});
