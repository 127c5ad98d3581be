import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Person",
    tenant: "companyId",
    where: { standing: { not: "LEFT" } },
    create: { kind: "PERSON" },
    onExisting: { unmanaged: "adopt", inactive: "restore", removed: "restore" },
    constraints: { person_login_lower: "userName" },
    attributes: { userName: "login" },
  },
});
