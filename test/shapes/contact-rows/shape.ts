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
};
