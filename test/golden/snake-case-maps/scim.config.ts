import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "user_account",
    tenant: "org_id",
    constraints: { accounts_login_lower_key: "userName" },
    meta: { created: "created_at" },
    attributes: {
      userName: "login_name",
      name: { givenName: "given_name" },
      emails: "user_emails.address",
    },
  },
  Group: { model: "user_group", tenant: "org_id", attributes: { displayName: "title", members: "users.user_id" } },
});
