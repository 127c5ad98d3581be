/** Golden `custom-resource-types`: resource types of the host's own (RFC 7643 6, 7), with a tenant by column and by path, on a real PostgreSQL. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../templates/generated/protocol/json.js";
import { openKind } from "./host.js";
import type { Caller, KindHost } from "./host.js";

const urn = (name: string): string => `urn:example:scim:${name}`;
let host: KindHost<"one" | "two">;
let one: Caller;
let two: Caller;
let ann: string;
let bob: string;
let stranger: string;
const told: string[] = [];

const idOf = (resource: JsonObject): string => String(resource["id"]);

beforeAll(async () => {
  const heard = (event: string) => () => void told.push(event);
  host = await openKind("custom-resource-types", {
    tenants: { one: 1, two: 2 },
    seed: `CREATE UNIQUE INDEX engagement_login_lower ON "Engagement" ("orchestraId", lower(login));
      INSERT INTO "Hall" ("orchestraId", name, seats, "closedAt") VALUES (1, 'Ruin', 9, now()), (2, 'Barn', 4, NULL);
      INSERT INTO "Plan" (id, "hallId", title, paper) SELECT 'p' || id, id, 'Plan of ' || name, 'A4' FROM "Hall"`,
    options: {
      rules: { serial: ({ tenant, input }: { readonly tenant: number; readonly input: JsonObject }) => `${String(tenant)}/${String(input["code"])}` },
      hooks: { Instrument: { afterCreate: heard("made"), afterDeactivate: heard("retired"), afterDelete: heard("gone") }, Hall: { afterMemberAdded: heard("keeper") } },
    },
  });
  ({ one, two } = host.tenants);
  [ann, bob, stranger] = await Promise.all([one.make("/Users", { userName: "ann" }), one.make("/Users", { userName: "bob" }), two.make("/Users", { userName: "cy" })]).then((all) => all.map(idOf) as [string, string, string]);
});
afterAll(async () => {
  await host.close();
  expect(host.errors).toEqual([]);
});

const instrument = (code: string, holder: string, more: object = {}): object => ({ schemas: [urn("Instrument")], code, holder: { value: holder }, ...more });
const codes = (filter: string, caller = one): Promise<unknown> => caller.find("/Instruments", filter, "code");

describe("discovery", () => {
  it("lists each type with its endpoint, schema and extensions, User first", async () => {
    const { body } = await one.request("GET", "/ResourceTypes");
    const types = (body["Resources"] as readonly JsonObject[]).map(({ name, endpoint, schema, description }) => ({ name, endpoint, schema, description }));
    expect(types.map(({ name }) => name)).toEqual(["User", "Hall", "Instrument", "Plan"]);
    expect(types[2]).toEqual({ name: "Instrument", endpoint: "/Instruments", schema: urn("Instrument"), description: "What a musician plays." });
    const schema = await one.request("GET", `/Schemas/${urn("Instrument")}`);
    const named = (schema.body["attributes"] as readonly JsonObject[]).map(({ name, type, required, caseExact }) => [name, type, required, caseExact]);
    expect(named).toEqual([["active", "boolean", false, undefined], ["code", "string", true, true], ["hall", "complex", false, undefined], ["holder", "complex", true, undefined], ["price", "decimal", false, undefined]]);
    expect((await one.request("GET", `/Schemas/${urn("Hall:Fire")}`)).status).toBe(200);
  });
});

describe("a resource whose tenant is found by a path", () => {
  it("is made, read, found, replaced, patched and deleted, with its rule and its hooks", async () => {
    const made = await one.make("/Instruments", instrument("VC-1", ann, { externalId: "x1", price: 1200.5 }));
    const id = idOf(made);
    expect(made).toMatchObject({ schemas: [urn("Instrument")], code: "VC-1", active: true, externalId: "x1", price: 1200.5, holder: { value: ann, $ref: `https://app.example/scim/v2/Users/${ann}` } });
    expect(made["meta"]).toMatchObject({ resourceType: "Instrument", location: `https://app.example/scim/v2/Instruments/${id}` });
    expect(await host.rows(`SELECT serial FROM "Instrument" WHERE id = ${id}`)).toEqual([{ serial: "1/VC-1" }]);
    expect(await codes('code eq "VC-1" and price gt 1200 and active eq true')).toEqual(["VC-1"]);
    expect(await codes('code eq "vc-1"')).toEqual([]);
    expect(await codes(`externalId eq "x1" and holder.value eq "${ann}"`)).toEqual(["VC-1"]);
    const off = await one.patch(`/Instruments/${id}`, { op: "replace", path: "active", value: false }, { op: "replace", path: "holder", value: { value: bob } });
    expect(off.body).toMatchObject({ active: false, holder: { value: bob } });
    const put = await one.request("PUT", `/Instruments/${id}`, instrument("VC-2", bob));
    expect([put.status, put.body["price"], put.body["externalId"], put.body["active"]]).toEqual([200, undefined, undefined, false]);
    expect((await one.request("PUT", `/Instruments/${id}`, { schemas: [urn("Instrument")], code: "VC-3" })).body["scimType"]).toBe("invalidValue");
    expect((await one.request("DELETE", `/Instruments/${id}`)).status).toBe(204);
    expect((await one.request("GET", `/Instruments/${id}`)).status).toBe(404);
    expect(told).toEqual(["made", "retired", "gone"]);
  });

  it("lies in its own tenant alone, and cannot be moved to another by a reference", async () => {
    const id = idOf(await one.make("/Instruments", instrument("OB-1", ann)));
    expect(await codes("code pr", two)).toEqual([]);
    for (const [method, body] of [["GET", undefined], ["PUT", instrument("OB-2", stranger)], ["DELETE", undefined]] as const) expect((await two.request(method, `/Instruments/${id}`, body)).status).toBe(404);
    expect((await two.patch(`/Instruments/${id}`, { op: "replace", path: "code", value: "mine" })).status).toBe(404);
    expect((await one.request("POST", "/Instruments", instrument("OB-3", stranger))).body["scimType"]).toBe("invalidValue");
    expect((await one.patch(`/Instruments/${id}`, { op: "replace", path: "holder.value", value: stranger })).body["scimType"]).toBe("invalidValue");
    expect((await one.request("POST", "/Instruments", { schemas: [urn("Instrument")], code: "OB-4" })).body["scimType"]).toBe("invalidValue");
    expect(await host.rows(`SELECT code, "engagementId" FROM "Instrument" WHERE code LIKE 'OB%'`)).toEqual([{ code: "OB-1", engagementId: ann }]);
  });

  it("refers to another custom resource, but to none that is hidden or another tenant's", async () => {
    const hall = idOf(await one.make("/Halls", { schemas: [urn("Hall")], name: "Nave", seats: 80 }));
    const made = await one.make("/Instruments", instrument("FL-1", ann, { hall: { value: hall } }));
    expect(made["hall"]).toEqual({ value: hall, $ref: `https://app.example/scim/v2/Halls/${hall}` });
    expect(await codes(`hall.value eq "${hall}"`)).toEqual(["FL-1"]);
    const others = await host.rows(`SELECT id FROM "Hall" WHERE name IN ('Ruin', 'Barn')`);
    for (const { id } of others) expect((await one.patch(`/Instruments/${idOf(made)}`, { op: "replace", path: "hall", value: { value: String(id) } })).body["scimType"]).toBe("invalidValue");
    expect((await one.patch(`/Instruments/${idOf(made)}`, { op: "remove", path: "hall" })).body["hall"]).toBeUndefined();
  });
});

describe("a resource whose tenant is a column", () => {
  it("keeps a list of references as a group keeps its members, and hides what its condition hides", async () => {
    expect(await one.find("/Halls", "name pr", "name")).not.toContain("Ruin");
    const id = idOf(await one.make("/Halls", { schemas: [urn("Hall")], name: "Dome", keepers: [{ value: ann }] }));
    expect(told.at(-1)).toBe("keeper");
    const both = await one.patch(`/Halls/${id}?attributes=keepers`, { op: "add", path: "keepers", value: [{ value: bob }, { value: ann }] });
    expect((both.body["keepers"] as readonly JsonObject[]).map(({ value }) => value).sort()).toEqual([ann, bob].sort());
    expect(await one.find("/Halls", `keepers.value eq "${bob}"`, "name")).toEqual(["Dome"]);
    expect(await one.find("/Halls", `keepers[value eq "${bob}" and type eq "User"]`, "name")).toEqual(["Dome"]);
    expect((await one.patch(`/Halls/${id}`, { op: "add", path: "keepers", value: [{ value: stranger }] })).body["scimType"]).toBe("invalidValue");
    await one.patch(`/Halls/${id}`, { op: "remove", path: `keepers[value eq "${ann}"]` });
    const left = await one.request("GET", `/Halls/${id}`);
    expect(left.body).toMatchObject({ seats: 0, keepers: [{ value: bob }], [urn("Hall:Fire")]: { open: true } });
    const taken = await two.request("POST", "/Halls", { schemas: [urn("Hall")], name: "Barn" });
    expect([taken.status, taken.body["scimType"], taken.body["detail"]]).toEqual([409, "uniqueness", "The name is already in use by another resource."]);
    await two.make("/Halls", { schemas: [urn("Hall")], name: "Dome" });
  });
});

describe("a read-only resource", () => {
  it("is read and found in its tenant, and offers no other verbs", async () => {
    const [plan] = (await two.request("GET", "/Plans")).body["Resources"] as readonly JsonObject[];
    expect(plan).toMatchObject({ title: "Plan of Barn", hall: { $ref: expect.stringContaining("/Halls/") as unknown } });
    expect(await one.find("/Plans", 'title eq "Plan of Barn"', "title")).toEqual([]);
    const path = `/Plans/${String(plan?.["id"])}`;
    for (const [method, target] of [["POST", "/Plans"], ["PUT", path], ["PATCH", path], ["DELETE", path]] as const) {
      const answer = await two.request(method, target, { schemas: [urn("Plan")], title: "mine" });
      expect(answer.status, `${method} ${answer.text}`).toBe(405);
    }
    expect((await two.request("POST", "/Plans/.search", { schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"] })).status).toBe(200);
  });
});

it("answers a query over all types with custom ones among them", async () => {
  const { body } = await two.request("GET", `/?filter=${encodeURIComponent('meta.resourceType eq "Plan" or name eq "Barn"')}`);
  expect((body["Resources"] as readonly JsonObject[]).map((each) => (each["meta"] as JsonObject)["resourceType"])).toEqual(["Hall", "Plan"]);
});
