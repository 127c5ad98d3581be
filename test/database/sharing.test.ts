/** A person whom several tenants share is written by the owner alone (product.md 6): the takeover that must not be possible. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { acme, globex, memberships, users } from "../../prisma/seed.js";
import { ScimError } from "../../prisma/src/scim/generated/index.js";
import type { JsonObject } from "../../templates/generated/protocol/json.js";
import { openSpecimen } from "../postgres/specimen.js";
import type { Specimen } from "../postgres/specimen.js";
import { enterprise, expectError, idOf, made, openEndpoint, patchOp, user } from "./endpoint.js";
import type { Answer, Endpoint, Operation } from "./endpoint.js";
import { reset } from "./reset.js";

let specimen: Specimen;
let endpoint: Endpoint;
beforeAll(async () => {
  specimen = await openSpecimen();
});
afterAll(() => specimen.close());
beforeEach(async () => {
  await reset(specimen.prisma);
  endpoint = openEndpoint(specimen.prisma);
});

/** Everything that is the person's and not a membership's. */
const person = (id: string): Promise<unknown> => specimen.prisma.user.findUniqueOrThrow({ where: { id } });
const everything = async (): Promise<unknown> => ({
  users: await specimen.prisma.user.findMany({ orderBy: { id: "asc" } }),
  memberships: await specimen.prisma.membership.findMany({ orderBy: { id: "asc" } }),
  emails: await specimen.prisma.email.findMany({ orderBy: { id: "asc" } }),
});
const kept = (): string[] => endpoint.log.filter(({ event }) => event === "kept").map(({ detail }) => detail ?? "");

const at = `/Users/${memberships.barbaraAtGlobex}`;
const email = "barbara@acme.example";
const foreign = {
  userName: "taken-over@globex.example",
  displayName: "Taken Over",
  nickName: "Taken",
  profileUrl: "https://globex.example",
  preferredLanguage: "xx",
  locale: "xx-XX",
  timezone: "Mars/Base",
  name: { formatted: "Taken Over", familyName: "Over", givenName: "Taken" },
};
const truth = { userName: email, displayName: "Barbara", name: { familyName: "Liskov", givenName: "Barbara" } };
const replace = (path: string, value: unknown): Operation => ({ op: "replace", path, value });

function expectTruth(answer: Answer): void {
  expect(answer.status, answer.text).toBe(200);
  expect(answer.body).toMatchObject(truth);
  expect(answer.text).not.toMatch(/taken|globex\.example|Mars|xx-XX/i);
}

/** Every way in which a tenant can say something of a person. */
const attempts: Readonly<Record<string, readonly Operation[]>> = {
  "PATCH userName": [replace("userName", foreign.userName)],
  "PATCH userName in another letter case": [replace("userName", "BARBARA@acme.example")],
  "PATCH userName by its URN": [replace("urn:ietf:params:scim:schemas:core:2.0:User:userName", foreign.userName)],
  "PATCH add userName": [{ op: "add", path: "userName", value: foreign.userName }],
  "PATCH displayName": [replace("displayName", foreign.displayName)],
  "PATCH name": [replace("name", foreign.name)],
  "PATCH name.familyName": [replace("name.familyName", "Over")],
  "PATCH nickName, which is absent": [replace("nickName", "Taken")],
  "PATCH without a path": [{ op: "replace", value: foreign }],
  "PATCH add without a path": [{ op: "add", value: foreign }],
  "PATCH without a path, keys as paths": [{ op: "replace", value: { "name.familyName": "Over", displayName: "Taken Over" } }],
  "PATCH remove displayName": [{ op: "remove", path: "displayName" }],
  "PATCH remove name": [{ op: "remove", path: "name" }],
  "PATCH displayName to null": [replace("displayName", null)],
  "PATCH beside an e-mail, which reads first": [replace("displayName", "Taken Over"), { op: "add", path: "emails", value: [{ value: "b@home.example" }] }],
  "PATCH beside a change of an own column": [replace("userName", foreign.userName), replace("title", "Visitor")],
};

describe("RFC 7644 3.5.2 PATCH by a tenant that does not own the account", () => {
  test.each(Object.entries(attempts))("%s changes nothing of the person, answers the truth and logs what was kept", async (_, operations) => {
    const before = await person(users.barbara);
    expectTruth(await endpoint.globex.patch(at, ...operations));
    expect(await person(users.barbara)).toEqual(before);
    expectTruth(await endpoint.globex.get(at));
    expect((await endpoint.acme.get(`/Users/${memberships.barbara}`)).body).toMatchObject(truth);
  });

  test.each(Object.entries(attempts).filter(([name]) => !name.includes("letter case")))("%s leaves a line in the log that names the attributes and no value", async (_, operations) => {
    await endpoint.globex.patch(at, ...operations);
    expect(kept()).toHaveLength(1);
    expect(kept()[0]).toMatch(/^[A-Za-z., ]+$/);
  });

  test("active: false beside it is done", async () => {
    const before = await person(users.barbara);
    const answer = await endpoint.globex.patch(at, replace("userName", foreign.userName), replace("displayName", "x"), replace("active", false));
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ ...truth, active: false });
    expect(await person(users.barbara)).toEqual(before);
    expect(kept()).toEqual(["userName, displayName"]);
    expect((await endpoint.acme.get(`/Users/${memberships.barbara}`)).body["active"]).toBe(true);
  });

  test("a no-op moves no lastModified, although something was asked for", async () => {
    const before = await specimen.prisma.membership.findUniqueOrThrow({ where: { id: memberships.barbaraAtGlobex } });
    await endpoint.globex.patch(at, replace("displayName", "x"));
    expect(await specimen.prisma.membership.findUniqueOrThrow({ where: { id: memberships.barbaraAtGlobex } })).toEqual(before);
  });

  test("what is true already is not logged as kept", async () => {
    await endpoint.globex.patch(at, replace("userName", email), replace("displayName", "Barbara"), replace("title", "New"));
    expect(kept()).toEqual([]);
  });
});

describe("RFC 7644 3.5.1 PUT by a tenant that does not own the account", () => {
  test.each([
    ["other values", user(foreign.userName, { ...foreign, title: "Visitor", active: false })],
    ["everything left out", user(foreign.userName, { title: "Visitor", active: false })],
    ["with an e-mail", user(foreign.userName, { ...foreign, title: "Visitor", active: false, emails: [{ value: "b@home.example" }] })],
  ])("%s", async (_, body) => {
    const before = await person(users.barbara);
    const answer = await endpoint.globex.put(at, body);
    expectTruth(answer);
    // What is the membership's is written.
    expect(answer.body).toMatchObject({ title: "Visitor", active: false });
    expect(await person(users.barbara)).toEqual(before);
    expect(kept()).toHaveLength(1);
    expect(kept()[0]).toContain("userName");
  });
});

describe("RFC 7644 3.3 POST of a person whom another tenant owns", () => {
  test("links: adds the membership and changes nothing of the person", async () => {
    const before = await person(users.grace);
    const answer = await endpoint.globex.post("/Users", user("GRACE@acme.example", { ...foreign, userName: "GRACE@acme.example", title: "Visitor", emails: [{ value: "g@home.example" }] }));
    expect(answer.status, answer.text).toBe(201);
    expect(answer.body).toMatchObject({ userName: "grace@acme.example", nickName: "Amazing Grace", name: { familyName: "Hopper" }, title: "Visitor" });
    expect(answer.text).not.toMatch(/taken/i);
    expect(await person(users.grace)).toEqual(before);
    expect(kept()).toHaveLength(1);
    expect(await specimen.prisma.membership.count({ where: { userId: users.grace } })).toBe(2);
  });

  test("shows nothing that is the other tenant's own: its title, externalId, e-mails, groups, manager", async () => {
    const { body } = await endpoint.globex.post("/Users", user("grace@acme.example"));
    for (const name of ["title", "externalId", "emails", "phoneNumbers", "groups", enterprise]) expect(body[name], name).toBeUndefined();
  });

  test("again, with another name: 409, and nothing changes", async () => {
    const before = await everything();
    expectError(await endpoint.globex.post("/Users", user("Barbara@ACME.example", foreignName())), 409, "uniqueness");
    expect(await everything()).toEqual(before);
  });

  test("after DELETE: links again, and still changes nothing", async () => {
    const before = await person(users.barbara);
    expect((await endpoint.globex.delete(at)).status).toBe(204);
    const answer = await endpoint.globex.post("/Users", user(email, foreignName()));
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject(truth);
    expect(await person(users.barbara)).toEqual(before);
  });

  test("a link never takes the account: the owner still writes, the other still does not", async () => {
    await endpoint.globex.patch(at, replace("userName", foreign.userName));
    const answer = await endpoint.acme.patch(`/Users/${memberships.barbara}`, replace("displayName", "B. Liskov"));
    expect(answer.body["displayName"]).toBe("B. Liskov");
    expect((await endpoint.globex.get(at)).body["displayName"]).toBe("B. Liskov");
    expect(kept()).toEqual(["userName"]);
  });

  test("the owner keeps the account after it removed its own membership", async () => {
    expect((await endpoint.acme.delete(`/Users/${memberships.barbara}`)).status).toBe(204);
    const before = await person(users.barbara);
    expectTruth(await endpoint.globex.patch(at, replace("userName", foreign.userName)));
    expect(await person(users.barbara)).toEqual(before);
  });
});

const foreignName = (): object => ({ displayName: foreign.displayName, name: foreign.name });

describe("a person without an owner", () => {
  const link = async (): Promise<JsonObject> => made(endpoint.globex, "/Users", user("margaret@home.example", foreignName()));

  test("is linked as she is, and owned by nobody afterwards", async () => {
    const before = await person(users.margaret);
    expect(await link()).toMatchObject({ userName: "margaret@home.example", name: { familyName: "Hamilton", givenName: "Margaret" } });
    expect(await person(users.margaret)).toEqual(before);
  });

  test.each(Object.entries(attempts))("%s changes nothing of her", async (_, operations) => {
    const id = idOf(await link());
    const before = await person(users.margaret);
    expect((await endpoint.globex.patch(`/Users/${id}`, ...operations)).status).toBe(200);
    expect((await endpoint.globex.put(`/Users/${id}`, user(foreign.userName, foreignName()))).status).toBe(200);
    expect(await person(users.margaret)).toEqual(before);
  });
});

describe("RFC 7644 3.6 DELETE", () => {
  test("by another tenant removes its membership alone", async () => {
    const before = await person(users.barbara);
    expect((await endpoint.globex.delete(at)).status).toBe(204);
    expect(await person(users.barbara)).toEqual(before);
    expect((await endpoint.acme.get(`/Users/${memberships.barbara}`)).body).toMatchObject(truth);
    expect((await endpoint.globex.get(at)).status).toBe(404);
  });

  test("by the owner leaves the person, and the other tenant's membership", async () => {
    expect((await endpoint.acme.delete(`/Users/${memberships.barbara}`)).status).toBe(204);
    expect(await person(users.barbara)).toMatchObject({ email, ownerId: acme });
    expectTruth(await endpoint.globex.get(at));
  });
});

describe("a hook that takes passwords (RFC 7643 4.1.1)", () => {
  const taken: unknown[] = [];
  beforeEach(() => {
    taken.splice(0);
    endpoint = openEndpoint(specimen.prisma, { hooks: { User: { password: ({ id, password }) => void taken.push([id, password]) } } });
  });

  test("is not called for a person whom another tenant owns, or nobody: by PATCH in every form, PUT, POST that links, and Bulk", async () => {
    const password = "Taken-0ver";
    for (const operation of [replace("password", password), { op: "add", path: "password", value: password }, { op: "replace", value: { password, title: "T" } }, { op: "remove", path: "password" }]) {
      expect((await endpoint.globex.patch(at, operation)).status, JSON.stringify(operation)).toBe(200);
    }
    expect((await endpoint.globex.put(at, user(email, { password }))).status).toBe(200);
    for (const login of ["grace@acme.example", "margaret@home.example"]) expect((await endpoint.globex.post("/Users", user(login, { password }))).status).toBe(201);
    const Operations = [{ method: "PATCH", path: at, data: { schemas: [patchOp], Operations: [replace("password", password)] } }];
    expect((await endpoint.globex.post("/Bulk", { schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], Operations })).status).toBe(200);
    expect(taken).toEqual([]);
  });

  test("is called for the owner, and for a person that this tenant makes", async () => {
    await endpoint.acme.patch(`/Users/${memberships.barbara}`, replace("password", "Mine-1"));
    const { body } = await endpoint.globex.post("/Users", user("fresh@globex.example", { password: "Mine-2" }));
    expect(taken).toEqual([[memberships.barbara, "Mine-1"], [idOf(body), "Mine-2"]]);
  });
});

describe("the owner", () => {
  test("is the tenant that made the person, and writes every column", async () => {
    const { body } = await endpoint.globex.post("/Users", user("new@globex.example", foreignName()));
    expect(await specimen.prisma.user.findUniqueOrThrow({ where: { email: "new@globex.example" } })).toMatchObject({ ownerId: globex, displayName: "Taken Over", familyName: "Over" });
    const answer = await endpoint.globex.put(`/Users/${idOf(body)}`, user("newer@globex.example", { ...foreign, userName: "newer@globex.example" }));
    expect(answer.body).toMatchObject({ ...foreign, userName: "newer@globex.example" });
    expect(kept()).toEqual([]);
  });
});

describe("rule mayLink", () => {
  test("false: 409, and nothing is written", async () => {
    const asked: unknown[] = [];
    endpoint = openEndpoint(specimen.prisma, { rules: { mayLink: (address, tenant, { input }) => {
      asked.push([address, tenant, input["title"]]);
      return false;
    } } });
    const before = await everything();
    const answer = await endpoint.globex.post("/Users", user("Grace@acme.example", { title: "Visitor", emails: [{ value: "g@home.example" }] }));
    expectError(answer, 409, "uniqueness");
    expect(answer.text).not.toMatch(/hopper|acme\b/i);
    expect(await everything()).toEqual(before);
    expect(asked).toEqual([["Grace@acme.example", globex, "Visitor"]]);
  });

  test("is not asked about a person who is new", async () => {
    endpoint = openEndpoint(specimen.prisma, { rules: { mayLink: () => false } });
    expect((await endpoint.globex.post("/Users", user("new@globex.example"))).status).toBe(201);
  });

  test("is asked inside the transaction, with its client", async () => {
    let count: number | undefined;
    endpoint = openEndpoint(specimen.prisma, { rules: { mayLink: async (_, __, { tx }) => (count = await tx.membership.count({ where: { userId: users.grace } })) === 1 } });
    expect((await endpoint.globex.post("/Users", user("grace@acme.example"))).status).toBe(201);
    expect(count).toBe(1);
  });

  test.each([
    ["throws", () => { throw new Error("secret text of the host"); }],
    ["rejects", () => Promise.reject(new Error("secret text of the host"))],
  ])("that %s a plain Error is 500 without its text, and nothing is written", async (_, mayLink) => {
    endpoint = openEndpoint(specimen.prisma, { rules: { mayLink } });
    const before = await everything();
    const answer = await endpoint.globex.post("/Users", user("grace@acme.example"));
    expectError(answer, 500);
    expect(answer.text).not.toContain("secret");
    expect(await everything()).toEqual(before);
    expect(JSON.stringify(endpoint.log)).not.toContain("secret");
    expect(endpoint.errors).toHaveLength(1);
    expect(String((endpoint.errors[0] as Error).cause)).toContain("secret text of the host");
  });

  test("that throws a ScimError answers with it", async () => {
    endpoint = openEndpoint(specimen.prisma, { rules: { mayLink: () => { throw new ScimError(403, "The domain acme.example is not yours."); } } });
    const before = await everything();
    const answer = await endpoint.globex.post("/Users", user("grace@acme.example"));
    expect(answer.status).toBe(403);
    expect(answer.body["detail"]).toBe("The domain acme.example is not yours.");
    expect(await everything()).toEqual(before);
  });
});
