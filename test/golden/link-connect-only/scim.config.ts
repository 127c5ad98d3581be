import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Seat",
    tenant: "clientId",
    through: { person: { link: "connect", onUpdate: "keep" } },
    attributes: { userName: "person.email", displayName: { at: "person.name", readOnly: true } },
  },
});
