import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Person",
    tenant: "companyId",
    remove: { set: { leftAt: null } },
    constraints: { person_login_lower: "userName" },
    attributes: { userName: "login", active: { exists: true } },
  },
  Group: {
    model: "Circle",
    tenant: "companyId",
    softDelete: "madeAt",
    remove: "delete",
    attributes: { displayName: "name" },
  },
});
