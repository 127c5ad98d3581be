/** The hooks that the specimen itself has (prisma/src/scim/rules.ts): what a product decides beside a directory, and what races must not get past. */
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { acme, globex, memberships, users } from "../../prisma/seed.js";
import { hooks, rules } from "../../prisma/src/scim/rules.js";
import { openSpecimen } from "../postgres/specimen.js";
import type { Specimen } from "../postgres/specimen.js";
import { expectError, idOf, made, openEndpoint, user } from "./endpoint.js";
import type { Answer, Caller, Endpoint, Operation } from "./endpoint.js";
import { reset } from "./reset.js";

let specimen: Specimen;
let endpoint: Endpoint;
beforeAll(async () => {
  specimen = await openSpecimen();
});
afterAll(() => specimen.close());
beforeEach(async () => {
  await reset(specimen.prisma);
  endpoint = openEndpoint(specimen.prisma, { rules, hooks });
});

const at = (id: string): string => `/Users/${id}`;
const active = (value: boolean): Operation => ({ op: "replace", path: "active", value });
const { ada, grace, alan, katherine, dorothy, barbara, barbaraAtGlobex } = memberships;
const membership = (id: string) => specimen.prisma.membership.findUnique({ where: { id } });
const owners = (orgId: string): Promise<number> => specimen.prisma.membership.count({ where: { orgId, role: "OWNER", status: "ACTIVE" } });
const seats = (orgId: string): Promise<number> => specimen.prisma.membership.count({ where: { orgId, status: { not: "SUSPENDED" } } });
const statuses = (answers: readonly Answer[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

describe("the last active owner", () => {
  const leave: readonly [string, (caller: Caller, id: string) => Promise<Answer>][] = [
    ["PATCH of `active`", (caller, id) => caller.patch(at(id), active(false))],
    ["PATCH without a path (Okta)", (caller, id) => caller.patch(at(id), { op: "replace", value: { active: false } })],
    ["PATCH of more", (caller, id) => caller.patch(at(id), active(false), { op: "add", path: "emails", value: [{ value: "x@acme.example" }] })],
    ["PUT", async (caller, id) => caller.put(at(id), { ...(await caller.get(at(id))).body, active: false })],
    ["DELETE", (caller, id) => caller.delete(at(id))],
  ];

  test.each(leave)("cannot leave by %s: 409 with a sentence, and nothing is written", async (_, run) => {
    const was = await membership(ada);
    const answer = await run(endpoint.acme, ada);
    expectError(answer, 409);
    expect(answer.body["detail"]).toBe("This is the last active owner of the organization. Make somebody else an owner first.");
    expect(await membership(ada)).toEqual(was);
  });

  test.each(leave)("can leave by %s when there is another, and an invited or suspended one does not count", async (_, run) => {
    await specimen.prisma.membership.updateMany({ where: { id: { in: [alan, memberships.edsger] } }, data: { role: "OWNER" } });
    expectError(await run(endpoint.acme, ada), 409);
    await specimen.prisma.membership.update({ where: { id: grace }, data: { role: "OWNER" } });
    expect((await run(endpoint.acme, ada)).status).toBeLessThan(300);
    expect(await owners(acme)).toBe(1);
  });

  test("others leave freely, and an owner of another tenant is 404", async () => {
    expect((await endpoint.acme.patch(at(grace), active(false))).status).toBe(200);
    expect((await endpoint.acme.delete(at(barbara))).status).toBe(204);
    expectError(await endpoint.acme.delete(at(katherine)), 404);
  });

  test.each(leave.map((each, n) => [each[0], leave[(n + 1) % leave.length]?.[0] ?? "", each[1], leave[(n + 1) % leave.length]?.[1] ?? each[1]] as const))("two at once, by %s and by %s: one goes, one stays", async (_, __, first, second) => {
    for (let round = 0; round < 5; round++) {
      await reset(specimen.prisma);
      await specimen.prisma.membership.update({ where: { id: grace }, data: { role: "OWNER" } });
      const answers = await Promise.all([first(endpoint.acme, ada), second(endpoint.acme, grace)]);
      expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(1);
      expect(await owners(acme)).toBe(1);
    }
    expect(endpoint.errors).toEqual([]);
  });

  test("asked to leave by DELETE and PATCH at once stays, and the two do not lock each other out", async () => {
    const deadlocks = async (): Promise<number> => {
      // Connections tell what they have counted when they have been idle for a moment.
      await pause(1_100);
      const [row] = await specimen.prisma.$queryRaw<{ deadlocks: bigint }[]>`SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`;
      return Number(row?.deadlocks);
    };
    const before = await deadlocks();
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? endpoint.acme.delete(at(ada)) : endpoint.acme.patch(at(ada), active(false)))));
    expect(statuses(answers)).toEqual({ 409: 8 });
    expect(await deadlocks()).toBe(before);
  });
});

describe("seats", () => {
  const limit = async (more: number): Promise<number> => {
    const seatLimit = (await seats(acme)) + more;
    await specimen.prisma.organization.update({ where: { id: acme }, data: { seatLimit } });
    return seatLimit;
  };

  test("a POST beyond the limit is 403 with a sentence, and leaves no person behind", async () => {
    const seatLimit = await limit(1);
    await made(endpoint.acme, "/Users", user("first@acme.example"));
    const answer = await endpoint.acme.post("/Users", user("second@acme.example", { emails: [{ value: "x" }] }));
    expectError(answer, 403);
    expect(answer.body["detail"]).toBe(`All ${seatLimit} seats of the organization are taken. Deactivate somebody, or buy more seats.`);
    expect(await specimen.prisma.user.count({ where: { email: "second@acme.example" } })).toBe(0);
  });

  test("somebody inactive takes none, and cannot be reactivated beyond the limit by PATCH or PUT", async () => {
    await limit(0);
    const { body } = await endpoint.acme.post("/Users", user("idle@acme.example", { active: false }));
    for (const id of [idOf(body), alan]) {
      expectError(await endpoint.acme.patch(at(id), active(true)), 403);
      expectError(await endpoint.acme.patch(at(id), { op: "replace", value: { active: "True", title: "x" } }), 403);
      expectError(await endpoint.acme.put(at(id), { ...(await endpoint.acme.get(at(id))).body, active: true }), 403);
      expect((await membership(id))?.status).toBe("SUSPENDED");
    }
    expect((await endpoint.acme.patch(at(ada), active(true))).status).toBe(200);
  });

  test("a seat that is given up can be taken", async () => {
    await limit(0);
    expect((await endpoint.acme.patch(at(grace), active(false))).status).toBe(200);
    expect((await endpoint.acme.patch(at(alan), active(true))).status).toBe(200);
    expectError(await endpoint.acme.patch(at(grace), active(true)), 403);
  });

  test("20 POSTs at once never exceed it", async () => {
    const seatLimit = await limit(7);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => endpoint.acme.post("/Users", user(`crowd${n}@acme.example`))));
    expect(statuses(answers)).toEqual({ 201: 7, 403: 13 });
    expect(await seats(acme)).toBe(seatLimit);
    expect(await specimen.prisma.user.count({ where: { email: { startsWith: "crowd" } } })).toBe(7);
  });

  test("POSTs and reactivations at once never exceed it", async () => {
    const idle = await Promise.all(Array.from({ length: 10 }, (_, n) => made(endpoint.acme, "/Users", user(`idle${n}@acme.example`, { active: false }))));
    const seatLimit = await limit(5);
    const answers = await Promise.all(idle.flatMap((each, n) => [endpoint.acme.patch(at(idOf(each)), active(true)), endpoint.acme.post("/Users", user(`new${n}@acme.example`))]));
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(15);
    expect(await seats(acme)).toBe(seatLimit);
  });

  test("are each organization's own", async () => {
    await limit(0);
    await made(endpoint.globex, "/Users", user("new@globex.example"));
  });
});

describe("sessions", () => {
  const signIn = (userId: string) => specimen.prisma.session.create({ data: { userId } });
  const open = (userId: string): Promise<number> => specimen.prisma.session.count({ where: { userId, revokedAt: null } });

  test("end with a deactivation, in its transaction, and only that person's", async () => {
    for (const id of [users.grace, users.grace, users.ada]) await signIn(id);
    expect((await endpoint.acme.patch(at(grace), active(false))).status).toBe(200);
    expect([await open(users.grace), await open(users.ada)]).toEqual([0, 1]);
  });

  test("stay when the deactivation is refused, or is none", async () => {
    await signIn(users.ada);
    await signIn(users.alan);
    expectError(await endpoint.acme.patch(at(ada), active(false)), 409);
    expect((await endpoint.acme.patch(at(alan), active(false))).status).toBe(200);
    expect([await open(users.ada), await open(users.alan)]).toEqual([1, 1]);
  });

  test("of a person of two organizations end with the second, also when both deactivate at once", async () => {
    await signIn(users.barbara);
    await endpoint.acme.patch(at(barbara), active(false));
    expect(await open(users.barbara)).toBe(1);
    await endpoint.globex.patch(at(barbaraAtGlobex), active(false));
    expect(await open(users.barbara)).toBe(0);
    for (let round = 0; round < 10; round++) {
      await reset(specimen.prisma);
      await signIn(users.barbara);
      const answers = await Promise.all([endpoint.acme.patch(at(barbara), active(false)), endpoint.globex.patch(at(barbaraAtGlobex), active(false))]);
      expect(statuses(answers)).toEqual({ 200: 2 });
      expect(await open(users.barbara)).toBe(0);
    }
  });
});

describe("the role of somebody new", () => {
  test("is the schema's, or administrator where the directory says so", async () => {
    const [plain, admin] = [await made(endpoint.acme, "/Users", user("a@acme.example")), await made(endpoint.acme, "/Users", user("b@acme.example", { userType: "Administrator" }))];
    expect([(await membership(idOf(plain)))?.role, (await membership(idOf(admin)))?.role]).toEqual(["MEMBER", "ADMIN"]);
  });

  test("is given once: later changes are the product's", async () => {
    expect((await endpoint.globex.patch(at(dorothy), { op: "replace", path: "userType", value: "Administrator" })).status).toBe(200);
    expect((await membership(dorothy))?.role).toBe("MEMBER");
    expect(await owners(globex)).toBe(1);
  });
});
