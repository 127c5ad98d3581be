/** Many writers who have all seen the same version (RFC 7644 3.14): one of them is right, and the others are told. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { group, idOf, made, patchOp, user } from "../database/endpoint.js";
import { openProcesses, people, statuses, together } from "./processes.js";
import type { Processes } from "./processes.js";

vi.setConfig({ testTimeout: 120_000 });

let processes: Processes;
beforeAll(async () => {
  processes = await openProcesses();
});
afterAll(() => processes.close());

const tagOf = async (path: string): Promise<string> => (await processes.at(0).acme.get(path)).headers["ETag"] ?? "";

test("64 PATCHes of one user with one If-Match: one is done, 63 are 412, and the row is that one's", async () => {
  const path = `/Users/${idOf(await made(processes.at(0).acme, "/Users", user("version@acme.example")))}`;
  const tag = await tagOf(path);
  const answers = await together(processes, 64, (caller, turn) => caller.ask("PATCH", path, { schemas: [patchOp], Operations: [{ op: "replace", path: "title", value: `T${turn}` }] }, { "if-match": tag }));
  expect(statuses(answers)).toEqual({ 200: 1, 412: 63 });
  const winner = answers.find(({ status }) => status === 200);
  expect((await processes.at(1).acme.get(path)).body["title"]).toBe(winner?.body["title"]);
  expect(await tagOf(path)).toBe(winner?.headers["ETag"]);
});

test("32 changes of a group's members with one If-Match: one is done", async () => {
  const members = await people(processes.prisma, 32, "tagged");
  const path = `/Groups/${idOf(await made(processes.at(0).acme, "/Groups", group("Tagged")))}`;
  const tag = await tagOf(path);
  const answers = await together(processes, 32, (caller, turn) => caller.ask("PATCH", path, { schemas: [patchOp], Operations: [{ op: "add", path: "members", value: [{ value: members[turn] }] }] }, { "if-match": tag }));
  expect(statuses(answers)).toEqual({ 204: 1, 412: 31 });
  expect(await processes.prisma.teamMember.count({ where: { teamId: path.slice("/Groups/".length) } })).toBe(1);
});

test("a DELETE with the version of before a change is 412, and the row stays as it was changed", async () => {
  const path = `/Users/${idOf(await made(processes.at(0).acme, "/Users", user("stale@acme.example")))}`;
  const tag = await tagOf(path);
  await processes.at(1).acme.patch(path, { op: "replace", path: "title", value: "new" });
  expect((await processes.at(0).acme.ask("DELETE", path, undefined, { "if-match": tag })).status).toBe(412);
  expect((await processes.at(0).acme.get(path)).body["title"]).toBe("new");
});

test("a change that the product's own code made is seen too: the version is of what is there", async () => {
  const id = idOf(await made(processes.at(0).acme, "/Users", user("own@acme.example")));
  const tag = await tagOf(`/Users/${id}`);
  await processes.prisma.$executeRaw`UPDATE "Membership" SET title = 'by hand' WHERE id = ${id}::uuid`;
  const refused = await processes.at(0).acme.ask("PATCH", `/Users/${id}`, { schemas: [patchOp], Operations: [{ op: "replace", path: "title", value: "x" }] }, { "if-match": tag });
  expect(refused.status).toBe(412);
});
