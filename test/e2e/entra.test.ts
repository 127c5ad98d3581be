/** Microsoft Entra ID against the specimen, over real HTTP, in both tenants. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acmeTenant, enterpriseUrn, error, globexTenant, groupUrn, nothingFound, otherThan, resourceOf, rowsOf, startApp, tenants } from "./app.js";
import type { App } from "./app.js";
import { Entra, entraGroupLife, entraUser, entraUserLife } from "./entra.js";
import { lived } from "./ground.js";
import { specimenGround } from "./grounds.js";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

describe.each(tenants)("Entra ID at $name", (tenant) => {
  const other = otherThan(tenant);

  test.each([
    ["a user: matched, created, changed by both forms of PATCH, given a manager and roles, soft-deleted, restored, removed", entraUserLife],
    ["a group: members added and removed by value array and by filter, renamed, removed", entraGroupLife],
  ])("%s", (_, life) => lived(specimenGround(app, tenant), life));

  test("/Schemas is a ListResponse without nulls, and names nothing that does not work", async () => {
    const entra = new Entra(app, tenant);
    const schemas = await entra.get("/Schemas");
    expect(schemas).toMatchObject({ status: 200, body: { schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], totalResults: expect.any(Number) } });
    expect(schemas.text).not.toContain("null");
    for (const later of ["ims", "photos", "x509Certificates"]) expect(schemas.text).not.toContain(`"name":"${later}"`);
    expect(await entra.get("/ServiceProviderConfig")).toMatchObject({
      status: 200,
      body: { patch: { supported: true }, filter: { supported: true }, bulk: { supported: true }, sort: { supported: true }, etag: { supported: true }, changePassword: { supported: true } },
    });
    expect(await entra.get("/ResourceTypes")).toMatchObject({ status: 200, body: { totalResults: 2 } });
  });

  test("nothing of it is visible or movable at the other tenant", async () => {
    const entra = new Entra(app, tenant);
    const stranger = new Entra(app, other);
    const externalId = randomUUID();
    const userName = `hidden@${tenant.domain}`;
    const user = resourceOf(await entra.post("/Users", entraUser({ userName, externalId, mail: userName })));
    const group = resourceOf(await entra.post("/Groups", { schemas: [groupUrn], externalId, displayName: "Hidden" }));
    await entra.patch(`/Groups/${group.id}`, { op: "Add", path: "members", value: [{ $ref: null, value: user.id }] });
    const theirs = resourceOf(await stranger.post("/Users", entraUser({ userName: `reader@${other.domain}`, externalId: randomUUID() })));
    const before = await rowsOf(app.prisma, tenant);

    for (const filter of [`externalId eq "${externalId}"`, `userName eq "${userName}"`, `emails[type eq "work"].value eq "${userName}"`, `id eq "${user.id}"`]) {
      expect(await stranger.find("Users", filter)).toMatchObject({ status: 200, body: nothingFound });
    }
    expect(await stranger.findGroup("Hidden")).toMatchObject({ status: 200, body: nothingFound });
    for (const path of [`/Users/${user.id}`, `/Groups/${group.id}`, `/Groups/${group.id}?excludedAttributes=members`]) {
      expect(await stranger.get(path)).toMatchObject({ status: 404, body: error(404) });
    }
    expect(await stranger.patch(`/Users/${user.id}`, { op: "Replace", path: "active", value: "False" })).toMatchObject({ status: 404 });
    expect(await stranger.patch(`/Groups/${group.id}`, { op: "Remove", path: "members", value: [{ $ref: null, value: user.id }] })).toMatchObject({ status: 404 });
    expect(await stranger.delete(`/Users/${user.id}`)).toMatchObject({ status: 404 });
    expect(await stranger.delete(`/Groups/${group.id}`)).toMatchObject({ status: 404 });
    // A foreign manager is refused as one that never existed is.
    for (const id of [user.id, randomUUID()]) {
      const answer = await stranger.patch(`/Users/${theirs.id}`, { op: "Add", path: `${enterpriseUrn}:manager`, value: id });
      expect(answer).toMatchObject({ status: 400, body: error(400, "invalidValue") });
    }
    expect(await stranger.find("Users", `manager eq "${user.id}"`)).toMatchObject({ status: 200, body: nothingFound });

    expect(await rowsOf(app.prisma, tenant)).toEqual(before);
    await entra.delete(`/Groups/${group.id}`);
    await entra.delete(`/Users/${user.id}`);
    await stranger.delete(`/Users/${theirs.id}`);
  });
});

test("Entra ID at both tenants uses one name, one group and one external id: each has its own", async () => {
  const externalId = randomUUID();
  const both = [new Entra(app, acmeTenant), new Entra(app, globexTenant)];
  const userName = "contractor@agency.example";
  const users = [];
  const groups = [];
  for (const entra of both) {
    users.push(resourceOf(await entra.post("/Users", entraUser({ userName, externalId, mail: userName }))));
    groups.push(resourceOf(await entra.post("/Groups", { schemas: [groupUrn], externalId, displayName: "Contractors" })));
  }
  for (const [index, entra] of both.entries()) {
    const [user, group] = [users[index], groups[index]];
    expect(await entra.find("Users", `externalId eq "${externalId}"`)).toMatchObject({ body: { totalResults: 1, Resources: [{ id: user?.id }] } });
    expect(await entra.findGroup("Contractors")).toMatchObject({ body: { totalResults: 1, Resources: [{ id: group?.id }] } });
    expect(await entra.patch(`/Groups/${group?.id ?? ""}`, { op: "Add", path: "members", value: [{ value: user?.id }] })).toMatchObject({ status: 204 });
  }
  // One tenant lets the person go; the other's work e-mail, membership and group stay.
  const [acme, globex] = both;
  await acme?.patch(`/Users/${users[0]?.id ?? ""}`, { op: "Replace", path: "active", value: "False" });
  await acme?.delete(`/Users/${users[0]?.id ?? ""}`);
  expect(await globex?.get(`/Users/${users[1]?.id ?? ""}`)).toMatchObject({
    status: 200,
    body: { active: true, userName, emails: [{ value: userName, type: "work" }], groups: [{ value: groups[1]?.id }] },
  });
});

test("Entra ID's cycle of twenty-five parallel changes of one group loses none", async () => {
  const entra = new Entra(app, globexTenant);
  const group = resourceOf(await entra.post("/Groups", { schemas: [groupUrn], externalId: randomUUID(), displayName: "Parallel" }));
  const people = await app.prisma.user.createManyAndReturn({ data: Array.from({ length: 25 }, (_, number) => ({ email: `parallel${number}@globex.example` })), select: { id: true } });
  const members = await app.prisma.membership.createManyAndReturn({ data: people.map(({ id }) => ({ orgId: globexTenant.id, userId: id })), select: { id: true } });
  const answers = await Promise.all(members.map(({ id }) => entra.patch(`/Groups/${group.id}`, { op: "Add", path: "members", value: [{ $ref: null, value: id }] })));
  expect(answers.map(({ status }) => status)).toEqual(members.map(() => 204));
  expect(await app.prisma.teamMember.count({ where: { teamId: group.id } })).toBe(25);
});
