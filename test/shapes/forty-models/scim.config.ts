import { defineConfig, now, rule, tenant } from "scim-gen";
import type { Prisma } from "./src/db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Operator",
    tenant: "tenantId",
    create: { source: rule("sourceOfNew") },
    stamp: { syncedAt: now() },
    attributes: {
      userName: "loginName",
      active: { unless: "lockedAt" },
      name: { givenName: "givenName", familyName: "familyName" },
      displayName: "label",
      userType: { at: "grade", values: { Trainee: "TRAINEE", Employee: ["REGULAR", "SENIOR"] }, else: "REGULAR" },
    },
    enterprise: { employeeNumber: "number", costCenter: "costCentre", department: "department", manager: "bossId" },
  },
  Group: {
    model: "RoleGroup",
    tenant: "tenantId",
    create: { source: "scim" },
    attributes: {
      displayName: "name",
      externalId: "directoryId",
      members: { at: "members.operatorId", create: { tenantId: tenant(), grade: "TRAINEE", addedAt: now() } },
    },
  },
});
