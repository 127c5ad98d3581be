import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    attributes: {
      userName: { at: "email", lower: "trusted" },
      displayName: { at: "handle", lower: true },
      nickName: { at: "nick", lower: true },
    },
  },
});
