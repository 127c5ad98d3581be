import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: { model: "Account", tenant: "tenantId", attributes: { userName: "login" } },
  Group: { model: "Team", tenant: "tenantId", attributes: { displayName: "name", members: "seats.login" } },
});
