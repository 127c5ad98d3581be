import { defineConfig, rule } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    id: "login",
    where: { leftAt: null },
    onExisting: { inactive: "restore" },
    softDelete: "leftAt",
    remove: "deactivate",
    meta: { version: "count" as never },
    others: "rest",
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: "login",
      active: { exists: true },
      password: { hook: true },
      displayName: { at: "iban", codec: "cipher", equals: { at: "digest", codec: "digest" } },
      nickName: { at: ["first", "last"], codec: "both" },
      title: { at: "last", fallback: "userName" },
      phoneNumbers: { at: "phones", each: { value: "digits" }, where: { goneAt: null }, softDelete: "goneAt" },
      ims: { at: "phones", each: { value: "digits" }, create: { serial: rule("serial") } },
      photos: { at: "phones", each: { value: "digits" }, create: "no" as never },
    },
  },
  features: { bulk: true },
});
