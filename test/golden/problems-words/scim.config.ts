import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  transaction: "hosts" as never,
  imports: ".mjs" as never,
  owned: "user.ts" as never,
  features: { sort: "no" as never, page: { default: 0, max: "500" as never } },
  leniencies: { jsonText: "off" as never },
  User: {
    model: "Account",
    tenant: "tenantId",
    where: { person: "x" as never },
    through: { person: { owner: "owner", link: "conect" as never, onUpdate: "alway" as never } },
    attributes: {
      userName: { at: "person.email", immutable: "yes" as never },
      name: { full: "person.name", order: "family-frist" as never },
      title: { at: "title", returned: "alway" as never },
      nickName: { at: "shown", readOnly: "false" as never },
      displayName: { at: "shown", lower: "yes" as never, canonicalValues: "a" as never },
    },
  },
});
