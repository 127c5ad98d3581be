import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Stay",
    tenant: "hotelId",
    through: { guest: { onLink: "update", onUpdate: "write" } },
    constraints: { guest_mailbox_lower: "userName" },
    attributes: { userName: "guest.mailbox", displayName: "guest.name" },
  },
});
