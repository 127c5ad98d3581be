import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Engagement",
    tenant: "orchestraId",
    constraints: { engagement_login_lower: "userName" },
    attributes: { userName: "login", title: "chair" },
    extensions: {
      "urn:example:scim:Player": {
        name: "Player",
        description: "What an orchestra knows of a player.",
        attributes: {
          stand: "stand",
          played: "played",
          fee: "fee",
          feeText: { at: "fee", type: "string", readOnly: true },
          pitch: "pitch",
          soloist: { at: "soloist", description: "Whether the player plays alone." },
          touring: "touring",
          onStage: { unless: "restingFrom", default: true },
          joined: "joinedAt",
          portrait: { at: "portrait", returned: "request" },
          licence: "licence",
          rank: "rank",
          level: { at: "desk", values: { first: "1", second: ["2", "B"] } },
          playing: { at: "standing", values: { true: ["PLAYING", "TRIAL"], false: "RESTING" }, default: true },
          badge: { at: "badge", caseExact: true, immutable: true },
          site: { at: "site", type: "reference" },
          scan: { at: "scan", type: "binary" },
          stage: { each: { hall: "hall", row: "row" } },
          mentor: { at: "coachId", ref: "User" },
          prizes: "prizes",
          years: "years",
          languages: "langs.code",
          gigs: { at: "gigs", each: { town: "town", at: "at", seats: "seats", poster: "poster" } },
          union: { constant: "DOV" },
        },
      },
      "urn:example:scim:Seat": { name: "Seat", attributes: { number: { at: "seat", required: true }, hall: "seatHall" } },
    },
  },
  Group: {
    model: "Section",
    tenant: "orchestraId",
    attributes: { displayName: "caption" },
    extensions: { "urn:example:scim:Section": { name: "core", required: true, attributes: { sign: { at: "sign", required: true } } } },
  },
});
