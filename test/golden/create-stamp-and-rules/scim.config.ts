import { defineConfig, from, now, rule, tenant } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Account",
    tenant: "tenantId",
    constraints: { account_login_lower: "userName" },
    create: {
      id: rule("newAccountId"),
      slug: from("userName"),
      origin: "scim",
      colour: rule("colour"),
      seatNo: rule("freeSeat"),
      joinedAt: now(),
      createdBy: tenant(),
    },
    stamp: { touchedAt: now(), touchedBy: "scim" },
    attributes: {
      userName: "login",
      emails: { at: "mails", each: { value: "address" }, create: { addedAt: now(), addedBy: tenant() } },
    },
  },
  Group: {
    model: "Team",
    tenant: "tenantId",
    create: { sign: rule("teamSign") },
    attributes: { displayName: "name", members: "seats.accountId" },
  },
});
