import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantID",
    attributes: {
      userName: "emial",
      displayname: "shown",
      nickName: "boss",
      title: "boss.shown.more",
      userType: "secret",
      locale: "box",
      name: { given: "shown" },
      emails: { at: "email", each: { value: "email" } },
    },
    enterprise: { departement: "shown" },
  },
  Group: {
    model: "Teams",
    tenant: "tenantId",
    attributes: { displayName: "name" },
  },
});
