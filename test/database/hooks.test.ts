/** The host's own code beside a write: inside its transaction, or after its commit (product.md 6; seam-notes 10). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { acme, memberships, teams, users } from "../../prisma/seed.js";
import type { Prisma } from "../../prisma/src/db/client.js";
import { ScimError } from "../../prisma/src/scim/generated/index.js";
import { connectSpecimen, openSpecimen } from "../postgres/specimen.js";
import type { Specimen } from "../postgres/specimen.js";
import { expectError, group, idOf, openEndpoint, user } from "./endpoint.js";
import type { Answer, Caller, Endpoint, SomeHooks } from "./endpoint.js";
import { reset } from "./reset.js";

let specimen: Specimen;
beforeAll(async () => {
  specimen = await openSpecimen();
});
afterAll(() => specimen.close());
beforeEach(() => reset(specimen.prisma));

const ada = `/Users/${memberships.ada}`;
const leads = `/Groups/${teams.leads}`;
const open = (hooks: SomeHooks): Endpoint => openEndpoint(specimen.prisma, { hooks });

const everything = async (): Promise<unknown> => ({
  users: await specimen.prisma.user.findMany({ orderBy: { id: "asc" } }),
  memberships: await specimen.prisma.membership.findMany({ orderBy: { id: "asc" } }),
  emails: await specimen.prisma.email.findMany({ orderBy: { id: "asc" } }),
  teams: await specimen.prisma.team.findMany({ orderBy: { id: "asc" } }),
  members: await specimen.prisma.teamMember.findMany({ orderBy: [{ teamId: "asc" }, { membershipId: "asc" }] }),
  sessions: await specimen.prisma.session.findMany({ orderBy: { id: "asc" } }),
});

/** A row of the host's own, written beside the endpoint's. */
const witness = async (tx: Prisma.TransactionClient): Promise<void> => void (await tx.session.create({ data: { userId: users.margaret } }));
const witnesses = (): Promise<number> => specimen.prisma.session.count();

type Name = "beforeCreate" | "afterCreate" | "beforeUpdate" | "afterUpdate" | "beforeDelete" | "afterDelete";
const writes: Readonly<Record<Name, readonly [string, (caller: Caller) => Promise<Answer>][]>> = {
  beforeCreate: [["POST", (caller) => caller.post("/Users", user("new@acme.example", { emails: [{ value: "x" }] }))]],
  afterCreate: [["POST", (caller) => caller.post("/Users", user("new@acme.example", { emails: [{ value: "x" }] }))]],
  beforeUpdate: [
    ["PATCH", (caller) => caller.patch(ada, { op: "replace", path: "title", value: "x" })],
    ["PATCH of the person", (caller) => caller.patch(ada, { op: "replace", path: "displayName", value: "x" })],
    ["PATCH of a list", (caller) => caller.patch(ada, { op: "add", path: "emails", value: [{ value: "x" }] })],
    ["PUT", (caller) => caller.put(ada, user("ada@acme.example", { title: "x" }))],
  ],
  afterUpdate: [
    ["PATCH", (caller) => caller.patch(ada, { op: "replace", path: "title", value: "x" })],
    ["PATCH of the person", (caller) => caller.patch(ada, { op: "replace", path: "displayName", value: "x" })],
    ["PATCH of a list", (caller) => caller.patch(ada, { op: "add", path: "emails", value: [{ value: "x" }] })],
    ["PUT", (caller) => caller.put(ada, user("ada@acme.example", { title: "x" }))],
  ],
  beforeDelete: [["DELETE", (caller) => caller.delete(ada)]],
  afterDelete: [["DELETE", (caller) => caller.delete(ada)]],
};
const each = Object.entries(writes).flatMap(([name, requests]) => requests.map(([request, run]): [Name, string, (caller: Caller) => Promise<Answer>] => [name as Name, request, run]));

describe.each(each)("%s, on %s", (name, _, run) => {
  test("runs once, in the transaction, with who acts; what it writes is committed with the rest", async () => {
    const seen: unknown[] = [];
    const { acme: caller } = open({ User: { [name]: async ({ tenant, principal, tx }: { tenant: string; principal: string | undefined; tx: Prisma.TransactionClient }) => {
      seen.push([tenant, principal, await tx.membership.count({ where: { orgId: acme } })]);
      await witness(tx);
    } } });
    const answer = await run(caller);
    expect(answer.status, answer.text).toBeLessThan(300);
    // A row that is being made is seen after, one that is being deleted before.
    expect(seen).toEqual([[acme, "acme directory", { afterCreate: 6, afterDelete: 4 }[String(name)] ?? 5]]);
    expect(await witnesses()).toBe(1);
  });

  test("that throws a ScimError refuses with it, and nothing is written, its own writes neither", async () => {
    const endpoint = open({ User: { [name]: async ({ tx }: { tx: Prisma.TransactionClient }) => {
      await witness(tx);
      throw new ScimError(403, "The last owner must stay.");
    } } });
    const before = await everything();
    const answer = await run(endpoint.acme);
    expect(answer.status).toBe(403);
    expect(answer.body["detail"]).toBe("The last owner must stay.");
    expect(await everything()).toEqual(before);
    expect(endpoint.errors).toEqual([]);
  });

  test("that throws anything else is 500 without its text, and nothing is written", async () => {
    const endpoint = open({ User: { [name]: async ({ tx }: { tx: Prisma.TransactionClient }) => {
      await witness(tx);
      throw new Error("connect ECONNREFUSED: secret of the host");
    } } });
    const before = await everything();
    expectError(await run(endpoint.acme), 500);
    expect(await everything()).toEqual(before);
    expect(endpoint.errors).toHaveLength(1);
  });

  test("rolls back with a write that fails for another reason", async () => {
    const { acme: caller } = open({ User: { [name]: ({ tx }: { tx: Prisma.TransactionClient }) => witness(tx) }, Group: {} });
    const before = await everything();
    if (name.endsWith("Create")) expectError(await caller.post("/Users", user("new@acme.example", { externalId: "okta-grace" })), 409, "uniqueness");
    if (name.endsWith("Update")) expectError(await caller.patch(ada, { op: "replace", path: "externalId", value: "okta-grace" }), 409, "uniqueness");
    expect(await everything()).toEqual(before);
  });
});

describe("what a hook is shown", () => {
  test("before and after an update: the whole resource as it was and as it is, and what was sent", async () => {
    const seen: unknown[] = [];
    const { acme: caller } = open({ User: {
      beforeUpdate: ({ resource, input }) => void seen.push(resource.title, resource.userName, resource.emails?.length, resource.groups?.length, input["Operations"]),
      afterUpdate: ({ resource }) => void seen.push(resource.title, resource.userName, resource.emails?.length, resource.groups?.length),
    } });
    const operation = { op: "replace", path: "title", value: "CEO" };
    const { body } = await caller.patch(`${ada}?attributes=title`, operation);
    expect(Object.keys(body).sort()).toEqual(["id", "schemas", "title"]);
    expect(seen.slice(0, 5)).toEqual(["CTO", "ada@acme.example", 2, 2, [operation]]);
    expect(seen.slice(5)).toEqual(["CEO", "ada@acme.example", 2, 2]);
  });

  test("of a group: its members", async () => {
    const seen: unknown[] = [];
    const { acme: caller } = open({ Group: { beforeUpdate: ({ resource }) => void seen.push(resource.members?.map(({ value }) => value)), afterUpdate: ({ resource }) => void seen.push(resource.members?.length) } });
    expect((await caller.patch(leads, { op: "add", path: "members", value: [{ value: memberships.grace }] })).status).toBe(204);
    expect(seen).toEqual([[memberships.ada], 2]);
  });

  test("of a create and a delete: what was sent, and the whole resource", async () => {
    const seen: unknown[] = [];
    const { acme: caller } = open({ User: {
      beforeCreate: ({ input }) => void seen.push(input["userName"]),
      afterCreate: ({ resource }) => void seen.push(resource.userName),
      beforeDelete: ({ resource }) => void seen.push(resource.userName, resource.groups?.length),
      afterDelete: ({ resource }) => void seen.push(resource.userName),
    } });
    const { body } = await caller.post("/Users?attributes=id", user("New@acme.example"));
    expect(Object.keys(body).sort()).toEqual(["id", "schemas"]);
    await caller.delete(ada);
    expect(seen).toEqual(["New@acme.example", "New@acme.example", "ada@acme.example", 2, "ada@acme.example"]);
  });
});

describe("a write that changes nothing", () => {
  test("asks beforeUpdate, but not afterUpdate or committed; it moves no lastModified and keeps nothing that the hook wrote", async () => {
    const seen: string[] = [];
    const { acme: caller } = open({ User: { beforeUpdate: async ({ tx }) => { seen.push("before"); await witness(tx); }, afterUpdate: () => void seen.push("after"), committed: () => void seen.push("committed") } });
    const before = await everything();
    expect((await caller.patch(ada, { op: "replace", path: "title", value: "CTO" })).status).toBe(200);
    expect(seen).toEqual(["before"]);
    expect(await everything()).toEqual(before);
  });

  test("or that finds nobody asks no hook", async () => {
    const seen: string[] = [];
    const note = (name: string) => () => void seen.push(name);
    const { acme: caller } = open({ User: { beforeUpdate: note("beforeUpdate"), afterUpdate: note("afterUpdate"), beforeDelete: note("beforeDelete"), afterDelete: note("afterDelete"), committed: note("committed") } });
    const stranger = `/Users/${memberships.katherine}`;
    for (const answer of [await caller.patch(stranger, { op: "replace", path: "title", value: "x" }), await caller.put(stranger, user("x@acme.example")), await caller.delete(stranger)]) expectError(answer, 404);
    expect(seen).toEqual([]);
  });
});

describe("committed", () => {
  test("runs after the commit: another connection sees what was written", async () => {
    const other = connectSpecimen(specimen.url);
    const seen: unknown[] = [];
    const { acme: caller } = open({
      User: { committed: async ({ kind, id, principal, tenant }) => void seen.push([kind, principal, tenant === acme, await other.prisma.membership.count({ where: { id } })]) },
      Group: { committed: async ({ kind, id, resource }) => void seen.push([kind, await other.prisma.teamMember.count({ where: { teamId: id } }), resource?.displayName]) },
    });
    const { body } = await caller.post("/Users", user("new@acme.example"));
    await caller.patch(`/Users/${idOf(body)}`, { op: "replace", path: "active", value: false });
    await caller.patch(leads, { op: "add", path: "members", value: [{ value: memberships.grace }] });
    await caller.post("/Groups", group("New", memberships.ada));
    await caller.delete(`/Users/${idOf(body)}`);
    expect(seen).toEqual([["created", "acme directory", true, 1], ["updated", "acme directory", true, 1], ["updated", 2, undefined], ["created", 1, "New"], ["deleted", "acme directory", true, 0]]);
    await other.close();
  });

  test("is not told of what was refused or taken", async () => {
    const seen: string[] = [];
    const { acme: caller } = open({ User: { committed: ({ kind }) => void seen.push(kind), afterUpdate: () => { throw new ScimError(403, "No."); } } });
    await caller.post("/Users", user("ada@acme.example"));
    await caller.patch(ada, { op: "replace", path: "title", value: "x" });
    await caller.delete(`/Users/${users.ada}`);
    expect(seen).toEqual([]);
  });

  test("that fails is reported, and changes no answer", async () => {
    const endpoint = open({ User: { committed: () => Promise.reject(new Error("the mail server is away")) } });
    expect((await endpoint.acme.patch(ada, { op: "replace", path: "title", value: "x" })).body["title"]).toBe("x");
    expect(endpoint.errors.map(String)).toEqual(["Error: the mail server is away"]);
  });
});

describe("a hook costs only where it is given (seam-notes 10)", () => {
  const patch = (caller: Caller): Promise<Answer> => caller.patch(`${ada}?attributes=active`, { op: "replace", path: "active", value: false });
  const sent = async (hooks: SomeHooks, run: (caller: Caller) => Promise<Answer>): Promise<string[]> => {
    const { acme: caller } = open(hooks);
    const statements = await specimen.statements.of(async () => expect((await run(caller)).status).toBeLessThan(300));
    return statements.map(({ sql }) => sql.split(" ")[0] ?? "");
  };
  const nothing = (): void => undefined;

  test.each<[string, SomeHooks, readonly string[]]>([
    ["none", {}, ["UPDATE"]],
    ["committed", { User: { committed: nothing } }, ["UPDATE"]],
    ["hooks of other writes", { User: { beforeCreate: nothing, afterCreate: nothing, beforeDelete: nothing, afterDelete: nothing }, Group: { beforeUpdate: nothing } }, ["UPDATE"]],
  ])("PATCH active with %s", async (_, hooks, expected) => {
    expect(await sent(hooks, patch)).toEqual(expected);
  });

  test("beforeUpdate reads everything under the lock; afterUpdate alone does not read what was", async () => {
    const [before, after] = [await sent({ User: { beforeUpdate: nothing } }, patch), await sent({ User: { afterUpdate: nothing } }, (caller) => caller.patch(`${ada}?attributes=active`, { op: "replace", path: "active", value: true }))];
    expect(before.slice(0, 2)).toEqual(["BEGIN", "UPDATE"]);
    expect(before.length).toBeGreaterThan(after.length);
    expect(after.slice(0, 3)).toEqual(["BEGIN", "UPDATE", "SELECT"]);
  });

  test("DELETE reads only for its hooks, GET for none", async () => {
    const all: SomeHooks = { User: { beforeCreate: nothing, beforeUpdate: nothing, committed: nothing, afterCreate: nothing, afterUpdate: nothing } };
    expect((await sent(all, (caller) => caller.delete(`/Users/${memberships.alan}`))).includes("SELECT")).toBe(false);
    expect((await sent({ User: { beforeDelete: nothing } }, (caller) => caller.delete(`/Users/${memberships.edsger}`))).includes("SELECT")).toBe(true);
    expect(await sent({ User: { ...all.User, beforeDelete: nothing } }, (caller) => caller.get(`${ada}?attributes=title`))).toEqual(["SELECT"]);
  });
});
