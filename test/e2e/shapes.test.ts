/** The lives of the clients in hosts that do not resemble the specimen, over HTTP on PostgreSQL: Entra ID in one tenant, all others in the other. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { rowLevelSecurity } from "../shapes/row-level-security/shape.js";
import { sharedPerson } from "../shapes/shared-person/shape.js";
import { shapes } from "../shapes/shapes.js";
import { snakeCase } from "../shapes/snake-case/shape.js";
import { clients, inAnyOrder } from "./clients.js";
import { entraGroupLife, entraUserLife, entraValueGroupLife } from "./entra.js";
import { lived } from "./ground.js";
import type { Ground } from "./ground.js";
import { openGrounds } from "./grounds.js";
import type { Grounds } from "./grounds.js";
import { oktaChunksLife, oktaGroupLife, oktaSpecSuite, oktaUserLife } from "./okta.js";

/** Ids as text and as numbers, and a transaction of the host's around each request. */
const chunked = [sharedPerson, snakeCase, rowLevelSecurity];

describe.each(shapes)("$name", (shape) => {
  let opened: Grounds;
  beforeAll(async () => {
    opened = await openGrounds(shape);
  }, 120_000);
  afterAll(() => opened.close());
  // First of all, for an answer of 500 says nothing of why.
  afterEach(() => expect(opened.errors).toEqual([]));
  const life = (title: string, tenant: 0 | 1, run: (ground: Ground) => Promise<void>): void => test(title, { timeout: 60_000 }, () => lived(opened.grounds[tenant], run));

  // Where to be inactive is to be gone nobody is found again, which is no life of a user that these clients know.
  const stays = shape.users.active !== "exists";

  if (stays) life("Entra ID: a user", 1, entraUserLife);
  if (shape.groups?.kind === "rows") life("Entra ID: a group", 1, entraGroupLife);
  if (shape.groups?.kind === "values") life("Entra ID: a group that is a value", 1, (ground) => entraValueGroupLife(ground, "EDITOR"));

  if (stays) life("Okta: a user", 0, oktaUserLife);
  life("Okta: its submission suite", 0, oktaSpecSuite);
  if (shape.groups?.kind === "rows") {
    life("Okta: a group", 0, oktaGroupLife);
    if (chunked.includes(shape)) {
      life("Okta: a group of many, and an import", 0, oktaChunksLife);
      life("requests side by side, in any order and some of them twice, come to the same", 0, inAnyOrder);
    }
  }
  if (stays) for (const [title, run] of Object.entries(clients)) life(title, 0, run);
});
