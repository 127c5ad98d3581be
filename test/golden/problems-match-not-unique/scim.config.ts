import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Seat",
    tenant: "tenantId",
    through: { person: { owner: "ownerId" } },
    attributes: { userName: "person.email" },
  },
});
