import { defineConfig, rule } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: { model: "Engagement", tenant: "orchestraId", constraints: { engagement_login_lower: "userName" }, attributes: { userName: "login" } },
  resources: {
    Plan: {
      model: "Plan",
      schema: "urn:example:scim:Plan",
      endpoint: "/Plans",
      tenant: "hall.orchestraId",
      attributes: { title: { at: "title", readOnly: true }, hall: { at: "hallId", ref: "Hall", readOnly: true } },
    },
    Instrument: {
      model: "Instrument",
      schema: "urn:example:scim:Instrument",
      endpoint: "/Instruments",
      description: "What a musician plays.",
      tenant: "engagement.orchestraId",
      create: { serial: rule("serial") },
      attributes: {
        externalId: "outsideId",
        code: { at: "code", required: true, caseExact: true },
        active: "valid",
        price: "price",
        holder: { at: "engagementId", ref: "User", required: true },
        hall: { at: "hallId", ref: "Hall" },
      },
    },
    Hall: {
      model: "Hall",
      schema: "urn:example:scim:Hall",
      endpoint: "/Halls",
      tenant: "orchestraId",
      where: { closedAt: null },
      attributes: { name: { at: "name", required: true }, seats: { at: "seats", default: 0 }, keepers: { at: "keepers.engagementId", ref: "User" } },
      extensions: { "urn:example:scim:Hall:Fire": { name: "Fire", attributes: { open: { unless: "closedAt", readOnly: true } } } },
    },
  },
});
