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
};
