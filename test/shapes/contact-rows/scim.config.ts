import { defineConfig } from "scim-gen";
import type { Prisma } from "./src/db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Staff",
    tenant: "firmKey",
    constraints: { staff_handle_lower: "userName" },
    attributes: {
      userName: "handle",
      active: "enabled",
      name: { full: "fullName" },
      emails: { at: "mails", each: { value: "address", type: "kind", primary: "preferred" } },
      phoneNumbers: { at: "phones", each: { value: "digits", type: { at: "kind", else: "OTHER" } } },
    },
  },
  Group: { model: "Crew", tenant: "firmKey", attributes: { displayName: "name", members: "members.staffId" } },
});
