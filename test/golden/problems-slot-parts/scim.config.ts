import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: "login",
      emails: { slots: { work: { display: "name" } } },
      ims: { slots: { work: { value: "name", type: "kind" } } },
      phoneNumbers: { slots: { work: { value: { constant: "1" } } } },
      addresses: { each: { locality: "town", type: "kind" } },
    },
  },
});
