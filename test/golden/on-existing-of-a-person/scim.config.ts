import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Membership",
    tenant: "companyId",
    softDelete: "endedAt",
    onExisting: { unmanaged: "adopt", removed: "restore" },
    through: { person: { owner: "ownerId" } },
    constraints: { person_email_lower: "userName" },
    attributes: {
      userName: "person.email",
      externalId: "externalId",
      displayName: "person.fullName",
      title: "title",
    },
  },
});
