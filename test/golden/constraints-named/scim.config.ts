import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    softDelete: "leftAt",
    // Whose userName a removed row has is nobody's to take.
    onExisting: { removed: "conflict" },
    // Indexes that a Prisma schema cannot say: on lower(…), of some rows alone, over several expressions.
    constraints: {
      account_login_lower: "userName",
      account_badge_here: "externalId",
      account_desk_lower: "title",
      account_mail_domain: "emails",
    },
    attributes: { userName: "login", externalId: "badge", title: "desk", emails: "mail" },
  },
});
