import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  transaction: "host",
  User: {
    model: "Account",
    tenant: "tenantId",
    attributes: {
      userName: "login",
      externalId: "externalId",
      title: "title",
      active: "enabled",
      emails: { at: "emails", each: { value: "value", type: "type", primary: "primary" } },
    },
  },
  Group: {
    model: "Team",
    tenant: "tenantId",
    attributes: { displayName: "name", members: "members.accountId" },
  },
});
