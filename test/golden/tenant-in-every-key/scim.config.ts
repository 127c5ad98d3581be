import { defineConfig, now } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Person",
    tenant: "tenantId",
    id: "id",
    constraints: { person_login_lower: "userName" },
    attributes: {
      userName: "login",
      phoneNumbers: { at: "phones", each: { value: "digits", type: "use", primary: "first" } },
    },
  },
  Group: {
    model: "Crew",
    tenant: "tenantId",
    id: "id",
    attributes: {
      displayName: "name",
      members: { at: "seats.personId", create: { rank: "CREW", since: now() } },
    },
  },
});
