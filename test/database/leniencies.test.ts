/**
 * Every leniency by its name, on PostgreSQL: alone off, and in strict mode, the form is refused and no row moves (or is read as the RFC reads it);
 * on, and nothing else on, it does what the client means and is told to the log. One host serves a strict tenant and a lenient one, switched while it runs.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acme } from "../../prisma/seed.js";
import { leniencies, strict } from "../../templates/generated/protocol/leniencies.js";
import type { Leniencies, Leniency } from "../../templates/generated/protocol/leniencies.js";
import { openHost, tokenOf } from "../shapes/host.js";
import type { OpenHost } from "../shapes/host.js";
import { openRows } from "../shapes/rows.js";
import type { Database, Snapshot } from "../shapes/rows.js";
import { specimen } from "../shapes/specimen/shape.js";
import { userPerTenant } from "../shapes/user-per-tenant/shape.js";
import { openSpecimen } from "../postgres/specimen.js";
import type { Specimen } from "../postgres/specimen.js";
import { baseUrl, callerOf, coreGroup, coreUser, enterprise, expectError, idOf, made, openEndpoint, valuesOf } from "./endpoint.js";
import type { Answer, Caller } from "./endpoint.js";
import { cases, expected } from "./leniency-cases.js";
import type { Case, There } from "./leniency-cases.js";

/** One host, whose tenants are switched while it runs. */
interface Served {
  readonly database: Database;
  /** Whose rows acme's are. */
  readonly tenant: string;
  readonly acme: Caller;
  readonly globex: Caller;
  readonly log: readonly { readonly event: string; readonly detail?: string | undefined }[];
}

const switched = { acme: {} as Partial<Leniencies>, globex: {} as Partial<Leniencies> };
let opened: Specimen;
let host: OpenHost;
let served: Readonly<Record<"specimen" | "slots", Served>>;

beforeAll(async () => {
  opened = await openSpecimen();
  const endpoint = openEndpoint(opened.prisma, { leniencies: ({ tenant }) => switched[tenant === acme ? "acme" : "globex"] });
  host = await openHost(userPerTenant);
  const [first, second] = userPerTenant.tenants;
  const scim = host.scim(baseUrl, ({ tenant }) => switched[tenant === first.id ? "acme" : "globex"]);
  served = {
    specimen: { database: await openRows(opened.url, specimen), tenant: acme, acme: endpoint.acme, globex: endpoint.globex, log: endpoint.log },
    slots: { database: host.database, tenant: String(first.id), acme: callerOf(scim, tokenOf(first)), globex: callerOf(scim, tokenOf(second)), log: host.log },
  };
}, 120_000);
afterAll(async () => {
  await served.specimen.database.close();
  await opened.close();
  await host.close();
});

test("the table has every rule", () => {
  expect(Object.keys(cases).sort()).toEqual(Object.keys(leniencies).sort());
});

describe.each(Object.entries(cases).flatMap(([rule, each]) => each.map((one, n) => ({ ...one, rule: rule as Leniency, isFirst: n === 0 }))))("$rule, $client", ({ rule, on, ask, holds, off, isFirst }) => {
  const at = (): Served => served[on ?? "specimen"];

  test.each<[string, Partial<Leniencies>]>([
    ["alone off", { [rule]: false }],
    ["in strict mode", strict],
  ])("%s", async (_, switches) => {
    const { acme: caller, database } = at();
    switched.acme = {};
    const there = await peopled(caller, on);
    switched.acme = switches;
    const before = await database.all();
    const answer = await ask(caller, there);
    if (typeof off === "string") {
      expectError(answer, 400, off);
      expect(await database.all(), "rows").toEqual(before);
    } else {
      expect(await seen(caller, answer, there)).toMatchObject(off.holds);
    }
    await gone(caller, there, answer);
  });

  test("alone on", async () => {
    const { acme: caller, log } = at();
    switched.acme = {};
    const there = await peopled(caller, on);
    switched.acme = { ...strict, [rule]: true };
    const told = log.length;
    const answer = await ask(caller, there);
    expect(answer.status, answer.text).toBeLessThan(300);
    expect(await seen(caller, answer, there)).toMatchObject(expected(holds, there));
    const used = log.slice(told).flatMap(({ event, detail = "" }) => (event === "leniency" ? [detail.split(":")[0]] : []));
    expect(new Set(used)).toEqual(new Set([rule]));
    await gone(caller, there, answer);
  });

  if (!isFirst) return;
  test("strict for one tenant and not for the other, at once", async () => {
    const { acme: picky, globex: easy, database, tenant } = at();
    [switched.acme, switched.globex] = [{}, {}];
    const [mine, theirs] = await Promise.all([peopled(picky, on), peopled(easy, on)]);
    switched.acme = strict;
    const rows = async (): Promise<Snapshot> => (await database.all()).filter(({ tenant: whose }) => whose === tenant);
    const before = await rows();
    const [first, second] = await Promise.all([ask(picky, mine), ask(easy, theirs)]);
    expect(second.status, second.text).toBeLessThan(300);
    expect(await seen(easy, second, theirs)).toMatchObject(expected(holds, theirs));
    if (typeof off === "string") {
      expectError(first, 400, off);
      expect(await rows()).toEqual(before);
    } else expect(await seen(picky, first, mine)).toMatchObject(off.holds);
    await Promise.all([gone(picky, mine, first), gone(easy, theirs, second)]);
  });
});

let domains = 0;

async function peopled(caller: Caller, on: Case["on"]): Promise<There> {
  const at = `case${++domains}.example`;
  const sent = { schemas: [coreUser], displayName: "Ann Lee", title: "Engineer", name: { givenName: "Ann", familyName: "Lee" } };
  const lists = on === "slots" ? {} : { emails: [{ value: `work@${at}`, type: "work", primary: true }, { value: `home@${at}`, type: "home" }], [enterprise]: { costCenter: "9" } };
  const ann = idOf(await made(caller, "/Users", { ...sent, userName: `ann@${at}`, ...lists, schemas: on === "slots" ? [coreUser] : [coreUser, enterprise] }));
  const boss = idOf(await made(caller, "/Users", { ...sent, userName: `boss@${at}` }));
  const of = idOf(await made(caller, "/Groups", { schemas: [coreGroup], displayName: `Case of ${at}`, members: [{ value: ann }, { value: boss }] }));
  return { user: ann, boss, group: of, at };
}

/** The answer's own body, or the group as it is after a PATCH that has none. */
async function seen(caller: Caller, answer: Answer, { group: id }: There): Promise<object> {
  if (answer.status !== 204) return answer.body;
  const { body } = await caller.get(`/Groups/${id}`);
  return { ...body, members: valuesOf(body["members"]).map((value) => ({ value })) };
}

async function gone(caller: Caller, there: There, answer: Answer): Promise<void> {
  switched.acme = {};
  for (const path of [`/Groups/${there.group}`, `/Users/${there.user}`, `/Users/${there.boss}`, ...(answer.status === 201 ? [`/Users/${idOf(answer.body)}`] : [])]) {
    expect((await caller.delete(path)).status, path).toBe(204);
  }
}
