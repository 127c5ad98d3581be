import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_email_lower: "userName" },
    attributes: { userName: "email", displayName: "name", name: { formatted: "name" }, emails: "email" },
  },
});
