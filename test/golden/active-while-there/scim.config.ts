import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Person",
    tenant: "companyId",
    constraints: { person_login_lower: "userName" },
    attributes: { userName: "login", externalId: "externalId", active: { exists: true }, title: "title" },
  },
  Group: {
    model: "Circle",
    tenant: "companyId",
    attributes: { displayName: "name", members: "seats.personId" },
  },
});
