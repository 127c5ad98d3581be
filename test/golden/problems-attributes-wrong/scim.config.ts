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
      timezone: { at: ["id", "login"] } as never,
      userType: ["id", "login"] as never,
    },
    enterprise: { manager: "boss.id" as never },
    create: { "boss.id": "x" } as never,
  },
});
