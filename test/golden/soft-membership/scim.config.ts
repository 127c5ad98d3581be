import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Musician",
    tenant: "orchestraId",
    constraints: { musician_login_lower: "userName" },
    attributes: {
      userName: "login",
      phoneNumbers: { at: "phones", each: { value: "digits", type: "use" }, softDelete: "deletedAt" },
      entitlements: { at: "badges.code", where: { state: "HERE" }, remove: { set: { state: "GONE" } } },
    },
  },
  Group: {
    model: "Section",
    tenant: "orchestraId",
    attributes: {
      displayName: "caption",
      members: { at: "parts.musicianId", where: { lead: false }, softDelete: "leftAt", create: { stand: 1 } },
    },
  },
});
