import { defineConfig, tenant } from "scim-gen";
import type { Prisma } from "./src/db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Employee",
    tenant: "companyId",
    softDelete: "deletedAt",
    constraints: { employee_email_live: "userName" },
    attributes: {
      userName: "email",
      active: "enabled",
      name: { givenName: "first", familyName: "last" },
      title: "job",
      emails: "email",
    },
    enterprise: { manager: "bossId" },
  },
  Group: {
    model: "Unit",
    tenant: "companyId",
    softDelete: "deletedAt",
    attributes: { displayName: "name", members: { at: "seats.employeeId", softDelete: "leftAt", create: { companyId: tenant(), desk: 1 } } },
  },
});
