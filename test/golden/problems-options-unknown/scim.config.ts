import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    stamps: { shown: "x" },
    valuesOf: "state",
    meta: { changed: "shown" },
    attributes: {
      userName: { at: "login", lowercase: true },
      displayName: { at: "shown", readonly: true, create: { shown: "x" } },
      active: { at: "state", value: { true: "ON", false: "OFF" } },
      name: { full: "full", ordre: "family-first" },
      emails: { slots: { work: { at: "login", readOnly: true } }, primery: "work" },
      phoneNumbers: { at: "phones", each: { value: { at: "digits", ref: "User" } }, lower: true },
    },
  },
  feature: {},
  features: { pages: { max: 3 }, page: { maximum: 3 } },
  leniencies: { sharedColumns: false },
  transaction: "hosts" as never,
});
