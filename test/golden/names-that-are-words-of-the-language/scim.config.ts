import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Link",
    tenant: "tenant",
    through: { host: { onUpdate: "write" } },
    constraints: { host_email_lower: "userName" },
    meta: { created: "in" },
    attributes: {
      userName: "host.email",
      nickName: "class",
      active: "default",
      title: "new",
      userType: "delete",
      emails: { at: "mails", each: { value: "item", type: "with", primary: "do" } },
    },
  },
  Group: { model: "Group", tenant: "tenant", attributes: { displayName: "name", members: "values.class" } },
});
