import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: "login",
      phoneNumbers: {
        at: "dials",
        each: { value: { at: "secret", codec: "cipher", equals: { at: "digest", codec: "digest" } }, type: "use", primary: "first" },
      },
      ims: { at: "cards", each: { value: { at: "secret", codec: "cipher" }, display: "label", type: { at: "hint", codec: "shout", readOnly: true } } },
      roles: {
        at: "badges",
        each: { value: "code", display: { at: "secret", codec: "cipher", equals: { at: "digest", codec: "digest" } } },
        softDelete: "takenAt",
      },
      addresses: { at: "places", each: { streetAddress: { at: ["street", "number"], codec: "line" }, locality: "town" } },
      photos: [
        { at: "pagers", each: { value: { at: "secret", codec: "cipher", equals: { at: "digest", codec: "digest" } }, type: { constant: "photo" } } },
        { at: "homes", each: { value: { at: "secret", codec: "cipher", equals: { at: "digest", codec: "digest" } }, type: { constant: "thumbnail" } } },
      ],
      entitlements: { table: "Key", key: "holder", each: { value: { at: "secret", codec: "cipher", equals: { at: "digest", codec: "digest" } } } },
    },
  },
});
