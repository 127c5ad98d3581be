import { defineConfig } from "scim-gen";
import type { Prisma } from "./src/db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Seat",
    tenant: "organizationId",
    through: { user: { match: "email", owner: "managedById" } },
    constraints: { user_email_lower: "userName" },
    attributes: {
      userName: "user.email",
      active: { unless: "suspendedAt" },
      name: { full: "user.name" },
      displayName: "user.name",
      emails: "user.email",
    },
  },
});
