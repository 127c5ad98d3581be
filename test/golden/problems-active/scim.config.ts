import { defineConfig, now } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    create: { born: now() },
    attributes: { userName: "login", active: { at: "state", values: { true: "ON" } } },
  },
});
