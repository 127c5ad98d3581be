import type { Shape } from "../shape.js";

export const rowLevelSecurity: Shape = {
  name: "row-level-security",
  about: "every access in a transaction of the host's, by a role that row level security holds; external ids in a table without a relation",
  tenants: [
    { name: "acme", id: "00000000-0000-4000-8000-00000000000a", domain: "acme.example" },
    { name: "globex", id: "00000000-0000-4000-8000-00000000000b", domain: "globex.example" },
  ],
  role: "shape_app",
  users: { externalId: true, active: "column", displayName: true, lower: true },
  groups: { kind: "rows", externalId: true },
  rows: {
    user: ({ tenant, userName, givenName, familyName, externalId }) => ({
      Person: [{ orgId: tenant.id, email: userName, label: `${givenName} ${familyName}`, off: false }],
      OutsideKey: [{ orgId: tenant.id, kind: "person", outsideId: externalId }],
    }),
    suspended: () => ({ Person: [{ off: true }] }),
    group: (name, tenant) => ({ Team: [{ orgId: tenant.id, name }], OutsideKey: [{ orgId: tenant.id, kind: "team", outsideId: `00g-${tenant.name}` }] }),
    member: { TeamPerson: [{}] },
  },
  whose: { Person: `t."orgId"`, Team: `t."orgId"`, TeamPerson: `t."orgId"`, OutsideKey: `t."orgId"` },
  bad: [
    {
      name: "a key of somebody else's under the person's id, and keys of people who are gone",
      sql: `INSERT INTO "OutsideKey" ("orgId", kind, "localId", "outsideId") VALUES ('00000000-0000-4000-8000-00000000000b', 'person', '00000000-0000-4000-8000-0000000001a2', 'spy-of-globex'), ('00000000-0000-4000-8000-00000000000a', 'person', 'nobody', 'okta-gone'), ('00000000-0000-4000-8000-00000000000a', 'person', '00000000-0000-4000-8000-0000000001ff', '')`,
      at: "/Users/00000000-0000-4000-8000-0000000001a2",
      shows: { userName: "grace@acme.example", active: false },
      without: ["externalId"],
      change: { path: "displayName", value: "Grace", moves: ["Person.label"] },
    },
  ],
};
