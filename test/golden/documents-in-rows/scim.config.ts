import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: "login",
      addresses: {
        at: "places",
        each: { streetAddress: "sheet->street", postalCode: { at: "sheet->post->code", caseExact: true }, locality: "town", primary: "first", country: { at: "sheet->country", readOnly: true } },
      },
      ims: { at: "chats", each: { value: { at: "data->name", lower: true }, primary: "data->main", type: "data->kind", display: { at: "kind.about->label", readOnly: true } } },
      phoneNumbers: [
        { at: "homes", each: { value: { at: "data->number", caseExact: true }, type: { constant: "home" } } },
        { at: "offices", each: { value: "phone", type: { constant: "work" } } },
      ],
      roles: {
        table: "Badge",
        key: "holder",
        each: { value: { at: "secret", codec: "cipher", equals: { at: "digest", codec: "digest" } }, display: "data->label", type: { at: "data->kind", caseExact: true } },
      },
    },
  },
});
