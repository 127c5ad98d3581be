import { expect } from "vitest";
import type { Shape } from "../shape.js";

const org = `(SELECT "orgId" FROM "User" WHERE id = t."B")`;

export const implicitGroups: Shape = {
  name: "implicit-groups",
  about: "an implicit many-to-many relation for the groups and another for a shared list, Int ids, and nothing that says whether somebody is active",
  tenants: [
    { name: "acme", id: 1, domain: "acme.example" },
    { name: "globex", id: 2, domain: "globex.example" },
  ],
  users: { active: false, more: { nickName: "Annie", roles: [{ value: "writer" }] } },
  groups: { kind: "rows" },
  rows: {
    user: ({ tenant, userName }) => ({ User: [{ orgId: tenant.id, email: userName, nick: "Annie" }], _SkillToUser: [{ A: 2 }] }),
    group: (name, { id }) => ({ Team: [{ orgId: id, name }] }),
    member: { _TeamToUser: [{}] },
  },
  ordered: true,
  ids: ["1", "3", "111"],
  whose: { User: `t."orgId"`, Team: `t."orgId"`, _TeamToUser: org, _SkillToUser: org, _ProjectToUser: org },
  bad: [
    {
      name: "a member of another tenant",
      sql: `INSERT INTO "_TeamToUser" ("A", "B") VALUES ('team-acme-1', 21)`,
      at: "/Groups/team-acme-1",
      shows: { displayName: "Engineering", members: expect.not.arrayContaining([expect.objectContaining({ value: "21" })]) },
      change: { path: "displayName", value: "Engineers", moves: ["Team.name"] },
    },
  ],
};
