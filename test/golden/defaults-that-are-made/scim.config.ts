import { defineConfig, now, rule } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Player",
    tenant: "clubId",
    constraints: { player_login_lower: "userName" },
    attributes: {
      userName: "login",
      timezone: { at: "zone", default: rule("homeZone") },
    },
    enterprise: { employeeNumber: { at: "shirt", default: rule("freeShirt") } },
    extensions: {
      "urn:example:scim:Player": {
        name: "Player",
        attributes: { joined: { at: "joinedAt", default: now() }, level: "level" },
      },
    },
  },
});
