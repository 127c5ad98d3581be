import { defineConfig, now, tenant } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: "login",
      active: {
        at: "state",
        values: { true: "ON", false: "OFF" },
        set: {
          true: { stateSince: null, quitReason: null, stateBy: tenant() },
          false: { stateSince: now(), quitReason: "directory" },
        },
      },
    },
  },
});
