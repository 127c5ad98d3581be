/** What Okta sends, in its order and its shapes (Okta's SCIM protocol guide and its submission suite), and what it needs back. */
import { expect } from "vitest";
import { enterpriseUrn, error, groupUrn, nothingFound, patchUrn, resourceOf, userUrn } from "./app.js";
import type { Answer, Asking, Resource, Tenant } from "./app.js";
import { again, changed, expectPerson, looksLike, membersOf, refused } from "./ground.js";
import type { Ground, Person } from "./ground.js";

const agent = { "user-agent": "Okta SCIM Client 1.0.0", accept: "application/scim+json; charset=utf-8" };
const typed = { ...agent, "content-type": "application/scim+json; charset=utf-8" };

/** Okta's client for one customer. */
export class Okta {
  readonly #app: Asking;
  readonly #tenant: Pick<Tenant, "token">;

  constructor(app: Asking, tenant: Pick<Tenant, "token">) {
    this.#app = app;
    this.#tenant = tenant;
  }

  get(path: string): Promise<Answer> {
    return this.#send("GET", path);
  }

  post(path: string, body: unknown, type: "scim" | "plain" = "scim"): Promise<Answer> {
    return this.#send("POST", path, body, type === "scim" ? typed : { ...agent, "content-type": "application/json" });
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.#send("PUT", path, body);
  }

  patch(path: string, ...operations: readonly unknown[]): Promise<Answer> {
    return this.#send("PATCH", path, { schemas: [patchUrn], Operations: operations });
  }

  delete(path: string): Promise<Answer> {
    return this.#send("DELETE", path);
  }

  /** The look-up before every assignment. */
  lookUp(userName: string): Promise<Answer> {
    return this.get(`/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}&startIndex=1&count=100`);
  }

  #send(method: string, path: string, body?: unknown, headers = body === undefined ? agent : typed): Promise<Answer> {
    return this.#app.ask({ token: this.#tenant.token, method, path, body, headers });
  }
}

export const oktaUser = (userName: string, externalId: string, givenName = "Ann", familyName = "Lee"): object => ({
  schemas: [userUrn],
  userName,
  externalId,
  name: { givenName, familyName },
  emails: [{ primary: true, value: userName, type: "work" }],
  displayName: `${givenName} ${familyName}`,
  locale: "en-US",
  groups: [],
  password: "r4nd0m8c",
  active: true,
});

function someone(ground: Ground, local: string, givenName = "Ann", familyName = "Lee"): Person {
  const userName = `${local}@${ground.tenant.domain}`;
  return { userName, externalId: `00u-${local}`, givenName, familyName, displayName: `${givenName} ${familyName}`, active: true, mail: userName };
}

const bodyOf = ({ shape: { users } }: Ground, { userName, externalId, givenName, familyName }: Person): object => ({ ...oktaUser(userName, externalId, givenName, familyName), ...users.more });

async function assigned(ground: Ground, okta: Okta, person: Person): Promise<Resource> {
  const answer = await okta.post("/Users", bodyOf(ground, person));
  expect(answer.status, answer.text).toBe(201);
  return resourceOf(answer);
}

/** One person from the first look-up to the end. */
export async function oktaUserLife(ground: Ground): Promise<void> {
  const okta = new Okta(ground, ground.tenant);
  const { users } = ground.shape;
  const { domain } = ground.tenant;
  let ann = someone(ground, "ann+1");
  const { userName, externalId } = ann;

  // The app is set up: a few rows of each, and a name that cannot exist. Where there are no groups, Okta is told so.
  expect(await okta.get("/Users?startIndex=1&count=2")).toMatchObject({ status: 200, body: { startIndex: 1, itemsPerPage: 2, totalResults: expect.any(Number) } });
  expect(await okta.get("/Groups?startIndex=1&count=100")).toMatchObject(ground.shape.groups === undefined ? { status: 404, body: error(404) } : { status: 200, body: { startIndex: 1 } });
  const missed = await okta.lookUp(userName);
  expect(missed).toMatchObject({ status: 200, body: nothingFound });
  expect(missed.headers.get("content-type")).toMatch(/^application\/scim\+json/);

  // Assigned.
  const created = await okta.post("/Users", bodyOf(ground, ann));
  expect(created.status, created.text).toBe(201);
  const user = resourceOf(created);
  const path = `/Users/${user.id}`;
  expectPerson(ground, user, ann);
  expect(user.meta.location).toBe(ground.baseUrl + path);
  expect(created.headers.get("location")).toBe(ground.baseUrl + path);
  expect(created.text).not.toContain("password");
  expect(created.text).not.toContain("r4nd0m8c");
  await looksLike(ground, user.id, { status: "ACTIVE", externalId, title: null, department: null, user: { email: userName, givenName: "Ann", familyName: "Lee" }, emails: [{ value: userName, type: "work", primary: true }] });

  // The same once more, as the submission suite posts it: the administrator is shown the detail.
  await refused(ground, () => okta.post("/Users", bodyOf(ground, ann), "plain"), { status: 409, body: { ...error(409, "uniqueness"), detail: expect.stringMatching(/\w+ .*\.$/) } });
  expect(await okta.lookUp(userName.toUpperCase())).toMatchObject({ status: 200, body: { totalResults: 1, Resources: [{ id: user.id }] } });
  const read = await okta.get(path);
  expect(read).toMatchObject({ status: 200, body: user });
  expectPerson(ground, read.body, ann);

  // A profile change: the whole resource comes back, `id`, `meta` and `groups` included. A custom app sends all that it knows.
  const put = async (to: Partial<Person>, body: object): Promise<Resource> => {
    ann = changed(ground, ann, to);
    const answer = resourceOf(await again(ground, () => okta.put(path, body)));
    expectPerson(ground, answer, ann);
    return answer;
  };
  const whole = { ...resourceOf(read), groups: [{ value: "somewhere", display: "else" }], name: { givenName: "Ann", familyName: "Lee-Roy" }, displayName: "Ann Lee-Roy", title: "Director" };
  const more = users.more as Readonly<Record<string, object>> | undefined;
  const renamed = await put({ familyName: "Lee-Roy", displayName: "Ann Lee-Roy", title: "Director", department: "R&D" }, { ...whole, schemas: [userUrn, enterpriseUrn], [enterpriseUrn]: { ...more?.[enterpriseUrn], department: "R&D" } });
  expect(JSON.stringify(renamed)).not.toContain("somewhere");
  await looksLike(ground, user.id, { title: "Director", department: "R&D", externalId, user: { familyName: "Lee-Roy" }, emails: [{ value: userName }] });
  // A PUT that leaves `active` out locks nobody out, and lets nobody in. JSON leaves out what is undefined.
  await put({}, { ...renamed, active: undefined });
  await put({ active: false }, { ...renamed, active: false });
  await put({}, { ...renamed, active: undefined });
  await put({ active: true }, { ...renamed, active: true });

  const patch = async (to: Partial<Person>, operation: object): Promise<void> => {
    ann = changed(ground, ann, to);
    expectPerson(ground, resourceOf(await again(ground, () => okta.patch(path, operation))), ann);
  };
  // Unassigned: no path, an object as value. The person stays readable, and is found again.
  await patch({ active: false }, { op: "replace", value: { active: false } });
  expectPerson(ground, (await okta.get(path)).body, ann);
  expect(await okta.lookUp(userName)).toMatchObject({ body: { totalResults: 1, Resources: [{ id: user.id }] } });
  await looksLike(ground, user.id, { status: "SUSPENDED", title: "Director" });
  // Assigned again; the other applications' forms.
  await patch({ active: true }, { op: "replace", value: { active: true } });
  await looksLike(ground, user.id, { status: "ACTIVE" });
  // A secret is written each time that it comes: nobody can tell whether it is the same.
  for (const send of [() => okta.patch(path, { op: "replace", value: { password: "an0ther-0ne" } }), () => okta.put(path, { ...renamed, password: "y3t-an0ther" })]) {
    const answer = await send();
    expectPerson(ground, answer.body, ann);
    expect(answer.text).not.toMatch(/password|an0ther/);
  }
  await patch({ mail: `ann.lee@${domain}` }, { op: "replace", path: "emails[primary eq true].value", value: `ann.lee@${domain}` });
  await patch({ mail: userName }, { op: "replace", path: "emails[primary eq true].value", value: userName });
  if (users.roles === true) await rolesAndEntitlements(ground, okta, path);

  // Renamed onto a name that is taken.
  const bob = someone(ground, "bob", "Bob", "Ross");
  const other = await assigned(ground, okta, bob);
  if (users.keeps !== true) await refused(ground, () => okta.put(`/Users/${other.id}`, { ...other, userName: userName.toUpperCase(), emails: [{ value: userName.toUpperCase(), type: "work" }] }), { status: 409, body: error(409, "uniqueness") });

  // Okta itself never does this to a user; its administrators do, by script.
  for (const id of [user.id, other.id]) expect(await okta.delete(`/Users/${id}`)).toMatchObject({ status: 204, text: "" });
  await refused(ground, () => okta.delete(path), { status: 404, body: error(404) });
  expect(await okta.get(path)).toMatchObject({ status: 404, body: error(404) });
  expect(await okta.lookUp(userName)).toMatchObject({ status: 200, body: nothingFound });
}

/** What Identity Governance writes on users, once it has found both in /Schemas. Here an entitlement is its value alone. */
async function rolesAndEntitlements(ground: Ground, okta: Okta, path: string): Promise<void> {
  const shows = async (attribute: string, ...values: readonly string[]): Promise<void> => {
    const elements = (resourceOf(await okta.get(path))[attribute] ?? []) as readonly { readonly value: string }[];
    expect(elements.map(({ value }) => value)).toEqual(values);
  };
  const whole = resourceOf(await okta.get(path));
  await again(ground, () => okta.put(path, { ...whole, roles: [{ value: "r-7", display: "Editor" }], entitlements: [{ value: "e-3", display: "Pro seat", type: "License" }] }));
  await shows("roles", "r-7");
  await shows("entitlements", "e-3");
  await again(ground, () => okta.patch(path, { op: "add", path: "roles", value: [{ value: "r-8", display: "Admin" }] }, { op: "remove", path: 'roles[value eq "r-7"]' }));
  await shows("roles", "r-8");
  await again(ground, () => okta.patch(path, { op: "replace", value: { entitlements: [] } }));
  await shows("entitlements");
}

/** Group push, by the catalogue's PATCH and by a custom app's PUT. */
export async function oktaGroupLife(ground: Ground): Promise<void> {
  const okta = new Okta(ground, ground.tenant);
  const [u1, u2, u3] = [(await assigned(ground, okta, someone(ground, "u1"))).id, (await assigned(ground, okta, someone(ground, "u2"))).id, (await assigned(ground, okta, someone(ground, "u3"))).id] as const;

  const created = await okta.post("/Groups", { schemas: [groupUrn], displayName: "Sales (EMEA)", members: [] });
  expect(created).toMatchObject({ status: 201, body: { displayName: "Sales (EMEA)" } });
  const { id } = resourceOf(created);
  const path = `/Groups/${id}`;
  const members = async (...ids: readonly string[]): Promise<void> => expect(membersOf(resourceOf(await okta.get(path)))).toEqual([...ids].sort());
  const patch = async (...operations: readonly object[]): Promise<void> => expect(await again(ground, () => okta.patch(path, ...operations))).toMatchObject({ status: 204, text: "" });
  const value = (...ids: readonly string[]): object => ids.map((each) => ({ value: each, display: "somebody" }));

  // The rename comes before every change of members, with the read-only id in it.
  const rename = (displayName: string): object => ({ op: "replace", value: { id, displayName } });
  await patch(rename("Sales"));
  await patch({ op: "add", path: "members", value: value(u1, u2) });
  await patch(rename("Sales"));
  await members(u1, u2);
  await patch({ op: "remove", path: `members[value eq "${u1}"]` }, { op: "add", path: "members", value: value(u3) });
  await members(u2, u3);
  expect(resourceOf(await okta.get(path))).toMatchObject({ id, displayName: "Sales" });
  expect(await okta.get(`/Users/${u2}`)).toMatchObject({ body: { groups: [{ value: id, display: "Sales" }] } });

  // Replace really replaces, by path and without one.
  await patch({ op: "replace", path: "members", value: value(u1) });
  await members(u1);
  await patch({ op: "replace", value: { members: value(u3, u2), id, displayName: "Sales" } });
  await members(u2, u3);
  await patch({ op: "replace", value: { members: [], id, displayName: "Sales" } });
  await members();
  // Custom apps put the whole group; `display` may be null.
  const put = (displayName: string, ...ids: readonly string[]): object => ({ schemas: [groupUrn], id, displayName, members: ids.map((each) => ({ value: each, display: null })) });
  expect(await again(ground, () => okta.put(path, put("Sales 2", u1, u2)))).toMatchObject({ status: 200, body: { id, displayName: "Sales 2" } });
  await members(u1, u2);
  const rows = await ground.rows();
  expect((await okta.put(path, put("Sales 2", u2, u1))).status).toBe(200);
  expect(await ground.rows(), "the same members in another order").toEqual(rows);

  // Somebody who is not there would be a 404 of the group to Okta, which would then make the group anew.
  for (const stranger of ["0190a009-0000-7000-8000-000000000009", "nobody"]) {
    await refused(ground, () => okta.patch(path, rename("Sales 3"), { op: "add", path: "members", value: value(u3, stranger) }), { status: 400, body: error(400, "invalidValue") });
  }

  expect(await okta.delete(path)).toMatchObject({ status: 204 });
  await refused(ground, () => okta.delete(path), { status: 404, body: error(404) });
  expect(await okta.get(path)).toMatchObject({ status: 404, body: error(404) });
  for (const person of [u1, u2, u3]) expect(await okta.delete(`/Users/${person}`)).toMatchObject({ status: 204 });
}

/** A first push of many, in chunks: what an answer left out, Okta would remove. */
export async function oktaChunksLife(ground: Ground): Promise<void> {
  const okta = new Okta(ground, ground.tenant);
  const numbers = Array.from({ length: 230 }, (_, number) => number);
  const bulk = async (...operations: readonly object[]): Promise<readonly string[]> => {
    const answer = await okta.post("/Bulk", { schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], Operations: operations });
    expect(answer.status, answer.text).toBe(200);
    const done = (answer.body as { readonly Operations: readonly { readonly status: string; readonly location: string }[] }).Operations;
    expect([...new Set(done.map(({ status }) => status))], answer.text.slice(0, 600)).toHaveLength(1);
    return done.map(({ location }) => location.slice(location.lastIndexOf("/") + 1));
  };
  // By portions that a host's own transaction has the time for.
  const portions = (all: readonly object[]): Promise<readonly string[]> => (all.length === 0 ? Promise.resolve([]) : bulk(...all.slice(0, 50)).then(async (done) => [...done, ...(await portions(all.slice(50)))]));
  const people = await portions(numbers.map((number) => ({ method: "POST", path: "/Users", bulkId: `b${number}`, data: { ...bodyOf(ground, someone(ground, `many${number}`)), password: undefined } })));
  expect(new Set(people).size).toBe(numbers.length);
  const { id } = resourceOf(await okta.post("/Groups", { schemas: [groupUrn], displayName: "Everybody", members: [] }));
  const path = `/Groups/${id}`;
  const value = (ids: readonly string[]): object => ids.map((each) => ({ value: each, display: "somebody" }));
  const shown = async (): Promise<readonly string[]> => membersOf(resourceOf(await okta.get(path)));

  // The second chunk is lost on its way back and sent again; the last has some of the one before.
  for (const [from, to] of [[0, 100], [100, 200], [100, 200], [190, 230]] as const) {
    expect((await okta.patch(path, { op: "add", path: "members", value: value(people.slice(from, to)) })).status).toBe(204);
  }
  expect(await shown()).toEqual([...people].sort());
  await again(ground, () => okta.put(path, { schemas: [groupUrn], id, displayName: "Everybody", members: value([...people].reverse()) }));
  // Fewer, as one list.
  await again(ground, () => okta.patch(path, { op: "replace", path: "members", value: value(people.slice(0, 120)) }));
  expect(await shown()).toEqual(people.slice(0, 120).sort());
  await again(ground, () => okta.patch(path, ...people.slice(0, 60).map((each) => ({ op: "remove", path: `members[value eq "${each}"]` }))));
  expect(await shown()).toEqual(people.slice(60, 120).sort());

  // An import reads to the end, a hundred at a time, and everybody once.
  const seen: string[] = [];
  for (let total = Number.POSITIVE_INFINITY; seen.length < total; ) {
    const { totalResults, itemsPerPage, Resources } = (await okta.get(`/Users?startIndex=${seen.length + 1}&count=100`)).body as { readonly totalResults: number; readonly itemsPerPage: number; readonly Resources: readonly Resource[] };
    expect(itemsPerPage).toBe(Math.min(100, totalResults - seen.length));
    expect(Resources).toHaveLength(itemsPerPage);
    total = totalResults;
    seen.push(...Resources.map((each) => each.id));
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toEqual(expect.arrayContaining([...people]));

  expect((await okta.delete(path)).status).toBe(204);
  await portions(people.map((each) => ({ method: "DELETE", path: `/Users/${each}` })));
}

/** What Okta's submission suite (Okta-SCIM-20-SPEC-Test) asks, request by request, with its headers and its assertions. */
export async function oktaSpecSuite(ground: Ground): Promise<void> {
  const { users, groups } = ground.shape;
  const { token } = ground.tenant;
  const suite = { "user-agent": "OKTA SCIM Integration", "accept-charset": "utf-8", accept: "application/scim+json", "content-type": "application/scim+json; charset=utf-8" };
  const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> => ground.ask({ token, method: "GET", path, headers: { ...suite, ...headers } });
  // Its URLs are not encoded: what sends them does that, as fetch does.
  const look = (userName: string): Promise<Answer> => get(`/Users?filter=userName eq "${userName}"`);
  const person = someone(ground, "Runscope123Abcdefghi456", "Runscope123", "Abcdefghi456");
  const post = (): Promise<Answer> => {
    // JSON leaves out what is undefined.
    const body = { ...bodyOf(ground, person), password: undefined, locale: undefined, groups: undefined, externalId: undefined };
    return ground.ask({ token, method: "POST", path: "/Users", body, headers: { "content-type": "application/json", accept: "application/scim+json; charset=utf-8" } });
  };

  const list = await get("/Users?count=1&startIndex=1");
  expect(list).toMatchObject({ status: 200, body: { schemas: nothingFound.schemas, itemsPerPage: 1, startIndex: 1, totalResults: expect.any(Number), Resources: [{ id: expect.any(String) }] } });
  const [first] = (list.body as { readonly Resources: readonly [Resource] }).Resources;
  expect(await get(`/Users/${first.id}`)).toMatchObject({ status: 200, body: first });
  for (const nobody of ["abcdefgh@atko.com", person.userName]) expect(await look(nobody)).toMatchObject({ status: 200, body: nothingFound });
  const created = await post();
  expect(created.status, created.text).toBe(201);
  expect(created.body).toMatchObject({ schemas: expect.arrayContaining([userUrn]), id: expect.any(String), ...(users.active === false ? {} : { active: true }) });
  const { id } = resourceOf(created);
  const read = await get(`/Users/${id}`);
  expect(read.status).toBe(200);
  expectPerson(ground, read.body, { ...person, externalId: "" });
  await refused(ground, post, { status: 409, body: error(409) });
  expect(await look(person.userName.toUpperCase())).toMatchObject({ status: 200, body: { totalResults: 1, Resources: [{ id }] } });
  expect((await get("/Groups")).status).toBe(groups === undefined ? 404 : 200);
  expect(await get('/Users?filter=userName eq "X"', { authorization: "non-token" })).toMatchObject({ status: 401, body: { ...error(401), detail: expect.stringMatching(/./) } });
  for (const unknown of ["010101001010101011001010101011", "00919288221112222"]) expect(await get(`/Users/${unknown}`)).toMatchObject({ status: 404, body: { ...error(404), detail: expect.stringMatching(/./) } });
  expect((await ground.ask({ token, method: "DELETE", path: `/Users/${id}` })).status).toBe(204);
}
