import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
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
});
