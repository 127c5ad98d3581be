import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    attributes: {
      userName: "login",
      nickName: "phones.uses.name" as never,
      emails: "phones.uses.name" as never,
      phoneNumbers: { at: "phones", each: { value: "digits", type: "uses.name" as never } },
    },
  },
});
