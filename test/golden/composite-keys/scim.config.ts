import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "companyId",
    id: "number",
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: "login",
      title: "title",
      phoneNumbers: { at: "phones", each: { value: "digits" } },
    },
    enterprise: { manager: "managerNumber" },
  },
  Group: {
    model: "Team",
    tenant: "companyId",
    id: "number",
    attributes: { displayName: "name", members: "seats.accountNumber" },
  },
});
