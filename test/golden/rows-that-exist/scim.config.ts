import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Person",
    tenant: "companyId",
    where: { kind: "PERSON", standing: { not: "LEFT" }, OR: [{ title: null }, { title: { not: { startsWith: "Founder" } } }] },
    constraints: { person_login_lower: "userName" },
    attributes: {
      userName: "login",
      active: { at: "standing", values: { true: ["PLAYING", "TRIAL"], false: "RESTING" } },
      title: "title",
    },
    enterprise: { manager: "managerId" },
  },
  Group: {
    model: "Circle",
    tenant: "companyId",
    where: { closedAt: null },
    attributes: { displayName: "name", members: "seats.personId" },
  },
});
