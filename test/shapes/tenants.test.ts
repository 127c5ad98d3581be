/**
 * Two tenants in one database, told random things, with each other's ids wherever an id can stand (product.md 6; RFC 7644 6), in hosts of every
 * shape. Beside it runs a second database in which the other tenant never was: acme must not be able to tell them apart.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { expectNoInsides } from "../database/endpoint.js";
import type { Answer } from "../database/endpoint.js";
import { isObject } from "../../templates/generated/protocol/json.js";
import type { Json, JsonObject } from "../../templates/generated/protocol/json.js";
import { commands } from "./requests.js";
import type { Command, TenantName } from "./requests.js";
import { printed, secretsOf } from "./rows.js";
import type { Kept, Snapshot } from "./rows.js";
import type { Shape } from "./shape.js";
import { shapes } from "./shapes.js";
import { specimen } from "./specimen/shape.js";
import { openWorld } from "./world.js";
import type { World } from "./world.js";

const seed = Number(process.env["TENANTS_SEED"] ?? "20261124");
/** The specimen has everything, and is walked until it has been everywhere. */
const walks = [{ shape: specimen, count: 900 }, ...shapes.map((shape) => ({ shape, count: 150 }))];

test.each(walks)("in $shape.name no request of $count changes what is another tenant's, or shows any of it, or is answered otherwise because of it", { timeout: 180_000 }, async ({ shape, count }) => {
  console.info(`${shape.name}: ${count} requests, TENANTS_SEED=${seed}`);
  const both = await openWorld(shape);
  const alone = shape.tenants[0].id === null ? undefined : await openWorld(shape, { without: "globex" });
  try {
    const statuses: Record<string, number> = {};
    let rows = await both.database.all();
    for (const command of fc.sample(commands(shape), { seed, numRuns: count })) {
      const { answer, asked, after } = await watched(command, both, rows);
      rows = after;
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      if (command.tenant === "acme" && alone !== undefined) {
        const twin = await alone.send(filled(command, alone, both));
        expect(told(answer, both), asked).toBe(told(twin, alone));
      }
    }
    // The walk has been everywhere: done, made, emptied, refused, not found, taken.
    const everywhere = shape === specimen ? [200, 201, 204, 400, 404, 409] : [200, 201, 400, 404];
    for (const status of everywhere) expect(statuses[status], JSON.stringify(statuses)).toBeGreaterThan(shape === specimen ? 5 : 1);
    expect(both.errors).toEqual([]);
  } finally {
    await both.close();
    await alone?.close();
  }
});

/** A request, with all that it must leave alone looked at before and after. */
async function watched(command: Command, world: World, before: Snapshot): Promise<{ readonly answer: Answer; readonly asked: string; readonly after: Snapshot }> {
  const { tenant } = command;
  const request = filled(command, world, world);
  const answer = await world.send(request);
  const after = await world.database.all();
  const asked = `${request.method} ${request.path} ${request.body ?? ""}`;

  expect(answer.status, `${asked}\n${answer.text}\n${String(world.errors.at(-1))}`).toBeLessThan(500);
  const mine = ownerOf(world.shape, tenant);
  const foreign = ({ tenant: owner }: Kept): boolean => owner !== mine;
  const known = new Set(before.map(textOf));
  // A person who is made and owned by nobody is new; one who was there must be as before.
  const made = (kept: Kept): boolean => kept.tenant === null && (world.shape.unowned ?? []).includes(kept.table) && !known.has(textOf(kept));
  expect(printed(after, (kept) => foreign(kept) && !made(kept)), asked).toBe(printed(before, foreign));

  if (world.shape.tenants[0].id !== null) {
    for (const secret of secretsOf([...before, ...after], mine)) if (!asked.includes(secret)) expect(answer.text, asked).not.toContain(secret);
    const own = new Set(world.ids[tenant]);
    if (answer.status < 300) for (const id of idsIn(answer.body)) expect(own, `${asked}\n${answer.text}`).toContain(id);
  }
  if (answer.status >= 400) expectNoInsides(answer);
  return { answer, asked, after };
}

const textOf = ({ table, row }: Kept): string => `${table} ${JSON.stringify(row)}`;

function ownerOf(shape: Shape, name: TenantName): string {
  const [first, second] = shape.tenants;
  const { id } = name === first.name ? first : second;
  return id === null ? first.name : String(id);
}

/** Every id that an answer tells: of resources, members, groups and managers. */
function idsIn(json: Json | undefined, key = ""): readonly string[] {
  if (Array.isArray(json)) return (json as readonly Json[]).flatMap((each) => idsIn(each, key));
  if (!isObject(json)) return [];
  const here = ["", "Resources"].includes(key) ? json["id"] : ["members", "groups", "manager"].includes(key) ? json["value"] : undefined;
  return [...(typeof here === "string" ? [here] : []), ...Object.entries(json).flatMap(([name, value]) => idsIn(value, name))];
}

// --- two worlds beside each other ---

interface Filled {
  readonly tenant: TenantName;
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
}

const otherOf = (tenant: TenantName): TenantName => (tenant === "acme" ? "globex" : "acme");

/** The ids of a world in the places of a text; another tenant's are the same ids in both worlds, there or not. */
function filled({ tenant, method, path: template, body }: Command, world: World, both: World): Filled {
  const own = world.ids[tenant];
  const foreign = both.ids[otherOf(tenant)];
  const fill = (text: string): string =>
    text
      .replaceAll(/\{own:(\d+)\}/g, (_, n: string) => own[Number(n) % own.length] ?? "")
      .replaceAll(/\{other:(\d+)\}/g, (_, n: string) => foreign[Number(n) % foreign.length] ?? "")
      .replaceAll("{tenant}", tenant);
  const [path = "", query] = fill(template).split("?");
  const parameters = query?.split("&").map((each) => each.replace(/=.*/s, (value) => `=${encodeURIComponent(value.slice(1))}`)).join("&");
  return { tenant, method, path: parameters === undefined ? path : `${path}?${parameters}`, body: body === undefined ? undefined : fill(JSON.stringify(body)) };
}

/** An answer without what may differ between two databases: new ids, the time, and where ids are random the order. */
function told({ status, text, body }: Answer, { ids, shape }: World): string {
  const timeless = (json: string): string => json.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME").replaceAll(/W\/\\"[^"]*\\"/g, "VERSION");
  const named = (json: string): string => ids.acme.reduce((all, id, n) => all.replaceAll(new RegExp(`(?<![\\w-])${id}(?![\\w-])`, "g"), `acme#${n}`), timeless(json));
  if (shape.ordered === true || text === "") return `${status} ${named(text)}`;
  const resources = body["Resources"];
  const isPart = Array.isArray(resources) && body["totalResults"] !== resources.length;
  return `${status} ${sorted(JSON.parse(named(JSON.stringify(isPart ? withoutRows(body) : body))) as Json)}`;
}

const withoutRows = (body: JsonObject): JsonObject => ({ ...body, Resources: [] });

function sorted(json: Json | undefined): string {
  if (Array.isArray(json)) return `[${(json as readonly Json[]).map(sorted).sort().join(",")}]`;
  if (isObject(json)) return `{${Object.entries(json).map(([key, value]) => `${key}:${sorted(value)}`).sort().join(",")}}`;
  return JSON.stringify(json) ?? "";
}
