/** Many writers of one user, and of one person in two tenants, at once (product.md 5, 6; RFC 7644 3.3, 3.5.2). */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { acme, globex } from "../../prisma/seed.js";
import { enterprise, idOf, made, objects, text, user, valuesOf } from "../database/endpoint.js";
import type { Operation } from "../database/endpoint.js";
import { openProcesses, people, statuses, together } from "./processes.js";
import type { Processes } from "./processes.js";

// Some of these take half a second alone, and half a minute beside other work on the same cores.
vi.setConfig({ testTimeout: 120_000 });

let processes: Processes;
beforeAll(async () => {
  processes = await openProcesses();
});
afterAll(() => processes.close());

const fresh = async (userName: string, more: object = {}): Promise<string> => idOf(await made(processes.at(0).acme, "/Users", user(userName, more)));

/** Single attributes on both sides of the join. */
const singles = ["title", "userType", "displayName", "nickName", "profileUrl", "preferredLanguage", "locale", "timezone", "externalId", "name.givenName", "name.familyName", "name.formatted", ...["employeeNumber", "costCenter", "organization", "division", "department"].map((name) => `${enterprise}:${name}`)];

describe("64 PATCHes of one user at once", () => {
  test("of different attributes lose none", async () => {
    const id = await fresh("attributes@acme.example");
    const operations: Operation[] = Array.from({ length: 64 }, (_, turn) => {
      const single = singles[turn];
      if (single !== undefined) return { op: "replace", path: single, value: `value ${turn}` };
      return { op: "add", path: turn % 2 === 0 ? "emails" : "phoneNumbers", value: [{ value: `value ${turn}`, type: "work" }] };
    });
    const answers = await together(processes, 64, (caller, turn) => caller.patch(`/Users/${id}`, operations[turn] ?? { op: "add" }));
    expect(statuses(answers)).toEqual({ 200: 64 });
    const { body } = await processes.at(1).acme.get(`/Users/${id}`);
    const written = JSON.stringify(body);
    expect(operations.filter(({ value }) => typeof value === "string" && !written.includes(`"${value}"`))).toEqual([]);
    const values = [...valuesOf(body["emails"]), ...valuesOf(body["phoneNumbers"])];
    expect(values.sort()).toEqual(Array.from({ length: 64 - singles.length }, (_, n) => `value ${n + singles.length}`).sort());
    await processes.expectNoDeadlock();
  });

  test("that each add an e-mail address leave 64 addresses", async () => {
    const id = await fresh("emails@acme.example");
    const answers = await together(processes, 64, (caller, turn) => caller.patch(`/Users/${id}`, { op: "add", path: "emails", value: [{ value: `${turn}@acme.example`, primary: true }] }));
    expect(statuses(answers)).toEqual({ 200: 64 });
    const emails = objects((await processes.at(0).acme.get(`/Users/${id}`)).body["emails"]);
    expect(emails).toHaveLength(64);
    // RFC 7643 2.4: at most one primary, also when 64 claim it.
    expect(emails.filter((each) => each["primary"] === true)).toHaveLength(1);
    await processes.expectNoDeadlock();
  });

  test("that write the same element leave it once", async () => {
    const id = await fresh("same@acme.example");
    const answers = await together(processes, 64, (caller) => caller.patch(`/Users/${id}`, { op: "replace", path: 'emails[type eq "work"].value', value: "one@acme.example" }));
    expect(statuses(answers)).toEqual({ 200: 64 });
    expect(valuesOf((await processes.at(0).acme.get(`/Users/${id}`)).body["emails"])).toEqual(["one@acme.example"]);
    expect(await processes.prisma.email.count({ where: { membershipId: id } })).toBe(1);
  });

  test("and PUTs beside them: each answers, and addresses are one writer's and no mixture", async () => {
    const id = await fresh("puts@acme.example");
    const answers = await together(processes, 64, (caller, turn) =>
      turn % 2 === 0
        ? caller.put(`/Users/${id}`, user("puts@acme.example", { title: `${turn}`, emails: [{ value: `${turn}@a.example` }, { value: `${turn}@b.example` }] }))
        : caller.patch(`/Users/${id}`, { op: "replace", path: "active", value: turn % 4 === 1 }, { op: "replace", path: "nickName", value: `${turn}` }),
    );
    expect(statuses(answers)).toEqual({ 200: 64 });
    const { body } = await processes.at(0).acme.get(`/Users/${id}`);
    const title = text(body["title"]);
    expect(valuesOf(body["emails"]).sort()).toEqual([`${title}@a.example`, `${title}@b.example`]);
    await processes.expectNoDeadlock();
  });

  test("beside its DELETE: each is done or is 404", async () => {
    const id = await fresh("leaving@acme.example");
    const answers = await together(processes, 64, (caller, turn) =>
      turn === 20 || turn === 21 ? caller.delete(`/Users/${id}`) : caller.patch(`/Users/${id}`, { op: "add", path: "emails", value: [{ value: `${turn}@acme.example` }] }, { op: "replace", path: "displayName", value: `${turn}` }),
    );
    expect(statuses([answers[20], answers[21]].flatMap((each) => each ?? []))).toEqual({ 204: 1, 404: 1 });
    expect(Object.keys(statuses(answers)).filter((status) => !["200", "204", "404"].includes(status))).toEqual([]);
    expect(await processes.prisma.email.count({ where: { membershipId: id } })).toBe(0);
  });
});

describe("64 POSTs at once", () => {
  test("of one new person in two tenants: one 201 for each, else 409, and one person", async () => {
    for (const round of [1, 2, 3]) {
      const answers = await Promise.all(
        Array.from({ length: 64 }, (_, turn) => {
          const { acme, globex } = processes.at(turn);
          const userName = turn % 4 < 2 ? `New.Person${round}@both.example` : `new.person${round}@BOTH.example`;
          return (turn % 8 < 4 ? acme : globex).post("/Users", user(userName, { emails: [{ value: userName }], name: { givenName: `${turn}` } }));
        }),
      );
      expect(statuses(answers.filter((_, turn) => turn % 8 < 4))).toEqual({ 201: 1, 409: 31 });
      expect(statuses(answers.filter((_, turn) => turn % 8 >= 4))).toEqual({ 201: 1, 409: 31 });
      const persons = await processes.prisma.user.findMany({ where: { email: { equals: `new.person${round}@both.example`, mode: "insensitive" } }, include: { memberships: { include: { emails: true } } } });
      expect(persons).toHaveLength(1);
      expect(persons[0]?.memberships.map(({ orgId }) => orgId).sort()).toEqual([acme, globex].sort());
      expect(persons[0]?.memberships.map(({ emails }) => emails.length)).toEqual([1, 1]);
      for (const answer of answers) if (answer.status === 409) expect(answer.body).toMatchObject({ scimType: "uniqueness", detail: expect.stringContaining("userName") as unknown });
    }
    await processes.expectNoDeadlock();
  });

  test("of 64 new persons: 64 times 201", async () => {
    const answers = await together(processes, 64, (caller, turn) => caller.post("/Users", user(`crowd${turn}@acme.example`, { emails: [{ value: `crowd${turn}@acme.example` }] })));
    expect(statuses(answers)).toEqual({ 201: 64 });
    await processes.expectNoDeadlock();
  });

  test("of one externalId: one 201, and none of the others leaves a person behind", async () => {
    const answers = await together(processes, 64, (caller, turn) => caller.post("/Users", user(`external${turn}@acme.example`, { externalId: "only one" })));
    expect(statuses(answers)).toEqual({ 201: 1, 409: 63 });
    expect(await processes.prisma.user.count({ where: { email: { startsWith: "external" } } })).toBe(1);
  });
});

test("renames to one userName: one has it, the others are 409 and keep their own", async () => {
  const ids = await people(processes.prisma, 32, "renamed");
  const answers = await together(processes, 32, (caller, turn) => caller.patch(`/Users/${ids[turn] ?? ""}`, { op: "replace", value: { userName: turn % 2 === 0 ? "taken@acme.example" : "TAKEN@acme.example", title: "renamed" } }));
  expect(statuses(answers)).toEqual({ 200: 1, 409: 31 });
  expect(await processes.prisma.membership.count({ where: { title: "renamed" } })).toBe(1);
});

test("one person, written by the owner and by another tenant at once: both are answered, in any order of locks", async () => {
  const id = await fresh("shared@acme.example");
  const other = idOf(await made(processes.at(0).globex, "/Users", user("shared@acme.example")));
  const answers = await Promise.all(
    Array.from({ length: 64 }, (_, turn) => {
      const { acme, globex } = processes.at(turn);
      const operations = [{ op: "replace", path: "displayName", value: `${turn}` }, { op: "replace", path: "title", value: `${turn}` }, ...(turn % 4 < 2 ? [] : [{ op: "add", path: "emails", value: [{ value: `${turn}@x.example` }] }])];
      return turn % 8 < 4 ? acme.patch(`/Users/${id}`, ...operations) : globex.patch(`/Users/${other}`, ...operations);
    }),
  );
  expect(statuses(answers)).toEqual({ 200: 64 });
  const { displayName } = await processes.prisma.user.findFirstOrThrow({ where: { memberships: { some: { id } } } });
  expect(Number(displayName) % 8).toBeLessThan(4);
  await processes.expectNoDeadlock();
});

test("managers who are deleted while they are named: every request is done, or told that there is no such manager", async () => {
  const bosses = await people(processes.prisma, 16, "boss");
  const staff = await people(processes.prisma, 16, "staff");
  await Promise.all(staff.map((id, n) => processes.prisma.membership.update({ where: { id }, data: { managerId: bosses[n] ?? null } })));
  const answers = await together(processes, 48, (caller, turn) => {
    const boss = bosses[turn % 16] ?? "";
    if (turn < 16) return caller.delete(`/Users/${boss}`);
    return caller.patch(`/Users/${staff[(turn + 3) % 16] ?? ""}`, { op: "replace", path: `${enterprise}:manager`, value: { value: boss } }, { op: "add", path: "emails", value: [{ value: `${turn}@x.example` }] });
  });
  expect(statuses(answers.slice(0, 16))).toEqual({ 204: 16 });
  expect(Object.keys(statuses(answers.slice(16))).filter((status) => !["200", "400"].includes(status))).toEqual([]);
  expect(await processes.prisma.membership.count({ where: { managerId: { in: [...bosses] } } })).toBe(0);
});
