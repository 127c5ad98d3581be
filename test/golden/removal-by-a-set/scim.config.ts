import { defineConfig, now, rule } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Person",
    tenant: "companyId",
    where: { standing: { not: "LEFT" } },
    remove: { set: { standing: "LEFT", leftAt: now(), touchedBy: rule("whoRemoves") } },
    constraints: { person_login_lower: "userName" },
    attributes: {
      userName: "login",
      externalId: "externalId",
      active: { at: "standing", values: { true: ["PLAYING", "TRIAL"], false: "RESTING" }, set: { true: { restingFrom: null }, false: { restingFrom: now() } } },
      title: "title",
    },
  },
});
