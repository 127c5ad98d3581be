import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    create: { tenantId: "acme" },
    attributes: {
      userName: "login",
      title: "siteId",
      nickName: "tenantId",
      userType: "unitCode",
      emails: { slots: { work: "login", home: "siteId" } },
      roles: { at: "posts", each: { value: "siteId", display: "name" } },
      ims: "posts.accountId",
    },
    extensions: { "urn:example:scim:Staff": { name: "Staff", attributes: { boss: "bossId" } } },
  },
});
