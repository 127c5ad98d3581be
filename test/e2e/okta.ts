/** What Okta sends, in its order and its shapes (Okta's SCIM protocol guide and its submission suite), and what it needs back. */
import { expect } from "vitest";
import { enterpriseUrn, error, groupUrn, nothingFound, patchUrn, resourceOf, userUrn } from "./app.js";
import type { Answer, App, Asking, Tenant } from "./app.js";

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

/** One person from the first look-up to the end, and every step seen in the rows. */
export async function oktaUserLife(app: App, tenant: Tenant): Promise<void> {
  const okta = new Okta(app, tenant);
  const userName = `ann+1@${tenant.domain}`;

  // The app is set up: a few rows of each, and a name that cannot exist.
  expect(await okta.get("/Users?startIndex=1&count=2")).toMatchObject({ status: 200, body: { startIndex: 1, itemsPerPage: 2, totalResults: expect.any(Number) } });
  expect((await okta.get("/Groups?startIndex=1&count=100")).status).toBe(200);
  const missed = await okta.lookUp(userName);
  expect(missed).toMatchObject({ status: 200, body: nothingFound });
  expect(missed.headers.get("content-type")).toMatch(/^application\/scim\+json/);
  for (const id of ["012345678901234567890123456789", "00u1a2b3c4d5e6f7g"]) {
    expect(await okta.get(`/Users/${id}`)).toMatchObject({ status: 404, body: error(404) });
  }

  // Assigned.
  const created = await okta.post("/Users", oktaUser(userName, "00u1a2b3"));
  expect(created.status).toBe(201);
  const user = resourceOf(created);
  const path = `/Users/${user.id}`;
  expect(user).toMatchObject({
    schemas: expect.arrayContaining([userUrn]),
    userName,
    externalId: "00u1a2b3",
    name: { givenName: "Ann", familyName: "Lee" },
    displayName: "Ann Lee",
    emails: [{ value: userName, type: "work", primary: true }],
    locale: "en-US",
    active: true,
    meta: { resourceType: "User", location: app.baseUrl + path },
  });
  expect(created.headers.get("location")).toBe(app.baseUrl + path);
  expect(created.text).not.toContain("password");
  expect(created.text).not.toContain("r4nd0m8c");
  const row = { where: { id: user.id }, select: { orgId: true, status: true, externalId: true, title: true, department: true, user: { select: { email: true, ownerId: true, givenName: true, familyName: true } }, emails: { select: { value: true, type: true, primary: true } } } } as const;
  expect(await app.prisma.membership.findUnique(row)).toEqual({
    orgId: tenant.id,
    status: "ACTIVE",
    externalId: "00u1a2b3",
    title: null,
    department: null,
    user: { email: userName, ownerId: tenant.id, givenName: "Ann", familyName: "Lee" },
    emails: [{ value: userName, type: "work", primary: true }],
  });

  // The same once more, as the submission suite posts it: the administrator is shown the detail.
  const twice = await okta.post("/Users", oktaUser(userName, "00u1a2b3"), "plain");
  expect(twice).toMatchObject({ status: 409, body: { ...error(409, "uniqueness"), detail: expect.stringMatching(/\w+ .*\.$/) } });
  expect(await okta.lookUp(userName.toUpperCase())).toMatchObject({ status: 200, body: { totalResults: 1, Resources: [{ id: user.id, userName }] } });
  const read = await okta.get(path);
  expect(read).toMatchObject({ status: 200, body: user });

  // A profile change: the whole resource comes back, `id`, `meta` and `groups` included.
  const renamed = await okta.put(path, {
    ...resourceOf(read),
    groups: [{ value: "somewhere", display: "else" }],
    name: { givenName: "Ann", familyName: "Lee-Roy" },
    displayName: "Ann Lee-Roy",
    title: "Director",
    schemas: [userUrn, enterpriseUrn],
    [enterpriseUrn]: { department: "R&D" },
  });
  expect(renamed).toMatchObject({
    status: 200,
    body: { id: user.id, displayName: "Ann Lee-Roy", title: "Director", active: true, emails: [{ value: userName }], [enterpriseUrn]: { department: "R&D" } },
  });
  expect(resourceOf(renamed)["groups"]).toBeUndefined();
  expect(await app.prisma.membership.findUnique(row)).toMatchObject({ title: "Director", department: "R&D", externalId: "00u1a2b3", user: { familyName: "Lee-Roy" }, emails: [{ value: userName }] });

  // A PUT that leaves `active` out locks nobody out.
  // JSON leaves out what is undefined.
  expect(await okta.put(path, { ...resourceOf(renamed), active: undefined })).toMatchObject({ status: 200, body: { active: true } });

  // Unassigned: no path, an object as value. The person stays readable, and is found again.
  expect(await okta.patch(path, { op: "replace", value: { active: false } })).toMatchObject({ status: 200, body: { id: user.id, active: false } });
  expect(await app.prisma.membership.findUnique(row)).toMatchObject({ status: "SUSPENDED", title: "Director" });
  expect(await okta.patch(path, { op: "replace", value: { active: false } })).toMatchObject({ status: 200, body: { active: false } });
  expect(await okta.get(path)).toMatchObject({ status: 200, body: { active: false } });
  expect(await okta.lookUp(userName)).toMatchObject({ body: { totalResults: 1, Resources: [{ id: user.id, active: false }] } });

  // Assigned again.
  expect(await okta.patch(path, { op: "replace", value: { active: true } })).toMatchObject({ status: 200, body: { active: true } });
  expect(await app.prisma.membership.findUnique(row)).toMatchObject({ status: "ACTIVE" });
  expect(await okta.patch(path, { op: "replace", path: "emails[primary eq true].value", value: `ann.lee@${tenant.domain}` })).toMatchObject({
    status: 200,
    body: { userName, emails: [{ value: `ann.lee@${tenant.domain}`, type: "work", primary: true }] },
  });

  // Renamed onto a name that is taken.
  const other = resourceOf(await okta.post("/Users", oktaUser(`bob@${tenant.domain}`, "00u-bob", "Bob", "Ross")));
  expect(await okta.put(`/Users/${other.id}`, { ...other, userName: userName.toUpperCase() })).toMatchObject({ status: 409, body: error(409, "uniqueness") });

  // Okta itself never does this to a user; its administrators do, by script.
  for (const id of [user.id, other.id]) expect(await okta.delete(`/Users/${id}`)).toMatchObject({ status: 204, text: "" });
  expect(await okta.delete(path)).toMatchObject({ status: 404, body: error(404) });
  expect(await okta.get(path)).toMatchObject({ status: 404, body: error(404) });
  expect(await okta.lookUp(userName)).toMatchObject({ status: 200, body: nothingFound });
  expect(await app.prisma.membership.findUnique(row)).toBeNull();
  // The account is a person's, and outlives the membership.
  expect(await app.prisma.user.count({ where: { email: userName } })).toBe(1);
}

/** Group push. */
export async function oktaGroupLife(app: App, tenant: Tenant): Promise<void> {
  const okta = new Okta(app, tenant);
  const people = await Promise.all(
    ["u1", "u2", "u3"].map(async (name) => resourceOf(await okta.post("/Users", oktaUser(`${name}@${tenant.domain}`, `00u-${name}`))).id),
  );
  const [u1, u2, u3] = people as [string, string, string];

  const created = await okta.post("/Groups", { schemas: [groupUrn], displayName: "Sales (EMEA)", members: [] });
  expect(created).toMatchObject({ status: 201, body: { displayName: "Sales (EMEA)" } });
  const { id } = resourceOf(created);
  const path = `/Groups/${id}`;
  const members = async (): Promise<readonly string[]> =>
    (await app.prisma.teamMember.findMany({ where: { teamId: id }, select: { membershipId: true } })).map(({ membershipId }) => membershipId).sort();
  const sorted = (...ids: readonly string[]): readonly string[] => [...ids].sort();
  expect(await okta.post("/Groups", { schemas: [groupUrn], displayName: "Sales (EMEA)", members: [] })).toMatchObject({ status: 409, body: error(409, "uniqueness") });

  // The rename comes before every change of members, with the read-only id in it.
  const rename = (displayName: string): object => ({ op: "replace", value: { id, displayName } });
  expect(await okta.patch(path, rename("Sales"))).toMatchObject({ status: 204, text: "" });
  expect(await okta.patch(path, { op: "add", path: "members", value: [{ value: u1, display: "u1" }, { value: u2, display: "u2" }] })).toMatchObject({ status: 204 });
  expect(await okta.patch(path, rename("Sales"))).toMatchObject({ status: 204 });
  expect(await members()).toEqual(sorted(u1, u2));

  // Add and remove in one request; both again change nothing.
  for (let times = 0; times < 2; times++) {
    const changed = await okta.patch(path, { op: "remove", path: `members[value eq "${u1}"]` }, { op: "add", path: "members", value: [{ value: u3, display: "u3" }] });
    expect(changed).toMatchObject({ status: 204 });
    expect(await members()).toEqual(sorted(u2, u3));
  }
  expect(await app.prisma.team.findUnique({ where: { id }, select: { name: true, orgId: true } })).toEqual({ name: "Sales", orgId: tenant.id });
  const read = await okta.get(path);
  expect(read).toMatchObject({ status: 200, body: { id, displayName: "Sales" } });
  expect((resourceOf(read)["members"] as readonly { readonly value: string }[]).map(({ value }) => value).sort()).toEqual(sorted(u2, u3));
  expect(await okta.get(`/Users/${u2}`)).toMatchObject({ body: { groups: [{ value: id, display: "Sales" }] } });

  // Replace really replaces, by path and without one.
  expect(await okta.patch(path, { op: "replace", path: "members", value: [{ value: u1, display: "u1" }] })).toMatchObject({ status: 204 });
  expect(await members()).toEqual([u1]);
  expect(await okta.patch(path, { op: "replace", value: { members: [], id, displayName: "Sales" } })).toMatchObject({ status: 204 });
  expect(await members()).toEqual([]);
  // Custom apps put the whole group; `display` may be null.
  expect(await okta.put(path, { schemas: [groupUrn], id, displayName: "Sales 2", members: [{ value: u1, display: null }, { value: u2, display: null }] })).toMatchObject({ status: 200, body: { id, displayName: "Sales 2" } });
  expect(await members()).toEqual(sorted(u1, u2));

  // Somebody who is not there would be a 404 of the group to Okta, which would then make the group anew.
  const stranger = "0190a009-0000-7000-8000-000000000009";
  expect(await okta.patch(path, { op: "add", path: "members", value: [{ value: stranger, display: "?" }] })).toMatchObject({ status: 400, body: error(400, "invalidValue") });

  expect(await okta.delete(path)).toMatchObject({ status: 204 });
  expect(await okta.get(path)).toMatchObject({ status: 404, body: error(404) });
  expect(await app.prisma.team.count({ where: { id } })).toBe(0);
  for (const person of people) {
    expect(await app.prisma.membership.count({ where: { id: person } })).toBe(1);
    expect((await okta.delete(`/Users/${person}`)).status).toBe(204);
  }
}
