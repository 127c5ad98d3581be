import { defineConfig, tenant } from "scim-gen";
import type { Prisma } from "./src/db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  transaction: "host",
  User: {
    model: "Person",
    tenant: "orgId",
    attributes: {
      userName: { at: "email", lower: "trusted" },
      externalId: { table: "OutsideKey", where: { kind: "person" }, key: "localId", value: "outsideId", tenant: "orgId" },
      active: { unless: "off" },
      displayName: "label",
    },
  },
  Group: {
    model: "Team",
    tenant: "orgId",
    attributes: {
      displayName: "name",
      externalId: { table: "OutsideKey", where: { kind: "team" }, key: "localId", value: "outsideId", tenant: "orgId" },
      members: { at: "people.personId", create: { orgId: tenant() } },
    },
  },
});
