import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Membership",
    tenant: "companyId",
    where: { endedAt: null },
    through: { person: { match: "staffNumber", onUpdate: "keep", onDelete: "deleteOrphan" } },
    constraints: { person_email_lower: "userName" },
    attributes: {
      userName: "person.email",
      displayName: "person.fullName",
      title: "title",
    },
    enterprise: { employeeNumber: { at: "person.staffNumber", required: true } },
  },
});
