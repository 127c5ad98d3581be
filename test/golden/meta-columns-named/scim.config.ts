import { defineConfig, now } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    stamp: { movedOn: now() },
    meta: { created: "bornOn", lastModified: "movedOn" },
    attributes: { userName: "login" },
  },
});
