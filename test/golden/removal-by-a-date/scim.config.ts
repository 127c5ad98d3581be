import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Person",
    tenant: "companyId",
    softDelete: "deletedAt",
    stamp: { touchedBy: "scim" },
    constraints: { person_login_lower: "userName" },
    attributes: { userName: "login", externalId: "externalId", active: "active", title: "title" },
  },
  Group: {
    model: "Circle",
    tenant: "companyId",
    softDelete: "isGone",
    attributes: { displayName: "name", members: "seats.personId" },
  },
});
