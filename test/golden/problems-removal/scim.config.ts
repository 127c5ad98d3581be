import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Person",
    tenant: "companyId",
    where: { standing: { not: "LEFT" } },
    remove: { set: { standing: "RESTING" } },
    constraints: { person_login_lower: "userName" },
    attributes: { userName: "login" },
  },
  Group: {
    model: "Circle",
    tenant: "companyId",
    remove: "deactivate",
    attributes: { displayName: "name" },
  },
});
