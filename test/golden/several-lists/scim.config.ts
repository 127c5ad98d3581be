import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Membership",
    tenant: "companyId",
    through: { person: { owner: "ownerId" } },
    constraints: { person_email_lower: "userName" },
    attributes: {
      userName: "person.email",
      emails: [
        { at: "mailboxes", each: { value: "address", type: { constant: "work" }, primary: "main" } },
        { at: "person.contacts", each: { value: "address", type: { constant: "home" }, primary: "main" } },
        { at: "aliases", each: { value: "address", type: { constant: "other" } }, readOnly: true },
      ],
    },
  },
});
