import { defineConfig } from "scim-gen";
import type { Prisma } from "./src/db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "User",
    tenant: "customerId",
    attributes: {
      userName: "email",
      externalId: "externalId",
      active: "isActive",
      name: { givenName: "first", familyName: "last" },
      displayName: "displayName",
      emails: { slots: { work: "email", home: "privateEmail" }, primary: "work" },
      phoneNumbers: { slots: { mobile: "mobile" } },
    },
  },
  Group: { model: "UserGroup", tenant: "customerId", attributes: { displayName: "label", externalId: "externalId", members: "members.userId" } },
});
