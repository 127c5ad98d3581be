import { defineConfig, from, rule } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    sideRows: [
      { at: "lockers", create: { number: rule("free") } },
      { at: "lockers", create: { number: from("userName"), label: from("title") } },
      { at: "person.devices", create: {} },
      { at: "login" as never, create: {} },
      { at: "lockers", created: {} } as never,
    ],
    attributes: { userName: "login", title: "title" },
  },
});
