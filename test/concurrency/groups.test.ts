/** Many writers of one group at once (product.md 5; RFC 7644 3.5.2). */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { acme, teams } from "../../prisma/seed.js";
import { coreGroup, group, idOf, made, valuesOf } from "../database/endpoint.js";
import { openProcesses, people, statuses, together } from "./processes.js";
import type { Processes } from "./processes.js";

// Some of these take half a second alone, and half a minute beside other work on the same cores.
vi.setConfig({ testTimeout: 120_000 });

let processes: Processes;
let members: readonly string[];
beforeAll(async () => {
  processes = await openProcesses();
  members = await people(processes.prisma, 64, "member");
});
afterAll(() => processes.close());

const member = (turn: number): string => members[turn] ?? "";
const of = async (id: string): Promise<string[]> => valuesOf((await processes.at(0).acme.get(`/Groups/${id}`)).body["members"]).sort();
const fresh = async (name: string, ...ids: readonly string[]): Promise<string> => idOf(await made(processes.at(0).acme, "/Groups", group(name, ...ids)));

describe("64 at once", () => {
  test("adds of one member each leave 64 members", async () => {
    const id = await fresh("adds");
    const answers = await together(processes, 64, (caller, turn) => caller.patch(`/Groups/${id}`, { op: "add", path: "members", value: [{ value: member(turn) }] }));
    expect(statuses(answers)).toEqual({ 204: 64 });
    expect(await of(id)).toEqual([...members].sort());
    await processes.expectNoDeadlock();
  });

  test("adds of overlapping members in opposite order leave each member once", async () => {
    const id = await fresh("overlapping");
    const answers = await together(processes, 64, (caller, turn) => {
      const some = members.slice(turn % 8, (turn % 8) + 40).map((value) => ({ value }));
      return caller.patch(`/Groups/${id}`, { op: "add", path: "members", value: turn % 4 < 2 ? some : some.reverse() });
    });
    expect(statuses(answers)).toEqual({ 204: 64 });
    expect(await of(id)).toEqual(members.slice(0, 47).sort());
    await processes.expectNoDeadlock();
  });

  test("adds of some and removes of others lose neither", async () => {
    const id = await fresh("both", ...members.slice(0, 32));
    const answers = await together(processes, 64, (caller, turn) =>
      turn < 32
        ? caller.patch(`/Groups/${id}`, { op: "remove", path: `members[value eq "${member(turn)}"]` })
        : caller.patch(`/Groups/${id}`, { op: "add", path: "members", value: [{ value: member(turn) }] }),
    );
    expect(statuses(answers)).toEqual({ 204: 64 });
    expect(await of(id)).toEqual(members.slice(32).sort());
    await processes.expectNoDeadlock();
  });

  test("renames and adds lose no member, and the name is one of those that were sent", async () => {
    const id = await fresh("before", member(0));
    const answers = await together(processes, 64, (caller, turn) =>
      turn % 2 === 0
        ? caller.patch(`/Groups/${id}`, { op: "replace", value: { id, displayName: `name ${turn}` } })
        : caller.patch(`/Groups/${id}`, { op: "add", path: "members", value: [{ value: member(turn) }] }, { op: "replace", path: "externalId", value: `external ${turn}` }),
    );
    expect(statuses(answers)).toEqual({ 204: 64 });
    expect(await of(id)).toEqual(members.filter((_, turn) => turn === 0 || turn % 2 === 1).sort());
    const team = await processes.prisma.team.findUniqueOrThrow({ where: { id } });
    expect(team.name).toMatch(/^name \d+$/);
    expect(team.externalId).toMatch(/^external \d+$/);
    await processes.expectNoDeadlock();
  });

  test("whole lists: the last one stands as it was sent, mixed with nobody else's", async () => {
    const id = await fresh("lists", ...members.slice(0, 5));
    const list = (turn: number): string[] => members.slice(turn % 16, (turn % 16) + 20).toSorted();
    const answers = await together(processes, 64, (caller, turn) => {
      const value = list(turn).map((each) => ({ value: each }));
      return turn % 2 === 0 ? caller.put(`/Groups/${id}`, { schemas: [coreGroup], displayName: "lists", members: value }) : caller.patch(`/Groups/${id}`, { op: "replace", path: "members", value });
    });
    expect(Object.keys(statuses(answers)).filter((status) => !["200", "204"].includes(status))).toEqual([]);
    const left = await of(id);
    expect(Array.from({ length: 64 }, (_, turn) => list(turn))).toContainEqual(left);
    await processes.expectNoDeadlock();
  });

  test("POSTs of one displayName: one 201, 63 times 409", async () => {
    const answers = await together(processes, 64, (caller) => caller.post("/Groups", group("only one", member(1))));
    expect(statuses(answers)).toEqual({ 201: 1, 409: 63 });
    expect(await processes.prisma.team.count({ where: { orgId: acme, name: "only one" } })).toBe(1);
    expect(await processes.prisma.teamMember.count({ where: { team: { name: "only one" } } })).toBe(1);
  });

  test("members who are deleted meanwhile: every add is done or is 400, and nobody is left who is not there", async () => {
    const going = await people(processes.prisma, 32, "going");
    const id = await fresh("vanishing");
    const answers = await together(processes, 64, (caller, turn) => {
      const each = going[turn % 32] ?? "";
      return turn < 32 ? caller.patch(`/Groups/${id}`, { op: "add", path: "members", value: [{ value: each }] }) : caller.delete(`/Users/${each}`);
    });
    expect(Object.keys(statuses(answers.slice(0, 32))).filter((status) => !["204", "400"].includes(status))).toEqual([]);
    expect(statuses(answers.slice(32))).toEqual({ 204: 32 });
    expect(await of(id)).toEqual([]);
  });

  test("a group that is deleted meanwhile: every add is done or is 404", async () => {
    const id = await fresh("short-lived");
    const answers = await together(processes, 64, (caller, turn) =>
      turn === 20 ? caller.delete(`/Groups/${id}`) : caller.patch(`/Groups/${id}`, { op: "add", path: "members", value: [{ value: member(turn) }] }),
    );
    expect(Object.keys(statuses(answers)).filter((status) => !["204", "404"].includes(status))).toEqual([]);
    expect((await processes.at(0).acme.get(`/Groups/${id}`)).status).toBe(404);
    expect(await processes.prisma.teamMember.count({ where: { teamId: id } })).toBe(0);
  });

  test("many groups, the same members in every order: no deadlock", async () => {
    const ids = [await fresh("ring 0"), await fresh("ring 1"), await fresh("ring 2"), teams.empty];
    const answers = await together(processes, 64, (caller, turn) => {
      const value = members.map((each) => ({ value: each }));
      return caller.patch(`/Groups/${ids[turn % 4] ?? ""}`, { op: turn % 8 < 4 ? "add" : "remove", path: "members", value: turn % 3 === 0 ? value.reverse() : value });
    });
    expect(statuses(answers)).toEqual({ 204: 64 });
    await processes.expectNoDeadlock();
  });
});

test("a hot group leaves room for others: a GET beside 64 adds does not wait for them all", async () => {
  const id = await fresh("hot");
  let done = 0;
  const adds = together(processes, 64, (caller, turn) => caller.patch(`/Groups/${id}`, { op: "add", path: "members", value: [{ value: member(turn) }] }).finally(() => done++));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect((await processes.at(0).acme.get("/Users?count=1")).status).toBe(200);
  expect(done).toBeLessThan(60);
  await adds;
});
