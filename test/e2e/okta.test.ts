/** Okta against the specimen, over real HTTP, in both tenants. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acmeTenant, error, globexTenant, groupUrn, nothingFound, otherThan, resourceOf, rowsOf, startApp, tenants, userUrn } from "./app.js";
import type { App } from "./app.js";
import { lived } from "./ground.js";
import { specimenGround } from "./grounds.js";
import { Okta, oktaChunksLife, oktaGroupLife, oktaSpecSuite, oktaUser, oktaUserLife } from "./okta.js";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

test("a wrong or missing token is 401 in SCIM's form", async () => {
  for (const headers of [{ authorization: "Bearer nobody" }, { authorization: "" }, { authorization: "Basic YTpi" }]) {
    const answer = await app.ask({ token: "", method: "GET", path: "/Users?startIndex=1&count=2", headers });
    expect(answer).toMatchObject({ status: 401, body: error(401) });
    expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
  }
});

describe.each(tenants)("Okta at $name", (tenant) => {
  const other = otherThan(tenant);

  test.each([
    ["a user: looked up, created, read, replaced, deactivated, reactivated, removed", oktaUserLife],
    ["a group: pushed, renamed with its id, members added, removed and replaced, removed", oktaGroupLife],
    ["its submission suite", oktaSpecSuite],
  ])("%s", (_, life) => lived(specimenGround(app, tenant), life));

  // The other tenant has seats for twenty-five.
  if (tenant === acmeTenant) test("a group of many: pushed in chunks and answered whole; an import reads every page once", { timeout: 60_000 }, () => lived(specimenGround(app, tenant), oktaChunksLife));

  test("an import has the inactive too", async () => {
    const { body } = await new Okta(app, tenant).get("/Users?startIndex=1&count=100");
    const rows = await app.prisma.membership.findMany({ where: { orgId: tenant.id }, select: { id: true, status: true } });
    expect(rows.some(({ status }) => status === "SUSPENDED")).toBe(true);
    expect((body as { readonly Resources: readonly { readonly id: string }[] }).Resources.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
  });

  test("nothing of it is visible or movable at the other tenant", async () => {
    const okta = new Okta(app, tenant);
    const stranger = new Okta(app, other);
    const userName = `secret@${tenant.domain}`;
    const user = resourceOf(await okta.post("/Users", oktaUser(userName, "00u-secret")));
    const group = resourceOf(await okta.post("/Groups", { schemas: [groupUrn], displayName: "Secret", members: [{ value: user.id }] }));
    const theirs = resourceOf(await stranger.post("/Groups", { schemas: [groupUrn], displayName: "Theirs", members: [] }));
    const before = await rowsOf(app.prisma, tenant);

    // What never existed, to compare with: not one byte may tell the two apart.
    const never = "0190a009-0000-7000-8000-000000000009";
    const same = async (path: string, id: string, run: (path: string) => ReturnType<typeof okta.get>): Promise<void> => {
      const [foreign, unknown] = [await run(`${path}/${id}`), await run(`${path}/${never}`)];
      expect(foreign).toMatchObject({ status: 404, body: error(404) });
      expect({ ...foreign, headers: undefined, text: foreign.text.replace(id, never), body: undefined }).toEqual({ ...unknown, headers: undefined, body: undefined });
    };
    await same("/Users", user.id, (path) => stranger.get(path));
    await same("/Users", user.id, (path) => stranger.put(path, { ...user, title: "Owned" }));
    await same("/Users", user.id, (path) => stranger.patch(path, { op: "replace", value: { active: false } }));
    await same("/Users", user.id, (path) => stranger.delete(path));
    await same("/Groups", group.id, (path) => stranger.get(path));
    await same("/Groups", group.id, (path) => stranger.put(path, { schemas: [groupUrn], displayName: "Owned", members: [] }));
    await same("/Groups", group.id, (path) => stranger.patch(path, { op: "replace", value: { members: [] } }));
    await same("/Groups", group.id, (path) => stranger.delete(path));

    for (const filter of [`userName eq "${userName}"`, `externalId eq "00u-secret"`, `id eq "${user.id}"`, `emails.value eq "${userName}"`, `groups.value eq "${group.id}"`, `userName co "secret" or not (userName pr)`]) {
      expect(await stranger.get(`/Users?filter=${encodeURIComponent(filter)}`)).toMatchObject({ status: 200, body: nothingFound });
    }
    for (const filter of [`displayName eq "Secret"`, `members.value eq "${user.id}"`]) {
      expect(await stranger.get(`/Groups?filter=${encodeURIComponent(filter)}`)).toMatchObject({ status: 200, body: nothingFound });
    }
    expect((await stranger.get("/Users?count=200")).text).not.toContain(user.id);
    expect((await stranger.get("/Groups?count=200")).text).not.toContain(group.id);

    // A foreign person is no member and no manager.
    const add = { op: "add", path: "members", value: [{ value: user.id }] };
    expect(await stranger.patch(`/Groups/${theirs.id}`, add)).toMatchObject({ status: 400, body: error(400, "invalidValue") });
    expect(await stranger.post("/Groups", { schemas: [groupUrn], displayName: "Thieves", members: [{ value: user.id }] })).toMatchObject({ status: 400, body: error(400, "invalidValue") });
    expect(await app.prisma.team.count({ where: { orgId: other.id, name: "Thieves" } })).toBe(0);

    expect(await rowsOf(app.prisma, tenant)).toEqual(before);
    await okta.delete(`/Groups/${group.id}`);
    await okta.delete(`/Users/${user.id}`);
    await stranger.delete(`/Groups/${theirs.id}`);
  });
});

test("Okta at both tenants sends the same person: the second is linked, and cannot change the first's", async () => {
  const first = new Okta(app, acmeTenant);
  const second = new Okta(app, globexTenant);
  const userName = "shared@contractor.example";
  const owned = resourceOf(await first.post("/Users", oktaUser(userName, "00u-shared")));
  const linked = resourceOf(await second.post("/Users", oktaUser(userName.toUpperCase(), "00u-shared", "Mallory", "Hostile")));
  expect(linked.id).not.toBe(owned.id);
  // The true values, and nothing of what was tried.
  expect(linked).toMatchObject({ userName, name: { givenName: "Ann", familyName: "Lee" }, displayName: "Ann Lee", externalId: "00u-shared" });
  const person = await app.prisma.user.findMany({ where: { email: { equals: userName, mode: "insensitive" } } });
  expect(person).toMatchObject([{ email: userName, givenName: "Ann", ownerId: acmeTenant.id }]);

  const answer = await second.put(`/Users/${linked.id}`, { ...linked, userName: "mallory@evil.example", name: { givenName: "Mallory" }, displayName: "Mallory", title: "Advisor", active: false });
  expect(answer).toMatchObject({ status: 200, body: { userName, name: { givenName: "Ann", familyName: "Lee" }, displayName: "Ann Lee", title: "Advisor", active: false } });
  expect(await second.patch(`/Users/${linked.id}`, { op: "replace", value: { userName: "mallory@evil.example", nickName: "M" } })).toMatchObject({ status: 200, body: { userName } });
  expect(await app.prisma.user.findMany({ where: { id: person[0]?.id ?? "" } })).toEqual(person);
  // What is the second tenant's own did move, and the first's did not.
  expect(await first.get(`/Users/${owned.id}`)).toMatchObject({ body: { ...owned, active: true } });
  expect(await app.prisma.membership.findUnique({ where: { id: linked.id }, select: { status: true, title: true } })).toEqual({ status: "SUSPENDED", title: "Advisor" });

  // The owner's change reaches both, and the second's DELETE takes its membership alone.
  expect(await first.patch(`/Users/${owned.id}`, { op: "replace", value: { displayName: "Ann L." } })).toMatchObject({ status: 200, body: { displayName: "Ann L." } });
  expect(await second.get(`/Users/${linked.id}`)).toMatchObject({ body: { displayName: "Ann L.", title: "Advisor" } });
  expect((await second.delete(`/Users/${linked.id}`)).status).toBe(204);
  expect((await first.get(`/Users/${owned.id}`)).status).toBe(200);
});

test("Okta's first sync onto people who were there before: found by userName, then written to", async () => {
  const okta = new Okta(app, acmeTenant);
  const found = await okta.lookUp("edsger_w%dijkstra@ACME.example");
  expect(found).toMatchObject({ body: { totalResults: 1 } });
  // A wildcard of LIKE in a name is only itself.
  expect(await okta.lookUp("edsgerXw%dijkstra@acme.example")).toMatchObject({ body: { totalResults: 0 } });
  const [user] = (found.body as { readonly Resources: readonly [{ readonly id: string; readonly externalId?: string }] }).Resources;
  expect(user.externalId).toBeUndefined();
  expect(await okta.put(`/Users/${user.id}`, { ...user, externalId: "00u-edsger", schemas: [userUrn] })).toMatchObject({ status: 200, body: { id: user.id, externalId: "00u-edsger" } });
  expect(await app.prisma.membership.findUnique({ where: { id: user.id }, select: { externalId: true } })).toEqual({ externalId: "00u-edsger" });
});
