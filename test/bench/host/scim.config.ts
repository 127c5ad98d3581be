// By path, where a host of its own would say "scim-gen": this folder is part of the repository's own program.
import { defineConfig } from "../../../src/index.js";
import type { Prisma } from "./src/db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "User",
    tenant: "orgId",
    constraints: { User_orgId_userName_lower_key: "userName" },
    attributes: {
      userName: "userName",
      externalId: "externalId",
      active: "active",
      name: { givenName: "givenName", familyName: "familyName" },
      displayName: "displayName",
      emails: "email",
      // Derived from the teams they cost a second statement, which a flat table is to be measured without.
      groups: false,
    },
  },
  Group: {
    model: "Team",
    tenant: "orgId",
    attributes: { displayName: "name", externalId: "externalId", members: "members.userId" },
  },
});
