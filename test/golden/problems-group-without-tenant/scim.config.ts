import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: { model: "Account", tenant: "company.id", attributes: { userName: "login" } },
  Group: { model: "Company", tenant: null, attributes: { displayName: "name" } },
});
