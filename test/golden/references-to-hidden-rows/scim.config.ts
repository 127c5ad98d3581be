import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    // A machine is nobody, and neither is a row of which nobody said what it is.
    where: { kind: "PERSON" },
    softDelete: "leftAt",
    constraints: { account_login_lower: "userName" },
    attributes: { userName: "login", title: "title" },
    enterprise: { manager: "managerId" },
    extensions: {
      "urn:example:scim:Staff": { name: "Staff", attributes: { mentor: { at: "mentorId", ref: "User" } } },
    },
  },
  resources: {
    Badge: {
      model: "Badge",
      schema: "urn:example:scim:Badge",
      endpoint: "/Badges",
      tenant: "tenantId",
      attributes: { label: { at: "label", required: true }, owner: { at: "ownerId", ref: "User", required: true } },
    },
  },
});
