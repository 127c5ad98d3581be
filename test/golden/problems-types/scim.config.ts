import { defineConfig, now, tenant } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    create: { born: "yesterday", count: "1", state: "AWAY", flag: 1, rank: now(), leftAt: tenant() },
    constraints: { account_login_lower: "userName", other: "usrName" },
    attributes: {
      userName: "login",
      active: "leftAt",
      displayName: { at: "mail", lower: true },
      nickName: { at: "rank", default: "first" },
      title: { at: "state", values: { On: "ON", Off: "OF" } },
      userType: { at: "rank", values: { a: "1" } },
      name: { full: "full" },
      preferredLanguage: "mails.address",
    },
  },
});
