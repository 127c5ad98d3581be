import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Seat",
    tenant: "tenantId",
    through: { person: { onUpdate: "keep" }, persons: { onUpdate: "keep" } },
    constraints: { person_email_lower: "userName" },
    attributes: { userName: "person.email", title: "desk.label" },
  },
});
