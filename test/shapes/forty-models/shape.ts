import { expect } from "vitest";
import type { Shape } from "../shape.js";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

export const fortyModels: Shape = {
  name: "forty-models",
  about: "forty models, of which three are mapped and a dozen look like it; no unique index for userName, and a tenant row that notes when it was touched",
  tenants: [
    { name: "acme", id: "00000000-0000-7000-8000-00000000000a", domain: "acme.example" },
    { name: "globex", id: "00000000-0000-7000-8000-00000000000b", domain: "globex.example" },
  ],
  users: { active: "column", name: "split", displayName: true, manager: true, department: true, more: { userType: "Employee", [enterprise]: { employeeNumber: "42", costCenter: "R-7", department: "Roads" } } },
  groups: { kind: "rows", externalId: true },
  rows: {
    user: ({ tenant, userName, givenName, familyName }) => ({
      Operator: [{ tenantId: tenant.id, loginName: userName, givenName, familyName, label: `${givenName} ${familyName}`, grade: "REGULAR", costCentre: "R-7", department: "Roads", number: 42, lockedAt: null, bossId: null, source: tenant.name === "acme" ? "scim" : "directory", syncedAt: expect.any(String) }],
    }),
    suspended: () => ({ Operator: [{ lockedAt: expect.any(String) }] }),
    group: (name, tenant) => ({ RoleGroup: [{ tenantId: tenant.id, name, directoryId: `00g-${tenant.name}`, source: "scim" }] }),
    member: { RoleGroupMember: [{ grade: "TRAINEE" }] },
  },
  whose: {
    Operator: `t."tenantId"`,
    RoleGroup: `t."tenantId"`,
    RoleGroupMember: `t."tenantId"`,
    Session: `(SELECT "tenantId" FROM "Operator" WHERE id = t."operatorId")`,
    Vehicle: `(SELECT "tenantId" FROM "Operator" WHERE id = t."driverId")`,
    AuditEntry: `(SELECT "tenantId" FROM "Operator" WHERE id = t."operatorId")`,
    Grant: `(SELECT "tenantId" FROM "RoleGroup" WHERE id = t."roleGroupId")`,
  },
  ordered: true,
  ids: ["00000000-0000-7000-8000-0000000003a1", "00000000-0000-7000-8000-0000000004a1"],
  bad: [
    {
      name: "a boss of another tenant",
      sql: `UPDATE "Operator" SET "bossId" = '00000000-0000-7000-8000-0000000001b1' WHERE id = '00000000-0000-7000-8000-0000000001a1'`,
      at: "/Users/00000000-0000-7000-8000-0000000001a1",
      shows: { userName: "Ada@acme.example", [enterprise]: expect.not.objectContaining({ manager: expect.anything() }) },
      change: { path: "displayName", value: "Ada", moves: ["Operator.label", "Operator.syncedAt", "Operator.updatedAt"] },
    },
    {
      name: "a member of another tenant",
      sql: `INSERT INTO "RoleGroupMember" ("tenantId", "roleGroupId", "operatorId", grade, "addedAt") VALUES ('00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-0000000002a1', '00000000-0000-7000-8000-0000000001b2', 'SENIOR', '2026-01-05')`,
      at: "/Groups/00000000-0000-7000-8000-0000000002a1",
      shows: { displayName: "Engineering", members: [{ value: "00000000-0000-7000-8000-0000000001a1" }] },
      change: { path: "displayName", value: "Engineers", moves: ["RoleGroup.name", "RoleGroup.updatedAt"] },
    },
  ],
};
