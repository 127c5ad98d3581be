/** What Microsoft Entra ID sends, in its order and its shapes, with and without the flag `aadOptscim062020`. */
import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { enterpriseUrn, error, groupUrn, nothingFound, patchUrn, resourceOf, userUrn } from "./app.js";
import type { Answer, Asking, Tenant } from "./app.js";
import { again, changed, expectPerson, looksLike, membersOf, refused } from "./ground.js";
import type { Ground, Person } from "./ground.js";

/** Entra's client for one customer. */
export class Entra {
  readonly #app: Asking;
  readonly #tenant: Pick<Tenant, "token">;
  /** Ends each URL that changes something, where the administrator has set it. */
  readonly #flag: string;

  constructor(app: Asking, tenant: Pick<Tenant, "token">, { flag = false } = {}) {
    this.#app = app;
    this.#tenant = tenant;
    this.#flag = flag ? "?aadOptscim062020" : "";
  }

  get(path: string): Promise<Answer> {
    return this.#send("GET", path);
  }

  /** Encoded as a form encodes it: a space is a plus. */
  find(type: "Users" | "Groups", filter: string, before = ""): Promise<Answer> {
    return this.get(`/${type}?${before}filter=${encodeURIComponent(filter).replaceAll("%20", "+")}`);
  }

  /** The look-up of a group always leaves its members out. */
  findGroup(displayName: string): Promise<Answer> {
    return this.find("Groups", `displayName eq "${displayName}"`, "excludedAttributes=members&");
  }

  post(path: string, body: unknown): Promise<Answer> {
    return this.#send("POST", path + this.#flag, body);
  }

  patch(path: string, ...operations: readonly unknown[]): Promise<Answer> {
    return this.#send("PATCH", path + this.#flag, { schemas: [patchUrn], Operations: operations });
  }

  delete(path: string): Promise<Answer> {
    return this.#send("DELETE", path + this.#flag);
  }

  #send(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers = { adscimversion: "5.0", ...(body === undefined ? {} : { "content-type": "application/scim+json; charset=utf-8" }) };
    return this.#app.ask({ token: this.#tenant.token, method, path, body, headers });
  }
}

export interface EntraPerson {
  readonly userName: string;
  readonly externalId: string;
  /** The work e-mail; without it the attribute is mapped later, and arrives as a PATCH of one that is not there. */
  readonly mail?: string;
  readonly active?: unknown;
}

export const entraUser = ({ userName, externalId, mail, active = true }: EntraPerson): object => ({
  schemas: [userUrn, enterpriseUrn],
  externalId,
  userName,
  active,
  displayName: "Ann Lee",
  title: null,
  phoneNumbers: null,
  ...(mail === undefined ? {} : { emails: [{ primary: true, type: "work", value: mail }] }),
  meta: { resourceType: "User" },
  name: { formatted: "Ann Lee", familyName: "Lee", givenName: "Ann" },
  roles: [],
});

const manager = `${enterpriseUrn}:manager`;
const microsoftGroupUrn = "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group";

function someone({ tenant, shape: { users } }: Ground, local: string): Person {
  const userName = `${local}@${tenant.domain}`;
  return { userName, externalId: randomUUID(), givenName: "Ann", familyName: "Lee", displayName: "Ann Lee", active: true, ...(users.emails === "login" ? { mail: userName } : {}) };
}

const bodyOf = ({ shape: { users } }: Ground, { userName, externalId }: Person, active: unknown = true): object => ({ ...entraUser({ userName, externalId, active }), ...users.more });

async function provisioned(ground: Ground, entra: Entra, local: string): Promise<string> {
  const answer = await entra.post("/Users", bodyOf(ground, someone(ground, local)));
  expect(answer.status, answer.text).toBe(201);
  return resourceOf(answer).id;
}

/** Sends changes to one user, each of them twice, and sees what has become of the person. */
class Watched {
  readonly path: string;
  readonly #ground: Ground;
  person: Person;

  constructor(ground: Ground, id: string, person: Person) {
    this.#ground = ground;
    this.path = `/Users/${id}`;
    this.person = person;
  }

  async change(client: Entra, to: Partial<Person>, ...operations: readonly object[]): Promise<void> {
    this.person = changed(this.#ground, this.person, to);
    expectPerson(this.#ground, resourceOf(await again(this.#ground, () => client.patch(this.path, ...operations))), this.person);
    expectPerson(this.#ground, resourceOf(await client.get(this.path)), this.person);
  }
}

/** One person: from Test Connection to the end of the thirty days, without the flag and, as on-demand provisioning does, with it in between. */
export async function entraUserLife(ground: Ground): Promise<void> {
  const entra = new Entra(ground, ground.tenant);
  const flagged = new Entra(ground, ground.tenant, { flag: true });
  const { users } = ground.shape;
  const { domain } = ground.tenant;
  const start = someone(ground, "ann");
  const { userName, externalId } = start;

  // Test Connection, and the match before a create, by each attribute that an administrator could choose here.
  const matches = (mail: string): readonly string[] => [
    `userName eq "${userName.toUpperCase()}"`,
    ...(users.externalId === true ? [`externalId eq "${externalId}"`] : []),
    // In a document a filter compares letter for letter, and so is refused where the attribute does not.
    ...(users.emails === undefined || users.emails === "json" ? [] : [`emails[type eq "work"].value eq "${mail}"`]),
  ];
  for (const filter of [`userName eq "${randomUUID()}"`, ...matches(userName)]) expect(await entra.find("Users", filter), filter).toMatchObject({ status: 200, body: nothingFound });

  // Provisioned, with nulls and an empty list, before its work e-mail is mapped; "True" as Microsoft's own collection posts it.
  const created = await entra.post("/Users", bodyOf(ground, start, "True"));
  expect(created.status, created.text).toBe(201);
  const { id } = resourceOf(created);
  const ann = new Watched(ground, id, start);
  const { path } = ann;
  expectPerson(ground, created.body, start);
  expect(created.text).not.toContain("null");
  await refused(ground, () => entra.post("/Users", bodyOf(ground, { ...start, userName: userName.toUpperCase() })), { status: 409, body: error(409, "uniqueness") });

  // An incremental cycle: capitalised operations, text for booleans, a work e-mail and a mobile number that are not there yet.
  const mail = `ann.lr@${domain}`;
  const cycle = [
    { op: "Replace", path: "displayName", value: "Ann Lee-Roy" },
    { op: "Replace", path: 'emails[type eq "work"].value', value: mail },
    { op: "Add", path: 'phoneNumbers[type eq "mobile"].value', value: "+44 20 7946 0000" },
    { op: "Add", path: `${enterpriseUrn}:department`, value: "R&D" },
    { op: "Add", path: "title", value: "Engineer" },
    { op: "Replace", path: "active", value: "False" },
  ];
  await ann.change(entra, { displayName: "Ann Lee-Roy", mail, mobile: "+44 20 7946 0000", department: "R&D", title: "Engineer", active: false }, ...cycle);
  // In another order they come to the same.
  await ann.change(entra, {}, ...[...cycle].reverse());
  await looksLike(ground, id, {
    status: "SUSPENDED",
    externalId,
    title: "Engineer",
    department: "R&D",
    user: { email: userName, displayName: "Ann Lee-Roy", givenName: "Ann" },
    emails: [{ value: mail, type: "work" }],
    phones: [{ value: "+44 20 7946 0000", type: "mobile" }],
  });
  const shown = ann.person;
  for (const filter of users.emails === "login" ? [`userName eq "${shown.userName}"`, ...matches((shown.mail ?? "").toUpperCase()).slice(1)] : matches(mail.toUpperCase())) {
    expect(await entra.find("Users", filter), filter).toMatchObject({ status: 200, body: { totalResults: 1, Resources: [{ id }] } });
  }
  // The next one finds the entry there, and changes it in place. What is sent as it is changes nothing.
  await ann.change(entra, { mail: userName, active: true }, { op: "Add", path: 'emails[type eq "work"].value', value: userName }, { op: "Replace", path: "active", value: "True" }, { op: "Replace", path: "userName", value: userName });
  // Several operations on one attribute apply in order; attributes that the host does not keep hold nothing up.
  await ann.change(entra, {}, { op: "Remove", path: "externalId" }, { op: "Add", path: "externalId", value: "between" }, { op: "Replace", path: "externalId", value: externalId });
  await ann.change(entra, { title: "Director" }, { op: "Add", path: 'addresses[type eq "other"].formatted', value: "1 Main Street" }, { op: "Add", path: "preferredLanguage", value: "en-GB" }, { op: "Replace", path: "title", value: "Director" });
  // Microsoft's validator sends a PATCH of nothing, and takes away what is required.
  await ann.change(entra, {});
  await refused(ground, () => entra.patch(path, { op: "Remove", path: "userName" }), { status: 400, body: error(400) });

  // On demand the same administrator's other form arrives: lower-case operations, keys that are paths.
  await ann.change(
    flagged,
    { givenName: "Anna", displayName: "Anna Lee", active: false, department: "Sales" },
    { op: "replace", value: { "name.givenName": "Anna", "name.familyName": "Lee", displayName: "Anna Lee", active: false, [`${enterpriseUrn}:department`]: "Sales" } },
  );
  // A whole extension under its URN is merged.
  await ann.change(flagged, { active: true, department: "R&D" }, { op: "replace", value: { active: true, [enterpriseUrn]: { department: "R&D" } } });
  await ann.change(flagged, { mail }, { op: "replace", path: 'emails[type eq "work"].value', value: mail });
  await ann.change(entra, { mail: userName }, { op: "Replace", path: 'emails[type eq "work"].value', value: userName });

  const boss = await provisioned(ground, entra, "boss");
  if (users.manager === true) await managers(ground, entra, ann, boss);
  // Where the host has none, the link is passed over.
  else await ann.change(entra, {}, { op: "Add", path: manager, value: boss });
  if (users.roles === true) await appRoles(ground, entra, path);

  // Renamed onto a name that is taken.
  if (users.keeps !== true) await refused(ground, () => entra.patch(path, { op: "Replace", path: "userName", value: `BOSS@${domain}` }), { status: 409, body: error(409, "uniqueness") });

  // Deleted in the directory: the name gets 32 hex digits and `active` goes. Restored: both come back.
  const gone = randomUUID().replaceAll("-", "") + userName;
  const login = (to: string): Partial<Person> => ({ userName: to, ...(users.emails === "login" ? { mail: to } : {}) });
  await ann.change(entra, { ...login(gone), active: false }, { op: "Replace", path: "userName", value: gone }, { op: "Replace", path: "active", value: "False" });
  await ann.change(entra, { ...login(userName), active: true }, { op: "Replace", path: "userName", value: userName }, { op: "Replace", path: "active", value: "True" });

  // Thirty days later.
  for (const each of [id, boss]) expect(await entra.delete(`/Users/${each}`)).toMatchObject({ status: 204, text: "" });
  await refused(ground, () => entra.delete(path), { status: 404, body: error(404) });
  for (const filter of matches(userName)) expect(await entra.find("Users", filter)).toMatchObject({ status: 200, body: nothingFound });
}

/** The link comes once both are there: as text, as an object, in an array, by the path of its value. */
async function managers(ground: Ground, entra: Entra, ann: Watched, boss: string): Promise<void> {
  const id = ann.path.slice("/Users/".length);
  const has = async (value: string | null): Promise<void> => {
    const read = resourceOf(await entra.get(ann.path));
    expect((read[enterpriseUrn] as { readonly manager?: object } | undefined)?.manager).toEqual(value === null ? undefined : expect.objectContaining({ value }));
    await looksLike(ground, id, { managerId: value });
  };
  const asked = `id eq "${id}" and manager eq "${boss}"`;
  expect(await entra.find("Users", asked, "attributes=id&")).toMatchObject({ status: 200, body: nothingFound });
  const set = [
    { op: "Add", path: manager, value: boss },
    { op: "Replace", path: manager, value: { value: boss } },
    { op: "Add", path: manager, value: [{ $ref: null, value: boss }] },
    { op: "Replace", path: `${manager}.value`, value: boss },
    { op: "replace", value: { [`${enterpriseUrn}:manager`]: boss } },
    { op: "replace", value: { [enterpriseUrn]: { manager: { value: boss } } } },
  ];
  const clear = [
    { op: "Replace", path: manager, value: "" },
    { op: "Remove", path: manager },
    { op: "Remove", path: manager, value: boss },
    { op: "Remove", path: `${manager}[value eq "${boss}"]` },
    { op: "Replace", path: manager, value: { value: "" } },
    { op: "Replace", path: manager, value: null },
  ];
  for (const [n, operation] of set.entries()) {
    await again(ground, () => entra.patch(ann.path, operation));
    await has(boss);
    expect(await entra.find("Users", asked, "attributes=id&")).toMatchObject({ status: 200, body: { totalResults: 1, Resources: [{ id }] } });
    await again(ground, () => entra.patch(ann.path, clear[n] ?? {}));
    await has(null);
  }
  await refused(ground, () => entra.patch(ann.path, { op: "Add", path: manager, value: randomUUID() }), { status: 400, body: error(400, "invalidValue") });
}

/** One role, several as JSON text, several as plain objects: by the mapping function that the administrator has chosen. */
async function appRoles(ground: Ground, entra: Entra, path: string): Promise<void> {
  const text = (value: string): object => ({ value: JSON.stringify({ id: "18d1", value, displayName: `${value}s` }) });
  const roles = async (...expected: readonly object[]): Promise<void> => expect(resourceOf(await entra.get(path))["roles"] ?? []).toMatchObject(expected);
  for (const op of ["Add", "Replace"]) {
    await again(ground, () => entra.patch(path, { op, path: 'roles[primary eq "True"].value', value: `${op}ed` }));
    await roles({ value: `${op}ed`, primary: true });
  }
  await again(ground, () => entra.patch(path, { op: "Replace", path: "roles", value: [] }));
  await again(ground, () => entra.patch(path, { op: "Add", path: "roles", value: [text("Admin")] }, { op: "Add", path: "roles", value: [text("Editor")] }));
  await roles({ value: "Admin", display: "Admins" }, { value: "Editor", display: "Editors" });
  await again(ground, () => entra.patch(path, { op: "Remove", path: "roles", value: [text("Editor")] }));
  await roles({ value: "Admin" });
  await again(ground, () => entra.patch(path, { op: "replace", path: "roles", value: [{ primary: false, type: "WindowsAzureActiveDirectoryRole", display: "Reader", value: "Reader" }] }));
  await roles({ value: "Reader", type: "WindowsAzureActiveDirectoryRole" });
}

/** A group, by both ways of removing members: neither may remove more than it names. */
export async function entraGroupLife(ground: Ground): Promise<void> {
  const entra = new Entra(ground, ground.tenant);
  const flagged = new Entra(ground, ground.tenant, { flag: true });
  const people = [await provisioned(ground, entra, "g1"), await provisioned(ground, entra, "g2"), await provisioned(ground, entra, "g3")] as const;
  const [u1, u2, u3] = people;
  const { externalId: keepsExternalId } = ground.shape.groups ?? {};

  expect(await entra.findGroup("Sales")).toMatchObject({ status: 200, body: nothingFound });
  const externalId = randomUUID();
  const created = await entra.post("/Groups", { schemas: [groupUrn, microsoftGroupUrn], externalId, displayName: "Sales", meta: { resourceType: "Group" } });
  expect(created).toMatchObject({ status: 201, body: { displayName: "Sales", meta: { resourceType: "Group" } } });
  const { id } = resourceOf(created);
  const path = `/Groups/${id}`;
  const members = async (...ids: readonly string[]): Promise<void> => expect(membersOf(resourceOf(await entra.get(path)))).toEqual([...ids].sort());
  const value = (...ids: readonly string[]): object => ids.map((each) => ({ $ref: null, value: each }));
  const patch = async (client: Entra, ...operations: readonly object[]): Promise<void> => expect(await again(ground, () => client.patch(path, ...operations))).toMatchObject({ status: 204, text: "" });

  await patch(entra, { op: "Add", path: "members", value: value(u1) });
  await patch(entra, { op: "Add", path: "members", value: value(u2, u3) });
  await patch(entra, { op: "Add", path: "members", value: value(u2) });
  await members(u1, u2, u3);
  for (const [who, there] of [[u1, 1], [randomUUID(), 0]] as const) {
    expect(await entra.find("Groups", `id eq "${id}" and members eq "${who}"`, "attributes=id&")).toMatchObject({ status: 200, body: { totalResults: there } });
  }

  // A strict reading would empty the group here.
  await patch(entra, { op: "Remove", path: "members", value: value(u1) });
  await members(u2, u3);
  await patch(entra, { op: "Remove", path: "members", value: value(u1, randomUUID()) });
  await members(u2, u3);
  await patch(flagged, { op: "remove", path: `members[value eq "${u2}"]` });
  await members(u3);
  // The two forms beside each other, as on-demand provisioning between two cycles makes them.
  await patch(entra, { op: "Add", path: "members", value: value(u1, u2) }, { op: "remove", path: `members[value eq "${u3}"]` });
  await members(u1, u2);
  await patch(entra, { op: "Remove", path: "members", value: value(u1) }, { op: "Remove", path: "members", value: value(u2) }, { op: "Add", path: "members", value: value(u3) });
  await members(u3);

  // Names alone, by both shapes.
  await patch(entra, { op: "Replace", path: "displayName", value: "Sales & Co" });
  await patch(flagged, { op: "replace", value: { displayName: "Sales & Partners", externalId } });
  await members(u3);
  const found = await entra.findGroup("sales & partners");
  expect(found).toMatchObject({ status: 200, body: { totalResults: 1, Resources: [{ id, displayName: "Sales & Partners" }] } });
  expect(found.text).not.toContain("members");
  if (keepsExternalId === true) expect(await entra.find("Groups", `externalId eq "${externalId}"`, "excludedAttributes=members&")).toMatchObject({ body: { totalResults: 1, Resources: [{ id }] } });
  const read = await entra.get(`${path}?excludedAttributes=members`);
  expect(read).toMatchObject({ status: 200, body: { id } });
  expect(resourceOf(read)["members"]).toBeUndefined();

  expect(await entra.delete(path)).toMatchObject({ status: 204 });
  await refused(ground, () => entra.delete(path), { status: 404, body: error(404) });
  for (const person of people) expect((await entra.delete(`/Users/${person}`)).status).toBe(204);
}

/** Groups that are there from the start: they are matched by their name, joined and left. */
export async function entraValueGroupLife(ground: Ground, displayName: string): Promise<void> {
  const entra = new Entra(ground, ground.tenant);
  const person = await provisioned(ground, entra, "v1");
  const found = await entra.findGroup(displayName.toLowerCase());
  expect(found).toMatchObject({ status: 200, body: { totalResults: 1 } });
  const [{ id }] = (found.body as { readonly Resources: readonly [{ readonly id: string }] }).Resources;
  const path = `/Groups/${id}`;
  const member = async (): Promise<boolean> => membersOf(resourceOf(await entra.get(path))).includes(person);
  const value = [{ $ref: null, value: person }];
  expect((await again(ground, () => entra.patch(path, { op: "Add", path: "members", value }))).status).toBe(204);
  expect(await member()).toBe(true);
  // The name comes with it, and is what it is.
  expect((await again(ground, () => entra.patch(path, { op: "Replace", path: "displayName", value: displayName }))).status).toBe(204);
  expect((await again(ground, () => entra.patch(path, { op: "Remove", path: "members", value }))).status).toBe(204);
  expect(await member()).toBe(false);
  await refused(ground, () => entra.post("/Groups", { schemas: [groupUrn, microsoftGroupUrn], displayName: "Sales" }), { status: 403, body: error(403) });
  await refused(ground, () => entra.delete(path), { status: 403, body: error(403) });
  expect((await entra.delete(`/Users/${person}`)).status).toBe(204);
}
