/** The other clients against the specimen, over HTTP, in both tenants. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { document } from "../docs/documents.js";
import { enterpriseUrn, groupUrn, patchUrn, resourceOf, startApp, tenants, userUrn } from "./app.js";
import type { App, Tenant } from "./app.js";
import { clients, inAnyOrder } from "./clients.js";
import { lived } from "./ground.js";
import { specimenGround } from "./grounds.js";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

test.each(["OneLogin", "JumpCloud", "Ping", "ssosync", "authentik", "Keycloak", "midPoint", "SailPoint", "Rippling", "AWS", "scim2-client"])("%s has a life, and its place in docs/identity-providers.md", (name) => {
  expect(Object.keys(clients).filter((title) => title.includes(name))).toHaveLength(1);
  expect(document("docs/identity-providers.md")).toContain(name);
});

describe.each(tenants)("at $name", (tenant) => {
  test.each(Object.entries(clients))("%s", (_, life) => lived(specimenGround(app, tenant), life));

  test("requests side by side, in any order and some of them twice, come to the same", () => lived(specimenGround(app, tenant), inAnyOrder));

  test("Ping's second primary is kept, and is not primary", async () => {
    const ask = asking(tenant);
    const emails = [{ value: "a@ping.example", type: "work", primary: true }, { value: "b@ping.example", type: "home", primary: true }];
    const { id, ...user } = resourceOf(await ask("POST", "/Users", { schemas: [userUrn], userName: `primaries@${tenant.domain}`, emails }));
    expect(user["emails"]).toEqual([emails[0], { ...emails[1], primary: false }]);
    await ask("DELETE", `/Users/${id}`);
  });
});

/** Microsoft's own collection of requests (AzureAD/SCIMReferenceCode), where it is not against the RFC. */
test.each(tenants)("Microsoft's collection at $name: capitals in names, a foreign sub-attribute, members as ids, offsets in dates", async (tenant) => {
  const ask = asking(tenant);
  const made = async (path: string, body: object): Promise<string> => {
    const answer = await ask("POST", path, body);
    expect(answer.status, answer.text).toBe(201);
    return resourceOf(answer).id;
  };
  const user = {
    userName: `omalley@${tenant.domain}`,
    active: true,
    displayName: "BobIsAmazing",
    schemas: [enterpriseUrn, userUrn],
    externalId: "22fbc523",
    meta: { created: "2019-09-18T18:15:26.5788954+00:00", lastModified: "2019-09-18T18:15:26.5788976+00:00", resourceType: "User" },
    name: { formatted: "Ryan Leenay", familyName: "Leenay", givenName: "Ryan", honorificPrefix: null },
    addresses: [{ country: null, formatted: "18522 Lisa Unions\nEast Gregory", locality: null, type: "other", primary: false }],
    emails: [{ Primary: true, type: "work", value: "testing@bob.com" }, { Primary: false, type: "work", value: "testinghome@bob.com" }],
    roles: [],
    [enterpriseUrn]: { Department: "bob" },
  };
  const id = await made("/Users", user);
  expect((await ask("GET", `/users/${id}`)).body).toMatchObject({ emails: [{ primary: true }, { primary: false }], [enterpriseUrn]: { department: "bob" } });
  expect((await ask("GET", "/Users/?filter=DisplayName+eq+%22BobIsAmazing%22")).body).toMatchObject({ totalResults: 1, Resources: [{ id }] });
  expect((await ask("GET", `/Users?attributes=userName,emails&filter=${encodeURIComponent('meta.Created gt "2015-10-10T14:38:21.8617979-07:00" and userName sw "OMALLEY"')}`)).body).toMatchObject({ totalResults: 1 });
  expect((await ask("POST", "/Users", { ...user, userName: undefined })).status).toBe(400);
  // A misspelt attribute is passed over, and what it meant is cleared.
  expect((await ask("PUT", `/Users/${id}`, { ...user, id, addresses: undefined, adreses: user.addresses })).body).not.toHaveProperty("addresses");
  const group = await made("/Groups", { displayName: "Group 1", externalId: `015489ea-${tenant.name}`, schemas: [groupUrn] });
  const patch = async (...Operations: readonly object[]): Promise<void> => expect((await ask("PATCH", `/Groups/${group}`, { id: group, schemas: [patchUrn], Operations })).status).toBe(204);
  await patch({ op: "add", path: "members", value: id });
  await patch({ name: "addMember", op: "add", path: "members", value: [{ displayName: "new User", value: id }] });
  expect(resourceOf(await ask("GET", `/Groups/${group}`))["members"]).toMatchObject([{ value: id }]);
  await patch({ op: "remove", path: "members" });
  for (const path of [`/Groups/${group}`, `/Users/${id}`]) expect((await ask("DELETE", path)).status).toBe(204);
});

const asking =
  ({ token }: Tenant) =>
  (method: string, path: string, body?: unknown): ReturnType<App["ask"]> =>
    app.ask({ token, method, path, body });
