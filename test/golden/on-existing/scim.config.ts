import { defineConfig, now } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Person",
    tenant: "companyId",
    where: { kind: "PERSON", standing: { not: "LEFT" }, leftAt: null },
    remove: { set: { standing: "LEFT", leftAt: now() } },
    onExisting: { unmanaged: "adopt", inactive: "restore", removed: "restore" },
    constraints: { person_login_lower: "userName" },
    attributes: {
      userName: "login",
      externalId: "externalId",
      active: { at: "standing", values: { true: ["PLAYING", "TRIAL"], false: "RESTING" } },
      title: "title",
      nickName: "nick",
      phoneNumbers: { at: "phones", each: { value: "digits" } },
    },
  },
});
