import { defineConfig } from "scim-gen";
import type { Prisma } from "./src/db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Person",
    tenant: null,
    constraints: { person_login_lower: "userName" },
    attributes: {
      userName: "login",
      externalId: "outsideId",
      active: { unless: "blockedAt" },
      name: { givenName: "givenName", familyName: "familyName" },
      emails: "mail",
    },
  },
  Group: { valuesOf: "role", leave: "READER", locked: ["ADMIN"] },
});
