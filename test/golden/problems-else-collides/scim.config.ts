import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    where: { state: { not: "GONE" } },
    attributes: {
      userName: "login",
      active: { at: "state", values: { true: "ON", false: ["OFF", "ON"] }, else: "OFF" as never },
      title: { at: "rank", values: { Boss: 1, Chief: [1, 2] } },
      userType: { at: "state", values: { Here: "ON", Away: "OFF" }, else: "GONE" },
      phoneNumbers: { at: "phones", where: { state: { not: "GONE" } }, each: { value: "digits", type: { at: "state", else: "GONE" } } },
    },
  },
});
