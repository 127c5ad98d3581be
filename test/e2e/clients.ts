/** The other clients, each with what is known of its requests (docs/identity-providers.md), in a host of whatever shape. Each leaves nothing behind. */
import { expect } from "vitest";
import { enterpriseUrn, error, groupUrn, nothingFound, patchUrn, resourceOf, userUrn } from "./app.js";
import type { Answer, Resource } from "./app.js";
import { again, membersOf, refused } from "./ground.js";
import type { Ground } from "./ground.js";

interface Client {
  readonly ask: (method: string, path: string, body?: unknown) => Promise<Answer>;
  /** POST, 201, and taken away at the end. */
  readonly make: (path: "/Users" | "/Groups", body: object) => Promise<Resource>;
  readonly patch: (path: string, ...operations: readonly object[]) => Promise<Answer>;
  readonly members: (id: string, ...expected: readonly string[]) => Promise<void>;
  readonly find: (type: "Users" | "Groups", filter: string) => Promise<Answer>;
  readonly name: (local: string) => string;
}

type Life = (client: Client, ground: Ground) => Promise<void>;

const life = (run: Life) => async (ground: Ground): Promise<void> => {
  const { token, domain } = ground.tenant;
  const made: string[] = [];
  const ask: Client["ask"] = (method, path, body) => ground.ask({ token, method, path, body });
  await run(
    {
      ask,
      async make(path, body) {
        const answer = await ask("POST", path, path === "/Users" ? { ...body, ...ground.shape.users.more } : body);
        expect(answer.status, answer.text).toBe(201);
        made.push(`${path}/${resourceOf(answer).id}`);
        return resourceOf(answer);
      },
      patch: (path, ...operations) => again(ground, () => ask("PATCH", path, { schemas: [patchUrn], Operations: operations })),
      members: async (id, ...expected) => expect(membersOf(resourceOf(await ask("GET", `/Groups/${id}`)))).toEqual([...expected].sort()),
      find: (type, filter) => ask("GET", `/${type}?filter=${encodeURIComponent(filter).replaceAll("%20", "+")}`),
      name: (local) => `${local}@${domain}`,
    },
    ground,
  );
  for (const path of made.reverse()) expect((await ask("DELETE", path)).status, path).toBe(204);
};

const isActive = ({ shape: { users } }: Ground, active: boolean): object => (users.active === "column" ? { active } : {});

/** With groups where the host has such as can be made. */
const grouped = ({ shape: { groups } }: Ground): boolean => groups?.kind === "rows";

export const clients: Readonly<Record<string, (ground: Ground) => Promise<void>>> = {
  "OneLogin: a template with id null, an unlisted extension and an unknown sub-attribute; deactivated and reactivated at once": life(async ({ make, patch, members, find, ask, name }, ground) => {
    expect(await find("Users", `userName eq "${name("onelogin-nobody")}"`)).toMatchObject({ status: 200, body: nothingFound });
    const { id } = await make("/Users", {
      id: null,
      schemas: [userUrn],
      userName: name("onelogin"),
      active: true,
      name: { givenName: "Ann", familyName: "Lee", formatted: "Ann Lee" },
      emails: [{ value: name("onelogin"), type: "work", primary: true }],
      [enterpriseUrn]: { department: "Sales", manager: { managerId: "m1", displayName: "Max" } },
    });
    expect(resourceOf(await ask("GET", `/Users/${id}`))[enterpriseUrn] ?? {}).not.toHaveProperty("manager");
    for (const active of [false, true]) expect((await patch(`/Users/${id}`, { op: "replace", path: "active", value: active })).body).toMatchObject(isActive(ground, active));
    if (!grouped(ground)) return;
    const group = await make("/Groups", { schemas: [groupUrn], displayName: "OneLogin" });
    expect((await patch(`/Groups/${group.id}`, { op: "add", path: "members", value: [{ value: id }] })).status).toBe(204);
    await members(group.id, id);
  }),

  "JumpCloud: activation makes a test user and group, changes and deletes them, and does so again": async (ground) => {
    for (const time of ["first", "second"]) {
      await life(async ({ make, ask, patch, members, name }) => {
        const sent = { schemas: [userUrn], userName: name("jumpcloud-test"), name: { givenName: "Test", familyName: "User" }, emails: [{ value: name("jumpcloud-test"), primary: true }], active: true, ...ground.shape.users.more };
        // What the mapping wants to be so, JumpCloud shows to its administrator.
        if (ground.shape.users.reserves === true && time === "second") return void (await refused(ground, () => ask("POST", "/Users", sent), { status: 409, body: error(409, "uniqueness") }));
        const user = await make("/Users", sent);
        const changed = { ...sent, name: { givenName: "Changed", familyName: "User" }, active: false };
        expect((await again(ground, () => ask("PUT", `/Users/${user.id}`, changed))).body).toMatchObject(isActive(ground, false));
        if (!grouped(ground)) return;
        const group = await make("/Groups", { schemas: [groupUrn], displayName: "JumpCloud test", members: [] });
        await patch(`/Groups/${group.id}`, { op: "add", path: "members", value: [{ value: user.id }] });
        await members(group.id, user.id);
        await patch(`/Groups/${group.id}`, { op: "remove", path: "members", value: [{ value: user.id }] });
        await members(group.id);
      })(ground);
    }
  },

  "Ping: looks up with other letter case, reads all groups, changes by PUT alone, and may mark two e-mails as primary": life(async ({ make, ask, patch, members, find, name }, ground) => {
    const sent = { schemas: [userUrn], userName: name("ping"), name: { givenName: "Ann", familyName: "Lee" }, emails: [{ value: name("ping"), type: "work", primary: true }, { value: name("ping2"), type: "home", primary: true }] };
    const { id, ...shown } = await make("/Users", sent);
    const primaries = ((shown["emails"] ?? []) as readonly { readonly primary?: boolean }[]).filter(({ primary }) => primary === true);
    expect(primaries.length).toBeLessThan(2);
    expect((await find("Users", `username Eq "${name("PING")}"`)).body).toMatchObject({ totalResults: 1, Resources: [{ id }] });
    expect(await find("Users", `email Co "${name("ping")}"`)).toMatchObject({ status: 400, body: error(400, "invalidFilter") });
    expect((await again(ground, () => ask("PUT", `/Users/${id}`, { ...sent, id, active: false, ...ground.shape.users.more }))).body).toMatchObject(isActive(ground, false));
    if (!grouped(ground)) return;
    const group = await make("/Groups", { schemas: [groupUrn], displayName: "PingFederate" });
    expect(((await ask("GET", "/Groups")).body as { readonly Resources: readonly Resource[] }).Resources.map((each) => each.id)).toContain(group.id);
    await patch(`/Groups/${group.id}`, { op: "add", path: "members", value: [{ value: id }] });
    await members(group.id, id);
  }),

  "Google's ssosync: a plus in a filter, PUT for users, an address of nothing but a type, members in value arrays": life(async ({ make, ask, patch, members, name }, ground) => {
    const userName = name("ann+tag");
    const user = { schemas: [userUrn], userName, name: { givenName: "Ann", familyName: "Lee" }, displayName: "Ann Lee", active: true, emails: [{ value: userName, type: "work", primary: true }], addresses: [{ type: "work" }] };
    expect((await ask("GET", "/Users?count=1")).status).toBe(200);
    const { id } = await make("/Users", user);
    expect((await ask("GET", `/Users?filter=userName+eq+%22${encodeURIComponent(userName)}%22`)).body).toMatchObject({ Resources: [{ id, userName }] });
    expect((await again(ground, () => ask("PUT", `/Users/${id}`, { ...user, id, active: false, ...ground.shape.users.more }))).body).toMatchObject(isActive(ground, false));
    if (!grouped(ground)) return;
    const group = await make("/Groups", { schemas: [groupUrn], displayName: "ssosync", members: [] });
    await patch(`/Groups/${group.id}`, { op: "add", path: "members", value: [{ value: id }] });
    await members(group.id, id);
    await patch(`/Groups/${group.id}`, { op: "remove", path: "members", value: [{ value: id }] });
    await members(group.id);
  }),

  "authentik: reads the configuration, pages without count, PUTs with id, one operation a member, compares what it sees": life(async ({ make, ask, patch, members, find, name }, ground) => {
    const config = (await ask("GET", "/ServiceProviderConfig")).body;
    for (const feature of ["patch", "bulk", "filter", "changePassword", "sort", "etag"]) expect(config).toMatchObject({ [feature]: { supported: expect.any(Boolean) } });
    expect(config).toMatchObject({ bulk: { maxOperations: expect.any(Number), maxPayloadSize: expect.any(Number) }, filter: { maxResults: expect.any(Number) }, authenticationSchemes: [{ name: expect.any(String), description: expect.any(String) }] });
    expect((await ask("GET", "/Users?startIndex=3")).body).toMatchObject({ startIndex: 3 });
    // A name that is no e-mail, and values of nothing.
    const userName = `akadmin-${ground.tenant.name}`;
    const externalId = "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8";
    const user = { schemas: [userUrn], userName, name: { formatted: "ak admin", givenName: "ak", familyName: " " }, displayName: "", emails: [{ primary: true, type: "other", value: name("authentik") }], active: true, externalId };
    // Where the login is an address, authentik's mapping sends one.
    const isAddress = ground.shape.users.emails === "login";
    const sent = isAddress ? { ...user, userName: name(userName), emails: [{ primary: true, type: "other", value: name(userName) }] } : user;
    const { id } = await make("/Users", sent);
    await refused(ground, () => ask("POST", "/Users", { ...sent, ...ground.shape.users.more }), { status: 409, body: error(409, "uniqueness") });
    expect(await find("Users", `userName eq ${userName}`)).toMatchObject({ status: 400, body: error(400, "invalidFilter") });
    expect((await find("Users", `userName eq "${sent.userName}"`)).body).toMatchObject({ totalResults: 1 });
    expect((await again(ground, () => ask("PUT", `/Users/${id}`, { ...sent, id, emails: [], ...ground.shape.users.more }))).status).toBe(200);
    if (!grouped(ground)) return;
    const group = await make("/Groups", { schemas: [groupUrn], displayName: "authentik" });
    await patch(`/Groups/${group.id}`, { op: "replace", value: { schemas: [groupUrn], id: group.id, externalId: `a1-${ground.tenant.name}`, displayName: "authentik" } }, { op: "add", path: "members", value: [{ value: id }] });
    await members(group.id, id);
    await patch(`/Groups/${group.id}`, { op: "remove", path: `members[value eq "${id}"]` });
    await members(group.id);
    await patch(`/Groups/${group.id}`, { op: "add", path: "members", value: [{ value: id }] });
    await patch(`/Groups/${group.id}`, { op: "remove", path: "members", value: [{ value: id }] });
    await members(group.id);
  }),

  "Keycloak: e-mails without type, active as text beside a repeated userName, a group emptied and filled again": life(async ({ make, ask, patch, members, name }, ground) => {
    const sent = { schemas: [userUrn], userName: name("keycloak"), name: { givenName: "Ann", familyName: "Lee" }, emails: [{ value: name("keycloak") }], active: "true" };
    const { id } = await make("/Users", sent);
    const patched = await patch(`/Users/${id}`, { op: "replace", path: "userName", value: name("keycloak") }, { op: "replace", path: "active", value: "false" });
    expect(patched.body).toMatchObject({ userName: name("keycloak"), ...isActive(ground, false) });
    const put = { ...sent, active: true, ...ground.shape.users.more };
    expect((await again(ground, () => ask("PUT", `/Users/${id}`, { ...put, [enterpriseUrn]: { ...ground.shape.users.more?.[enterpriseUrn as never] as object | undefined, division: "x" } }))).body).toMatchObject(isActive(ground, true));
    if (!grouped(ground)) return;
    const member = { value: id, $ref: `Users/${id}` };
    const group = await make("/Groups", { schemas: [groupUrn], displayName: "Keycloak", members: [member] });
    await patch(`/Groups/${group.id}`, { op: "remove", path: "members" }, { op: "add", path: "members", value: [member] });
    await members(group.id, id);
  }),

  "midPoint: reads all of discovery, overlapping pages, and a PUT without userName is 400": life(async ({ make, ask, name }, ground) => {
    for (const path of ["/ServiceProviderConfig", "/Schemas", "/ResourceTypes"]) expect((await ask("GET", path)).status).toBe(200);
    for (const startIndex of [1, 2, 3]) expect((await ask("GET", `/Users?startIndex=${startIndex}&count=25`)).body).toMatchObject({ startIndex });
    const { id } = await make("/Users", { schemas: [userUrn], userName: name("midpoint"), name: { givenName: "Ann", familyName: "Lee" }, title: "x" });
    await refused(ground, () => ask("PUT", `/Users/${id}`, { schemas: [userUrn], id, title: "y" }), { status: 400, body: error(400, "invalidValue") });
  }),

  "SailPoint: each resource type and each schema answers by its own name; a complex attribute without a value is replaced": life(async ({ make, ask, patch, name }, ground) => {
    for (const [list, type] of [["/ResourceTypes", "ResourceType"], ["/Schemas", "Schema"]] as const) {
      const { Resources } = (await ask("GET", list)).body as { readonly Resources: readonly { readonly id: string }[] };
      for (const each of Resources) {
        const one = await ask("GET", `${list}/${encodeURIComponent(each.id)}`);
        expect(one).toMatchObject({ status: 200, body: { id: each.id, meta: { resourceType: type } } });
        expect(one.body).toEqual(each);
      }
    }
    const { id } = await make("/Users", { schemas: [userUrn], userName: name("sailpoint") });
    const { users } = ground.shape;
    const replaced = await patch(`/Users/${id}`, { op: "replace", path: "name", value: { givenName: "Ann", familyName: "Lee" } });
    if (users.name !== undefined && users.keeps !== true) expect(replaced.body).toMatchObject({ name: { givenName: "Ann", familyName: "Lee" } });
  }),

  "Rippling: creates the group, then its members; nothing of what /Schemas calls readOnly is needed": life(async ({ make, ask, patch, members, name }, ground) => {
    const schemas = (await ask("GET", "/Schemas")).body as { readonly Resources: readonly { readonly id: string; readonly attributes: readonly { readonly name: string; readonly mutability: string }[] }[] };
    const user = schemas.Resources.find(({ id }) => id === userUrn);
    expect(user?.attributes.filter(({ mutability }) => mutability === "readOnly").map(({ name: each }) => each)).toEqual(ground.shape.groups === undefined ? [] : ["groups"]);
    const person = { schemas: [userUrn], userName: name("rippling"), name: { givenName: "Ann", familyName: "Lee" } };
    if (!grouped(ground)) return void (await make("/Users", person));
    const group = await make("/Groups", { schemas: [groupUrn], displayName: "Rippling" });
    const { id } = await make("/Users", person);
    await patch(`/Groups/${group.id}`, { op: "add", path: "members", value: [{ value: id }] });
    await members(group.id, id);
  }),

  "AWS-shaped: eq and and, members a hundred at a time, one value for each list": life(async ({ make, patch, find, name }, ground) => {
    const { id } = await make("/Users", { schemas: [userUrn], userName: name("aws"), externalId: "701984", name: { familyName: "Doe", givenName: "John" }, displayName: "John Doe", emails: [{ value: name("aws"), type: "work", primary: true }] });
    if (!grouped(ground)) return;
    const group = await make("/Groups", { schemas: [groupUrn], displayName: "AWS" });
    await patch(`/Groups/${group.id}`, { op: "add", path: "members", value: [{ value: id }] });
    expect((await find("Groups", `id eq "${group.id}" and members eq "${id}"`)).body).toMatchObject({ totalResults: 1 });
  }),

  "scim2-client: Location, meta and dates are there on every answer, and every answer fits /Schemas": life(async ({ make, ask, name }) => {
    const created = await make("/Users", { schemas: [userUrn], userName: name("scim2"), emails: [{ value: name("scim2"), type: "work", primary: true }], name: { givenName: "Ann", familyName: "Lee" } });
    const meta = created.meta as Readonly<Record<string, string>>;
    expect(meta["resourceType"]).toBe("User");
    for (const date of [meta["created"], meta["lastModified"]]) if (date !== undefined) expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    const { Resources } = (await ask("GET", "/Schemas")).body as { readonly Resources: readonly { readonly id: string; readonly attributes: readonly Described[] }[] };
    const schema = Resources.find(({ id }) => id === userUrn);
    const { body } = await ask("GET", "/Users");
    for (const user of (body as { readonly Resources: readonly Readonly<Record<string, unknown>>[] }).Resources) {
      for (const [key, value] of Object.entries(user)) {
        if (["schemas", "id", "externalId", "meta"].includes(key) || key.startsWith("urn:")) continue;
        fits(schema?.attributes.find(({ name: each }) => each === key), value, key);
      }
    }
  }),
};

/** What a client sends side by side arrives in any order, and some of it twice: it always comes to the same. */
export const inAnyOrder = life(async ({ ask, make, name }, ground) => {
  const person = { schemas: [userUrn], name: { givenName: "Ann", familyName: "Lee" } };
  const ann = (await make("/Users", { ...person, userName: name("order1") })).id;
  const bob = (await make("/Users", { ...person, userName: name("order2") })).id;
  const ends = new Set<string>();
  for (const order of permutations([0, 1, 2, 3])) {
    const { id } = resourceOf(await ask("POST", "/Groups", { schemas: [groupUrn], displayName: "Order", members: [{ value: bob }] }));
    const requests = [
      [`/Groups/${id}`, { op: "add", path: "members", value: [{ value: ann }] }],
      [`/Groups/${id}`, { op: "remove", path: `members[value eq "${bob}"]` }],
      [`/Groups/${id}`, { op: "replace", value: { displayName: "In any order" } }],
      [`/Users/${ann}`, { op: "replace", path: "active", value: false }],
    ] as const;
    for (const n of [...order, ...order.slice(0, 2)]) {
      const [path, operation] = requests[n] ?? requests[0];
      expect((await ask("PATCH", path, { schemas: [patchUrn], Operations: [operation] })).status).toBeLessThan(300);
    }
    const [group, user] = [resourceOf(await ask("GET", `/Groups/${id}`)), resourceOf(await ask("GET", `/Users/${ann}`))];
    ends.add(JSON.stringify({ displayName: group["displayName"], members: membersOf(group), active: user["active"] }));
    expect((await ask("DELETE", `/Groups/${id}`)).status).toBe(204);
    await ask("PATCH", `/Users/${ann}`, { schemas: [patchUrn], Operations: [{ op: "replace", path: "active", value: true }] });
  }
  expect([...ends]).toEqual([JSON.stringify({ displayName: "In any order", members: [ann], ...isActive(ground, false) })]);
});

function permutations(all: readonly number[]): readonly (readonly number[])[] {
  return all.length < 2 ? [all] : all.flatMap((first) => permutations(all.filter((each) => each !== first)).map((rest) => [first, ...rest]));
}

interface Described {
  readonly name: string;
  readonly type: string;
  readonly multiValued: boolean;
  readonly subAttributes?: readonly Described[];
}

function fits(attribute: Described | undefined, value: unknown, path: string): void {
  expect(attribute, `${path} is in /Schemas`).toBeDefined();
  if (attribute === undefined) return;
  if (attribute.multiValued) {
    expect(Array.isArray(value), path).toBe(true);
    for (const each of value as readonly unknown[]) fits({ ...attribute, multiValued: false }, each, path);
  } else if (attribute.type === "complex") {
    for (const [key, sub] of Object.entries(value as object)) fits(attribute.subAttributes?.find(({ name }) => name === key), sub, `${path}.${key}`);
  } else expect(typeof value, path).toBe({ boolean: "boolean", integer: "number", decimal: "number" }[attribute.type] ?? "string");
}
