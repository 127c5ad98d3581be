import { defineConfig, rule } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Engagement",
    tenant: "orchestraId",
    create: { cityOrigin: { name: "Vienna" } },
    constraints: { engagement_login_lower: "userName" },
    attributes: {
      userName: "login",
      userType: { at: "country.name", link: "connect", tenant: null, caseExact: true },
    },
    enterprise: {
      costCenter: { at: "desk.number", link: "connect", required: true },
      department: { at: "hall.name", link: "connectOrCreate", where: { closedAt: null }, create: { source: rule("hallSource"), city: { name: "Vienna" } } },
    },
  },
});
