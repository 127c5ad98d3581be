/** The other clients, each with what is known of its requests (docs/identity-providers.md), against the specimen over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enterpriseUrn, error, groupUrn, nothingFound, otherThan, patchUrn, resourceOf, rowsOf, startApp, tenants, userUrn } from "./app.js";
import type { Answer, App } from "./app.js";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

type Ask = (method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<Answer>;

function client(token: string): Ask {
  return (method, path, body, headers = {}) => app.ask({ token, method, path, body, headers });
}

const patch = (...Operations: readonly unknown[]): unknown => ({ schemas: [patchUrn], Operations });
const idOf = (answer: Answer): string => {
  expect(answer.status, answer.text).toBe(201);
  return resourceOf(answer).id;
};
const filtered = (filter: string): string => `filter=${encodeURIComponent(filter).replaceAll("%20", "+")}`;
const membersOf = async (ask: Ask, id: string): Promise<readonly string[]> => {
  const members = resourceOf(await ask("GET", `/Groups/${id}`))["members"] as readonly { readonly value: string }[] | undefined;
  return (members ?? []).map(({ value }) => value).sort();
};

describe.each(tenants)("at $name", (tenant) => {
  const ask = client(tenant.token);
  const name = (local: string): string => `${local}@${tenant.domain}`;

  /** Each life leaves the other tenant as it was, and takes away what it made. */
  function life(title: string, run: (made: { users: string[]; groups: string[] }) => Promise<void>): void {
    test(title, async () => {
      const there = await rowsOf(app.prisma, otherThan(tenant));
      const made = { users: [] as string[], groups: [] as string[] };
      await run(made);
      for (const id of made.groups) await ask("DELETE", `/Groups/${id}`);
      for (const id of made.users) await ask("DELETE", `/Users/${id}`);
      expect(await rowsOf(app.prisma, otherThan(tenant))).toEqual(there);
    });
  }

  life("OneLogin: a template with id null, an unlisted extension and an unknown sub-attribute; deactivated and reactivated at once", async (made) => {
    expect(await ask("GET", `/Users?${filtered(`userName eq "${name("onelogin-nobody")}"`)}`)).toMatchObject({ status: 200, body: nothingFound });
    const id = idOf(
      await ask("POST", "/Users", {
        id: null,
        schemas: [userUrn],
        userName: name("onelogin"),
        active: true,
        name: { givenName: "Ann", familyName: "Lee", formatted: "Ann Lee" },
        emails: [{ value: name("onelogin"), type: "work", primary: true }],
        [enterpriseUrn]: { department: "Sales", manager: { managerId: "m1", displayName: "Max" } },
      }),
    );
    made.users.push(id);
    expect(resourceOf(await ask("GET", `/Users/${id}`))[enterpriseUrn]).toEqual({ department: "Sales" });
    for (const active of [false, true]) expect((await ask("PATCH", `/Users/${id}`, patch({ op: "replace", path: "active", value: active }))).body).toMatchObject({ active });
    const group = idOf(await ask("POST", "/Groups", { schemas: [groupUrn], displayName: "OneLogin" }));
    made.groups.push(group);
    for (let twice = 0; twice < 2; twice++) expect((await ask("PATCH", `/Groups/${group}`, patch({ op: "add", path: "members", value: [{ value: id }] }))).status).toBe(204);
    expect(await membersOf(ask, group)).toEqual([id]);
  });

  life("JumpCloud: activation makes a test user and group, changes and deletes them, and does so again", async () => {
    for (let twice = 0; twice < 2; twice++) {
      const user = idOf(await ask("POST", "/Users", { schemas: [userUrn], userName: name("jumpcloud-test"), name: { givenName: "Test", familyName: "User" }, emails: [{ value: name("jumpcloud-test"), primary: true }], active: true }));
      const group = idOf(await ask("POST", "/Groups", { schemas: [groupUrn], displayName: "JumpCloud test", members: [] }));
      expect((await ask("PUT", `/Users/${user}`, { schemas: [userUrn], userName: name("jumpcloud-test"), name: { givenName: "Changed" }, active: false })).body).toMatchObject({ active: false, name: { givenName: "Changed" } });
      for (let again = 0; again < 2; again++) await ask("PATCH", `/Groups/${group}`, patch({ op: "add", path: "members", value: [{ value: user }] }));
      expect(await membersOf(ask, group)).toEqual([user]);
      await ask("PATCH", `/Groups/${group}`, patch({ op: "remove", path: "members", value: [{ value: user }] }));
      expect(await membersOf(ask, group)).toEqual([]);
      expect((await ask("DELETE", `/Groups/${group}`)).status).toBe(204);
      expect((await ask("DELETE", `/Users/${user}`)).status).toBe(204);
    }
  });

  life("Ping: looks up with other letter case, changes by PUT alone, and may mark two e-mails as primary", async (made) => {
    const id = idOf(await ask("POST", "/Users", { schemas: [userUrn], userName: name("ping"), emails: [{ value: name("ping"), type: "work", primary: true }, { value: name("ping2"), type: "home", primary: true }] }));
    made.users.push(id);
    expect(resourceOf(await ask("GET", `/Users/${id}`))["emails"]).toEqual([
      { value: name("ping"), type: "work", primary: true },
      { value: name("ping2"), type: "home", primary: false },
    ]);
    const found = await ask("GET", `/Users?${filtered(`username Eq "${name("PING")}"`)}`);
    expect(found.body).toMatchObject({ totalResults: 1, Resources: [{ id }] });
    expect(await ask("GET", `/Users?${filtered(`email Co "${name("ping")}"`)}`)).toMatchObject({ status: 400, body: error(400, "invalidFilter") });
    expect((await ask("PUT", `/Users/${id}`, { schemas: [userUrn], userName: name("ping"), active: false })).body).toMatchObject({ active: false });
  });

  life("Google's ssosync: a plus in a filter, PUT for users, an address of nothing but a type, members in value arrays", async (made) => {
    const userName = name("ann+tag");
    const user = { schemas: [userUrn], userName, name: { givenName: "Ann", familyName: "Lee" }, displayName: "Ann Lee", active: true, emails: [{ value: userName, type: "work", primary: true }], addresses: [{ type: "work" }] };
    expect((await ask("GET", "/Users?count=1")).status).toBe(200);
    const id = idOf(await ask("POST", "/Users", user));
    made.users.push(id);
    expect((await ask("GET", `/Users?filter=userName+eq+%22${encodeURIComponent(userName)}%22`)).body).toMatchObject({ Resources: [{ id, userName }] });
    expect((await ask("PUT", `/Users/${id}`, { ...user, id, active: false })).body).toMatchObject({ active: false });
    const group = idOf(await ask("POST", "/Groups", { schemas: [groupUrn], displayName: "ssosync", members: [] }));
    made.groups.push(group);
    await ask("PATCH", `/Groups/${group}`, patch({ op: "add", path: "members", value: [{ value: id }] }));
    await ask("PATCH", `/Groups/${group}`, patch({ op: "remove", path: "members", value: [{ value: id }] }));
    expect(await membersOf(ask, group)).toEqual([]);
  });

  life("authentik: reads the configuration, pages without count, PUTs with id, one operation a member, compares what it sees", async (made) => {
    const config = (await ask("GET", "/ServiceProviderConfig")).body;
    for (const feature of ["patch", "bulk", "filter", "changePassword", "sort", "etag"]) expect(config).toMatchObject({ [feature]: { supported: expect.any(Boolean) } });
    expect(config).toMatchObject({ bulk: { maxOperations: expect.any(Number), maxPayloadSize: expect.any(Number) }, filter: { maxResults: expect.any(Number) }, authenticationSchemes: [{ name: expect.any(String), description: expect.any(String) }] });
    expect((await ask("GET", "/Users?startIndex=3")).body).toMatchObject({ startIndex: 3 });
    const user = { schemas: [userUrn], userName: "akadmin", name: { formatted: "ak admin", givenName: "ak", familyName: " " }, displayName: "", emails: [{ primary: true, type: "other", value: name("authentik") }], active: true, externalId: "5e88489 8da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8".replace(" ", "") };
    const id = idOf(await ask("POST", "/Users", { ...user, userName: name("akadmin") }));
    made.users.push(id);
    expect(await ask("POST", "/Users", { ...user, userName: name("akadmin") })).toMatchObject({ status: 409, body: error(409, "uniqueness") });
    expect(await ask("GET", `/Users?${filtered(`userName eq ${name("akadmin")}`)}`)).toMatchObject({ status: 400, body: error(400, "invalidFilter") });
    expect((await ask("PUT", `/Users/${id}`, { ...user, id, userName: name("akadmin"), emails: [] })).status).toBe(200);
    const group = idOf(await ask("POST", "/Groups", { schemas: [groupUrn], displayName: "authentik" }));
    made.groups.push(group);
    await ask("PATCH", `/Groups/${group}`, patch({ op: "replace", value: { schemas: [groupUrn], id: group, externalId: "a1", displayName: "authentik" } }, { op: "add", path: "members", value: [{ value: id }] }));
    expect(await membersOf(ask, group)).toEqual([id]);
    await ask("PATCH", `/Groups/${group}`, patch({ op: "remove", path: `members[value eq "${id}"]` }));
    expect(await membersOf(ask, group)).toEqual([]);
  });

  life("Keycloak: e-mails without type, active as text beside a repeated userName, a group emptied and filled again", async (made) => {
    const id = idOf(await ask("POST", "/Users", { schemas: [userUrn], userName: name("keycloak"), emails: [{ value: name("keycloak") }], active: "true" }));
    made.users.push(id);
    const patched = await ask("PATCH", `/Users/${id}`, patch({ op: "replace", path: "userName", value: name("keycloak") }, { op: "replace", path: "active", value: "false" }));
    expect(patched.body).toMatchObject({ userName: name("keycloak"), active: false });
    const group = idOf(await ask("POST", "/Groups", { schemas: [groupUrn], displayName: "Keycloak", members: [{ value: id, $ref: `Users/${id}` }] }));
    made.groups.push(group);
    await ask("PATCH", `/Groups/${group}`, patch({ op: "remove", path: "members" }, { op: "add", path: "members", value: [{ value: id, $ref: `Users/${id}` }] }));
    expect(await membersOf(ask, group)).toEqual([id]);
    expect((await ask("PUT", `/Users/${id}`, { schemas: [userUrn], userName: name("keycloak"), [enterpriseUrn]: { department: "x" } })).body).toMatchObject({ [enterpriseUrn]: { department: "x" } });
  });

  life("midPoint: reads all of discovery, overlapping pages, and a PUT without userName is 400", async (made) => {
    for (const path of ["/ServiceProviderConfig", "/Schemas", "/ResourceTypes"]) expect((await ask("GET", path)).status).toBe(200);
    for (const startIndex of [1, 2, 3]) expect((await ask("GET", `/Users?startIndex=${startIndex}&count=25`)).body).toMatchObject({ startIndex });
    const id = idOf(await ask("POST", "/Users", { schemas: [userUrn], userName: name("midpoint"), title: "x" }));
    made.users.push(id);
    expect(await ask("PUT", `/Users/${id}`, { schemas: [userUrn], id, title: "y" })).toMatchObject({ status: 400, body: error(400, "invalidValue") });
  });

  test("SailPoint: each resource type and each schema answers by its own name", async () => {
    for (const [list, type] of [["/ResourceTypes", "ResourceType"], ["/Schemas", "Schema"]] as const) {
      const { Resources } = (await ask("GET", list)).body as { readonly Resources: readonly { readonly id: string; readonly meta: { readonly location: string } }[] };
      for (const each of Resources) {
        const one = await ask("GET", `${list}/${encodeURIComponent(each.id)}`);
        expect(one).toMatchObject({ status: 200, body: { id: each.id, meta: { resourceType: type } } });
        expect(one.body).toEqual(each);
      }
    }
  });

  life("Rippling: creates the group, then its members; what /Schemas calls readOnly is never needed", async (made) => {
    const schemas = (await ask("GET", "/Schemas")).body as { readonly Resources: readonly { readonly id: string; readonly attributes: readonly { readonly name: string; readonly mutability: string }[] }[] };
    const user = schemas.Resources.find(({ id }) => id === userUrn);
    expect(user?.attributes.filter(({ mutability }) => mutability === "readOnly").map(({ name: each }) => each)).toEqual(["groups"]);
    const group = idOf(await ask("POST", "/Groups", { schemas: [groupUrn], displayName: "Rippling" }));
    made.groups.push(group);
    const id = idOf(await ask("POST", "/Users", { schemas: [userUrn], userName: name("rippling") }));
    made.users.push(id);
    await ask("PATCH", `/Groups/${group}`, patch({ op: "add", path: "members", value: [{ value: id }] }));
    expect(await membersOf(ask, group)).toEqual([id]);
  });

  life("AWS-shaped: eq and and, members a hundred at a time, one value for each list", async (made) => {
    const id = idOf(await ask("POST", "/Users", { schemas: [userUrn], userName: name("aws"), externalId: "701984", name: { familyName: "Doe", givenName: "John" }, displayName: "John Doe", emails: [{ value: name("aws"), type: "work", primary: true }] }));
    made.users.push(id);
    const group = idOf(await ask("POST", "/Groups", { schemas: [groupUrn], displayName: "AWS" }));
    made.groups.push(group);
    await ask("PATCH", `/Groups/${group}`, patch({ op: "add", path: "members", value: [{ value: id }] }));
    const found = await ask("GET", `/Groups?${filtered(`id eq "${group}" and members eq "${id}"`)}`);
    expect(found.body).toMatchObject({ totalResults: 1 });
  });

  life("scim2-client: Location, meta and dates are there on every answer, and every answer fits /Schemas", async (made) => {
    const created = await ask("POST", "/Users", { schemas: [userUrn], userName: name("scim2"), emails: [{ value: name("scim2"), type: "work", primary: true }], name: { givenName: "A" } });
    made.users.push(idOf(created));
    const { meta } = resourceOf(created) as unknown as { readonly meta: Readonly<Record<string, string>> };
    expect(created.headers.get("location")).toBe(meta["location"]);
    expect(meta["resourceType"]).toBe("User");
    for (const date of [meta["created"], meta["lastModified"]]) expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    const { Resources } = (await ask("GET", "/Schemas")).body as { readonly Resources: readonly { readonly id: string; readonly attributes: readonly Described[] }[] };
    const schema = Resources.find(({ id }) => id === userUrn);
    const { body } = await ask("GET", "/Users");
    for (const user of (body as { readonly Resources: readonly Readonly<Record<string, unknown>>[] }).Resources) {
      for (const [key, value] of Object.entries(user)) {
        if (["schemas", "id", "externalId", "meta"].includes(key) || key.startsWith("urn:")) continue;
        fits(schema?.attributes.find(({ name: each }) => each === key), value, key);
      }
    }
  });

  life("a client that sends everything twice, and in another order, comes to the same end", async (made) => {
    const user = { schemas: [userUrn], userName: name("again"), title: "x" };
    const id = idOf(await ask("POST", "/Users", user));
    made.users.push(id);
    expect(await ask("POST", "/Users", user)).toMatchObject({ status: 409 });
    const group = idOf(await ask("POST", "/Groups", { schemas: [groupUrn], displayName: "Again" }));
    made.groups.push(group);
    const operations = [patch({ op: "add", path: "members", value: [{ value: id }] }), patch({ op: "replace", value: { displayName: "Again", id: group } })];
    for (const each of [...operations, ...[...operations].reverse()]) expect((await ask("PATCH", `/Groups/${group}`, each)).status).toBe(204);
    expect(await membersOf(ask, group)).toEqual([id]);
    const before = resourceOf(await ask("GET", `/Groups/${group}`));
    await ask("PATCH", `/Groups/${group}`, operations[0]);
    expect(resourceOf(await ask("GET", `/Groups/${group}`))).toEqual(before);
  });
});

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

