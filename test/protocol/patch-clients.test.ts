import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../templates/generated/protocol/json.js";
import { leniently, type Leniency } from "../../templates/generated/protocol/leniencies.js";
import { customUrn, enterpriseUrn, groupMapping, groupUrn, userMapping } from "./fixtures.js";
import { edit, set, type Asked } from "./patching.js";

const op = (op: string, path?: string, value?: Json): JsonObject => ({ op, path, value });
const group: Asked = { mapping: groupMapping };
const now: JsonObject = { id: "1", userName: "ann", emails: [{ value: "a@work", type: "work", primary: true }], [enterpriseUrn]: { manager: { value: "7" } } };
const email = (value: string, type: string | null = null, primary: boolean | null = null): object => ({ value, type, primary, display: null });

/** With the rule, what is expected and that the rule is reported; without it, the strict answer. */
function lenient(rule: Leniency, operations: readonly JsonObject[], expected: unknown, scimType: string, asked: Asked = {}): void {
  const used: Leniency[] = [];
  const run = (lenient = leniently(), noted?: Leniency[]): unknown => {
    const with_ = { ...asked, lenient, ...(noted ? { used: noted } : {}) };
    const planned = set(operations, with_);
    return typeof planned === "string" ? edit(operations, now, with_) : planned;
  };
  expect(run(leniently(), used)).toEqual(expected);
  expect(used).toContain(rule);
  expect(run(leniently({ [rule]: false }))).toMatchObject({ status: 400, scimType });
}

describe("Entra ID", () => {
  it("opLetterCase", () => lenient("opLetterCase", [op("Replace", "displayName", "Ann Lee-Roy")], { displayName: "Ann Lee-Roy" }, "invalidSyntax"));
  it("booleanText", () => lenient("booleanText", [op("replace", "active", "False")], { active: false }, "invalidValue"));
  it("createFromFilter", () => lenient("createFromFilter", [op("replace", 'emails[type eq "home"].value', "h@x")], { emails: [email("a@work", "work", true), email("h@x", "home")] }, "noTarget"));
  it("createFromFilter with primary", () =>
    lenient("createFromFilter", [op("add", 'emails[type eq "home" and primary eq true].value', "h@x")], { emails: [email("a@work", "work", false), email("h@x", "home", true)] }, "noTarget"));
  it("booleanText in a filter", () => expect(edit([op("add", 'emails[primary eq "True"].value', "b@x")], now)).toEqual({ emails: [email("b@x", "work", true)] }));
  it("jsonText: app roles", () => {
    const used: Leniency[] = [];
    const role = JSON.stringify({ id: "18d1", value: "a@work", displayName: "Admin" });
    const entry = { value: "a@work", type: null, primary: null, display: "Admin" };
    expect(edit([op("replace", "emails", [{ value: role }])], now, { used })).toEqual({ emails: [entry] });
    expect(edit([op("replace", "emails", [role])], now)).toEqual({ emails: [entry] });
    expect(used).toContain("jsonText");
    expect(edit([op("replace", "emails", [{ value: role }])], now, { lenient: leniently({ jsonText: false }) })).toEqual({ emails: [{ ...entry, value: role, display: null }] });
    expect(edit([op("replace", "emails", [{ value: "{no JSON" }])], now)).toEqual({ emails: [{ ...entry, value: "{no JSON", display: null }] });
  });
  it("createFromFilter never with another filter", () => expect(edit([op("add", 'emails[type eq "x" or primary eq true].value', "b@x")], { ...now, emails: [] })).toMatchObject({ scimType: "noTarget" }));
  it("removeWithValue on members", () => lenient("removeWithValue", [op("remove", "members", [{ $ref: null, value: "1" }])], { members: { add: [], remove: ["1"] } }, "invalidValue", group));
  it("an empty value never means all", () => expect(set([op("remove", "members", [])], group)).toEqual({}));
  it("pathKeys", () =>
    lenient(
      "pathKeys",
      [op("replace", undefined, { "name.givenName": "Ann", [`${enterpriseUrn}:department`]: "x", [`${enterpriseUrn}:manager.value`]: "7", 'phoneNumbers[type eq "work"].value': "1", [enterpriseUrn]: { employeeNumber: "5" } })],
      { "name.givenName": "Ann", "enterprise.department": "x", "enterprise.manager": "7", "phoneNumbers[work].value": "1", "enterprise.employeeNumber": "5" },
      "invalidSyntax",
    ));
  it("referenceText", () => lenient("referenceText", [op("add", `${enterpriseUrn}:manager`, "7")], { "enterprise.manager": "7" }, "invalidValue"));
  it("referenceText that clears", () => lenient("referenceText", [op("replace", `${enterpriseUrn}:manager`, "")], { "enterprise.manager": null }, "invalidValue"));
  it("emptyPatch: Microsoft's validator sends no operations", () => lenient("emptyPatch", [], {}, "invalidSyntax"));
  it.each<[string, Json]>([["one", "1"], ["a list", ["1"]]])("referenceText: members as ids alone, %s (Microsoft's collection)", (_, value) => {
    lenient("referenceText", [op("add", "members", value)], { members: { add: ["1"], remove: [] } }, "invalidValue", group);
    lenient("referenceText", [op("Remove", "members", value)], { members: { add: [], remove: ["1"] } }, "invalidValue", group);
  });
  it.each([["7", { "enterprise.manager": null }], ["8", {}]])('manager[value eq "%s"] is removed if it is that one', (id, expected) =>
    expect(edit([op("remove", `${enterpriseUrn}:manager[value eq "${id}"]`)], now)).toEqual(expected));
  it("referenceText: a filter behind manager", () => lenient("referenceText", [op("remove", `${enterpriseUrn}:manager[value eq "7"]`)], { "enterprise.manager": null }, "invalidPath"));
  it("roles as plain elements, and null in a sub-attribute", () => expect(edit([op("replace", "emails", [{ primary: false, type: null, value: "x" }])], now)).toEqual({ emails: [email("x", null, false)] }));
  it.each(["ims", 'addresses[type eq "work"].locality', "name.middleName", "urn:ietf:params:scim:schemas:core:2.0:User:timezone", "urn:example:Other:2.0:User:level", "urn:example:Other:2.0:User"])(
    "an operation on %s, which the RFC knows and the host does not keep, leaves the others their effect",
    (path) => {
      const unmapped = ["ims", "addresses", "name.middleName", "timezone", "urn:example:Other:2.0:User"];
      const mapping = { ...userMapping, type: { ...userMapping.type, unmapped } };
      lenient("unknownAttributes", [op("Add", path, "x"), op("Replace", "active", false)], { active: false }, "invalidPath", { mapping });
    },
  );
  it("a path that no RFC knows is refused", () => expect(set([op("replace", "nonsense", "x")])).toMatchObject({ status: 400, scimType: "invalidPath" }));
  it("several operations on one attribute, in order", () => expect(set([op("Remove", "externalId"), op("Add", "externalId", "a"), op("Replace", "externalId", "b")])).toEqual({ externalId: "b" }));
});

describe("Okta", () => {
  it("readOnlyInPatch: the id in a rename", () => lenient("readOnlyInPatch", [op("replace", undefined, { id: "G", displayName: "Sales" })], { displayName: "Sales" }, "mutability", group));
  it("members replaced by nothing, without a path", () =>
    expect(set([op("replace", undefined, { members: [], id: "G", displayName: "Sales" })], group)).toEqual({ displayName: "Sales", members: { exactly: [] } }));
  it("deactivation", () => expect(set([op("replace", undefined, { active: false })])).toEqual({ active: false }));
  it("removal and add beside each other", () =>
    expect(set([op("remove", 'members[value eq "U1"]'), op("add", "members", [{ value: "U2", display: "bob" }])], group)).toEqual({ members: { add: ["U2"], remove: ["U1"] } }));
});

describe("authentik", () => {
  it("readOnlyInPatch: schemas", () =>
    lenient("readOnlyInPatch", [op("replace", undefined, { schemas: [groupUrn], id: "G", externalId: "a1", displayName: "Sales" })], { externalId: "a1", displayName: "Sales" }, "mutability", group));
  it("unknownAttributes", () => lenient("unknownAttributes", [op("replace", undefined, { shoeSize: 1, "http://x/y[z": 2, title: "x" })], { title: "x" }, "invalidSyntax"));
});

describe("JumpCloud, ssosync", () => {
  it("removeWithValue on a collection", () => lenient("removeWithValue", [op("remove", "emails", [{ value: "A@work" }])], { emails: [] }, "invalidValue"));
  it("only of the named type", () => expect(edit([op("remove", "emails", [{ value: "a@work", type: "home" }])], now)).toEqual({ emails: [email("a@work", "work", true)] }));
  it("an element that names nothing is 400", () => expect(set([op("remove", "emails", [{}])])).toMatchObject({ scimType: "invalidValue" }));
});

describe("SCIM-SDK", () => {
  it("singleValue: an array of one", () => lenient("singleValue", [op("replace", "displayName", ["Ann"])], { displayName: "Ann" }, "invalidValue"));
  it("singleValue: an object with a value", () => lenient("singleValue", [op("replace", "displayName", [{ $ref: null, value: "Ann" }])], { displayName: "Ann" }, "invalidValue"));
  it("singleValue: one object for an array", () => lenient("singleValue", [op("add", "members", { value: "1" })], { members: { add: ["1"], remove: [] } }, "invalidValue", group));
  it("singleValue: one value for a simple list", () => lenient("singleValue", [op("replace", `${customUrn}:tags`, "a")], { "custom.tags": [{ value: "a" }] }, "invalidValue"));
  it("singleValue: a reference in an array", () => lenient("singleValue", [op("add", `${enterpriseUrn}:manager`, [{ value: "7" }])], { "enterprise.manager": "7" }, "invalidValue"));
  it("two values are never one", () => expect(set([op("replace", "displayName", ["a", "b"])])).toMatchObject({ scimType: "invalidValue" }));
});

describe("others", () => {
  it("numberText", () => lenient("numberText", [op("replace", `${customUrn}:level`, "5")], { "custom.level": 5 }, "invalidValue"));
  it("subWithoutFilter", () => lenient("subWithoutFilter", [op("replace", "emails.value", "x")], { emails: [email("x", "work", true)] }, "invalidPath"));
  it("subWithoutFilter on nothing makes one", () => expect(edit([op("replace", "emails.value", "x")], { id: "1" })).toEqual({ emails: [email("x")] }));
  it("severalPrimaries", () => lenient("severalPrimaries", [op("replace", "emails", [{ value: "a", primary: true }, { value: "b", primary: true }])], { emails: [email("a", null, true), email("b", null, false)] }, "invalidValue"));
});
