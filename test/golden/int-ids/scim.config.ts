import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_email_lower: "userName" },
    attributes: { userName: "email", phoneNumbers: "phones.digits" },
    enterprise: { manager: "bossId" },
  },
  Group: { model: "Team", tenant: "tenantId", attributes: { displayName: "name", members: "seats.accountId" } },
});
