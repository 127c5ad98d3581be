/** What a write does to the rows, and what it leaves alone (mapping-language 6; RFC 7644 3.3 to 3.6). */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { acme, memberships, teams, users } from "../../prisma/seed.js";
import { openSpecimen } from "../postgres/specimen.js";
import type { Specimen } from "../postgres/specimen.js";
import { coreGroup, coreUser, enterprise, expectError, group, idOf, lastModified, made, objects, openEndpoint, text, user, valuesOf } from "./endpoint.js";
import type { Answer, Caller, Endpoint, Operation } from "./endpoint.js";
import { reset } from "./reset.js";

let specimen: Specimen;
let endpoint: Endpoint;
let caller: Caller;
beforeAll(async () => {
  specimen = await openSpecimen();
});
afterAll(() => specimen.close());
beforeEach(async () => {
  await reset(specimen.prisma);
  endpoint = openEndpoint(specimen.prisma);
  caller = endpoint.acme;
});
afterEach(() => {
  // Whatever a test sent, nothing of it was the endpoint's own failure.
  expect(endpoint.errors).toEqual([]);
});

const everything = async (): Promise<unknown> => ({
  users: await specimen.prisma.user.findMany({ orderBy: { id: "asc" } }),
  memberships: await specimen.prisma.membership.findMany({ orderBy: { id: "asc" } }),
  emails: await specimen.prisma.email.findMany({ orderBy: { id: "asc" } }),
  phones: await specimen.prisma.phone.findMany({ orderBy: { id: "asc" } }),
  teams: await specimen.prisma.team.findMany({ orderBy: { id: "asc" } }),
  members: await specimen.prisma.teamMember.findMany({ orderBy: [{ teamId: "asc" }, { membershipId: "asc" }] }),
});
const row = (id: string) => specimen.prisma.membership.findUniqueOrThrow({ where: { id }, include: { user: true, emails: { orderBy: { id: "asc" } } } });
const replace = (path: string, value: unknown): Operation => ({ op: "replace", path, value });
const add = (path: string, value: unknown): Operation => ({ op: "add", path, value });
const remove = (path: string): Operation => ({ op: "remove", path });
const ada = `/Users/${memberships.ada}`;
const engineering = `/Groups/${teams.engineering}`;

/** Refused, and not a row of any table is another than before. */
async function refused(run: () => Promise<Answer>, status: number, scimType: string): Promise<Answer> {
  const before = await everything();
  const answer = await run();
  expectError(answer, status, scimType);
  expect(await everything()).toEqual(before);
  return answer;
}

describe("a write of what is read already changes no column (RFC 7644 3.5.2.1: lastModified does not move)", () => {
  const edsger = `/Users/${memberships.edsger}`;

  test.each<[string, () => Promise<Answer>]>([
    ["PATCH", () => caller.patch(edsger, replace("active", true))],
    ["PATCH with text", () => caller.patch(edsger, replace("active", "True"))],
    ["PATCH without a path", () => caller.patch(edsger, { op: "replace", value: { active: true } })],
    ["PATCH beside another column", () => caller.patch(edsger, replace("active", true), replace("title", "New"))],
    ["PATCH beside a joined column", () => caller.patch(edsger, replace("active", true), replace("displayName", "New"))],
    ["PATCH beside both, and an e-mail", () => caller.patch(edsger, replace("active", true), replace("title", "New"), replace("displayName", "New"), add("emails", [{ value: "e@home.example" }]))],
    ["PATCH beside an e-mail", () => caller.patch(edsger, replace("active", true), add("emails", [{ value: "e@home.example" }]))],
    ["PUT", () => caller.put(edsger, user("edsger_w%dijkstra@acme.example", { active: true, title: "New" }))],
    ["PUT without active", () => caller.put(edsger, user("edsger_w%dijkstra@acme.example", { title: "New" }))],
  ])("INVITED survives active: true, by %s", async (_, run) => {
    const answer = await run();
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body["active"]).toBe(true);
    expect((await row(memberships.edsger)).status).toBe("INVITED");
  });

  test("active and other columns in one request are all written", async () => {
    const answer = await caller.patch(edsger, replace("active", false), replace("title", "New"), replace("displayName", "E"));
    expect(answer.body).toMatchObject({ active: false, title: "New", displayName: "E" });
    expect(await row(memberships.edsger)).toMatchObject({ status: "SUSPENDED", title: "New", user: { displayName: "E" } });
  });

  test("active: false and true again is another value", async () => {
    expect((await caller.patch(edsger, replace("active", false))).body["active"]).toBe(false);
    expect((await row(memberships.edsger)).status).toBe("SUSPENDED");
    expect((await caller.patch(edsger, replace("active", true))).body["active"]).toBe(true);
    expect((await row(memberships.edsger)).status).toBe("ACTIVE");
  });

  const adaEmails = [{ value: "ada@acme.example", type: "work", primary: true }, { value: "ada@home.example", type: "home", display: "Ada at home" }];
  test.each<[string, readonly Operation[]]>([
    ["replace of one column", [replace("title", "CTO")]],
    ["add of one column", [add("title", "CTO")]],
    ["replace of a joined column", [replace("displayName", "Ada")]],
    ["replace of both", [replace("displayName", "Ada"), replace("title", "CTO")]],
    ["replace of a complex value", [replace("name", { familyName: "Lovelace", givenName: "Ada" })]],
    ["replace of userName", [replace("userName", "ada@acme.example")]],
    ["replace without a path", [{ op: "replace", value: { active: true, title: "CTO", name: { formatted: "Ada Lovelace" }, [enterprise]: { department: "Engineering" } } }]],
    ["replace by an extension's path", [replace(`${enterprise}:department`, "Engineering")]],
    ["remove of an absent column", [remove("nickName"), remove("profileUrl")]],
    ["remove of an absent reference", [remove(`${enterprise}:manager`)]],
    ["replace by null of an absent column", [replace("nickName", null)]],
    ["replace by \"\" of an absent column", [replace("nickName", "")]],
    ["add of an element that is there", [add("emails", [{ value: "ada@acme.example", type: "work", primary: true }])]],
    ["add of an element that is there, by its value and type alone", [add("emails", [{ value: "ada@home.example", type: "home" }])]],
    ["replace of the whole list by itself", [replace("emails", adaEmails)]],
    ["replace of the whole list by itself, in another order", [replace("emails", adaEmails.toReversed())]],
    ["replace of one element's value", [replace('emails[type eq "work"].value', "ada@acme.example")]],
    ["replace of one element by itself", [replace('emails[type eq "home"]', adaEmails[1])]],
    ["remove of an element that is not there", [remove('emails[value eq "nobody"]')]],
    ["remove of a listed element that is not there", [{ op: "remove", path: "emails", value: [{ value: "nobody" }] }]],
    ["change and back", [replace("title", "X"), replace("title", "CTO")]],
    ["add and remove of one element", [add("emails", [{ value: "x" }]), remove('emails[value eq "x"]')]],
  ])("PATCH of a user: %s", async (_, operations) => {
    const before = await everything();
    const shown = (await caller.get(ada)).body;
    const answer = await caller.patch(ada, ...operations);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toEqual(shown);
    expect(await everything()).toEqual(before);
  });

  test.each<[string, readonly Operation[]]>([
    ["add of a member who is there", [add("members", [{ value: memberships.ada }])]],
    ["remove of a member who is not there", [remove(`members[value eq "${memberships.edsger}"]`)]],
    ["remove of a listed member who is not there", [{ op: "remove", path: "members", value: [{ value: memberships.edsger }] }]],
    ["remove of somebody who is nobody", [remove('members[value eq "nobody"]')]],
    ["add and remove of one member", [add("members", [{ value: memberships.edsger }]), remove(`members[value eq "${memberships.edsger}"]`)]],
    ["replace of all members by themselves", [replace("members", [memberships.alan, memberships.grace, memberships.ada].map((value) => ({ value })))]],
    ["rename to its own name", [replace("displayName", "Engineering")]],
    ["rename to its own name, as Okta does", [{ op: "replace", value: { id: teams.engineering, displayName: "Engineering" } }]],
    ["rename to its own name, and a member who is there", [replace("displayName", "Engineering"), add("members", [{ value: memberships.ada }])]],
  ])("PATCH of a group: %s", async (_, operations) => {
    const before = await everything();
    const answer = await caller.patch(engineering, ...operations);
    expect(answer.status, answer.text).toBe(204);
    expect(await everything()).toEqual(before);
  });

  test("PUT of what GET answered, of users and of groups", async () => {
    const before = await everything();
    for (const path of [ada, `/Users/${memberships.alan}`, `/Users/${memberships.edsger}`, engineering, `/Groups/${teams.empty}`]) {
      const { body } = await caller.get(path);
      const answer = await caller.put(path, body);
      expect(answer.status, answer.text).toBe(200);
      expect(answer.body).toEqual(body);
    }
    expect(await everything()).toEqual(before);
  });

  test.each<[string, string, readonly Operation[]]>([
    ["one column", ada, [replace("title", "CEO")]],
    ["a joined column", ada, [replace("nickName", "Countess")]],
    ["an element", ada, [replace('emails[type eq "work"].value', "new@acme.example")]],
    ["letter case alone", ada, [replace("userName", "Ada@acme.example")]],
    ["letter case of an element", ada, [replace('emails[type eq "work"].value', "ADA@acme.example")]],
    ["a member", engineering, [add("members", [{ value: memberships.edsger }])]],
    ["a name", engineering, [replace("displayName", "ENGINEERING")]],
  ])("and a real change of %s moves it", async (_, path, operations) => {
    const before = lastModified((await caller.get(path)).body);
    const { status, text: answered } = await caller.patch(path, ...operations);
    expect([200, 204], answered).toContain(status);
    expect(Date.parse(lastModified((await caller.get(path)).body))).toBeGreaterThan(Date.parse(before));
  });
});

describe("clearing (mapping-language 6; RFC 7643 2.5)", () => {
  test.each<[string, () => Promise<Answer>]>([
    ["remove", () => caller.patch(ada, ...["title", "displayName", "name", `${enterprise}:department`].map(remove))],
    ["null", () => caller.patch(ada, replace("title", null), replace("displayName", null), replace("name", null), replace(`${enterprise}:department`, null))],
    ['""', () => caller.patch(ada, replace("title", ""), replace("displayName", ""), replace("name", { formatted: "", familyName: "", givenName: "" }), replace(`${enterprise}:department`, ""))],
    ["null without a path", () => caller.patch(ada, { op: "replace", value: { title: null, displayName: null, name: null, [enterprise]: { department: null } } })],
    ["PUT without them", () => caller.put(ada, user("ada@acme.example"))],
    ["PUT with null", () => caller.put(ada, user("ada@acme.example", { title: null, displayName: null, name: null, [enterprise]: null }))],
  ])("by %s writes NULL", async (_, run) => {
    const answer = await run();
    expect(answer.status, answer.text).toBe(200);
    for (const name of ["title", "displayName", "name"]) expect(answer.body[name]).toBeUndefined();
    const { title, department, user: person } = await row(memberships.ada);
    expect([title, department, person.displayName, person.familyName, person.givenName, person.formattedName]).toEqual(Array(6).fill(null));
  });

  test("of the whole extension unassigns all of it, and its URN goes (RFC 7643 3.3)", async () => {
    const { body } = await caller.patch(ada, remove(enterprise));
    expect(body["schemas"]).not.toContain(enterprise);
    expect(body[enterprise]).toBeUndefined();
  });

  test("of a list, by remove, [] and null, deletes its rows", async () => {
    for (const operation of [remove("emails"), replace("emails", []), replace("emails", null)]) {
      await caller.patch(ada, replace("emails", [{ value: "x" }]));
      expect((await caller.patch(ada, operation)).body["emails"]).toBeUndefined();
      expect((await row(memberships.ada)).emails).toEqual([]);
    }
  });

  test('"" in a column reads as absent, and clearing it is no change', async () => {
    await specimen.prisma.membership.update({ where: { id: memberships.ada }, data: { title: "", department: "", user: { update: { nickName: "" } } } });
    const { body } = await caller.get(ada);
    expect([body["title"], body["nickName"]]).toEqual([undefined, undefined]);
    const before = await everything();
    expect((await caller.patch(ada, remove("title"), remove("nickName"), replace(`${enterprise}:department`, null))).body).toEqual(body);
    expect(await everything()).toEqual(before);
  });

  test.each([
    ["remove", [remove("userName")]],
    ["null", [replace("userName", null)]],
    ['""', [replace("userName", "")]],
  ])("of userName, which is required, is 400: %s", async (_, operations) => {
    await refused(() => caller.patch(ada, ...operations), 400, "mutability");
  });

  test.each([
    ["absent", { schemas: [coreUser] }],
    ["null", user("x", { userName: null })],
    ['""', user("")],
  ])("of userName by PUT or POST is 400 invalidValue: %s (RFC 7643 4.1.1)", async (_, body) => {
    await refused(() => caller.put(ada, body), 400, "invalidValue");
    await refused(() => caller.post("/Users", body), 400, "invalidValue");
  });

  test.each<[string, readonly Operation[]]>([
    ["null", [replace("active", null)]],
    ['""', [replace("active", "")]],
    ["remove", [remove("active")]],
    ["null without a path", [{ op: "replace", value: { active: null, title: "X" } }]],
  ])("of active is 400: a suspended person must not come back by an omission: %s", async (_, operations) => {
    const before = await everything();
    const answer = await caller.patch(`/Users/${memberships.alan}`, ...operations);
    expect(answer.status, answer.text).toBe(400);
    expect(await everything()).toEqual(before);
  });

  test("PUT without active, or with null, keeps it", async () => {
    for (const more of [{}, { active: null }]) {
      const answer = await caller.put(`/Users/${memberships.alan}`, user("alan@acme.example", more));
      expect(answer.body["active"]).toBe(false);
    }
    expect((await row(memberships.alan)).status).toBe("SUSPENDED");
  });
});

describe("RFC 7644 3.3 POST", () => {
  test.each([
    ["absent", {}, "ACTIVE"],
    ["null", { active: null }, "ACTIVE"],
    ["true", { active: true }, "ACTIVE"],
    ["false", { active: false }, "SUSPENDED"],
    ["text", { active: "False" }, "SUSPENDED"],
  ])("active %s", async (_, more, status) => {
    const body = await made(caller, "/Users", user("new@acme.example", more));
    expect(body["active"]).toBe(status === "ACTIVE");
    expect(await row(idOf(body))).toMatchObject({ status, role: "MEMBER", orgId: acme, title: null });
  });

  test("passes over what is read-only: id, meta, groups", async () => {
    const body = await made(caller, "/Users", user("new@acme.example", { id: memberships.ada, meta: { created: "2001-01-01T00:00:00Z", location: "x" }, groups: [{ value: teams.engineering }] }));
    expect(idOf(body)).not.toBe(memberships.ada);
    expect(body["groups"]).toBeUndefined();
    expect(JSON.stringify(body["meta"])).not.toMatch(/2001|"x"/);
    expect(await specimen.prisma.teamMember.count({ where: { membershipId: idOf(body) } })).toBe(0);
  });

  test("answers what a GET answers, and created is lastModified (RFC 7643 3.1)", async () => {
    const whole = user("Whole@acme.example", {
      externalId: "e", title: "t", name: { givenName: "g" }, emails: [{ value: "a@b", type: "work", primary: true }, { value: "c@d" }], phoneNumbers: [{ value: "1" }],
      [enterprise]: { department: "d", manager: { value: memberships.ada } },
    });
    const answer = await caller.post("/Users", whole);
    const read = await caller.get(`/Users/${idOf(answer.body)}`);
    expect(answer.body).toEqual(read.body);
    expect(answer.body).toMatchObject({ userName: "Whole@acme.example", schemas: [coreUser, enterprise] });
    const { createdAt, updatedAt } = await row(idOf(answer.body));
    expect(Math.abs(updatedAt.getTime() - createdAt.getTime())).toBeLessThan(1_000);
    expect(answer.headers["Location"]).toBe((read.body["meta"] as { location?: unknown }).location);
  });

  test("a group with members, and one without", async () => {
    const { body } = await caller.post("/Groups", group("New", memberships.ada, memberships.grace, memberships.ada));
    expect(valuesOf(body["members"]).sort()).toEqual([memberships.ada, memberships.grace]);
    expect((await made(caller, "/Groups", group("Nobody")))["members"]).toBeUndefined();
  });
});

const nobody = "0190a002-0000-7000-8000-0000000000ff";
/** Nobody's id, another tenant's, another type's, and texts that are no ids at all. */
const strangers: readonly [string, string][] = [
  ["nobody's", nobody],
  ["another tenant's", memberships.katherine],
  ["a group's", teams.engineering],
  ["the person's", users.grace],
  ["no uuid", "nobody"],
  ["in capitals", memberships.grace.toUpperCase()],
  ["with NUL", "a\0b"],
  ["a number", "1"],
];

describe("a reference to nothing in the tenant is 400 invalidValue, and nothing is written (RFC 7644 3.3)", () => {
  describe.each(strangers)("an id that is %s", (_, id) => {
    const manager = { manager: { value: id } };
    test("as manager", async () => {
      await refused(() => caller.post("/Users", user("new@acme.example", { emails: [{ value: "x" }], [enterprise]: manager })), 400, "invalidValue");
      await refused(() => caller.put(ada, user("ada@acme.example", { title: "X", [enterprise]: manager })), 400, "invalidValue");
      await refused(() => caller.put(ada, user("ada@acme.example", { emails: [], [enterprise]: manager })), 400, "invalidValue");
      await refused(() => caller.patch(ada, replace("title", "X"), replace(`${enterprise}:manager`, { value: id })), 400, "invalidValue");
      await refused(() => caller.patch(ada, replace(`${enterprise}:manager`, id), add("emails", [{ value: "x" }])), 400, "invalidValue");
      await refused(() => caller.patch(ada, { op: "replace", value: { displayName: "X", [enterprise]: manager } }), 400, "invalidValue");
    });

    test("as member", async () => {
      const value = [{ value: memberships.edsger }, { value: id }];
      await refused(() => caller.post("/Groups", { schemas: [coreGroup], displayName: "New", members: value }), 400, "invalidValue");
      await refused(() => caller.put(engineering, { schemas: [coreGroup], displayName: "Renamed", members: value }), 400, "invalidValue");
      await refused(() => caller.patch(engineering, replace("displayName", "Renamed"), add("members", value)), 400, "invalidValue");
      await refused(() => caller.patch(engineering, replace("members", value), replace("displayName", "Renamed")), 400, "invalidValue");
      await refused(() => caller.patch(engineering, { op: "add", value: { members: value } }), 400, "invalidValue");
    });
  });

  test("the words are the same for an unknown id and for another tenant's", async () => {
    const said = async (id: string): Promise<string> => text((await caller.patch(engineering, add("members", [{ value: id }]))).body["detail"]).replace(id, "ID");
    expect(await said(memberships.katherine)).toBe(await said(nobody));
    const manager = async (id: string): Promise<string> => text((await caller.patch(ada, replace(`${enterprise}:manager`, id))).body["detail"]).replace(id, "ID");
    expect(await manager(memberships.katherine)).toBe(await manager(nobody));
  });

  test("a manager can be one's own self, changed and cleared", async () => {
    expect((await caller.patch(ada, replace(`${enterprise}:manager`, { value: memberships.grace }))).body[enterprise]).toMatchObject({ manager: { value: memberships.grace } });
    expect((await caller.patch(ada, replace(`${enterprise}:manager`, memberships.ada))).body[enterprise]).toMatchObject({ manager: { value: memberships.ada } });
    expect((await caller.patch(ada, replace(`${enterprise}:manager`, ""))).body[enterprise]).not.toHaveProperty("manager");
  });
});

describe("what is taken is 409 uniqueness, with the attribute named, and nothing is written (RFC 7644 3.3, 3.5.1)", () => {
  const taken = async (attribute: string, run: () => Promise<Answer>): Promise<void> => {
    expect(text((await refused(run, 409, "uniqueness")).body["detail"])).toContain(attribute);
  };

  test.each(["grace@acme.example", "GRACE@Acme.example"])("userName %s", async (userName) => {
    await taken("userName", () => caller.post("/Users", user(userName, { title: "X", emails: [{ value: "x" }] })));
    await taken("userName", () => caller.patch(ada, replace("userName", userName), replace("title", "X")));
    await taken("userName", () => caller.patch(ada, replace("userName", userName), add("emails", [{ value: "x" }])));
    await taken("userName", () => caller.put(ada, user(userName, { title: "X" })));
  });

  test("externalId of a user, in its exact letter case", async () => {
    await taken("externalId", () => caller.post("/Users", user("new@acme.example", { externalId: "okta-grace" })));
    await taken("externalId", () => caller.patch(ada, replace("externalId", "okta-grace"), replace("displayName", "X")));
    await taken("externalId", () => caller.put(ada, user("ada@acme.example", { externalId: "okta-grace" })));
    expect((await caller.patch(ada, replace("externalId", "OKTA-grace"))).status).toBe(200);
  });

  test("displayName and externalId of a group", async () => {
    await taken("displayName", () => caller.post("/Groups", group("Engineering", memberships.ada)));
    await taken("displayName", () => caller.patch(`/Groups/${teams.leads}`, replace("displayName", "Engineering"), add("members", [{ value: memberships.grace }])));
    await taken("displayName", () => caller.put(`/Groups/${teams.leads}`, group("Engineering")));
    await taken("externalId", () => caller.post("/Groups", { ...group("New"), externalId: "okta-engineering" }));
  });

  test("one's own values are no conflict, in another letter case either", async () => {
    expect((await caller.put(ada, user("ADA@acme.example", { externalId: "okta-ada" }))).body["userName"]).toBe("ADA@acme.example");
    expect((await caller.patch(engineering, replace("displayName", "Engineering"))).status).toBe(204);
  });

  test("another tenant's are none: userName links, externalId and displayName are the tenant's own", async () => {
    await made(caller, "/Users", user("new@acme.example", { externalId: "entra-katherine" }));
    await made(caller, "/Groups", { ...group("Other"), externalId: "entra-engineering" });
  });
});

describe("an id of any shape is 404, by every verb, and never a 5xx (RFC 7644 3.4.1)", () => {
  const shapes = [
    nobody, memberships.katherine, users.ada, memberships.ada.toUpperCase(), `{${memberships.ada}}`, memberships.ada.replaceAll("-", ""), `${memberships.ada} `, `${memberships.ada}%0A`, "0", "-1", "1e3", "null", "undefined", "true", "%00", "a%00b", "%20", "%25", "%FF", "%E0%A4",
    "%F0%9F%99%82", "a%2Fb", "..%2F..", "'%3B--", "%22", "*", "x".repeat(5_000), "99999999999999999999999", "$ref", "__proto__", "constructor", "urn:uuid:x",
  ];
  test.each(["/Users", "/Groups"])("%s", async (path) => {
    const before = await everything();
    const body = path === "/Users" ? user("x@acme.example") : group("x");
    for (const shape of path === "/Users" ? shapes : [...shapes, memberships.ada, teams.engineeringAtGlobex]) {
      const at = `${path}/${shape}`;
      for (const answer of [await caller.get(at), await caller.put(at, body), await caller.patch(at, replace("displayName", "x")), await caller.patch(at, replace("externalId", null)), await caller.delete(at)]) expectError(answer, 404);
    }
    for (const operations of [[add("emails", [{ value: "x" }])], [replace("title", "x")], [replace("title", "CTO"), remove("nickName")]]) {
      expectError(await caller.patch(`/Users/${memberships.katherine}`, ...operations), 404);
      expectError(await caller.patch(`/Users/${nobody}`, ...operations), 404);
    }
    for (const operations of [[add("members", [{ value: memberships.ada }])], [remove("members")], [replace("members", [])]]) expectError(await caller.patch(`/Groups/${teams.engineeringAtGlobex}`, ...operations), 404);
    expect(await everything()).toEqual(before);
  });

  test("in the same words for another tenant's as for nobody's", async () => {
    const said = async (path: string, id: string): Promise<string> => (await caller.get(`${path}/${id}`)).text.replaceAll(id, "ID");
    expect(await said("/Users", memberships.katherine)).toBe(await said("/Users", nobody));
    expect(await said("/Groups", teams.engineeringAtGlobex)).toBe(await said("/Groups", nobody));
  });
});

describe("RFC 7644 3.6 DELETE", () => {
  test("twice: 204, then 404 for every verb, absent from lists, groups and managers", async () => {
    expect(await caller.delete(ada)).toMatchObject({ status: 204, text: "" });
    for (const answer of [await caller.delete(ada), await caller.get(ada), await caller.put(ada, user("ada@acme.example")), await caller.patch(ada, replace("title", "x"))]) expectError(answer, 404);
    expect((await caller.list("/Users")).map(idOf)).not.toContain(memberships.ada);
    expect(valuesOf((await caller.get(engineering)).body["members"])).not.toContain(memberships.ada);
    expect((await caller.get(`/Users/${memberships.grace}`)).body[enterprise]).not.toHaveProperty("manager");
    expect(await specimen.prisma.email.count({ where: { membershipId: memberships.ada } })).toBe(0);
  });

  test("frees userName and externalId; the one who comes again has a new id", async () => {
    await caller.delete(ada);
    const body = await made(caller, "/Users", user("ada@acme.example", { externalId: "okta-ada" }));
    expect(idOf(body)).not.toBe(memberships.ada);
    await caller.delete(engineering);
    await made(caller, "/Groups", { ...group("Engineering"), externalId: "okta-engineering" });
  });

  test("of a group takes its members out and leaves the users", async () => {
    await caller.delete(engineering);
    expect(valuesOf((await caller.get(ada)).body["groups"])).toEqual([teams.leads]);
  });
});

describe("rows of multi-valued attributes", () => {
  const emailIds = async (): Promise<Readonly<Record<string, string>>> => Object.fromEntries((await row(memberships.ada)).emails.map(({ value, id }) => [value, id]));

  test.each<[string, () => Promise<Answer>]>([
    ["PATCH of its value by type", () => caller.patch(ada, replace('emails[type eq "work"].value', "new@acme.example"))],
    ["PATCH of the whole element", () => caller.patch(ada, replace('emails[type eq "work"]', { value: "new@acme.example", type: "work", primary: true }))],
    ["PATCH of the list", () => caller.patch(ada, replace("emails", [{ value: "new@acme.example", type: "work", primary: true }, { value: "ada@home.example", type: "home", display: "Ada at home" }]))],
    ["PUT", () => caller.put(ada, user("ada@acme.example", { emails: [{ value: "ada@home.example", type: "home" }, { value: "new@acme.example", type: "work", primary: true }] }))],
  ])("an element keeps its row when it changes, and so do the others: %s", async (_, run) => {
    const before = await emailIds();
    const answer = await run();
    expect(answer.status, answer.text).toBe(200);
    expect(await emailIds()).toEqual({ "ada@home.example": before["ada@home.example"], "new@acme.example": before["ada@acme.example"] });
  });

  test("the primary moves to the one that claims it (RFC 7644 3.5.2)", async () => {
    const primaries = (answer: Answer): string[] => objects(answer.body["emails"]).filter((each) => each["primary"] === true).map((each) => text(each["value"]));
    expect(primaries(await caller.patch(ada, replace('emails[type eq "home"].primary', true)))).toEqual(["ada@home.example"]);
    expect(primaries(await caller.patch(ada, add("emails", [{ value: "third@acme.example", primary: true }])))).toEqual(["third@acme.example"]);
    expect((await row(memberships.ada)).emails.filter(({ primary }) => primary)).toHaveLength(1);
    expect(primaries(await caller.put(ada, user("ada@acme.example", { emails: [{ value: "a", primary: true }, { value: "b", primary: true }] })))).toEqual(["a"]);
    expect(primaries(await caller.patch(ada, replace('emails[value eq "a"].primary', false)))).toEqual([]);
  });

  test("members keep what the host stores beside them", async () => {
    const role = () => specimen.prisma.teamMember.findUniqueOrThrow({ where: { teamId_membershipId: { teamId: teams.engineering, membershipId: memberships.ada } } });
    const before = await role();
    await caller.patch(engineering, replace("members", [{ value: memberships.ada }, { value: memberships.edsger }]));
    await caller.put(engineering, group("Engineering", memberships.edsger, memberships.ada, memberships.barbara));
    await caller.patch(engineering, add("members", [{ value: memberships.ada }]));
    expect(await role()).toEqual(before);
    expect(valuesOf((await caller.get(engineering)).body["members"]).sort()).toEqual([memberships.ada, memberships.barbara, memberships.edsger].sort());
  });
});

describe("RFC 7644 3.4.2.5: what is not returned is not read", () => {
  const tables = async (run: () => Promise<Answer>): Promise<string[]> => {
    const sent = await specimen.statements.of(async () => expect((await run()).status).toBe(200));
    return sent.map(({ sql }) => (/FROM "public"\."(\w+)"/.exec(sql) ?? [])[1] ?? sql).sort();
  };

  test.each<[string, string, readonly string[]]>([
    ["nothing named", ada, ["AppRole", "Email", "Membership", "Phone", "Team", "TeamMember", "User"]],
    ["attributes of the row", `${ada}?attributes=title,active,meta.lastModified`, ["Membership"]],
    ["attributes=id", `${ada}?attributes=id`, ["Membership"]],
    ["attributes=userName", `${ada}?attributes=userName`, ["Membership", "User"]],
    ["attributes=NAME.givenname", `${ada}?attributes=NAME.givenname`, ["Membership", "User"]],
    ["attributes=emails.value", `${ada}?attributes=emails.value`, ["Email", "Membership"]],
    ["an extension", `${ada}?attributes=${enterprise}`, ["Membership"]],
    ["excludedAttributes", `${ada}?excludedAttributes=emails,phoneNumbers,roles,groups`, ["Membership", "User"]],
    ["a group without its members", `${engineering}?excludedAttributes=members`, ["Team"]],
    ["a group", engineering, ["Team", "TeamMember"]],
  ])("%s", async (_, path, expected) => {
    expect(await tables(() => caller.get(path))).toEqual(expected);
  });

  test("of a list either, however many there are", async () => {
    expect(await tables(() => caller.get("/Users?attributes=userName"))).toEqual(["Membership", "User"]);
    expect(await tables(() => caller.get("/Groups?excludedAttributes=members"))).toEqual(["Team"]);
  });
});

describe("RFC 7644 3.4.2.4 pages", () => {
  test("together are every row once, in one order, with the true total on each", async () => {
    for (let n = 0; n < 23; n++) await made(caller, "/Users", user(`page${n}@acme.example`));
    const all = (await caller.list("/Users?count=200")).map(idOf);
    expect(all).toHaveLength(28);
    for (const count of [1, 4, 7, 14, 27, 28, 29]) {
      const seen: string[] = [];
      for (let startIndex = 1; startIndex <= 28; startIndex += count) {
        const { body } = await caller.get(`/Users?startIndex=${startIndex}&count=${count}&attributes=id`);
        const page = objects(body["Resources"]).map(idOf);
        expect(body).toMatchObject({ totalResults: 28, startIndex, itemsPerPage: page.length });
        seen.push(...page);
      }
      expect(seen).toEqual(all);
    }
  });

  test("keep their order while rows are written", async () => {
    const before = (await caller.list("/Users")).map(idOf);
    for (const id of before) await caller.patch(`/Users/${id}`, replace("title", "moved"));
    expect((await caller.list("/Users")).map(idOf)).toEqual(before);
  });

  test.each<[string, string, object]>([
    ["past the end", "startIndex=100&count=2", { totalResults: 5, itemsPerPage: 0, Resources: [] }],
    ["far past the end", "startIndex=99999999999999999999", { totalResults: 5, itemsPerPage: 0, Resources: [] }],
    ["the total alone", "count=0", { totalResults: 5, itemsPerPage: 0, Resources: [] }],
    ["a negative count", "count=-3", { totalResults: 5, itemsPerPage: 0, Resources: [] }],
    ["before the first", "startIndex=-2&count=2", { totalResults: 5, itemsPerPage: 2, startIndex: 1 }],
    ["with a filter", `filter=${encodeURIComponent('title eq "cto"')}&count=1`, { totalResults: 1, itemsPerPage: 1 }],
    ["with a filter that nothing fits", `filter=${encodeURIComponent('title eq "nobody"')}`, { totalResults: 0, itemsPerPage: 0, Resources: [] }],
  ])("%s", async (_, query, expected) => {
    const answer = await caller.get(`/Users?${query}`);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toMatchObject(expected);
  });
});
