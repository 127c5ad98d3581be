import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: { userName: "login" },
  },
  output: "./out",
  client: "./db/client.js",
  imports: ".js",
  owned: ["protocol/patch.ts"],
  transaction: "client",
  features: { page: { default: 50, max: 500 } },
  leniencies: { sharedColumn: false, booleanText: true },
});
