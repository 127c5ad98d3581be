import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    through: { person: { match: "email", onUpdate: "keep" } },
    attributes: {
      userName: "person.email",
      displayName: { at: "shown", fallback: "userNme" },
      nickName: { at: "nick", fallback: "displayName" },
      title: { at: "shown", fallback: "title" },
      active: { unless: "shown" as never, fallback: "title" } as never,
      emails: { at: "shown", fallback: "userName" } as never,
    },
  },
});
