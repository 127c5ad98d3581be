import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: "login",
      title: "area" as never,
      emails: "phones.calls.to" as never,
      ims: { at: "phones", each: { value: "digits", display: "calls.to" as never } },
      phoneNumbers: { at: "phones", create: { kindId: 1 }, each: { value: "digits", type: "kind.name" } },
    },
  },
});
