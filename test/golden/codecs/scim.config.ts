import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: "login",
      externalId: { at: "secret", codec: "cipher", equals: { at: "secretDigest", codec: "digest" } },
      displayName: { at: ["first", "last"], codec: "shownName", readOnly: true },
      nickName: { at: ["person.born", "first"], codec: "nick", readOnly: true, returned: "request" },
      title: { at: ["street", "number"], codec: "line" },
      password: { at: "passwordHash", codec: "hash" },
    },
  },
});
