import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    create: { chiefId: 1 },
    attributes: {
      userName: "login",
      entitlements: "teams",
      roles: { at: "roles.name", tenant: "tenantId", link: "connectOrCreate" },
      photos: "roles.name",
      ims: { at: "roles.name", tenant: "tenantId", link: "connectOrCreate", create: false },
    },
  },
  Group: {
    model: "Team",
    tenant: "tenantId",
    attributes: {
      displayName: "name",
      // Another model's ids, a foreign key that cannot be null, a column that is not the id, and a row that is not made.
      members: ["tags", "led", "crew.login", { at: "holds", ref: "Group", create: {} }],
    },
  },
});
