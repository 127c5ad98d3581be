import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Employee",
    tenant: "tenantId",
    through: { login: { link: "create", owner: "ownerId" } },
    constraints: { login_name_lower: "userName" },
    attributes: { userName: "login.name", displayName: "login.label" },
  },
});
