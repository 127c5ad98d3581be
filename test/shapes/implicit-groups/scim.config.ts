import { defineConfig } from "scim-gen";
import type { Prisma } from "./src/db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "User",
    tenant: "orgId",
    constraints: { user_email_lower: "userName" },
    attributes: {
      userName: "email",
      nickName: "nick",
      roles: { at: "skills.code", tenant: null, link: "connect" },
    },
  },
  Group: { model: "Team", tenant: "orgId", attributes: { displayName: "name", members: "users" } },
});
