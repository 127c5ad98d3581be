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
};
