import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    attributes: {
      userName: "login",
      title: { at: "title", link: "connect" } as never,
      userType: { at: "country.name", link: "connect" },
      nickName: { at: "dept.open", link: "connect" },
      locale: { at: "room.number", link: "connectOrCreate", tenant: "floor.tenantId" },
      timezone: { at: "room.floor.name", link: "connect" },
      preferredLanguage: { at: "room.number", link: "connect", tenant: "floor.tenantId", create: { floorId: "x" } },
      profileUrl: { at: "dept.name", link: "find" as never },
    },
    enterprise: {
      department: { at: "dept.name", link: "connectOrCreate", where: { name: { not: "secret" } } },
      division: { at: "floor.name", link: "connect" },
    },
  },
});
