import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: { at: "login", immutable: true, caseExact: true },
      displayName: { at: "badge", readOnly: true },
      nickName: { at: "nick", returned: "request", description: "What friends say." },
      userType: { at: "kind", canonicalValues: ["employee", "guest"] },
      preferredLanguage: { at: "tongue", required: true },
      locale: { at: "place", returned: "always" },
      timezone: { at: "zone", returned: "never" },
      profileUrl: { at: "url", immutable: true },
    },
  },
});
