/** The SCIM endpoint of the specimen. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { acme, acmeToken, globex, globexToken } from "../../seed.js";
import { prisma } from "../prisma.js";
import { createScim } from "./generated/index.js";
import { hooks, rules } from "./rules.js";

const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();

/** The tokens of the two seeded tenants. A product keeps hashes in its database, each with an expiry; these are printed in the README. */
const tokens = [
  { hash: hashOf(acmeToken), tenant: acme, principal: "acme directory" },
  { hash: hashOf(globexToken), tenant: globex, principal: "globex directory" },
];

export const scim = createScim({
  db: prisma,
  baseUrl: process.env["SCIM_BASE_URL"] ?? "http://127.0.0.1:3000/scim/v2",
  // A secret of this process: a product gives one that outlives it, so that cursors do too.
  cursorSecret: randomBytes(32).toString("hex"),
  rules,
  hooks,
  authenticate(credentials) {
    const token = /^Bearer +(\S+)$/i.exec(credentials.header("authorization") ?? "")?.[1];
    if (token === undefined) return null;
    const hash = hashOf(token);
    // Hashes of one length, compared in constant time: how long it takes says nothing about the token.
    const known = tokens.find((candidate) => timingSafeEqual(candidate.hash, hash));
    return known === undefined ? null : { tenant: known.tenant, principal: known.principal };
  },
});
