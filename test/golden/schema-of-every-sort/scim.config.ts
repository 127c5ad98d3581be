import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Member",
    tenant: "tenantId",
    constraints: { members_login_lower: "userName" },
    attributes: {
      userName: "login",
      active: { at: "standing", values: { true: "ON", false: "OFF" } },
      userType: "level",
      title: { at: "desk.room.floor.house.name" as never, readOnly: true },
    },
    extensions: {
      "urn:example:scim:Seat": {
        name: "Seat",
        attributes: { floor: { at: "desk.room.floor.number", readOnly: true }, badges: { at: "summary.badges", readOnly: true } },
      },
    },
  },
});
