import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    attributes: { userName: "login", title: "siteId", userType: "unitCode" },
    extensions: { "urn:example:scim:Staff": { name: "Staff", attributes: { boss: "bossId" } } },
  },
});
