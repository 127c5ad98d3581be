import { defineConfig, rule } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Seat",
    tenant: "tenantId",
    through: { person: { onUpdate: "write" } },
    create: { roomId: rule("anyRoom") },
    constraints: { person_email_lower: "userName" },
    attributes: {
      userName: { at: "person.email", lower: true },
      displayName: "person.name",
      title: { at: "room.label", readOnly: true },
      userType: { at: "room.floor.level", readOnly: true },
      nickName: { at: "room.floor.wing", readOnly: true },
    },
  },
});
