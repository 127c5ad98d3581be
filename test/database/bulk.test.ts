/**
 * A run of creates in a bulk request is written in few statements (docs/adr/0008-creates-together.md), and nothing else tells of it:
 * the same operations with paths in two spellings, which are never one run, are written one by one, and everything is compared.
 */
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { acme, memberships, users } from "../../prisma/seed.js";
import { ScimError } from "../../prisma/src/scim/generated/protocol/error.js";
import { openSpecimen } from "../postgres/specimen.js";
import type { Specimen } from "../postgres/specimen.js";
import { coreGroup, enterprise, group, objects, openEndpoint, patchOp, text, user } from "./endpoint.js";
import type { Answer, Caller, EndpointOptions } from "./endpoint.js";
import { reset } from "./reset.js";

const bulkRequest = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
const staff = "urn:example:scim:Staff";

let specimen: Specimen;
beforeAll(async () => {
  specimen = await openSpecimen();
  // A unique column that no client names in SCIM's own words.
  await specimen.prisma.$executeRawUnsafe('CREATE UNIQUE INDEX badge ON "Membership" ("orgId", "employeeNumber")');
}, 60_000);
afterAll(() => specimen.close());
beforeEach(() => reset(specimen.prisma));

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly bulkId?: string;
  readonly data?: unknown;
}

const post = (bulkId: string, path: string, data: unknown): Sent => ({ method: "POST", path, bulkId, data });
const send = (caller: Caller, operations: readonly Sent[], failOnErrors?: number): Promise<Answer> => caller.post("/Bulk", { schemas: [bulkRequest], Operations: operations, ...(failOnErrors === undefined ? {} : { failOnErrors }) });
const statuses = ({ body }: Answer): readonly string[] => objects(body["Operations"]).map((each) => text(each["status"]));
/** Neighbours differ, so that none of them runs together with the next. */
const apart = (operations: readonly Sent[]): readonly Sent[] => operations.map((each, index) => (index % 2 === 0 ? each : { ...each, path: `${each.path}?` }));

/** What there is, without the ids and times that no two runs share. */
async function everything(): Promise<unknown> {
  const { prisma } = specimen;
  const beside = { omit: { id: true, membershipId: true } } as const;
  const [people, members, teams] = await Promise.all([
    prisma.user.findMany({ omit: { id: true, createdAt: true, updatedAt: true }, orderBy: { email: "asc" } }),
    prisma.membership.findMany({
      omit: { id: true, userId: true, managerId: true, mentorId: true, createdAt: true, updatedAt: true },
      include: { user: { select: { email: true } }, manager: { select: { user: { select: { email: true } } } }, emails: { ...beside, orderBy: { value: "asc" } }, phones: { ...beside, orderBy: { value: "asc" } }, appRoles: beside },
      orderBy: [{ orgId: "asc" }, { user: { email: "asc" } }],
    }),
    prisma.team.findMany({ omit: { id: true, createdAt: true, updatedAt: true }, include: { members: { select: { membership: { select: { user: { select: { email: true } } } } }, orderBy: { membership: { user: { email: "asc" } } } } }, orderBy: [{ orgId: "asc" }, { name: "asc" }] }),
  ]);
  return { people, members, teams };
}

/** Ids of rows that were there before say who is meant; those of new ones are only ids. */
function comparable({ status, body }: Answer): unknown {
  const seeded: ReadonlySet<string> = new Set([...Object.values(memberships), ...Object.values(users)]);
  const told = objects(body["Operations"]).map((each) => JSON.stringify({ ...each, version: typeof each["version"] }));
  return { status, operations: told.map((each) => each.replaceAll("?", "").replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => (seeded.has(id) ? id : "new"))) };
}

const rules: EndpointOptions = { rules: { mayLink: (email) => !email.toLowerCase().startsWith("refused") } };

/** The same request together and one by one, each on the tenants as they were seeded. */
async function both(operations: readonly Sent[], failOnErrors?: number): Promise<void> {
  const seen: unknown[] = [];
  for (const way of [operations, apart(operations)]) {
    await reset(specimen.prisma);
    await specimen.prisma.user.createMany({ data: [{ email: "known@home.example" }, { email: "refused@home.example" }] });
    await specimen.prisma.membership.update({ where: { id: memberships.ada }, data: { employeeNumber: "E1" } });
    const endpoint = openEndpoint(specimen.prisma, rules);
    const answer = await send(endpoint.acme, way, failOnErrors);
    seen.push({ answer: comparable(answer), rows: await everything(), errors: endpoint.errors.length, kept: endpoint.log.filter(({ event }) => event === "kept").length });
  }
  expect(seen[0]).toEqual(seen[1]);
}

const names = ["ann@new.example", "Ann@New.example", "bea@new.example", "cy@new.example", "dan@new.example", "eve@new.example", "known@home.example", "KNOWN@home.example", "refused@home.example", "ada@acme.example"];
const someUser = fc.record(
  {
    userName: fc.constantFrom(...names),
    externalId: fc.constantFrom("x1", "x2", "X2", "x3", "okta-ada"),
    title: fc.constantFrom("alto", "", null),
    displayName: fc.constantFrom("One", "Two", "Three", "Four"),
    active: fc.constantFrom(true, false, "maybe"),
    emails: fc.subarray([{ value: "w@x.example", type: "work", primary: true }, { value: "h@x.example", type: "home" }, { value: "w@x.example", type: "work" }]),
    roles: fc.subarray([{ value: "reader" }, { value: "writer", primary: true }]),
    entitlements: fc.subarray([{ value: "a" }, { value: "b" }]),
    addresses: fc.subarray([{ type: "work", locality: "Berlin" }]),
    password: fc.constant("pa55word-of-hers"),
    [enterprise]: fc.record({ employeeNumber: fc.constantFrom("E1"), manager: fc.constantFrom({ value: memberships.ada }, { value: users.ada }, { value: "nobody" }, { value: "bulkId:op1" }) }, { requiredKeys: [] }),
    [staff]: fc.record({ dayRate: fc.constantFrom(12.5, 123_456_789_012), skills: fc.subarray(["tea", "ink"]) }, { requiredKeys: [] }),
  },
  { requiredKeys: ["userName"] },
);
/** Most requests are plain ones: a run that is always broken would prove nothing. */
const plainUser = fc.record({ userName: fc.constantFrom(...names.slice(0, 8)), title: fc.constant("alto") });
const someGroup = fc.record({ displayName: fc.constantFrom("Red", "red", "Blue", "Green", "Engineering"), externalId: fc.constantFrom("g1", "g2"), members: fc.subarray([{ value: memberships.ada }, { value: "bulkId:op0" }, { value: "bulkId:op3" }, { value: "nobody" }]) }, { requiredKeys: ["displayName"] });
const operation: fc.Arbitrary<Omit<Sent, "bulkId">> = fc.oneof(
  { weight: 6, arbitrary: plainUser.map(({ userName, ...more }) => ({ method: "POST", path: "/Users", data: user(userName, more) })) },
  { weight: 6, arbitrary: someUser.map(({ userName, ...more }) => ({ method: "POST", path: "/Users", data: user(userName, more) })) },
  { weight: 3, arbitrary: someGroup.map((more) => ({ method: "POST", path: "/Groups", data: { schemas: [coreGroup], ...more } })) },
  { weight: 1, arbitrary: fc.constant({ method: "POST", path: "/Users", data: { schemas: [] } }) },
  { weight: 1, arbitrary: fc.constant({ method: "PATCH", path: `/Users/${memberships.ada}`, data: { schemas: [patchOp], Operations: [{ op: "replace", path: "title", value: "bass" }] } }) },
  { weight: 1, arbitrary: fc.constant({ method: "DELETE", path: `/Users/${memberships.ada}` }) },
);

describe("creates of a bulk request together and one by one (RFC 7644 3.7)", () => {
  test("have the same answers and leave the same rows, whatever is among them", { timeout: 300_000 }, async () => {
    let together = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 2, maxLength: 12 }), fc.constantFrom(undefined, undefined, undefined, 1, 2, 50), async (some, failOnErrors) => {
        const operations = some.map((each, index): Sent => ({ ...each, bulkId: `op${String(index)}` }));
        await both(operations, failOnErrors);
        if (operations.slice(1).some((each, index) => each.path === operations[index]?.path)) together++;
      }),
      { numRuns: 150, seed: 20_261_124 },
    );
    expect(together).toBeGreaterThan(100);
  });

  test.each([
    ["one whose name a member has", user("ada@acme.example")],
    ["one whose externalId is taken, whose person is not left behind", user("new@new.example", { externalId: "okta-ada" })],
    ["one whose badge is taken", user("new@new.example", { [enterprise]: { employeeNumber: "E1" } })],
    ["one whose manager is nobody here", user("new@new.example", { [enterprise]: { manager: { value: users.ada } } })],
    ["one whose number no column can hold", user("new@new.example", { [staff]: { dayRate: 123_456_789_012 } })],
    ["one who is somebody already, and may be linked", user("KNOWN@home.example", { displayName: "Kept" })],
    ["one who is somebody already, and may not", user("refused@home.example")],
    ["one who brings a password", user("new@new.example", { password: "pa55word-of-hers" })],
    ["one who is no user", { schemas: [], userName: 7 }],
  ])("%s has its own answer, and the others theirs", async (_, odd) => {
    const all = [1, 2, 3, 4, 5].map((each) => post(`b${String(each)}`, "/Users", each === 3 ? odd : user(`n${String(each)}@new.example`, { emails: [{ value: "w@x.example", type: "work" }] })));
    await both(all);
    await both(all, 1);
    await both(all, 2);
  });

  test("which of two with one badge is made is as open as ever, but one is, and the other is 409", async () => {
    const answer = await send(openEndpoint(specimen.prisma).acme, ["b@new.example", "a@new.example", "c@new.example"].map((name, each) => post(String(each), "/Users", user(name, each < 2 ? { [enterprise]: { employeeNumber: "E9" } } : {}))));
    expect([...statuses(answer)].sort()).toEqual(["201", "201", "409"]);
    expect(await specimen.prisma.user.count({ where: { email: { endsWith: "@new.example" } } })).toBe(2);
  });

  test("their number adds no statement, and a hook that comes after the commit none either", async () => {
    const run = async (count: number, options: EndpointOptions = {}): Promise<number> => {
      await reset(specimen.prisma);
      const mail = [{ value: "w@x.example", type: "work" }];
      const operations = Array.from({ length: count }, (_, each) => post(String(each), "/Users", user(`n${String(each)}@new.example`, { emails: mail })));
      const sent = await specimen.statements.of(async () => {
        expect(new Set(statuses(await send(openEndpoint(specimen.prisma, options).acme, operations)))).toEqual(new Set(["201"]));
      });
      return sent.length;
    };
    const few = await run(3);
    expect(await run(200)).toBe(few);
    expect(await run(3, { hooks: { User: { committed: () => undefined } } })).toBe(few);
  });

  test("hooks inside the transaction see each of them in one of its own, and a veto is that one's", async () => {
    const seen: string[] = [];
    const { acme: caller } = openEndpoint(specimen.prisma, {
      hooks: {
        User: {
          async afterCreate({ resource, tx }) {
            const email = resource.userName ?? "";
            await tx.user.updateMany({ where: { email }, data: { nickName: "seen" } });
            if (email.startsWith("n2")) throw new ScimError(403, "No seat is left.");
            seen.push(email);
          },
        },
      },
    });
    expect(statuses(await send(caller, [1, 2, 3].map((each) => post(String(each), "/Users", user(`n${String(each)}@new.example`)))))).toEqual(["201", "403", "201"]);
    expect([...seen].sort()).toEqual(["n1@new.example", "n3@new.example"]);
    expect(await specimen.prisma.user.count({ where: { nickName: "seen" } })).toBe(2);
    expect(await specimen.prisma.user.count({ where: { email: "n2@new.example" } })).toBe(0);
  });

  test("committed tells of each, once", async () => {
    const told: string[] = [];
    const { acme: caller } = openEndpoint(specimen.prisma, { hooks: { User: { committed: ({ kind, resource }) => void told.push(`${kind} ${resource?.userName ?? ""}`) } } });
    await send(caller, [1, 2, 3].map((each) => post(String(each), "/Users", user(each === 2 ? "ada@acme.example" : `n${String(each)}@new.example`))));
    expect(told).toEqual(["created n1@new.example", "created n3@new.example"]);
  });

  test("others of the request refer to them by bulkId, before and after", async () => {
    const answer = await send(openEndpoint(specimen.prisma).acme, [
      post("g", "/Groups", group("All", "bulkId:u1", "bulkId:u2")),
      ...[1, 2, 3].map((each) => post(`u${String(each)}`, "/Users", user(`n${String(each)}@new.example`))),
      post("h", "/Groups", group("Some", "bulkId:u3")),
    ]);
    expect(statuses(answer)).toEqual(["201", "201", "201", "201", "201"]);
    expect(await specimen.prisma.teamMember.count({ where: { membership: { user: { email: { endsWith: "@new.example" } } } } })).toBe(3);
  });

  test("parallel bulk requests with the same names make each of them once, and answer 409 for the rest", { timeout: 60_000 }, async () => {
    const { acme: caller, errors } = openEndpoint(specimen.prisma);
    const people = Array.from({ length: 40 }, (_, each) => `p${String(each)}@new.example`);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, turn) => {
        const order = people.map((_, each) => people[(each * 7 + turn * 11) % people.length] ?? "");
        return send(caller, order.map((name, each) => post(String(each), "/Users", user(turn % 2 === 0 ? name : name.toUpperCase(), { emails: [{ value: name }] }))));
      }),
    );
    const all = answers.flatMap(statuses);
    expect(all.filter((each) => each === "201")).toHaveLength(40);
    expect(all.filter((each) => each === "409")).toHaveLength(200);
    expect(await specimen.prisma.user.count({ where: { email: { endsWith: "@new.example", mode: "insensitive" } } })).toBe(40);
    expect(await specimen.prisma.membership.count({ where: { orgId: acme, user: { email: { endsWith: "@new.example", mode: "insensitive" } } } })).toBe(40);
    expect(await specimen.prisma.email.count({ where: { value: { endsWith: "@new.example" } } })).toBe(40);
    expect(errors).toEqual([]);
  });
});
