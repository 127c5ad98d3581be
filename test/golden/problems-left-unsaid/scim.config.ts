import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: { userName: "login", title: { at: "mail", readOnly: true }, emails: { readOnly: true } as never },
    extensions: { "urn:example:scim:Staff": { attributes: { mobile: "mobile" } } as never },
  },
});
