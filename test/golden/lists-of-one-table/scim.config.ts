import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "companyId",
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: "login",
      emails: { at: "contacts", where: { kind: "MAIL" }, each: { value: "address", primary: "main" } },
      phoneNumbers: { at: "contacts", where: { kind: "PHONE" }, each: { value: "address" } },
      photos: "pictures.url",
      // The relation by which groups are known, too.
      roles: { at: "seats.role", readOnly: true },
    },
  },
  Group: { model: "Team", tenant: "companyId", attributes: { displayName: "name", members: "seats.accountId" } },
});
