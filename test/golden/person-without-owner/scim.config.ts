import { defineConfig, from } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Seat",
    tenant: "clientId",
    through: { person: { onUpdate: "keep" } },
    constraints: { person_email_lower: "userName" },
    attributes: {
      userName: "person.email",
      displayName: { at: "person.name", default: from("userName") },
      password: { hook: true },
      active: { unless: "disabled" },
    },
  },
});
