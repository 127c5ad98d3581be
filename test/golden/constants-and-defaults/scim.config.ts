import { defineConfig, from } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: "login",
      displayName: { at: "shown", default: from("userName") },
      title: { at: "grade", default: "none" },
      userType: { at: "level", default: "1" },
      nickName: { at: "tongue", default: "x" },
      locale: { constant: "en" },
    },
  },
});
