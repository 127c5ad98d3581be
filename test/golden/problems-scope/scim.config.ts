import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "companyId",
    id: "state",
    constraints: { account_login_lower: "userName" },
    attributes: { userName: "login" },
  },
  Group: {
    model: "Team",
    tenant: "companyId",
    id: "nick",
    where: { name: { not: "" }, colour: "red" } as never,
    attributes: { displayName: "name" },
  },
});
