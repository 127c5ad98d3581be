import type { Shape } from "../shape.js";

const phone = { number: "+44 20 7946 0018", kind: "mobile" };

export const jsonLists: Shape = {
  name: "json-lists",
  about: "e-mails and phones in Json columns, keys inside a document, rights in a scalar list; no groups",
  tenants: [
    { name: "acme", id: "acme", domain: "acme.example" },
    { name: "globex", id: "globex", domain: "globex.example" },
  ],
  users: { active: "column", emails: "json", phoneNumbers: true, lower: true, more: { entitlements: [{ value: "read" }, { value: "report" }], nickName: "Annie", preferredLanguage: "en-GB" } },
  rows: {
    user: ({ tenant, userName, mail }) => ({
      Member: [{ spaceId: tenant.id, handle: userName, mails: [{ value: mail, type: "work", primary: true }], phones: [phone], rights: ["read", "report"], labels: ["new"], profile: { nick: "Annie", language: "en-GB" }, archived: false }],
    }),
    suspended: () => ({ Member: [{ archived: true }] }),
  },
  whose: { Member: `t."spaceId"`, Widget: `t."spaceId"` },
};
