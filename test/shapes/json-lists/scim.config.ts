import { defineConfig } from "scim-gen";
import type { Prisma } from "./src/db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Member",
    tenant: "spaceId",
    attributes: {
      userName: { at: "handle", lower: "trusted" },
      active: { unless: "archived" },
      emails: "mails",
      phoneNumbers: { at: "phones", each: { value: "number", type: "kind" } },
      entitlements: "rights",
      nickName: "profile->nick",
      preferredLanguage: { at: "profile->language", caseExact: true },
    },
  },
});
