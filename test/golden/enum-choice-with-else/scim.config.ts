import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: "login",
      title: { at: "grade", values: { Junior: "JUNIOR", Senior: ["SENIOR", "LEAD"] }, else: "JUNIOR" },
      userType: { at: "rank", values: { employee: 1, contractor: 2 } },
      preferredLanguage: "language",
    },
  },
});
