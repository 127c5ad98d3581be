/** Golden `others`: attributes that no schema knows, kept as they were sent, on a real PostgreSQL. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonObject } from "../../templates/generated/protocol/json.js";
import { openKind } from "./host.js";
import type { KindHost } from "./host.js";

const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const custom = "urn:example:scim:2.0:Badge";
let host: KindHost<"one" | "two">;

beforeAll(async () => {
  host = await openKind("others", {
    tenants: { one: "one", two: "two" },
    seed: `CREATE UNIQUE INDEX account_login_lower ON "Account" ("tenantId", lower(login));
      INSERT INTO "Account" (id, "tenantId", login, title, rest, "updatedAt") VALUES
        ('odd', 'one', 'odd', 'Boss', '{"TITLE": "hidden", "id": "x", "meta": 1, "password": "secret", "shoe": null, "hat": 7}', now()), ('list', 'one', 'list', NULL, '[1]', now())`,
  });
});
afterAll(() => host.close());

const rest = async (login: string): Promise<unknown> => (await host.rows(`SELECT rest FROM "Account" WHERE login = $1`, login))[0]?.["rest"];
const pathOf = ({ id }: JsonObject): string => `/Users/${String(id)}`;

test("a name of JavaScript's own is none of an attribute, in the text of a path as in a body", async () => {
  const { one } = host.tenants;
  const made = await one.make("/Users", { userName: "proto" });
  for (const path of ["constructor", "prototype", "urn:example:scim:2.0:Odd:__proto__", `${custom}:constructor`, `${enterprise}:constructor`, `${core}:prototype`]) {
    const answer = await one.patch(pathOf(made), { op: "add", path, value: { polluted: true } });
    expect(answer, path).toMatchObject({ status: 400, body: { scimType: "invalidPath" } });
  }
  expect(await rest("proto")).toBeNull();
});

test("unknown attributes and extensions come back as they were sent, and their URNs stand in schemas (RFC 7643 3)", async () => {
  const { one, two } = host.tenants;
  const sent = { nickName: "Annie", costume: { size: [1, { deep: null }] }, [custom]: { number: 7, kind: "gold" }, [enterprise]: { department: "D", division: "South" } };
  const made = await one.make("/Users", { schemas: [core, enterprise, custom], userName: "ann", password: "S3cret", empty: [], ...sent, groups: [{ value: "x" }] });
  expect(made).toMatchObject({ nickName: "Annie", costume: { size: [1, { deep: null }] }, [custom]: { number: 7, kind: "gold" }, [enterprise]: { department: "D", division: "South" } });
  expect([...(made["schemas"] as readonly string[])].sort()).toEqual([core, enterprise, custom].sort());
  expect(await rest("ann")).toEqual({ nickName: "Annie", costume: { size: [1, { deep: null }] }, [custom]: { number: 7, kind: "gold" }, [enterprise]: { division: "South" } });
  expect((await one.request("GET", pathOf(made))).body).toEqual(made);
  expect((await two.request("GET", pathOf(made))).status).toBe(404);
  // Nothing of them can be asked for by a filter.
  for (const filter of [`nickName eq "Annie"`, `costume pr`, `${custom}:number eq 7`]) expect(await one.find("/Users", filter)).toBe("invalidFilter");
  expect((await one.request("GET", `${pathOf(made)}?attributes=title,costume`)).body).toMatchObject({ costume: { size: [1, { deep: null }] } });
  expect((await one.request("GET", `${pathOf(made)}?attributes=title`)).body["costume"]).toBeUndefined();
  const without = (await one.request("GET", `${pathOf(made)}?excludedAttributes=costume`)).body;
  expect([without["costume"], without["nickName"]]).toEqual([undefined, "Annie"]);
});

test("PATCH adds, replaces and removes them beside what is mapped; the same again writes nothing", async () => {
  const { one, two } = host.tenants;
  const made = await one.make("/Users", { userName: "ben", tags: ["a"], size: { chest: 1 } });
  const path = pathOf(made);
  const after = async (...operations: readonly object[]): Promise<unknown> => {
    const answer = await one.patch(path, ...operations);
    expect([answer.status, answer.text.includes("scimType")]).toEqual([200, false]);
    return rest("ben");
  };
  expect(await after({ op: "add", path: "tags", value: ["b", "a"] }, { op: "replace", path: "title", value: "T" })).toEqual({ tags: ["a", "b"], size: { chest: 1 } });
  expect(await after({ op: "add", value: { SIZE: { arm: 2 }, title: "U" } })).toEqual({ tags: ["a", "b"], SIZE: { chest: 1, arm: 2 } });
  expect(await after({ op: "replace", path: `${custom}:number`, value: 9 })).toEqual({ tags: ["a", "b"], SIZE: { chest: 1, arm: 2 }, [custom]: { number: 9 } });
  expect(await after({ op: "add", path: custom, value: { kind: "x" } })).toMatchObject({ [custom]: { number: 9, kind: "x" } });
  expect(await after({ op: "add", path: `${enterprise}:division`, value: "North" }, { op: "replace", path: enterprise, value: { department: "E", costCenter: "1" } })).toMatchObject({ [enterprise]: { division: "North", costCenter: "1" } });
  expect((await one.request("GET", path)).body).toMatchObject({ title: "U", [enterprise]: { department: "E", division: "North", costCenter: "1" }, [custom]: { number: 9, kind: "x" } });
  const before = await host.rows(`SELECT * FROM "Account" WHERE login = 'ben'`);
  await after({ op: "replace", path: "tags", value: ["a", "b"] }, { op: "add", path: "tags", value: ["a"] });
  expect(await host.rows(`SELECT * FROM "Account" WHERE login = 'ben'`)).toEqual(before);
  expect(await after({ op: "remove", path: "tags" }, { op: "replace", path: "size", value: null }, { op: "remove", path: custom }, { op: "remove", path: `${enterprise}:division` }, { op: "add", value: { [enterprise]: { costCenter: "" } } })).toEqual({});
  expect((await one.patch(path, { op: "replace", path: `tags[value eq "a"]`, value: "x" })).body["scimType"]).toBe("invalidPath");
  expect((await two.patch(path, { op: "add", path: "tags", value: ["z"] })).status).toBe(404);
});

test("PUT says what stays; it is bounded, and passwords are nowhere", async () => {
  const { one } = host.tenants;
  const made = await one.make("/Users", { userName: "cat", one: 1, two: { password: "S3cret", kept: true } });
  const path = pathOf(made);
  expect(await rest("cat")).toEqual({ one: 1, two: { kept: true } });
  await one.request("PUT", path, { userName: "cat", three: 3 });
  expect(await rest("cat")).toEqual({ three: 3 });
  expect((await one.request("PUT", path, { userName: "cat", big: "x".repeat(40_000) })).body["scimType"]).toBe("invalidValue");
  expect((await one.patch(path, { op: "add", path: "big", value: "x".repeat(40_000) })).body["scimType"]).toBe("invalidValue");
  await one.request("PUT", path, { userName: "cat" });
  expect(await rest("cat")).toEqual({});
  expect(JSON.stringify(await host.rows(`SELECT * FROM "Account"`))).not.toContain("S3cret");
});

test("what is mapped wins over what stands in the column, and what is no object stays as it is", async () => {
  const { one } = host.tenants;
  const odd = (await one.request("GET", "/Users/odd")).body;
  expect(odd).toMatchObject({ id: "odd", title: "Boss", hat: 7 });
  expect(Object.keys(odd).sort()).toEqual(["hat", "id", "meta", "schemas", "title", "userName"]);
  expect((await one.patch("/Users/list", { op: "add", path: "hat", value: 1 }, { op: "add", path: "title", value: "T" })).body).toMatchObject({ title: "T" });
  expect(await rest("list")).toEqual([1]);
  const group = await one.make("/Groups", { displayName: "G" });
  expect(await host.rows(`SELECT rest FROM "Team"`)).toEqual([{ rest: {} }]);
  await one.patch(`/Groups/${String(group["id"])}`, { op: "add", path: "color", value: "red" });
  expect(await host.rows(`SELECT rest FROM "Team"`)).toEqual([{ rest: { color: "red" } }]);
  expect(host.errors).toEqual([]);
});

test("64 clients that keep an attribute each lose none", async () => {
  const { one } = host.tenants;
  const path = pathOf(await one.make("/Users", { userName: "busy" }));
  await Promise.all(Array.from({ length: 64 }, (_, n) => one.patch(path, { op: "add", path: `key${String(n)}`, value: n })));
  expect(Object.keys((await rest("busy")) as object)).toHaveLength(64);
});
