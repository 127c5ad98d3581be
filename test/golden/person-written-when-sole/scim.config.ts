import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Membership",
    tenant: "companyId",
    where: { endedAt: null },
    through: { person: { onUpdate: "whenSole" } },
    constraints: { person_email_lower: "userName" },
    attributes: {
      userName: "person.email",
      displayName: "person.fullName",
      title: "title",
    },
  },
});
