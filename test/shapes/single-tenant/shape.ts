import { expect } from "vitest";
import type { Shape } from "../shape.js";

export const singleTenant: Shape = {
  name: "single-tenant",
  about: "a product without tenants, whose groups are the values of an enum",
  tenants: [
    { name: "acme", id: null, domain: "acme.example" },
    { name: "globex", id: null, domain: "globex.example" },
  ],
  users: { externalId: true, active: "column", name: "split", emails: "own" },
  groups: { kind: "values" },
  rows: {
    user: ({ userName, givenName, familyName, mail, externalId }) => ({ Person: [{ login: userName, outsideId: externalId, givenName, familyName, mail, role: "READER", blockedAt: null, theme: "light" }] }),
    suspended: () => ({ Person: [{ blockedAt: expect.any(String) }] }),
  },
  whose: { Person: "'acme'" },
  bad: [
    {
      name: "names and mail that are empty",
      sql: `UPDATE "Person" SET "givenName" = '', "familyName" = NULL, mail = '' WHERE login = 'ada@acme.example'`,
      at: "/Users/00000000-0000-4000-8000-0000000001a1",
      shows: { userName: "ada@acme.example", externalId: "okta-ada" },
      without: ["name", "emails"],
      change: { path: "active", value: false, moves: ["Person.blockedAt"] },
    },
  ],
};
