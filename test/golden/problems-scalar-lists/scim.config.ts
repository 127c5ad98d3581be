import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    through: { person: { match: "email", onUpdate: "keep" } },
    attributes: {
      userName: "person.email",
      displayName: "langs",
      active: { unless: "numbers" as never },
      phoneNumbers: { at: "numbers", lower: true },
      addresses: "langs",
      entitlements: "person.tongues",
      photos: { at: "langs", each: { value: "langs" } },
    },
  },
});
