import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: "login",
      phoneNumbers: "phones",
      ims: { at: "handles", lower: true },
      photos: { at: "pictures", readOnly: true },
      entitlements: "langs",
      roles: { at: "ranks", values: { admin: "OWNER", member: ["EDITOR", "READER"] } },
      emails: "votes",
    },
    extensions: { "urn:example:scim:Survey": { name: "Survey", attributes: { ratings: "ratings", answers: "answers", prices: "prices", rates: { at: "rates", type: "string" } } } },
  },
});
