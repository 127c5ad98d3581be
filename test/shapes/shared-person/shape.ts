import type { Shape } from "../shape.js";

export const sharedPerson: Shape = {
  name: "shared-person",
  about: "a global person with a membership and a role in each workspace, whom no workspace owns; groups with a role of their own",
  tenants: [
    { name: "acme", id: "acme", domain: "acme.example" },
    { name: "globex", id: "globex", domain: "globex.example" },
  ],
  users: { externalId: true, active: "column", name: "split", title: true, emails: "login", keeps: true },
  groups: { kind: "rows" },
  rows: {
    user: ({ tenant, userName, givenName, familyName, title, externalId }) => ({
      Person: [{ email: userName, firstName: givenName, lastName: familyName, avatarUrl: null, passwordHash: null }],
      Member: [{ workspaceId: tenant.id, role: "EDITOR", disabled: false, directoryId: externalId, jobTitle: title, invitedBy: "scim" }],
    }),
    suspended: () => ({ Member: [{ disabled: true }] }),
    left: ({ userName, givenName, familyName }) => ({ Person: [{ email: userName, firstName: givenName, lastName: familyName }] }),
    group: (name, { id }) => ({ Squad: [{ workspaceId: id, name, color: "grey" }] }),
    member: { SquadMember: [{ role: "GUEST" }] },
  },
  whose: {
    Member: `t."workspaceId"`,
    Squad: `t."workspaceId"`,
    SquadMember: `(SELECT "workspaceId" FROM "Squad" WHERE id = t."squadId")`,
  },
  seenBy: { Person: `ARRAY(SELECT "workspaceId" FROM "Member" WHERE "personId" = t.id)` },
  unowned: ["Person"],
  strangers: ["margaret@home.example", "barbara@both.example"],
  ids: ["p-ada", "p-margaret", "p-katherine", "acme", "globex", "doc-2"],
};
