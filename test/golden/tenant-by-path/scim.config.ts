import { defineConfig, rule } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Worker",
    tenant: "site.companyId",
    create: { siteId: rule("siteOf") },
    constraints: { worker_login_lower: "userName" },
    attributes: {
      userName: "login",
      title: "title",
      phoneNumbers: { at: "phones", each: { value: "digits" } },
    },
  },
  Group: {
    model: "Shift",
    tenant: "site.companyId",
    create: { siteId: rule("siteOf") },
    attributes: { displayName: "name", members: "turns.workerId" },
  },
});
