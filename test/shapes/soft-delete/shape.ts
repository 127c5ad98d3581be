import { expect } from "vitest";
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
};
