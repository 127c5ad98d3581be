import { expect } from "vitest";
import type { Shape } from "../shape.js";

export const snakeCase: Shape = {
  name: "snake-case",
  about: "Int ids, every name mapped, a status enum with mapped values, userName in lower case, groups without a unique name",
  tenants: [
    { name: "acme", id: 1, domain: "acme.example" },
    { name: "globex", id: 2, domain: "globex.example" },
  ],
  users: { externalId: true, active: "column", name: "split", title: true, emails: "own", lower: true },
  groups: { kind: "rows" },
  rows: {
    user: ({ tenant, userName, givenName, familyName, title, mail, externalId }) => ({
      app_users: [{ fk_company: tenant.id, login: userName, email_address: mail, first_name: givenName, last_name: familyName, job_position: title, status: "E", status_at: null, seat_no: null, sso_subject: externalId }],
    }),
    suspended: () => ({ app_users: [{ status: "B", status_at: expect.any(String) }] }),
    group: (team_title, { id }) => ({ teams: [{ company_id: id, team_title }] }),
    member: { teams_users: [{ is_lead: false }] },
  },
  whose: {
    app_users: "t.fk_company",
    teams: "t.company_id",
    teams_users: "(SELECT company_id FROM teams WHERE id = t.team_id)",
    invoices: "(SELECT fk_company FROM app_users WHERE app_users.user_id = t.user_id)",
  },
  ordered: true,
  ids: ["1", "2", "3", "0x15", "21.0"],
  bad: [
    {
      name: "a status that stands for neither, and no names",
      sql: `UPDATE app_users SET status = 'I', first_name = NULL, last_name = '' WHERE user_id = 11`,
      at: "/Users/11",
      shows: { userName: "ada@acme.example", active: false },
      without: ["name"],
      change: { path: "title", value: "Baroness", moves: ["app_users.job_position", "app_users.updated_at"] },
    },
    {
      name: "a login in capitals, where all are in lower case",
      sql: `UPDATE app_users SET login = 'ADA@Acme.example' WHERE user_id = 11`,
      at: "/Users/11",
      shows: { userName: "ADA@Acme.example", active: true },
      // `lower: true` says how it is stored, and to SCIM the two are one name.
      settles: ["app_users.login", "app_users.updated_at"],
      change: { path: "title", value: "Baroness", moves: ["app_users.job_position", "app_users.updated_at"] },
    },
  ],
};
