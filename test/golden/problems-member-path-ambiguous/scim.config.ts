import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    create: { chiefId: 1 },
    attributes: { userName: "login" },
  },
  // The ids of both are numbers: 7 may be an account and a team.
  Group: { model: "Team", tenant: "tenantId", attributes: { displayName: "name", members: ["crew", { at: "holds", ref: "Group" }] } },
});
