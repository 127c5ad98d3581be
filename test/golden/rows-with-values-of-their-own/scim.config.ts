import { defineConfig, from, now, rule } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Engagement",
    tenant: "orchestraId",
    constraints: { engagement_login_lower: "userName" },
    sideRows: [
      { at: "lockers", create: { number: rule("freeLocker"), label: from("userName") } },
      { at: "badges", create: false },
    ],
    attributes: {
      userName: "login",
      phoneNumbers: { at: "dials", each: { value: "digits" }, where: { carrier: { code: "A1" } }, create: { serial: rule("nextSerial"), owner: from("userName") } },
      entitlements: { at: "skills.word", link: "connectOrCreate", where: { kind: { code: "STAGE" } }, create: { rank: rule("nextRank"), coined: from("userName"), noted: now() } },
    },
  },
  Group: {
    model: "Section",
    tenant: "orchestraId",
    attributes: { displayName: "caption", members: { at: "parts.engagementId", create: { stand: rule("nextStand"), sign: from("displayName") } } },
  },
});
