import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: "login",
      externalId: "sheet->ids->outside",
      name: { givenName: "must->first", familyName: { at: "must->last", caseExact: true } },
      nickName: "sheet->nick",
      title: { at: "sheet->job title", lower: true },
      preferredLanguage: { at: "person.about->tongue", readOnly: true },
      active: "sheet->on",
      emails: { at: "mails", lower: true },
      phoneNumbers: { at: "calls", each: { value: "number" }, caseExact: true },
      addresses: { at: "sheet->addresses", each: { streetAddress: "street", type: "use" }, caseExact: true },
    },
  },
});
