import { defineConfig, rule } from "scim-gen";
import type { Prisma } from "./src/db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Person",
    tenant: "department.companyId",
    where: { kind: "EMPLOYEE" },
    constraints: { person_login_lower: "userName" },
    sideRows: [{ at: "lockers", create: { number: rule("freeLocker") } }],
    attributes: {
      userName: "login",
      active: { exists: true },
      name: { givenName: "first", familyName: "last" },
      nickName: { at: "facts.text", where: { topic: { code: "nick" } }, tenant: "topic.companyId" },
    },
    enterprise: {
      department: { at: "department.name", link: "connect", default: "Unassigned" },
      costCenter: { at: "costCentre.code", link: "connectOrCreate", create: { note: "from the directory" } },
    },
  },
  Group: { model: "Team", tenant: "companyId", attributes: { displayName: "name", members: "people.personId" } },
});
