import { defineConfig, now } from "scim-gen";
import type { Prisma } from "./src/db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "AppUser",
    tenant: "company_id",
    constraints: { users_company_login_lower: "userName" },
    meta: { created: "created_at", lastModified: "updated_at" },
    attributes: {
      userName: { at: "login", lower: true },
      externalId: "sso_subject",
      active: {
        at: "status",
        values: { true: ["enabled", "pending", "on_leave"], false: "blocked" },
        set: { true: { status_at: null }, false: { status_at: now() } },
      },
      name: { givenName: "givenName", familyName: "surname" },
      title: "position",
      emails: "mail",
    },
  },
  Group: { model: "CompanyTeam", tenant: "company_id", attributes: { displayName: "title", members: "users.user_id" } },
});
