import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Membership",
    tenant: "companyId",
    through: { person: { onUpdate: "keep" } },
    constraints: { person_email_lower: "userName" },
    attributes: {
      userName: "person.email",
      // A new row lacks its origin; whose the rows are is open; no policy says who may write them; too deep; and a new row that names no topic.
      emails: "person.contacts.address",
      ims: "person.notes.text",
      phoneNumbers: "desk.phones.digits",
      photos: { at: "person.desk.phones.digits" as never, readOnly: true },
      entitlements: { at: "person.notes.text", tenant: "topic.companyId" },
    },
  },
});
