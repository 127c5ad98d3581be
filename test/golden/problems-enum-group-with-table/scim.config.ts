import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

const table = { model: "Account" };

export default defineConfig<Prisma.TypeMap>()({
  User: { model: "Account", tenant: "tenantId", create: { origin: "scim" }, constraints: { account_login_lower: "userName" }, attributes: { userName: "login" } },
  Group: { valuesOf: "role", leave: "MEMBER", ...(table as object) },
});
