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
  bad: [
    {
      name: "a person whose names are empty",
      sql: `UPDATE "Person" SET "firstName" = '', "lastName" = NULL WHERE id = 'p-ada'`,
      at: "/Users/m-ada",
      shows: { userName: "Ada@acme.example", title: "Countess", active: true },
      without: ["name"],
      change: { path: "title", value: "Baroness", moves: ["Member.jobTitle", "Member.updatedAt"] },
    },
    {
      name: "a membership whose person is gone",
      sql: `ALTER TABLE "Member" DROP CONSTRAINT "Member_personId_fkey"; ALTER TABLE "Device" DROP CONSTRAINT "Device_personId_fkey"; DELETE FROM "Person" WHERE id = 'p-ada'`,
      at: "/Users/m-ada",
      shows: { title: "Countess", active: true, externalId: "okta-ada" },
      without: ["userName", "name", "emails"],
      incomplete: true,
    },
    {
      name: "a member of a squad whose membership is gone, and one of another workspace",
      sql: `ALTER TABLE "SquadMember" DROP CONSTRAINT "SquadMember_memberId_fkey"; UPDATE "SquadMember" SET "memberId" = 'nobody' WHERE id = 'sm-1'; UPDATE "SquadMember" SET "memberId" = 'm-katherine' WHERE id = 'sm-2'`,
      at: "/Groups/s-engineering",
      shows: { displayName: "Engineering" },
      without: ["members"],
      change: { path: "displayName", value: "Engineers", moves: ["Squad.name"] },
    },
  ],
};
