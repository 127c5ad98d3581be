/** Hooks for ids that really come into a list of members, or go out of it (product.md 6; seam-notes 10). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { memberships, teams, users } from "../../prisma/seed.js";
import type { Prisma } from "../../prisma/src/db/client.js";
import { ScimError } from "../../prisma/src/scim/generated/index.js";
import { connectSpecimen, openSpecimen } from "../postgres/specimen.js";
import type { Specimen } from "../postgres/specimen.js";
import { expectError, group, idOf, openEndpoint } from "./endpoint.js";
import type { Answer, Caller, Endpoint, Operation, SomeHooks } from "./endpoint.js";
import { reset } from "./reset.js";

let specimen: Specimen;
beforeAll(async () => {
  specimen = await openSpecimen();
});
afterAll(() => specimen.close());
beforeEach(() => reset(specimen.prisma));

/** Engineering has Ada, Grace and Alan; Edsger and Barbara are in no team of Acme's. */
const engineering = `/Groups/${teams.engineering}`;
const { ada, grace, alan, edsger, barbara } = memberships;
const open = (hooks: SomeHooks["Group"]): Endpoint => openEndpoint(specimen.prisma, { hooks: { ...(hooks === undefined ? {} : { Group: hooks }) } });
const rows = (): Promise<unknown> => Promise.all([specimen.prisma.team.findMany({ orderBy: { id: "asc" } }), specimen.prisma.teamMember.findMany({ orderBy: [{ teamId: "asc" }, { membershipId: "asc" }] }), specimen.prisma.session.count()]);
const membersOf = async (teamId: string): Promise<string[]> => (await specimen.prisma.teamMember.findMany({ where: { teamId }, orderBy: { membershipId: "asc" } })).map(({ membershipId }) => membershipId);

type Name = `${"before" | "after"}Member${"Added" | "Removed"}` | "memberAdded" | "memberRemoved";
const names: readonly Name[] = ["beforeMemberAdded", "afterMemberAdded", "memberAdded", "beforeMemberRemoved", "afterMemberRemoved", "memberRemoved"];

function watched(some: readonly Name[]): { readonly caller: Caller; readonly seen: unknown[] } {
  const seen: unknown[] = [];
  const hook = (name: Name) => ({ id, attribute, members }: { readonly id: string; readonly attribute: string; readonly members: readonly string[] }) => void seen.push([name, id, attribute, [...members].sort()]);
  return { caller: open(Object.fromEntries(some.map((name) => [name, hook(name)]))).acme, seen };
}

const valued = (...ids: readonly string[]): object[] => ids.map((value) => ({ value }));
const add = (...ids: readonly string[]): Operation => ({ op: "add", path: "members", value: valued(...ids) });
const remove = (id: string): Operation => ({ op: "remove", path: `members[value eq "${id}"]` });
const replace = (...ids: readonly string[]): Operation => ({ op: "replace", path: "members", value: valued(...ids) });

/** What is asked, and which ids come and go by it. */
const writes: readonly [string, (caller: Caller) => Promise<Answer>, added: readonly string[], removed: readonly string[]][] = [
  ["add of one who is there and two who are not", (caller) => caller.patch(engineering, add(ada, edsger, barbara)), [edsger, barbara], []],
  ["remove of one who is there and one who is not", (caller) => caller.patch(engineering, remove(ada), remove(edsger)), [], [ada]],
  ["remove with a value (Entra ID)", (caller) => caller.patch(engineering, { op: "Remove", path: "members", value: valued(grace, barbara) }), [], [grace]],
  ["add and remove in one PATCH, and a new name", (caller) => caller.patch(engineering, add(edsger), remove(alan), { op: "replace", path: "displayName", value: "Builders" }), [edsger], [alan]],
  ["add, then remove of the same one", (caller) => caller.patch(engineering, add(edsger), remove(edsger), add(barbara)), [barbara], []],
  ["replace by a list", (caller) => caller.patch(engineering, replace(grace, edsger)), [edsger], [ada, alan]],
  ["replace by nothing", (caller) => caller.patch(engineering, replace()), [], [ada, grace, alan]],
  ["remove of all", (caller) => caller.patch(engineering, { op: "remove", path: "members" }), [], [ada, grace, alan]],
  ["PUT", (caller) => caller.put(engineering, group("Engineering", ada, barbara)), [barbara], [grace, alan]],
];

const sets: readonly (readonly Name[])[] = [names, ["beforeMemberAdded", "beforeMemberRemoved"], ["afterMemberAdded", "memberAdded"], ["memberRemoved"]];
const before = ["beforeMemberRemoved", "beforeMemberAdded"] as const;
const inOrder: readonly Name[] = [...before, "afterMemberRemoved", "afterMemberAdded", "memberRemoved", "memberAdded"];

describe.each(sets.map((each) => [each.join(", "), each] as const))("%s", (_, some) => {
  test.each(writes)("%s: told the ids that really move", async (_, run, added, removed) => {
    const { caller, seen } = watched(some);
    const answer = await run(caller);
    expect(answer.status, answer.text).toBeLessThan(300);
    const expected = inOrder.filter((name) => some.includes(name)).flatMap((name) => {
      const members = name.endsWith("Added") ? added : removed;
      return members.length === 0 ? [] : [[name, teams.engineering, "members", [...members].sort()]];
    });
    expect(seen).toEqual(expected);
    expect(await membersOf(teams.engineering)).toEqual([...new Set([ada, grace, alan, ...added])].filter((id) => !removed.includes(id)).sort());
  });

  test("a POST with members adds them, a POST without calls none", async () => {
    const { caller, seen } = watched(some);
    const id = idOf((await caller.post("/Groups", group("New", ada, edsger, ada))).body);
    await caller.post("/Groups", group("Empty"));
    expect(seen).toEqual(some.filter((name) => name.endsWith("Added")).map((name) => [name, id, "members", [ada, edsger].sort()]));
  });

  test("a write that moves nobody calls none, and moves no lastModified", async () => {
    const { caller, seen } = watched(some);
    const was = await rows();
    expect((await caller.patch(engineering, add(ada), remove(edsger))).status).toBe(204);
    expect((await caller.patch(engineering, replace(ada, grace, alan))).status).toBe(204);
    expect((await caller.put(engineering, { ...group("Engineering", ada, grace, alan), externalId: "okta-engineering" })).status).toBe(200);
    expect(await rows()).toEqual(was);
    expectError(await caller.patch(engineering, add(users.ada)), 400, "invalidValue");
    expectError(await caller.patch(`/Groups/${teams.engineeringAtGlobex}`, remove(memberships.katherine)), 404);
    expect(await rows()).toEqual(was);
    expect(seen).toEqual([]);
  });

  test("a DELETE, of the group or of a member, has hooks of its own", async () => {
    const { caller, seen } = watched(some);
    expect((await caller.delete(engineering)).status).toBe(204);
    expect((await caller.delete(`/Users/${ada}`)).status).toBe(204);
    expect(seen).toEqual([]);
  });
});

test("the order: before the rows move, after all of the write, and with the update hooks around", async () => {
  const seen: unknown[] = [];
  const look = (name: string) => async ({ tx, id }: { tx: Prisma.TransactionClient; id: string }) => {
    const team = await tx.team.findUniqueOrThrow({ where: { id }, include: { members: true } });
    seen.push([name, team.name, team.members.length]);
  };
  const { acme } = open({
    beforeUpdate: () => void seen.push("beforeUpdate"),
    beforeMemberAdded: look("before"),
    afterMemberAdded: look("after"),
    afterUpdate: () => void seen.push("afterUpdate"),
    committed: () => void seen.push("committed"),
    memberAdded: () => void seen.push("memberAdded"),
  });
  await acme.patch(engineering, add(edsger), { op: "replace", path: "displayName", value: "Builders" });
  expect(seen).toEqual(["beforeUpdate", ["before", "Engineering", 3], ["after", "Builders", 4], "afterUpdate", "committed", "memberAdded"]);
});

describe.each(["beforeMemberAdded", "afterMemberAdded", "beforeMemberRemoved", "afterMemberRemoved"] as const)("%s", (name) => {
  const requests: readonly [string, (caller: Caller) => Promise<Answer>][] = name.endsWith("Added")
    ? [["PATCH", (caller) => caller.patch(engineering, add(edsger))], ["PUT", (caller) => caller.put(engineering, group("x", ada, edsger))], ["POST", (caller) => caller.post("/Groups", group("New", ada))]]
    : [["PATCH", (caller) => caller.patch(engineering, remove(ada))], ["PUT", (caller) => caller.put(engineering, group("x", alan))]];

  test.each(requests)("on %s: what it writes with `tx` is committed with the rest", async (_, run) => {
    const { acme } = open({ [name]: async ({ tx }: { tx: Prisma.TransactionClient }) => void (await tx.session.create({ data: { userId: users.margaret } })) });
    expect((await run(acme)).status).toBeLessThan(300);
    expect(await specimen.prisma.session.count()).toBe(1);
  });

  test.each(requests)("on %s: refuses by a ScimError, and nothing is written", async (_, run) => {
    const endpoint = open({ [name]: async ({ tx }: { tx: Prisma.TransactionClient }) => {
      await tx.session.create({ data: { userId: users.margaret } });
      throw new ScimError(403, "This group is kept by hand.");
    } });
    const was = await rows();
    const answer = await run(endpoint.acme);
    expectError(answer, 403);
    expect(answer.body["detail"]).toBe("This group is kept by hand.");
    expect(await rows()).toEqual(was);
  });

  test.each(requests)("on %s: another error is 500 without its text, and nothing is written", async (_, run) => {
    const endpoint = open({ [name]: () => Promise.reject(new Error("secret of the host")) });
    const was = await rows();
    const answer = await run(endpoint.acme);
    expectError(answer, 500);
    expect(answer.text).not.toContain("secret");
    expect(await rows()).toEqual(was);
    expect(endpoint.errors).toHaveLength(1);
  });
});

test("memberAdded runs after the commit; its error is reported and changes no answer", async () => {
  const other = connectSpecimen(specimen.url);
  const endpoint = open({ memberAdded: async ({ id, principal }) => {
    throw new Error(`${String(principal)}: ${await other.prisma.teamMember.count({ where: { teamId: id } })}`);
  } });
  expect((await endpoint.acme.patch(engineering, add(edsger))).status).toBe(204);
  expect(endpoint.errors.map(String)).toEqual(["Error: acme directory: 4"]);
  await other.close();
});

test("32 parallel adds of overlapping members tell each of them once", async () => {
  const seen: string[] = [];
  const { acme } = open({ memberAdded: ({ members }) => void seen.push(...members), memberRemoved: ({ members }) => void seen.push(...members) });
  const all = [ada, grace, alan, edsger, barbara];
  const answers = await Promise.all(Array.from({ length: 32 }, (_, turn) => acme.patch(`/Groups/${teams.empty}`, add(...all.slice(turn % 4, (turn % 4) + 2)))));
  expect(answers.filter(({ status }) => status !== 204)).toEqual([]);
  expect(seen.sort()).toEqual(all.sort());
});

describe("what they cost", () => {
  const sent = async (hooks: SomeHooks["Group"], ...operations: readonly Operation[]): Promise<string> => {
    const { acme } = open(hooks);
    const statements = await specimen.statements.of(async () => expect((await acme.patch(engineering, ...operations)).status).toBe(204));
    return statements.map(({ sql }) => sql.split(" ")[0] ?? "").join(" ");
  };
  const nothing = (): void => undefined;

  test("one statement, where ids come or go that the hook waits for", async () => {
    expect(await sent({}, add(edsger))).toBe("SELECT BEGIN UPDATE INSERT COMMIT");
    expect(await sent({ memberAdded: nothing }, add(barbara))).toBe("SELECT BEGIN UPDATE SELECT INSERT COMMIT");
    expect(await sent({ memberAdded: nothing }, remove(ada))).toBe("BEGIN UPDATE DELETE COMMIT");
    expect(await sent({ memberAdded: nothing, beforeMemberRemoved: nothing }, add(ada), remove(alan))).toBe("SELECT BEGIN UPDATE SELECT DELETE INSERT COMMIT");
  });

  test("none for a whole list, which is compared anyway, nor for a new name", async () => {
    expect(await sent({ afterMemberAdded: nothing, afterMemberRemoved: nothing }, replace(ada))).toBe("BEGIN UPDATE SELECT DELETE COMMIT");
    expect(await sent({ afterMemberAdded: nothing, afterMemberRemoved: nothing }, { op: "replace", path: "displayName", value: "x" })).toBe("UPDATE");
  });
});

test("are offered for a resource that has members and for no other", () => {
  const hooks: SomeHooks = {
    Group: { memberAdded: () => undefined },
    // @ts-expect-error nobody is a member of a person
    User: { memberAdded: () => undefined },
  };
  expect(Object.keys(hooks)).toEqual(["Group", "User"]);
});
