import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    through: { person: { match: "email", onUpdate: "keep" } },
    constraints: { person_email_lower: "userName" },
    attributes: {
      userName: "person.email",
      displayName: { at: "shown", fallback: "userName" },
      nickName: { at: "nick", fallback: "title" },
      title: { at: "shown", readOnly: true },
    },
  },
});
