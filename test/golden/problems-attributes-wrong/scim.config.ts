import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    attributes: {
      userName: { at: 5 },
      displayName: { readOnly: true },
      nickName: ["login"],
      title: false,
      name: "login",
      locale: { constant: 1 },
    },
  },
});
