import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    create: { prefs: { theme: "dark", "page size": 50, tours: [], nested: { seen: null } } },
    stamp: { touched: { by: "scim" } },
    attributes: {
      userName: "login",
      title: "title",
      active: { at: "state", values: { true: "on", false: "off" }, set: { true: { why: [] }, false: { why: ["scim", 1, false] } } },
      emails: { at: "contacts", each: { value: "address" }, create: { meta: { verified: false } } },
    },
  },
});
