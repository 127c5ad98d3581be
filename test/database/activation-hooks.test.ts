/** Hooks for the turn of `active`, from what it really was to the other (product.md 6; seam-notes 10). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { memberships, users } from "../../prisma/seed.js";
import type { Prisma } from "../../prisma/src/db/client.js";
import { ScimError } from "../../prisma/src/scim/generated/index.js";
import { connectSpecimen, openSpecimen } from "../postgres/specimen.js";
import type { Specimen } from "../postgres/specimen.js";
import { expectError, idOf, made, openEndpoint, user } from "./endpoint.js";
import type { Answer, Caller, Endpoint, Operation, SomeHooks } from "./endpoint.js";
import { reset } from "./reset.js";

let specimen: Specimen;
beforeAll(async () => {
  specimen = await openSpecimen();
});
afterAll(() => specimen.close());
beforeEach(() => reset(specimen.prisma));

/** Active, invited (which is active too), and suspended. */
const ada = `/Users/${memberships.ada}`;
const edsger = `/Users/${memberships.edsger}`;
const alan = `/Users/${memberships.alan}`;
const open = (hooks: SomeHooks["User"]): Endpoint => openEndpoint(specimen.prisma, { hooks: { ...(hooks === undefined ? {} : { User: hooks }) } });
const status = async (id: string): Promise<string | undefined> => (await specimen.prisma.membership.findUnique({ where: { id } }))?.status;
const rows = async (): Promise<unknown> => [await specimen.prisma.membership.findMany({ orderBy: { id: "asc" } }), await specimen.prisma.user.findMany({ orderBy: { id: "asc" } }), await specimen.prisma.session.findMany()];
const witness = async (tx: Prisma.TransactionClient): Promise<void> => void (await tx.session.create({ data: { userId: users.margaret } }));

type Name = "beforeDeactivate" | "afterDeactivate" | "deactivated" | "beforeReactivate" | "afterReactivate" | "reactivated";
const names: readonly Name[] = ["beforeDeactivate", "afterDeactivate", "deactivated", "beforeReactivate", "afterReactivate", "reactivated"];

/** An endpoint that writes down which of these hooks ran, and what they were shown. */
function watched(some: readonly Name[]): { readonly caller: Caller; readonly seen: unknown[] } {
  const seen: unknown[] = [];
  const hook = (name: Name) => (event: { readonly id?: string; readonly resource: { readonly id: string; readonly active?: boolean | undefined } | undefined }) =>
    void seen.push(`${name} ${event.resource === undefined ? String(event.id) : event.resource.id} ${String(event.resource?.active)}`);
  return { caller: open(Object.fromEntries(some.map((name) => [name, hook(name)]))).acme, seen };
}

const active = (value: unknown): Operation => ({ op: "replace", path: "active", value });
const writes: readonly [string, (caller: Caller, path: string, value: boolean) => Promise<Answer>][] = [
  ["PATCH of `active` alone", (caller, path, value) => caller.patch(path, active(value))],
  ["PATCH of `active` alone, `attributes=active`", (caller, path, value) => caller.patch(`${path}?attributes=active`, active(value))],
  ["PATCH without a path", (caller, path, value) => caller.patch(path, { op: "replace", value: { active: value } })],
  ["PATCH with text for a boolean (Entra ID)", (caller, path, value) => caller.patch(path, { op: "Replace", path: "active", value: value ? "True" : "False" })],
  ["PATCH without a path, of more", (caller, path, value) => caller.patch(path, { op: "replace", value: { active: value, displayName: "x" } })],
  ["PATCH of `active` and a column beside it", (caller, path, value) => caller.patch(path, active(value), { op: "replace", path: "title", value: "x" })],
  ["PATCH of `active` and e-mails", (caller, path, value) => caller.patch(path, active(value), { op: "add", path: "emails", value: [{ value: "x@acme.example" }] })],
  ["PUT", async (caller, path, value) => caller.put(path, { ...(await caller.get(path)).body, active: value })],
];

/** Every set of hooks costs its own way through the store: all of them, those before, those after, those told of the commit. */
const sets: readonly (readonly Name[])[] = [names, ["beforeDeactivate", "beforeReactivate"], ["afterDeactivate", "afterReactivate"], ["deactivated", "reactivated"]];

describe.each(sets.map((each) => [each.join(", "), each] as const))("%s", (_, some) => {
  test.each(writes)("%s: one turn calls each once, before with what was and after with what is", async (_, write) => {
    const { caller, seen } = watched(some);
    for (const [path, id, value] of [[ada, memberships.ada, false], [edsger, memberships.edsger, false], [alan, memberships.alan, true]] as const) {
      expect((await write(caller, path, value)).status).toBe(200);
      expect(seen.splice(0)).toEqual(some.filter((name) => name.toLowerCase().includes(value ? "reactivate" : "deactivate")).map((name) => `${name} ${id} ${String(name.startsWith("before") ? !value : value)}`));
      expect(await status(id)).toBe(value ? "ACTIVE" : "SUSPENDED");
    }
  });

  test.each(writes)("%s: no turn calls none, whatever else is written", async (_, write) => {
    const { caller, seen } = watched(some);
    for (const [path, id, value, stays] of [[ada, memberships.ada, true, "ACTIVE"], [edsger, memberships.edsger, true, "INVITED"], [alan, memberships.alan, false, "SUSPENDED"]] as const) {
      expect((await write(caller, path, value)).status).toBe(200);
      expect(await status(id)).toBe(stays);
    }
    expect(seen).toEqual([]);
  });

  test("POST of an inactive user, a PATCH of other things, a DELETE and an unknown user call none", async () => {
    const { caller, seen } = watched(some);
    const id = idOf(await made(caller, "/Users", user("new@acme.example", { active: false })));
    await caller.patch(`/Users/${id}`, { op: "replace", path: "title", value: "x" });
    await caller.patch(`/Users/${id}`, { op: "add", path: "emails", value: [{ value: "x@acme.example" }] });
    await caller.delete(`/Users/${id}`);
    await caller.delete(ada);
    expectError(await caller.patch(`/Users/${memberships.katherine}`, active(false)), 404);
    expect(seen).toEqual([]);
  });
});

test("the order, with the hooks of the update around them: before, before, write, after, after, commit", async () => {
  const seen: string[] = [];
  const note = (name: string) => () => void seen.push(name);
  const { acme } = open(Object.fromEntries([...names, "beforeUpdate", "afterUpdate", "committed"].map((name) => [name, note(name)])));
  await acme.patch(ada, active(false));
  expect(seen).toEqual(["beforeUpdate", "beforeDeactivate", "afterDeactivate", "afterUpdate", "committed", "deactivated"]);
});

test("they are shown the whole resource, whatever the client asks for; after the commit what the answer holds", async () => {
  const seen: unknown[] = [];
  const { acme } = open({
    beforeDeactivate: ({ resource }) => void seen.push([resource.userName, resource.emails?.length, resource.groups?.length]),
    afterDeactivate: ({ resource }) => void seen.push([resource.userName, resource.emails?.length, resource.groups?.length]),
    deactivated: ({ resource, tenant, principal }) => void seen.push([resource?.active, tenant.length, principal]),
  });
  const { body } = await acme.patch(`${ada}?attributes=active`, active(false));
  expect(Object.keys(body).sort()).toEqual(["active", "id", "schemas"]);
  expect(seen).toEqual([["ada@acme.example", 2, 2], ["ada@acme.example", 2, 2], [false, 36, "acme directory"]]);
});

describe.each(["beforeDeactivate", "afterDeactivate"] as const)("%s", (name) => {
  test.each(writes)("%s: what it writes with `tx` is committed with the turn", async (_, write) => {
    const { acme } = open({ [name]: ({ tx }: { tx: Prisma.TransactionClient }) => witness(tx) });
    expect((await write(acme, ada, false)).status).toBe(200);
    expect(await specimen.prisma.session.count()).toBe(1);
  });

  test.each(writes)("%s: a ScimError refuses with its status and sentence, and nothing is written", async (_, write) => {
    const endpoint = open({ [name]: async ({ tx }: { tx: Prisma.TransactionClient }) => {
      await witness(tx);
      throw new ScimError(400, "Not on a Friday.", "mutability");
    } });
    const before = await rows();
    const answer = await write(endpoint.acme, ada, false);
    expectError(answer, 400, "mutability");
    expect(answer.body["detail"]).toBe("Not on a Friday.");
    expect(await rows()).toEqual(before);
    expect(endpoint.errors).toEqual([]);
  });

  test.each(writes)("%s: another error is 500 without its text, and nothing is written", async (_, write) => {
    const endpoint = open({ [name]: async ({ tx }: { tx: Prisma.TransactionClient }) => {
      await witness(tx);
      throw new Error("secret of the host");
    } });
    const before = await rows();
    const answer = await write(endpoint.acme, ada, false);
    expectError(answer, 500);
    expect(answer.text).not.toContain("secret");
    expect(await rows()).toEqual(before);
    expect(endpoint.errors).toHaveLength(1);
  });
});

describe("deactivated, after the commit", () => {
  test("another connection sees the turn", async () => {
    const other = connectSpecimen(specimen.url);
    const seen: unknown[] = [];
    const { acme } = open({ deactivated: async ({ id }) => void seen.push((await other.prisma.membership.findUnique({ where: { id } }))?.status) });
    for (const [, write] of writes) {
      await reset(specimen.prisma);
      await write(acme, ada, false);
    }
    expect(seen).toEqual(writes.map(() => "SUSPENDED"));
    await other.close();
  });

  test("its error is reported and changes no answer", async () => {
    const endpoint = open({ deactivated: () => Promise.reject(new Error("the mail server is away")) });
    expect((await endpoint.acme.patch(ada, active(false))).body["active"]).toBe(false);
    expect(endpoint.errors.map(String)).toEqual(["Error: the mail server is away"]);
  });

  test("is not told of what another hook refused", async () => {
    const seen: string[] = [];
    const { acme } = open({ deactivated: () => void seen.push("told"), afterUpdate: () => { throw new ScimError(403, "No."); } });
    expectError(await acme.patch(ada, active(false)), 403);
    expect(seen).toEqual([]);
  });
});

test("64 deactivations of one user at once are one turn", async () => {
  for (const some of sets) {
    await reset(specimen.prisma);
    const { caller, seen } = watched(some);
    await Promise.all(Array.from({ length: 64 }, () => caller.patch(ada, active(false))));
    expect(seen).toHaveLength(some.filter((name) => name.toLowerCase().includes("deactivate")).length);
  }
});

test("a race that a hook's own statement loses runs the write again, hooks and all", async () => {
  let turns = 0;
  const { acme } = open({ afterDeactivate: async ({ tx }) => {
    turns++;
    if (turns === 1) await tx.$executeRawUnsafe("DO $$ BEGIN RAISE EXCEPTION 'deadlock' USING ERRCODE = '40P01'; END $$");
  } });
  expect((await acme.patch(ada, active(false))).status).toBe(200);
  expect(turns).toBe(2);
});

describe("what they cost", () => {
  const sent = async (hooks: SomeHooks["User"], ...operations: readonly Operation[]): Promise<string> => {
    const { acme } = open(hooks);
    const statements = await specimen.statements.of(async () => expect((await acme.patch(`${ada}?attributes=title`, ...operations)).status).toBe(200));
    return statements.map(({ sql }) => sql.split(" ")[0] ?? "").join(" ");
  };
  const nothing = (): void => undefined;
  const all: SomeHooks["User"] = Object.fromEntries(names.map((name) => [name, nothing]));
  const title: Operation = { op: "replace", path: "title", value: "x" };

  test("none, where `active` is not written", async () => {
    expect(await sent(all, title)).toBe("UPDATE");
  });

  test("nothing for `deactivated` when `active` is written alone", async () => {
    expect(await sent({ deactivated: nothing }, active(false))).toBe("UPDATE");
  });

  test("nothing for the hooks of the other turn", async () => {
    expect(await sent({ beforeReactivate: nothing, afterReactivate: nothing }, active(false))).toBe("UPDATE");
  });

  test("the transaction for `afterDeactivate`, without a read of what was", async () => {
    expect(await sent({ afterDeactivate: nothing }, active(false))).toMatch(/^BEGIN UPDATE( SELECT){7} COMMIT$/);
  });

  test("the lock and a read for `beforeDeactivate`", async () => {
    expect(await sent({ beforeDeactivate: nothing }, active(false))).toMatch(/^BEGIN UPDATE( SELECT){7} UPDATE SELECT COMMIT$/);
  });

  test("the lock, which tells what was, for `deactivated` when more is written", async () => {
    expect(await sent({ deactivated: nothing }, active(false), title)).toBe("BEGIN UPDATE UPDATE UPDATE SELECT COMMIT");
  });
});

test("are offered for a resource that has `active` and for no other", () => {
  const hooks: SomeHooks = {
    User: { beforeDeactivate: () => undefined },
    // @ts-expect-error a Team has nothing that a client could deactivate
    Group: { beforeDeactivate: () => undefined },
  };
  expect(Object.keys(hooks)).toEqual(["User", "Group"]);
});
