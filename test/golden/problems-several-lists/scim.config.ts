import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "companyId",
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: "login",
      // An element would lose its primary; one list is no rows; ids would have to be read for one of them alone; and there is none.
      emails: [
        { at: "contacts", where: { kind: "MAIL" }, each: { value: "address", primary: "main" } },
        { at: "pictures", each: { value: "url" } },
      ],
      phoneNumbers: ["contacts.address", "extra" as never],
      ims: ["pictures.url", { table: "Outside", key: "localId", tenant: "companyId", each: { value: "address" } }],
      photos: [],
      roles: [
        { at: "seats", each: { value: "role" }, readOnly: true },
        { at: "pictures", each: { value: { at: "url", codec: "plain", equals: { at: "url", codec: "digest" } } } },
      ],
    },
  },
});
