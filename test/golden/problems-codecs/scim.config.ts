import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    attributes: {
      userName: { at: "login", codec: "cipher" },
      externalId: { at: "secret", codec: "cipher", equals: { at: "street", codec: "digest" } },
      displayName: { at: ["first", "lost"] as never, codec: "shownName" },
      nickName: { at: "person.born", codec: "cipher" },
      title: { at: "number", codec: "cipher" },
      userType: { at: "first", codec: "kind", required: true, lower: true } as never,
      active: { at: "number", codec: "on" },
      password: "passwordHash",
      emails: { at: "last", codec: "cipher" } as never,
    },
  },
});
