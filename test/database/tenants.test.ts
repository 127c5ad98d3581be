/**
 * Two tenants in one database, told random things, with each other's ids wherever an id can stand (product.md 6; RFC 7644 6).
 * Beside it runs a second database in which the other tenant never was: acme must not be able to tell them apart.
 */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { acme, globex, memberships, teams, users } from "../../prisma/seed.js";
import { openSpecimen } from "../postgres/specimen.js";
import type { Specimen } from "../postgres/specimen.js";
import { coreGroup, coreUser, enterprise, expectNoInsides, idOf, openEndpoint, patchOp } from "./endpoint.js";
import type { Answer, Endpoint } from "./endpoint.js";

const seed = Number(process.env["TENANTS_SEED"] ?? "20261124");
const count = 900;

type Tenant = "acme" | "globex";
interface Command {
  readonly tenant: Tenant;
  readonly method: string;
  /** With `{n}` for the n-th id of the pool that the command draws from. */
  readonly path: string;
  readonly body: unknown;
}

/** A database with what acme calls its own in it: ids that POST makes differ from one to the other. */
interface World {
  readonly specimen: Specimen;
  readonly endpoint: Endpoint;
  readonly ids: Record<Tenant, string[]>;
}

let both: World;
let alone: World;
beforeAll(async () => {
  const open = async (): Promise<World> => {
    const specimen = await openSpecimen();
    return { specimen, endpoint: openEndpoint(specimen.prisma), ids: { acme: [memberships.ada, memberships.grace, memberships.alan, memberships.edsger, memberships.barbara, teams.engineering, teams.leads, teams.empty], globex: [memberships.katherine, memberships.dorothy, memberships.mary, memberships.barbaraAtGlobex, teams.engineeringAtGlobex] } };
  };
  both = await open();
  alone = await open();
  await alone.specimen.prisma.membership.deleteMany({ where: { orgId: globex } });
  await alone.specimen.prisma.team.deleteMany({ where: { orgId: globex } });
  await alone.specimen.prisma.user.deleteMany({ where: { ownerId: globex } });
});
afterAll(async () => {
  await both.specimen.close();
  await alone.specimen.close();
});

// --- what is asked ---

/** `{own:n}` and `{other:n}` are counted round the ids that are there when the command runs. */
const slot = (weightOwn: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: weightOwn, arbitrary: fc.nat(40).map((n) => `{own:${n}}`) },
    { weight: 3, arbitrary: fc.nat(40).map((n) => `{other:${n}}`) },
    { weight: 1, arbitrary: fc.constantFrom(users.katherine, users.ada, acme, globex, "nobody", "0190a002-0000-7000-8000-0000000000ff", memberships.katherine.toUpperCase()) },
  );
const reference = slot(5);
const target = slot(9);
const word = fc.constantFrom("one", "two", "three", "Engineering", "entra-katherine", "okta-ada", "x");
const name = fc.nat(9).map((n) => `{tenant}-person${n}@{tenant}.example`);
const references = fc.array(reference, { maxLength: 3 }).map((ids) => ids.map((value) => ({ value })));
const rarely = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined, freq: 2 });

const userBody = fc.record({
  schemas: fc.constant([coreUser]), userName: name, externalId: rarely(word), title: rarely(word), displayName: rarely(word), active: rarely(fc.boolean()),
  emails: rarely(fc.array(fc.record({ value: word, type: fc.constantFrom("work", "home") }), { maxLength: 2 })),
  groups: rarely(references), id: rarely(reference), [enterprise]: rarely(fc.record({ manager: reference.map((value) => ({ value })), department: word })),
});
const groupBody = fc.record({ schemas: fc.constant([coreGroup]), displayName: word, externalId: rarely(word), members: rarely(references), id: rarely(reference) });
const message = (...operations: readonly fc.Arbitrary<object>[]): fc.Arbitrary<object> => fc.array(fc.oneof(...operations), { minLength: 1, maxLength: 3 }).map((Operations) => ({ schemas: [patchOp], Operations }));
const op = fc.constantFrom("add", "replace");
const userPatch = message(
  fc.record({ op, path: fc.constantFrom("title", "displayName", "externalId", `${enterprise}:department`, "name.familyName"), value: word }),
  fc.record({ op, path: fc.constant(`${enterprise}:manager`), value: reference.map((value) => ({ value })) }),
  fc.record({ op, path: fc.constant("userName"), value: name }),
  fc.record({ op, path: fc.constantFrom("emails", "phoneNumbers"), value: fc.array(fc.record({ value: word }), { maxLength: 2 }) }),
  fc.record({ op, value: fc.record({ active: fc.boolean(), id: reference }) }),
  fc.record({ op: fc.constant("remove"), path: fc.constantFrom("emails", "title", 'emails[value co "o"]', `${enterprise}:manager`) }),
);
const groupPatch = message(
  fc.record({ op, path: fc.constant("members"), value: references }),
  fc.record({ op: fc.constant("remove"), path: reference.map((id) => `members[value eq "${id}"]`) }),
  fc.record({ op: fc.constant("remove"), path: fc.constant("members"), value: references }),
  fc.record({ op, value: fc.record({ displayName: word, id: reference }) }),
  fc.record({ op, path: fc.constantFrom("externalId", "displayName"), value: word }),
);
const filter = (type: "Users" | "Groups"): fc.Arbitrary<string> => {
  const leaf = (path: string): fc.Arbitrary<string> => fc.tuple(fc.constantFrom("eq", "ne"), reference).map(([operator, id]) => `${path} ${operator} "${id}"`);
  const text = fc.tuple(fc.constantFrom("co", "sw", "ne", "eq"), fc.constantFrom("glob", "entra", "Engineering", "o", "katherine", "Katherine.Johnson@Globex.example", "+1 757 555 0106"));
  const paths = type === "Users" ? ["userName", "externalId", "emails.value", "phoneNumbers.value", "groups.display", "title", "name.familyName", "displayName"] : ["displayName", "externalId"];
  const ids = type === "Users" ? ["id", "groups.value", "groups", "manager", `${enterprise}:manager.value`] : ["id", "members", "members.value"];
  const one = fc.oneof(...ids.map(leaf), ...(type === "Groups" ? [reference.map((id) => `members[value eq "${id}"]`)] : [reference.map((id) => `groups[value eq "${id}" or display co "e"]`)]), fc.tuple(fc.constantFrom(...paths), text).map(([path, [operator, value]]) => `${path} ${operator} "${value}"`));
  return fc.oneof(one, one.map((each) => `not (${each})`), fc.tuple(one, fc.constantFrom("and", "or"), one).map((each) => each.join(" ")));
};
const list = (type: "Users" | "Groups"): fc.Arbitrary<string> =>
  fc.tuple(rarely(filter(type)), rarely(fc.constantFrom("count=2", "startIndex=3", "count=0", "attributes=id", "excludedAttributes=members"))).map(([asked, more]) => `/${type}?${asked === undefined ? "" : `filter=${asked}&`}${more ?? ""}`);
const search = (type: "Users" | "Groups"): fc.Arbitrary<object> => filter(type).map((asked) => ({ schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], filter: asked }));

const request = (method: string, path: fc.Arbitrary<string>, body: fc.Arbitrary<unknown> = fc.constant(undefined)): fc.Arbitrary<Omit<Command, "tenant">> => fc.record({ method: fc.constant(method), path, body });
const at = (type: string): fc.Arbitrary<string> => target.map((id) => `/${type}/${id}`);
const commands: fc.Arbitrary<Command> = fc
  .tuple(
    fc.constantFrom<Tenant>("acme", "globex"),
    fc.oneof(
      { weight: 2, arbitrary: request("GET", fc.oneof(at("Users"), at("Groups"))) },
      { weight: 5, arbitrary: request("GET", fc.oneof(list("Users"), list("Groups"))) },
      { weight: 1, arbitrary: request("POST", fc.constantFrom("/Users/.search", "/.search"), search("Users")) },
      { weight: 1, arbitrary: request("POST", fc.constantFrom("/Groups/.search", "/.search"), search("Groups")) },
      { weight: 1, arbitrary: request("GET", list("Users").map((path) => path.replace("/Users", "/"))) },
      { weight: 2, arbitrary: request("POST", fc.constant("/Users"), userBody) },
      { weight: 2, arbitrary: request("POST", fc.constant("/Groups"), groupBody) },
      { weight: 2, arbitrary: request("PUT", at("Users"), userBody) },
      { weight: 2, arbitrary: request("PUT", at("Groups"), groupBody) },
      { weight: 5, arbitrary: request("PATCH", at("Users"), userPatch) },
      { weight: 5, arbitrary: request("PATCH", at("Groups"), groupPatch) },
      { weight: 1, arbitrary: request("DELETE", fc.oneof(at("Users"), at("Groups"))) },
    ),
  )
  .map(([tenant, each]) => ({ tenant, ...each }));

// --- what comes of it ---

const otherOf = (tenant: Tenant): Tenant => (tenant === "acme" ? "globex" : "acme");

/** The ids of a world in the places of a text; another tenant's are the same ids in both worlds, there or not. */
function filled(template: string, tenant: Tenant, world: World): string {
  const own = world.ids[tenant];
  const foreign = (tenant === "acme" ? both : world).ids[otherOf(tenant)];
  return template
    .replaceAll(/\{own:(\d+)\}/g, (_, n: string) => own[Number(n) % own.length] ?? "")
    .replaceAll(/\{other:(\d+)\}/g, (_, n: string) => foreign[Number(n) % foreign.length] ?? "")
    .replaceAll("{tenant}", tenant);
}

async function sent(command: Command, world: World): Promise<{ readonly answer: Answer; readonly asked: string }> {
  const [path = "", query] = filled(command.path, command.tenant, world).split("?");
  const parameters = query?.split("&").map((each) => each.replace(/=.*/s, (value) => `=${encodeURIComponent(value.slice(1))}`)).join("&");
  const body = command.body === undefined ? undefined : filled(JSON.stringify(command.body), command.tenant, world);
  const answer = await world.endpoint[command.tenant].ask(command.method, parameters === undefined ? path : `${path}?${parameters}`, body);
  if (answer.status === 201) world.ids[command.tenant].push(idOf(answer.body));
  return { answer, asked: `${command.method} ${path}?${query ?? ""} ${body ?? ""}` };
}

/** Everything that belongs to a tenant, or to nobody, so that no other may touch it. */
async function belongings({ specimen: { prisma } }: World, tenant: Tenant): Promise<string> {
  const [orgId, other] = tenant === "acme" ? [acme, globex] : [globex, acme];
  const all = await Promise.all([
    prisma.membership.findMany({ where: { orgId }, orderBy: { id: "asc" }, include: { emails: { orderBy: { id: "asc" } }, phones: { orderBy: { id: "asc" } } } }),
    prisma.team.findMany({ where: { orgId }, orderBy: { id: "asc" }, include: { members: { orderBy: { membershipId: "asc" } } } }),
    prisma.user.findMany({ where: { OR: [{ ownerId: null }, { ownerId: { not: other } }] }, orderBy: { id: "asc" } }),
    prisma.organization.findMany({ orderBy: { id: "asc" } }),
  ]);
  return JSON.stringify(all);
}

/** An answer without what may differ between two databases: new ids, and the time. */
function told({ status, text }: Answer, { ids }: World): string {
  const named = ids.acme.reduce((all, id, n) => all.replaceAll(id, `acme#${n}`), text);
  return `${status} ${named.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")}`;
}

test(`no request changes what is another tenant's, or shows any of it, or is answered otherwise because of it`, { timeout: 180_000 }, async () => {
  console.info(`${count} requests, TENANTS_SEED=${seed}`);
  const statuses: Record<string, number> = {};
  for (const command of fc.sample(commands, { seed, numRuns: count })) {
    const other = otherOf(command.tenant);
    const before = await belongings(both, other);
    const { answer, asked } = await sent(command, both);
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;

    expect(answer.status, `${asked}\n${answer.text}`).toBeLessThan(500);
    expect(await belongings(both, other), asked).toBe(before);
    for (const id of both.ids[other]) if (!asked.includes(id)) expect(answer.text, asked).not.toContain(id);
    if (answer.status < 300) for (const id of both.ids[other]) expect(answer.text, asked).not.toContain(id);
    // Barbara belongs to both, and is called what her owner calls her.
    const { email } = await both.specimen.prisma.user.findUniqueOrThrow({ where: { id: users.barbara } });
    expect(answer.text.replaceAll(email, ""), asked).not.toMatch(new RegExp(`${other}-person|${other === "globex" ? "Vaughan|Jackson|entra-dorothy|555 0106|Mathematician" : "Lovelace|Hopper|okta-grace|7946|CTO"}`));
    if (answer.status >= 400) expectNoInsides(answer);

    if (command.tenant === "acme") {
      const twin = await sent(command, alone);
      expect(told(answer, both), asked).toBe(told(twin.answer, alone));
    }
  }
  // The walk has been everywhere: done, made, emptied, refused, not found, taken.
  for (const status of [200, 201, 204, 400, 404, 409]) expect(statuses[status], JSON.stringify(statuses)).toBeGreaterThan(5);
  expect(both.endpoint.errors).toEqual([]);
});
