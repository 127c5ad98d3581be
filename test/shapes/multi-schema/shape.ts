import type { Shape } from "../shape.js";

export const multiSchema: Shape = {
  name: "multi-schema",
  about: "a folder of schema files over three schemas of the database, with views; an employee and the one login that is made with it",
  tenants: [
    { name: "acme", id: 1, domain: "acme.example" },
    { name: "globex", id: 2, domain: "globex.example" },
  ],
  users: { active: "column", name: "split", title: true, emails: "login", lower: true, reserves: true },
  groups: { kind: "rows" },
  rows: {
    user: ({ tenant, userName, givenName, familyName, title }) => ({
      "auth.logins": [{ login: userName, given_name: givenName, family_name: familyName, password_hash: null, account_id: tenant.id }],
      "hr.employees": [{ account_id: tenant.id, staff_no: null, position: title, state: "active" }],
    }),
    suspended: () => ({ "hr.employees": [{ state: "left" }] }),
    left: ({ tenant, userName }) => ({ "auth.logins": [{ login: userName, account_id: tenant.id }] }),
    group: (title, { id }) => ({ "hr.groups": [{ account_id: id, title }] }),
    member: { "hr.group_members": [{}] },
  },
  whose: {
    "auth.logins": "t.account_id",
    "hr.employees": "t.account_id",
    "hr.groups": "t.account_id",
    "hr.group_members": "(SELECT account_id FROM hr.groups WHERE id = t.group_id)",
  },
  ordered: true,
  ids: ["101", "901", "201"],
  bad: [
    {
      name: "a login that no account owns",
      sql: `UPDATE auth.logins SET account_id = NULL, given_name = '' WHERE login_id = 101`,
      at: "/Users/11",
      shows: { userName: "ada@acme.example", name: { familyName: "Lovelace" } },
      change: { path: "name.familyName", value: "Byron", moves: [] },
    },
  ],
};
