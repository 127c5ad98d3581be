import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Membership",
    tenant: "orgId",
    // Teams and managers name the person, whose id is one in each tenant.
    id: "userId",
    where: { guest: false },
    through: { user: { onUpdate: "keep" } },
    constraints: { user_email_lower: "userName" },
    attributes: { userName: "user.email", displayName: "user.name" },
    enterprise: { manager: "managerId" },
  },
  Group: { model: "Team", tenant: "orgId", attributes: { displayName: "name", members: "members.userId" } },
});
