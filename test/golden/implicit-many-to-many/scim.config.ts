import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "orgId",
    where: { leftAt: null },
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: "login",
      displayName: "shownName",
      roles: "roles.name",
      entitlements: { at: "licences.code", link: "connectOrCreate", where: { closedAt: null, kind: "SEAT" }, lower: true },
    },
  },
  Group: { model: "Team", tenant: "orgId", attributes: { displayName: "name", members: "accounts" } },
});
