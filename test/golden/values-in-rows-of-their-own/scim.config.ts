import { defineConfig, rule } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Engagement",
    tenant: "orchestraId",
    constraints: { engagement_login_lower: "userName" },
    attributes: {
      userName: "login",
      externalId: { table: "OutsideKey", where: { sort: "PERSON" }, key: "localId", value: "outsideId" },
      nickName: { at: "musician.facts.text", where: { topic: { code: "nick" } }, tenant: "topic.orchestraId", create: { source: rule("factSource") } },
      title: { at: "notes.text", where: { kind: "title", author: { not: "nobody" } } },
      userType: { at: "notes.text", where: { kind: "type" }, create: { author: "scim" } },
      phoneNumbers: { table: "OutsidePhone", where: { source: { not: "secret" } }, key: "localId", each: { value: "digits", type: "use", primary: "first" }, create: { source: rule("factSource") } },
      locale: { at: "levels.points", where: { name: "skill" } },
    },
    enterprise: { costCenter: { table: "OutsideKey", where: { sort: "BADGE" }, key: "localId", value: "outsideId", readOnly: true } },
  },
});
