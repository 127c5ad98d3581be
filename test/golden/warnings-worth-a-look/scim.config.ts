import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Seat",
    tenant: "tenantId",
    attributes: {
      userName: "person.email",
      name: { givenName: "first" },
      userType: { at: "state", values: { inside: "IN", outside: "OUT" } },
    },
  },
  Group: { model: "Team", tenant: "tenantId", attributes: { displayName: "name", members: "members.seatId" } },
});
