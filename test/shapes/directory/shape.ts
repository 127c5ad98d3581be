import { expect } from "vitest";
import type { Shape } from "../shape.js";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const company = `(SELECT d."companyId" FROM "Person" p JOIN "Department" d ON d.id = p."departmentId" WHERE p.id = t."personId" AND p.kind = 'EMPLOYEE')`;
const roads = { acme: 13, globex: 23 };

export const directory: Shape = {
  name: "directory",
  about: "the tenant two relations away, a discriminator, look-ups, an attribute in a row by key, side rows, and a status that is the existence of the row",
  tenants: [
    { name: "acme", id: 1, domain: "acme.example" },
    { name: "globex", id: 2, domain: "globex.example" },
  ],
  users: { active: "exists", name: "split", more: { nickName: "Annie", [enterprise]: { department: "Roads", costCenter: "R-7" } } },
  groups: { kind: "rows" },
  rows: {
    user: ({ tenant, userName, givenName, familyName }) => ({
      Person: [{ departmentId: roads[tenant.name], kind: "EMPLOYEE", login: userName, first: givenName, last: familyName }],
      Fact: [{ topicId: tenant.name === "acme" ? 11 : 21, text: "Annie" }],
      Locker: [{ number: expect.any(Number) }],
    }),
    once: ({ id }) => ({ CostCentre: [{ companyId: id, code: "R-7", note: "from the directory" }] }),
    group: (name, { id }) => ({ Team: [{ companyId: id, name }] }),
    member: { TeamPerson: [{}] },
  },
  whose: {
    Person: `CASE kind WHEN 'EMPLOYEE' THEN (SELECT "companyId" FROM "Department" WHERE id = t."departmentId") END`,
    Fact: company,
    Locker: company,
    CostCentre: `t."companyId"`,
    Team: `t."companyId"`,
    TeamPerson: company,
  },
  ordered: true,
  ids: ["103", "203", "12"],
  bad: [
    {
      name: "a fact on a topic of another company",
      sql: `INSERT INTO "Fact" (id, "topicId", "personId", text) VALUES (7, 21, 102, 'Spy')`,
      at: "/Users/102",
      shows: { userName: "grace@acme.example", [enterprise]: { department: "Unassigned" } },
      without: ["nickName"],
      change: { path: "name.familyName", value: "Murray", moves: ["Person.last"] },
      isHeld: true,
    },
    {
      name: "a contractor, whom no client sees, in a team",
      sql: `INSERT INTO "TeamPerson" ("teamId", "personId") VALUES (111, 203)`,
      at: "/Groups/111",
      shows: { displayName: "Engineering", members: [{ value: "101" }] },
      change: { path: "displayName", value: "Engineers", moves: ["Team.name"] },
    },
  ],
};
