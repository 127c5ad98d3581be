import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    create: { origin: "scim" },
    stamp: { origin: "scim" },
    attributes: {
      userName: { at: "email", lower: true },
      displayName: { at: "shown", default: "?" },
      nickName: { at: "shown", default: "!" },
      title: "origin",
      emails: { at: "email", lower: "trusted" },
    },
  },
});
