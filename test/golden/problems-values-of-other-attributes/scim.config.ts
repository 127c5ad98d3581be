import { defineConfig, from } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    create: { slug: from("nickName"), tag: from("nickName"), year: from("userName") },
    attributes: {
      userName: "login",
      displayName: { at: "shown", default: from("username") },
      nickName: "nick",
      title: { at: "age", default: from("userName") },
    },
  },
});
