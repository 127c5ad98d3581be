import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: "login",
      displayName: "wage",
      nickName: "score",
      profileUrl: "born",
      title: "tall",
      userType: "level",
      preferredLanguage: "big",
      locale: "ref",
      name: {
        formatted: { at: "wage2", default: "0" },
        familyName: { at: "score2", required: true },
        givenName: { at: "born2", default: "2020-01-01T00:00:00Z" },
        middleName: { at: "tall2", default: "false" },
      },
    },
  },
});
