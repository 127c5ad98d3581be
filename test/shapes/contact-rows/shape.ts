import { expect } from "vitest";
import type { Shape } from "../shape.js";

export const contactRows: Shape = {
  name: "contact-rows",
  about: "tables of e-mails and phones with type and preference, one name column, and foreign keys that refuse a DELETE",
  tenants: [
    { name: "acme", id: "acme", domain: "acme.example" },
    { name: "globex", id: "globex", domain: "globex.example" },
  ],
  users: { active: "column", name: "full", emails: "rows", phoneNumbers: true },
  groups: { kind: "rows" },
  rows: {
    user: ({ tenant, userName, givenName, familyName, mail }) => ({
      Staff: [{ firmKey: tenant.id, handle: userName, fullName: `${givenName} ${familyName}`, enabled: true, birthday: null }],
      MailAddress: [{ address: mail, kind: "work", preferred: true, verifiedAt: null, bounced: 0 }],
      Telephone: [{ digits: "+44 20 7946 0018", kind: "MOBILE", note: null }],
    }),
    suspended: () => ({ Staff: [{ enabled: false }] }),
    group: (name, { id }) => ({ Crew: [{ firmKey: id, name }] }),
    member: { CrewMember: [{}] },
  },
  whose: {
    Staff: `t."firmKey"`,
    MailAddress: `(SELECT "firmKey" FROM "Staff" WHERE id = t."staffId")`,
    Telephone: `(SELECT "firmKey" FROM "Staff" WHERE id = t."staffId")`,
    Crew: `t."firmKey"`,
    CrewMember: `(SELECT "firmKey" FROM "Crew" WHERE id = t."crewId")`,
  },
  ids: ["1", "3"],
  bad: [
    {
      name: "two preferred addresses, one that is empty, and a kind that nobody knows",
      sql: `UPDATE "MailAddress" SET preferred = true WHERE "staffId" = 'st-ada'; INSERT INTO "MailAddress" (id, "staffId", address, kind) VALUES (7, 'st-ada', '', 'pigeon'), (8, 'st-ada', 'ada@mail-of-acme.example', 'pigeon')`,
      at: "/Users/st-ada",
      shows: { userName: "ada@acme.example", emails: expect.arrayContaining([expect.objectContaining({ value: "ada@mail-of-acme.example", type: "work" }), expect.objectContaining({ value: "ada@home-of-ada.example", type: "home" })]) },
      change: { path: "name.familyName", value: "Byron", moves: ["Staff.fullName"] },
    },
    {
      name: "a name of spaces, and the same number twice",
      sql: `UPDATE "Staff" SET "fullName" = '  ' WHERE id = 'st-ada'; UPDATE "Telephone" SET digits = '+44 20 7946 0101', kind = 'WORK' WHERE id = 2`,
      at: "/Users/st-ada",
      shows: { userName: "ada@acme.example" },
      change: { path: "active", value: false, moves: ["Staff.enabled"] },
    },
  ],
};
