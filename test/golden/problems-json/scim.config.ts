import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    attributes: {
      userName: "sheet->login",
      displayName: "sheet",
      nickName: "login->nick" as never,
      title: "sheet->",
      userType: { at: "sheet->kind", values: { a: "b" } },
      preferredLanguage: "person.about->tongue",
      name: { full: "sheet->name" },
      emails: { at: "mails", each: { value: "address", mail: "x", type: "a->b" } as never },
      addresses: { at: "sheet->addresses", create: { country: "DE" } } as never,
    },
  },
});
