import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: "login",
      addresses: { at: "addresses", each: { streetAddress: "street", locality: "town", postalCode: "zip", type: "use", primary: "first" } },
      x509Certificates: { at: "certificates", each: { value: "der", display: "label" } },
      entitlements: { at: "badges", each: { value: "number" } },
      photos: { at: "photos", each: { value: "url", display: { at: "caption", readOnly: true }, type: { at: "kind.name", readOnly: true } } },
    },
  },
});
