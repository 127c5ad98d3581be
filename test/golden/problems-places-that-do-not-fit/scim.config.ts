import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: "login",
      displayName: "profile->name",
      nickName: "profile",
      title: "photo",
      addresses: "profile->addresses",
      entitlements: "tags",
      roles: "roles.name",
    },
  },
});
