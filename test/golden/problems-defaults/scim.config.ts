import { defineConfig, now, rule } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Player",
    tenant: "clubId",
    constraints: { player_login_lower: "userName" },
    attributes: {
      userName: { at: "login", default: rule("nextLogin") },
      displayName: { at: "shown", lower: true, default: rule("shownName") },
      nickName: { at: "nick", default: now() },
    },
    create: { since: now(), level: rule("firstLevel") },
  },
});
