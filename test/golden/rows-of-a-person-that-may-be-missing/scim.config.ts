import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Membership",
    tenant: "companyId",
    where: { endedAt: null },
    through: { person: { owner: "ownerId", onLink: "update" } },
    constraints: { person_email_lower: "userName" },
    attributes: {
      userName: "person.email",
      nickName: { at: "person.notes.text", where: { topic: "nick" } },
      title: "title",
      emails: { at: "person.contacts", where: { kind: "MAIL" }, each: { value: "address", primary: "main" } },
      phoneNumbers: { at: "person.contacts", where: { kind: "PHONE" }, each: { value: "address" } },
      photos: { at: "person.photos.url", readOnly: true },
      entitlements: "person.badges.code",
    },
  },
});
