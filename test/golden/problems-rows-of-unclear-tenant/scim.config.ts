import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Employee",
    tenant: "companyId",
    constraints: { employee_login_lower: "userName" },
    attributes: {
      userName: "login",
      title: { at: "title", tenant: "companyId" } as never,
      nickName: { at: "card.label", readOnly: true },
      displayName: { at: "card.label", readOnly: true, tenant: "companyId" as never },
      locale: { at: "card.colour", readOnly: true, tenant: null },
    },
  },
});
