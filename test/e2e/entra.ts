/** What Microsoft Entra ID sends, in its order and its shapes, with and without the flag `aadOptscim062020`. */
import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { enterpriseUrn, error, groupUrn, nothingFound, patchUrn, resourceOf, userUrn } from "./app.js";
import type { Answer, App, Asking, Tenant } from "./app.js";

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

const rows = {
  orgId: true,
  status: true,
  externalId: true,
  title: true,
  department: true,
  employeeNumber: true,
  managerId: true,
  user: { select: { email: true, displayName: true, givenName: true } },
  emails: { select: { value: true, type: true }, orderBy: { id: "asc" } },
  phones: { select: { value: true, type: true }, orderBy: { id: "asc" } },
} as const;

/** One person without the flag: from Test Connection to the end of the thirty days. */
export async function entraUserLife(app: App, tenant: Tenant): Promise<void> {
  const entra = new Entra(app, tenant);
  const userName = `ann@${tenant.domain}`;
  const externalId = randomUUID();
  const row = async (id: string): Promise<unknown> => app.prisma.membership.findUnique({ where: { id }, select: rows });

  // Test Connection, and the match before a create.
  for (const filter of [`userName eq "${randomUUID()}"`, `externalId eq "${externalId}"`, `emails[type eq "work"].value eq "${userName}"`]) {
    expect(await entra.find("Users", filter)).toMatchObject({ status: 200, body: nothingFound });
  }

  // Provisioned, with nulls and an empty list, before its work e-mail is mapped; "True" as Microsoft's own collection posts it.
  const created = await entra.post("/Users", entraUser({ userName, externalId, active: "True" }));
  expect(created).toMatchObject({ status: 201, body: { userName, externalId, active: true, displayName: "Ann Lee" } });
  const user = resourceOf(created);
  const path = `/Users/${user.id}`;
  expect(user["emails"]).toBeUndefined();
  expect(user["title"]).toBeUndefined();
  expect(await entra.post("/Users", entraUser({ userName: userName.toUpperCase(), externalId }))).toMatchObject({ status: 409, body: error(409, "uniqueness") });
  expect(await entra.find("Users", `externalId eq "${externalId}"`)).toMatchObject({ status: 200, body: { totalResults: 1, Resources: [{ id: user.id }] } });
  expect(await entra.find("Users", `userName eq "${userName.toUpperCase()}"`)).toMatchObject({ status: 200, body: { totalResults: 1, Resources: [{ id: user.id, userName }] } });

  // An incremental cycle: capitalised operations, text for booleans, a work e-mail and a mobile number that are not there yet.
  const changed = await entra.patch(
    path,
    { op: "Replace", path: "displayName", value: "Ann Lee-Roy" },
    { op: "Replace", path: 'emails[type eq "work"].value', value: `ann.lr@${tenant.domain}` },
    { op: "Add", path: 'phoneNumbers[type eq "mobile"].value', value: "+44 20 7946 0000" },
    { op: "Add", path: `${enterpriseUrn}:department`, value: "R&D" },
    { op: "Replace", path: "active", value: "False" },
  );
  expect(changed).toMatchObject({
    status: 200,
    body: {
      id: user.id,
      active: false,
      displayName: "Ann Lee-Roy",
      emails: [{ type: "work", value: `ann.lr@${tenant.domain}` }],
      phoneNumbers: [{ type: "mobile", value: "+44 20 7946 0000" }],
      [enterpriseUrn]: { department: "R&D" },
    },
  });
  expect(await row(user.id)).toEqual({
    orgId: tenant.id,
    status: "SUSPENDED",
    externalId,
    title: null,
    department: "R&D",
    employeeNumber: null,
    managerId: null,
    user: { email: userName, displayName: "Ann Lee-Roy", givenName: "Ann" },
    emails: [{ type: "work", value: `ann.lr@${tenant.domain}` }],
    phones: [{ type: "mobile", value: "+44 20 7946 0000" }],
  });
  expect(await entra.find("Users", `emails[type eq "work"].value eq "ANN.LR@${tenant.domain}"`)).toMatchObject({ body: { totalResults: 1, Resources: [{ id: user.id, active: false }] } });
  // The next one finds the entry there, and changes it in place.
  expect(await entra.patch(path, { op: "Add", path: 'emails[type eq "work"].value', value: userName }, { op: "Replace", path: "active", value: "True" })).toMatchObject({
    status: 200,
    body: { active: true, emails: [{ type: "work", value: userName }] },
  });
  // Several operations on one attribute apply in order.
  expect(
    await entra.patch(path, { op: "Remove", path: "externalId" }, { op: "Add", path: "externalId", value: "between" }, { op: "Replace", path: "externalId", value: externalId }),
  ).toMatchObject({ status: 200, body: { externalId } });

  // The manager comes once both are there: a bare string.
  const boss = resourceOf(await entra.post("/Users", entraUser({ userName: `boss@${tenant.domain}`, externalId: randomUUID(), mail: `boss@${tenant.domain}` })));
  const manager = `${enterpriseUrn}:manager`;
  expect(await entra.patch(path, { op: "Add", path: manager, value: boss.id })).toMatchObject({ status: 200, body: { [enterpriseUrn]: { department: "R&D", manager: { value: boss.id } } } });
  expect(await row(user.id)).toMatchObject({ managerId: boss.id });
  expect(await entra.find("Users", `id eq "${user.id}" and manager eq "${boss.id}"`, "attributes=id&")).toMatchObject({ status: 200, body: { totalResults: 1, Resources: [{ id: user.id }] } });
  for (const clear of [{ op: "Replace", path: manager, value: "" }, { op: "Remove", path: manager }]) {
    expect(await entra.patch(path, { op: "Replace", path: manager, value: { value: boss.id } })).toMatchObject({ status: 200 });
    expect(await row(user.id)).toMatchObject({ managerId: boss.id });
    expect(await entra.patch(path, clear)).toMatchObject({ status: 200 });
    expect(await row(user.id)).toMatchObject({ managerId: null, department: "R&D" });
  }

  // Renamed onto a name that is taken.
  expect(await entra.patch(path, { op: "Replace", path: "userName", value: `BOSS@${tenant.domain}` })).toMatchObject({ status: 409, body: error(409, "uniqueness") });
  // The validator tries to take away what is required.
  expect(await entra.patch(path, { op: "Remove", path: "userName" })).toMatchObject({ status: 400 });

  // Deleted in the directory: the name gets 32 hex digits and `active` goes. Restored: both come back.
  const gone = randomUUID().replaceAll("-", "") + userName;
  expect(await entra.patch(path, { op: "Replace", path: "userName", value: gone }, { op: "Replace", path: "active", value: "False" })).toMatchObject({ status: 200, body: { id: user.id, userName: gone, active: false } });
  expect(await entra.get(path)).toMatchObject({ status: 200, body: { active: false } });
  expect(await entra.patch(path, { op: "Replace", path: "userName", value: userName }, { op: "Replace", path: "active", value: "True" })).toMatchObject({ status: 200, body: { id: user.id, userName, active: true } });

  // Thirty days later.
  for (const id of [user.id, boss.id]) expect(await entra.delete(`/Users/${id}`)).toMatchObject({ status: 204, text: "" });
  expect(await entra.delete(path)).toMatchObject({ status: 404, body: error(404) });
  expect(await entra.find("Users", `externalId eq "${externalId}"`)).toMatchObject({ status: 200, body: nothingFound });
  expect(await row(user.id)).toBeNull();
  expect(await app.prisma.email.count({ where: { value: { in: [userName, `boss@${tenant.domain}`] } } })).toBe(0);
}

/** The same person where the flag is set: lower-case operations, true booleans, and keys that are paths. */
export async function entraFlaggedLife(app: App, tenant: Tenant): Promise<void> {
  const entra = new Entra(app, tenant, { flag: true });
  const userName = `flag@${tenant.domain}`;
  const user = resourceOf(await entra.post("/Users", entraUser({ userName, externalId: randomUUID(), mail: userName })));
  const path = `/Users/${user.id}`;
  const changed = await entra.patch(
    path,
    { op: "replace", path: 'emails[type eq "work"].value', value: `new@${tenant.domain}` },
    { op: "replace", value: { displayName: "Ann Lee-Roy", "name.givenName": "Anna", active: false, [`${enterpriseUrn}:employeeNumber`]: "7781" } },
  );
  expect(changed).toMatchObject({
    status: 200,
    body: { active: false, displayName: "Ann Lee-Roy", name: { givenName: "Anna", familyName: "Lee" }, emails: [{ value: `new@${tenant.domain}`, type: "work" }], [enterpriseUrn]: { employeeNumber: "7781" } },
  });
  // A whole extension under its URN is merged.
  expect(await entra.patch(path, { op: "replace", value: { active: true, [enterpriseUrn]: { department: "R&D" } } })).toMatchObject({
    status: 200,
    body: { active: true, [enterpriseUrn]: { employeeNumber: "7781", department: "R&D" } },
  });
  expect(await app.prisma.membership.findUnique({ where: { id: user.id }, select: rows })).toMatchObject({
    status: "ACTIVE",
    employeeNumber: "7781",
    department: "R&D",
    user: { email: userName, displayName: "Ann Lee-Roy", givenName: "Anna" },
    emails: [{ value: `new@${tenant.domain}`, type: "work" }],
  });
  expect((await entra.delete(path)).status).toBe(204);
}

/** A group, by both ways of removing members: neither may remove more than it names. */
export async function entraGroupLife(app: App, tenant: Tenant): Promise<void> {
  const entra = new Entra(app, tenant);
  const flagged = new Entra(app, tenant, { flag: true });
  const people = await Promise.all(
    ["g1", "g2", "g3"].map(async (name) => resourceOf(await entra.post("/Users", entraUser({ userName: `${name}@${tenant.domain}`, externalId: randomUUID() }))).id),
  );
  const [u1, u2, u3] = people as [string, string, string];

  expect(await entra.findGroup("Sales")).toMatchObject({ status: 200, body: nothingFound });
  const created = await entra.post("/Groups", {
    schemas: [groupUrn, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
    externalId: randomUUID(),
    displayName: "Sales",
    meta: { resourceType: "Group" },
  });
  expect(created).toMatchObject({ status: 201, body: { displayName: "Sales", meta: { resourceType: "Group" } } });
  const { id } = resourceOf(created);
  const path = `/Groups/${id}`;
  const members = async (): Promise<readonly string[]> =>
    (await app.prisma.teamMember.findMany({ where: { teamId: id }, select: { membershipId: true } })).map(({ membershipId }) => membershipId).sort();
  const sorted = (...ids: readonly string[]): readonly string[] => [...ids].sort();
  const value = (...ids: readonly string[]): object => ids.map((each) => ({ $ref: null, value: each }));

  expect(await entra.patch(path, { op: "Add", path: "members", value: value(u1) })).toMatchObject({ status: 204, text: "" });
  expect(await entra.patch(path, { op: "Add", path: "members", value: value(u2, u3) })).toMatchObject({ status: 204 });
  expect(await entra.patch(path, { op: "Add", path: "members", value: value(u2) })).toMatchObject({ status: 204 });
  expect(await members()).toEqual(sorted(u1, u2, u3));

  // A strict reading would empty the group here.
  for (let times = 0; times < 2; times++) {
    expect(await entra.patch(path, { op: "Remove", path: "members", value: value(u1) })).toMatchObject({ status: 204 });
    expect(await members()).toEqual(sorted(u2, u3));
  }
  expect(await flagged.patch(path, { op: "remove", path: `members[value eq "${u2}"]` })).toMatchObject({ status: 204 });
  expect(await members()).toEqual([u3]);

  // Names alone, by both shapes.
  expect(await entra.patch(path, { op: "Replace", path: "displayName", value: "Sales & Co" })).toMatchObject({ status: 204 });
  expect(await flagged.patch(path, { op: "replace", value: { displayName: "Sales & Partners" } })).toMatchObject({ status: 204 });
  expect(await members()).toEqual([u3]);
  expect(await app.prisma.team.findUnique({ where: { id }, select: { name: true, orgId: true } })).toEqual({ name: "Sales & Partners", orgId: tenant.id });

  const found = await entra.findGroup("sales & partners");
  expect(found).toMatchObject({ status: 200, body: { totalResults: 1, Resources: [{ id, displayName: "Sales & Partners" }] } });
  expect(found.text).not.toContain("members");
  const read = await entra.get(`${path}?excludedAttributes=members`);
  expect(read).toMatchObject({ status: 200, body: { id } });
  expect(resourceOf(read)["members"]).toBeUndefined();

  expect(await entra.delete(path)).toMatchObject({ status: 204 });
  expect(await entra.delete(path)).toMatchObject({ status: 404, body: error(404) });
  for (const person of people) expect((await entra.delete(`/Users/${person}`)).status).toBe(204);
}
