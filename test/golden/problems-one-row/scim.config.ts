import { defineConfig, from } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: "login",
      displayName: { at: "notes.text", where: { author: "scim" } },
      nickName: { at: "notes.text", where: { kind: "nick" } },
      title: { at: "person.facts.text", where: { kind: "title" } },
      userType: { at: "notes", where: { kind: "type" } } as never,
      locale: { at: "login", where: { login: "x" } } as never,
      timezone: { table: "Key", key: "number", value: "value" },
      profileUrl: { table: "Keys" as never, key: "localId", value: "value" },
      preferredLanguage: { table: "Key", key: "localId" } as never,
      phoneNumbers: { table: "Key", key: "localId" },
      emails: { table: "Key", key: "localId", each: { value: "value" }, lower: true } as never,
      externalId: { table: "Key", where: { since: { not: "2020-01-01T00:00:00Z" } }, key: "localId", value: "value", create: { number: from("userName") } },
    },
  },
});
