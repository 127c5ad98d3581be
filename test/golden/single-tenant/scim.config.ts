import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: null,
    id: "publicId",
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: "login",
      title: "title",
      active: { unless: "blocked" },
      phoneNumbers: { at: "phones", each: { value: "digits" } },
    },
  },
  Group: {
    model: "Team",
    tenant: null,
    attributes: { displayName: "name", members: "seats.accountPublicId" },
  },
});
