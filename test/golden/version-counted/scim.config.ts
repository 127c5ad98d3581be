import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "workspaceId",
    constraints: { account_email_lower: "userName" },
    meta: { version: "revision" },
    attributes: { userName: "email", displayName: "name", active: "enabled" },
  },
});
