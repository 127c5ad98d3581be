import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    others: "rest",
    attributes: { userName: "login", title: "rest->title" },
  },
  Group: { model: "Team", tenant: "tenantId", others: "name" as never, attributes: { displayName: "name" } },
  resources: {
    Crew: { model: "Team", schema: "urn:example:scim:Crew", endpoint: "/Crews", tenant: "tenantId", others: "rest", create: { rest: {} }, attributes: { name: "name" } },
  },
});
