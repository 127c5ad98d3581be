/** Each client lives in a tenant that is strict but for the rules that it needs. */
import { expect, test } from "vitest";
import { strict } from "../../templates/generated/protocol/leniencies.js";
import type { Leniencies } from "../../templates/generated/protocol/leniencies.js";
import { softDelete } from "../shapes/soft-delete/shape.js";
import { userPerTenant } from "../shapes/user-per-tenant/shape.js";
import { clients } from "./clients.js";
import { entraGroupLife, entraUserLife } from "./entra.js";
import { lived } from "./ground.js";
import { openGrounds } from "./grounds.js";
import { needs, needsOfHosts } from "./needs.js";
import { oktaGroupLife, oktaSpecSuite, oktaUserLife } from "./okta.js";

const lives = [
  ...[entraUserLife, entraGroupLife].map((life) => ["Entra ID", life] as const),
  ...[oktaUserLife, oktaGroupLife, oktaSpecSuite].map((life) => ["Okta", life] as const),
  ...Object.entries(clients).map(([title, life]) => [Object.keys(needs).find((name) => title.split(":")[0]?.includes(name)), life] as const),
];

// One with slots, where the e-mail is the login, and one with managers.
test.each([userPerTenant, softDelete])("in $name", { timeout: 120_000 }, async (shape) => {
  let switches: Partial<Leniencies> = {};
  const opened = await openGrounds(shape, () => switches);
  try {
    expect(new Set(lives.map(([client]) => client))).toEqual(new Set(Object.keys(needs)));
    for (const [client = "", life] of lives) {
      switches = { ...strict, ...Object.fromEntries([...(needs[client] ?? []), ...needsOfHosts].map((rule) => [rule, true])) };
      await lived(opened.grounds[0], life);
    }
    expect(opened.errors).toEqual([]);
  } finally {
    await opened.close();
  }
});
