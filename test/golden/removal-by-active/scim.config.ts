import { defineConfig, now } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Person",
    tenant: "companyId",
    remove: "deactivate",
    stamp: { touchedBy: "scim" },
    constraints: { person_login_lower: "userName" },
    attributes: {
      userName: "login",
      active: { at: "standing", values: { true: ["PLAYING", "TRIAL"], false: ["RESTING", "LEFT"] }, set: { true: { restingFrom: null }, false: { restingFrom: now() } } },
      title: "title",
    },
  },
});
