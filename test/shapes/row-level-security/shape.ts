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
};
