import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Seat",
    tenant: "tenantId",
    through: { person: { onUpdate: "write" } },
    constraints: { person_login_lower: "userName" },
    attributes: {
      userName: "person.login",
      // Without a column for it, name.formatted is put together; what only an answer that asks for it shows is no part of it.
      name: { honorificPrefix: "degree", givenName: "person.first", middleName: "person.second", familyName: "person.last", honorificSuffix: { at: "person.third", returned: "request" } },
      displayName: { at: "person.second", fallback: "name.formatted" },
    },
  },
});
