import { describe, expect, it } from "vitest";
import { resourceType } from "../../templates/generated/protocol/attributes.js";
import { readResource } from "../../templates/generated/protocol/body.js";
import type { JsonObject } from "../../templates/generated/protocol/json.js";
import { leniently, type Leniencies } from "../../templates/generated/protocol/leniencies.js";
import { defaultLimits } from "../../templates/generated/protocol/limits.js";
import type { Mapping } from "../../templates/generated/protocol/mapping.js";
import { answerOf } from "./answer-of.js";
import { attribute, customUrn, enterpriseUrn, groupMapping, groupUrn, userMapping, userUrn } from "./fixtures.js";

interface Case {
  readonly mode?: "create" | "replace";
  readonly mapping?: Mapping;
  readonly lenient?: Leniencies;
}

function read(body: JsonObject, { mode = "create", mapping = userMapping, lenient = leniently() }: Case = {}): unknown {
  return answerOf(() => {
    const { values, items, links, input } = readResource(body, resourceType(mapping.type), mapping, { lenient, limits: defaultLimits, mode });
    // What rules and hooks see is what was sent, without the password.
    expect(input).toEqual(Object.fromEntries(Object.entries(body).filter(([name]) => name !== "password")));
    return { values, items, links };
  });
}

const draft = (values: object, items: object = {}, links: object = {}): unknown => ({ values, items, links });
const ann = { schemas: [userUrn], userName: "ann" };
const strict = leniently({}, false);
const message = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

describe("RFC 7644 3.3 create", () => {
  it.each<[string, JsonObject, unknown]>([
    ["the least", ann, draft({ userName: "ann", active: true })],
    ["names in any letter case", { USERNAME: "ann", Name: { GIVENNAME: "Ann" } }, draft({ userName: "ann", "name.givenName": "Ann", active: true })],
    ["null, text of nothing and [] are unassigned", { ...ann, title: null, nickName: "", displayName: [], emails: null }, draft({ userName: "ann", title: null, nickName: null, displayName: null, active: true }, { emails: [] })],
    ["readOnly attributes are ignored", { ...ann, id: "7", meta: { version: 1 }, groups: [{ value: "1" }] }, draft({ userName: "ann", active: true })],
    ["active as said", { ...ann, active: false }, draft({ userName: "ann", active: false })],
    ["active null is not said", { ...ann, active: null }, draft({ userName: "ann", active: true })],
    ["an extension that schemas does not list", { ...ann, [enterpriseUrn]: { department: "R&D", manager: { value: "7", displayName: "Max", $ref: "../Users/7" } } }, draft({ userName: "ann", "enterprise.department": "R&D", "enterprise.manager": "7", active: true })],
    ["a URN in other letters", { ...ann, [customUrn.toUpperCase()]: { LEVEL: 3, since: "2026-01-01T00:00:00Z", tags: ["a"] } }, draft({ userName: "ann", "custom.level": 3, "custom.since": new Date(Date.UTC(2026, 0, 1)), active: true }, { "custom.tags": [{ value: "a" }] })],
    ["an extension's attributes stand under its URN alone", { ...ann, department: "x", [`${enterpriseUrn}:department`]: "y", "name.givenName": "z" }, draft({ userName: "ann", active: true })],
    ["a reference without a value", { ...ann, [enterpriseUrn]: { manager: { managerId: "m1" } } }, draft({ userName: "ann", active: true })],
  ])("%s", (_, body, expected) => expect(read(body)).toEqual(expected));

  it.each<[string, JsonObject, string]>([
    ["required is missing", { schemas: [userUrn] }, "invalidValue"],
    ["required is empty", { userName: "" }, "invalidValue"],
    ["required is null", { userName: null }, "invalidValue"],
    ["a wrong type", { userName: 5 }, "invalidValue"],
    ["an array for a simple value", { userName: ["ann"] }, "invalidValue"],
    ["an object for a simple value", { userName: { value: "ann" } }, "invalidValue"],
    ["text for a complex value", { ...ann, name: "Ann" }, "invalidValue"],
    ["text for an extension", { ...ann, [enterpriseUrn]: "x" }, "invalidValue"],
    ["one name in two letter cases", { userName: "ann", username: "bob" }, "invalidSyntax"],
  ])("400: %s", (_, body, scimType) => expect(read(body)).toMatchObject({ status: 400, scimType }));

  it.each<[string, JsonObject["x"], unknown]>([
    ["the id alone", "7", "7"],
    ["nothing", "", null],
  ])("referenceText (Entra ID): a manager that is %s", (_, manager, expected) => {
    const body = { ...ann, [enterpriseUrn]: { manager } };
    expect(read(body)).toEqual(draft({ userName: "ann", "enterprise.manager": expected, active: true }));
    expect(read(body, { mode: "replace" })).toMatchObject({ values: { "enterprise.manager": expected } });
    expect(read(body, { lenient: leniently({ referenceText: false }) })).toMatchObject({ status: 400, scimType: "invalidValue" });
  });

  it("referenceText: members that are ids alone", () => {
    const body = { displayName: "G", members: ["1", { value: "2" }] };
    expect(read(body, { mapping: groupMapping })).toEqual(draft({ displayName: "G" }, {}, { members: ["1", "2"] }));
    expect(read(body, { mapping: groupMapping, lenient: leniently({ referenceText: false }) })).toMatchObject({ status: 400, scimType: "invalidValue" });
    expect(read({ displayName: "G", members: "1" }, { mapping: groupMapping })).toMatchObject({ status: 400, scimType: "invalidValue" });
  });

  it("links are ids", () =>
    expect(read({ displayName: "G", members: [{ value: "1", display: null }] }, { mapping: groupMapping })).toEqual(draft({ displayName: "G" }, {}, { members: ["1"] })));
});

describe("scim-spec 19.8 schemas of a body", () => {
  it.each<[string, JsonObject["x"], boolean, boolean]>([
    ["its own", [userUrn], true, true],
    ["its own in other letters", [userUrn.toUpperCase(), enterpriseUrn], true, true],
    ["missing", undefined, true, false],
    ["null", null, true, false],
    ["empty", [], true, false],
    ["Entra ID: one of Microsoft's beside it", [userUrn, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/User"], true, false],
    ["an unknown one instead", ["urn:x"], true, false],
    ["an extension without the base", [enterpriseUrn], true, false],
    ["only another resource type's", [groupUrn], false, false],
    ["a message's", [userUrn, message], false, false],
    ["text", userUrn, false, false],
    ["no text", [5], false, false],
  ])("%s", (_, schemas, leniently_, strictly) => {
    const body = { ...ann, schemas };
    for (const [ok, lenient] of [[leniently_, leniently()], [strictly, strict]] as const) {
      const got = read(body, { lenient });
      if (ok) expect(got).toHaveProperty("values");
      else expect(got).toMatchObject({ status: 400, scimType: "invalidSyntax" });
    }
  });

  it.each<[string, JsonObject, boolean]>([
    ["Entra ID, OneLogin, Keycloak: one that the body has and schemas does not", { schemas: [userUrn], [enterpriseUrn]: { department: "x" } }, false],
    ["one in other letters", { schemas: [userUrn, enterpriseUrn.toUpperCase()], [enterpriseUrn]: { department: "x" } }, true],
    ["one that is null", { schemas: [userUrn], [enterpriseUrn]: null }, true],
    ["one that schemas has and the body does not", { schemas: [userUrn, enterpriseUrn] }, true],
  ])("an extension: %s", (_, sent, strictly) => {
    for (const mode of ["create", "replace"] as const) {
      expect(read({ ...ann, ...sent }, { mode })).toHaveProperty("values");
      const got = read({ ...ann, ...sent }, { mode, lenient: leniently({ missingSchemas: false }) });
      if (strictly) expect(got).toHaveProperty("values");
      else expect(got).toMatchObject({ status: 400, scimType: "invalidSyntax" });
    }
  });

  it("unknown attributes are refused in strict mode (19.7)", () => expect(read({ ...ann, shoeSize: 1 }, { lenient: strict })).toMatchObject({ scimType: "invalidSyntax" }));
});

describe("RFC 7644 3.5.1 replace", () => {
  const cleared = {
    externalId: null,
    "name.formatted": null,
    "name.familyName": null,
    "name.givenName": null,
    displayName: null,
    nickName: null,
    title: null,
    "phoneNumbers[work].value": null,
    "phoneNumbers[mobile].value": null,
    "enterprise.employeeNumber": null,
    "enterprise.department": null,
    "enterprise.manager": null,
    "custom.level": null,
    "custom.score": null,
    "custom.since": null,
    "custom.flag": null,
  };
  const empty = { emails: [], "custom.tags": [] };

  it("what is left out is cleared, but not active and password", () => expect(read(ann, { mode: "replace" })).toEqual(draft({ ...cleared, userName: "ann" }, empty)));
  it("null is left out too", () => expect(read({ ...ann, active: null, password: null }, { mode: "replace" })).toEqual(draft({ ...cleared, userName: "ann" }, empty)));
  it("what is said is set", () =>
    expect(read({ ...ann, active: false, password: "s", name: { givenName: "Ann" }, emails: [{ value: "a" }] }, { mode: "replace" })).toEqual(
      draft({ ...cleared, userName: "ann", active: false, password: "s", "name.givenName": "Ann" }, { ...empty, emails: [{ value: "a", type: null, primary: null, display: null }] }),
    ));
  it("links are emptied", () => expect(read({ displayName: "G" }, { mode: "replace", mapping: groupMapping })).toEqual(draft({ displayName: "G", externalId: null }, {}, { members: [] })));
  it("required missing is 400", () => expect(read({ title: "x" }, { mode: "replace" })).toMatchObject({ status: 400, scimType: "invalidValue" }));

  const fixed: Mapping = {
    ...groupMapping,
    type: { ...groupMapping.type, schema: { ...groupMapping.type.schema, attributes: [...groupMapping.type.schema.attributes, attribute("code", "string", { mutability: "immutable", required: true })] } },
  };
  it("an immutable attribute that is left out stays", () => expect(read({ displayName: "G" }, { mode: "replace", mapping: fixed })).toEqual(draft({ displayName: "G", externalId: null }, {}, { members: [] })));
  it("but is required on create", () => expect(read({ displayName: "G" }, { mapping: fixed })).toMatchObject({ status: 400, scimType: "invalidValue" }));
});

describe("mapping-language 6 slots", () => {
  const phones = (list: JsonObject[], lenient = leniently()): unknown => read({ ...ann, phoneNumbers: list }, { lenient });
  const held = (work: string | null, mobile: string | null): unknown =>
    draft({ userName: "ann", active: true, "phoneNumbers[work].value": work, "phoneNumbers[mobile].value": mobile });

  it("an element goes to the slot of its type", () => expect(phones([{ type: "Mobile", value: "1" }, { type: "work", value: "2" }])).toEqual(held("2", "1")));
  it("one without a type to the primary slot", () => expect(phones([{ value: "1" }])).toEqual(held("1", null)));
  it("unless one names that type", () => expect(phones([{ value: "1" }, { type: "work", value: "2" }])).toEqual(held("2", null)));
  it("slotWithoutColumn: a type that no column has is passed over", () => expect(phones([{ type: "fax", value: "1" }])).toEqual(held(null, null)));
  it("strict: it is 400", () => expect(phones([{ type: "fax", value: "1" }], leniently({ slotWithoutColumn: false }))).toMatchObject({ status: 400, scimType: "invalidValue" }));
});

describe("mapping-language 6 defaults and shared columns", () => {
  const mapping: Mapping = { ...userMapping, defaults: { displayName: { from: "userName" }, title: { value: "none" } }, shared: [["userName", "nickName"]] };
  it("a default stands in for what is absent, null or cleared", () => {
    expect(read({ ...ann, title: null }, { mapping })).toEqual(draft({ userName: "ann", active: true, displayName: "ann", title: "none" }));
    expect(read(ann, { mapping, mode: "replace" })).toMatchObject({ values: { displayName: "ann", title: "none" } });
  });
  it("sharedColumn: the first that is present is written", () => {
    expect(read({ ...ann, nickName: "other" }, { mapping })).toEqual(draft({ userName: "ann", active: true, displayName: "ann", title: "none" }));
    expect(read(ann, { mapping, mode: "replace" })).not.toHaveProperty(["values", "nickName"]);
  });
  it("strict: two values for one column are 400", () =>
    expect(read({ ...ann, nickName: "other" }, { mapping, lenient: leniently({ sharedColumn: false }) })).toMatchObject({ status: 400, scimType: "invalidValue" }));
});
