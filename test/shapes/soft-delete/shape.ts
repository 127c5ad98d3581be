import { expect } from "vitest";
import { enterprise } from "../../database/endpoint.js";
import type { Shape } from "../shape.js";

export const softDelete: Shape = {
  name: "soft-delete",
  about: "BigInt ids beyond what a JavaScript number holds, rows and memberships that are marked and never deleted, a composite join key, a manager",
  tenants: [
    { name: "acme", id: 9007199254740993n, domain: "acme.example" },
    { name: "globex", id: 9007199254740995n, domain: "globex.example" },
  ],
  users: { active: "column", name: "split", title: true, emails: "login", manager: true },
  groups: { kind: "rows" },
  rows: {
    user: ({ userName, givenName, familyName, title }) => ({ Employee: [{ email: userName, first: givenName, last: familyName, job: title, bossId: null, enabled: true, deletedAt: null, salary: null }] }),
    suspended: () => ({ Employee: [{ enabled: false }] }),
    left: ({ userName }) => ({ Employee: [{ email: userName, deletedAt: expect.any(String) }] }),
    group: (name) => ({ Unit: [{ name, deletedAt: null }] }),
    member: { UnitSeat: [{ desk: 1, leftAt: null }] },
    memberLeft: { UnitSeat: [{ desk: 1, leftAt: expect.any(String) }] },
    groupLeft: (name) => ({ Unit: [{ name, deletedAt: expect.any(String) }], UnitSeat: [1, 2, 3].map(() => ({ leftAt: expect.any(String) })) }),
  },
  whose: { Employee: `t."companyId"`, Unit: `t."companyId"`, UnitSeat: `t."companyId"` },
  ordered: true,
  ids: ["9007199254741003", "9007199254742003", "113", "9007199254741002.0"],
  bad: [
    {
      name: "a boss who is gone",
      sql: `UPDATE "Employee" SET "deletedAt" = '2025-01-05' WHERE id = 9007199254741003; UPDATE "Employee" SET "bossId" = 9007199254741003, email = 'ADA@ACME.example' WHERE id = 9007199254741001`,
      at: "/Users/9007199254741001",
      shows: { userName: "ADA@ACME.example", title: "Countess", active: true },
      // Nobody's, so nobody's manager (docs/adr/0004).
      without: [enterprise],
      change: { path: "title", value: "Baroness", moves: ["Employee.job"] },
    },
    {
      name: "a seat of somebody gone, and one of another company",
      sql: `INSERT INTO "UnitSeat" ("companyId", "unitId", "employeeId", desk) VALUES (9007199254740993, 111, 9007199254742001, 4)`,
      at: "/Groups/111",
      shows: { displayName: "Engineering", members: [{ value: "9007199254741001" }] },
      change: { path: "displayName", value: "Engineers", moves: ["Unit.name"] },
    },
  ],
};
