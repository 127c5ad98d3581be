import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: { userName: "login", title: { at: "photo" } },
    extensions: {
      "urn:example:scim:Thing": {
        name: "Thing",
        attributes: {
          "two words": "size",
          constructor: "size",
          size: "size",
          SIZE: "size",
          total: { at: "total", type: "integer" },
          photo: { at: "photo", type: "string" },
          shown: { unless: "hiddenAt" },
          strict: "strict",
          boss: { at: "bossId", ref: "User" },
          nested: { each: { inner: { each: { deep: "size" } as never } } },
          lockers: "lockers",
          boxes: { at: "lockers", each: { primary: "number", nope: "number", big: { at: "bigg" as never } } },
        },
      },
      "not a urn": { name: "Other", attributes: { size: "size" } },
      "urn:ietf:params:scim:schemas:core:2.0:User": { name: "Core", attributes: { size: "size" } },
    },
  },
  resources: {
    locker: { model: "Locker", tenant: "account.tenantId", schema: "urn:example:scim:Locker", endpoint: "/users", attributes: { number: "number" } },
    Rows: { model: "Locker", tenant: "account.tenantId", schema: "URN:EXAMPLE:SCIM:THING", endpoint: "/lockers/big" as never, attributes: { big: "big" } },
  },
});
