import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { person_mail_lower: "userName" },
    through: { person: { link: "connectOrCreate", onUpdate: "write" } },
    attributes: {
      userName: "person.mail",
      emails: { slots: { work: { value: "workMail", display: "workName" }, home: { at: "person.spare", lower: true } }, primary: "work" },
      phoneNumbers: { slots: { work: "desk", mobile: "mobile" }, primary: "mobile" },
      addresses: {
        slots: { work: { streetAddress: "street", locality: "town", country: "country" }, home: { locality: "homeTown", postalCode: "homeZip" } },
        primary: "work",
      },
      ims: { each: { value: "chat", display: "chatName", type: { constant: "matrix" } } },
    },
  },
});
