import { defineConfig } from "scim-gen";
import type { Prisma } from "./src/db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Employee",
    tenant: "accountId",
    through: { login: { match: "name", link: "create", owner: "accountId" } },
    constraints: { logins_login_lower: "userName" },
    attributes: {
      userName: { at: "login.name", lower: true },
      active: { at: "state", values: { true: "ACTIVE", false: "LEFT" } },
      name: { givenName: "login.given", familyName: "login.family" },
      title: "position",
      emails: "login.name",
    },
    enterprise: { employeeNumber: "number" },
  },
  Group: { model: "Circle", tenant: "accountId", attributes: { displayName: "caption", members: "members.employeeId" } },
});
