import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Engagement",
    tenant: "orchestraId",
    constraints: { engagement_login_lower: "userName" },
    sideRows: [{ at: "dials", create: { digits: "", contract: 1 } }],
    attributes: {
      userName: "login",
      title: { at: "notes.text", where: { topic: "title" }, create: false },
      emails: { at: "mails", each: { value: "address" }, softDelete: "goneAt", create: false },
      phoneNumbers: { at: "dials", each: { value: "digits" }, create: false },
    },
  },
  Group: {
    model: "Section",
    tenant: "orchestraId",
    attributes: { displayName: "caption", members: { at: "parts.engagementId", create: false } },
  },
});
