import { expect } from "vitest";
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
  bad: [
    {
      name: "e-mails that are no list",
      sql: `UPDATE "Member" SET mails = '{"primary": "ada@acme.example"}', phones = '"+44 20 7946 0101"' WHERE id = 'm-ada'`,
      at: "/Users/m-ada",
      shows: { userName: "ada@acme.example", nickName: "the Countess", entitlements: [{ value: "read" }, { value: "write" }] },
      without: ["emails", "phoneNumbers"],
      change: { path: "nickName", value: "Ada", moves: ["Member.profile", "Member.updatedAt"] },
    },
    {
      name: "elements that are none, and values of another type",
      sql: `UPDATE "Member" SET mails = '[null, 7, "ada@plain.example", {"value": 5}, {"value": ""}, {"value": "ada@mail-of-acme.example", "type": "work", "primary": true, "seen": "2026-01-05"}, {"value": "ada@home-of-ada.example", "type": 3}]' WHERE id = 'm-ada'`,
      at: "/Users/m-ada",
      shows: { emails: expect.arrayContaining([expect.objectContaining({ value: "ada@mail-of-acme.example", type: "work" })]) },
      change: { path: "nickName", value: "Ada", moves: ["Member.profile", "Member.updatedAt"] },
    },
    {
      name: "two primary e-mails, of which the first counts (RFC 7643 2.4)",
      sql: `UPDATE "Member" SET mails = '[{"value": "x@acme.example"}, {"value": "ada@mail-of-acme.example", "type": "work", "primary": true}, {"value": "ada@home-of-ada.example", "primary": true}]' WHERE id = 'm-ada'`,
      at: "/Users/m-ada",
      shows: { emails: [{ value: "x@acme.example" }, { value: "ada@mail-of-acme.example", type: "work", primary: true }, { value: "ada@home-of-ada.example", primary: false }] },
      change: { path: "nickName", value: "Ada", moves: ["Member.profile", "Member.updatedAt"] },
    },
    {
      name: "a profile that is no object, JSON's own null for phones, and a right twice and empty",
      sql: `UPDATE "Member" SET profile = '[1, 2]', phones = 'null', rights = '{read,read,""}' WHERE id = 'm-ada'`,
      at: "/Users/m-ada",
      shows: { userName: "ada@acme.example", entitlements: [{ value: "read" }] },
      without: ["nickName", "preferredLanguage", "phoneNumbers"],
      change: { path: "active", value: false, moves: ["Member.archived", "Member.updatedAt"] },
    },
    {
      name: "a key of another type",
      sql: `UPDATE "Member" SET profile = '{"nick": {"first": "Ada"}, "language": 7}' WHERE id = 'm-ada'`,
      at: "/Users/m-ada",
      shows: { userName: "ada@acme.example" },
      change: { path: "active", value: false, moves: ["Member.archived", "Member.updatedAt"] },
    },
  ],
};
