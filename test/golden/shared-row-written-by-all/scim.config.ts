import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Seat",
    tenant: "clientId",
    through: { person: { onUpdate: "write", link: "create" } },
    constraints: { person_email_lower: "userName" },
    attributes: { userName: "person.email", displayName: "person.name", nickName: "badge" },
  },
});
