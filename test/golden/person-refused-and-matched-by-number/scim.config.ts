import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Membership",
    tenant: "companyId",
    where: { endedAt: null },
    through: { person: { match: "staffNumber", onUpdate: "refuse" } },
    constraints: { person_email_lower: "userName" },
    attributes: {
      userName: "person.email",
      externalId: { at: "person.staffNumber", required: true },
      displayName: "person.fullName",
      title: "title",
      password: { hook: true },
    },
  },
});
