import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Membership",
    tenant: "companyId",
    through: { person: { owner: "managedById", create: { source: "scim" } } },
    constraints: { person_email_lower: "userName" },
    attributes: {
      userName: "person.email",
      active: "active",
      name: { givenName: "person.firstName", familyName: "person.lastName" },
      title: "jobTitle",
      phoneNumbers: "person.phone",
      locale: "person.locale",
    },
  },
});
