import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Employee",
    tenant: "companyId",
    constraints: { employee_email_lower: "userName" },
    attributes: { userName: "email" },
    enterprise: {
      employeeNumber: { at: "number", required: true },
      costCenter: "costCenter",
      organization: { at: "org", readOnly: true },
      division: "division",
      department: "dept",
      manager: "leadId",
    },
  },
});
