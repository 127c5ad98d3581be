import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../templates/generated/protocol/json.js";
import { leniently } from "../../templates/generated/protocol/leniencies.js";
import { defaultLimits } from "../../templates/generated/protocol/limits.js";
import type { Mapping } from "../../templates/generated/protocol/mapping.js";
import { readPatch } from "../../templates/generated/protocol/patch.js";
import { answerOf } from "./answer-of.js";
import { attribute, customUrn, enterpriseUrn, groupMapping, groupUrn, userMapping, userUrn } from "./fixtures.js";
import { edit, patchUrn, plan, set, type Asked } from "./patching.js";

const strict = leniently({}, false);
const group: Asked = { mapping: groupMapping };
const op = (op: string, path?: string, value?: Json): JsonObject => ({ op, path, value });
const email = (value: string, type: string | null = null, primary: boolean | null = null, display: string | null = null): object => ({ value, type, primary, display });
const refused = (scimType: string): object => ({ status: 400, scimType });

const now: JsonObject = {
  schemas: [userUrn],
  id: "1",
  userName: "ann",
  name: { givenName: "Ann", familyName: "Lee" },
  emails: [
    { value: "a@work", type: "work", primary: true },
    { value: "a@home", type: "home" },
  ],
  phoneNumbers: [{ value: "1", type: "work", primary: true }],
  [enterpriseUrn]: { department: "R&D", manager: { value: "7", $ref: "https://x/Users/7" } },
  [customUrn]: { tags: ["a", "b"] },
};

describe("RFC 7644 3.5.2 the message", () => {
  const message = (body: JsonObject, lenient = leniently()): unknown => answerOf(() => readPatch(body, { lenient, limits: { ...defaultLimits, patchOperations: 2 } }));
  const one = op("add", "title", "x");
  it.each<[string, JsonObject, object]>([
    ["a foreign message", { schemas: [userUrn], Operations: [one] }, refused("invalidSyntax")],
    ["schemas that is text", { schemas: patchUrn, Operations: [one] }, refused("invalidSyntax")],
    ["no Operations", { schemas: [patchUrn] }, refused("invalidSyntax")],
    ["an object for Operations", { schemas: [patchUrn], Operations: one }, refused("invalidSyntax")],
    ["an operation that is text", { schemas: [patchUrn], Operations: ["add"] }, refused("invalidSyntax")],
    ["no op", { schemas: [patchUrn], Operations: [{ path: "title", value: "x" }] }, refused("invalidSyntax")],
    ["an unknown op", { schemas: [patchUrn], Operations: [op("move", "title")] }, refused("invalidSyntax")],
    ["a path that is no text", { schemas: [patchUrn], Operations: [{ op: "add", path: 5, value: "x" }] }, refused("invalidPath")],
    ["remove without a path", { schemas: [patchUrn], Operations: [op("remove", undefined, { title: "x" })] }, refused("noTarget")],
    ["add without a value", { schemas: [patchUrn], Operations: [op("add", "title")] }, refused("invalidValue")],
    ["replace without a value", { schemas: [patchUrn], Operations: [op("replace", "title")] }, refused("invalidValue")],
    ["more operations than the limit", { schemas: [patchUrn], Operations: [one, one, one] }, { status: 413 }],
  ])("%s", (_, body, expected) => expect(message(body)).toMatchObject(expected));

  it.each<[string, JsonObject]>([
    ["missingSchemas", { Operations: [one] }],
    ["opLetterCase", { schemas: [patchUrn], operations: [{ OP: "Add", Path: "title", Value: "x" }] }],
  ])("%s, and strict", (_, body) => {
    expect(message(body)).toHaveProperty("operations", [one]);
    expect(message(body, strict)).toMatchObject(refused("invalidSyntax"));
  });
});

describe("RFC 7644 3.5.2 single values are a set", () => {
  it.each<[string, JsonObject[], object]>([
    ["add and replace", [op("add", "title", "x"), op("replace", "NICKNAME", "y")], { title: "x", nickName: "y" }],
    ["the last one wins", [op("add", "title", "x"), op("remove", "title"), op("replace", "title", "z")], { title: "z" }],
    ["remove", [op("remove", "title"), op("remove", "externalId")], { title: null, externalId: null }],
    ["replace with null, [] and text of nothing", [op("replace", "title", null), op("replace", "nickName", []), op("replace", "displayName", "")], { title: null, nickName: null, displayName: null }],
    ["a sub-attribute", [op("replace", "name.givenName", "Ann"), op("remove", "name.familyName")], { "name.givenName": "Ann", "name.familyName": null }],
    ["3.5.2.3 a complex value is merged", [op("replace", "name", { GivenName: "Ann" })], { "name.givenName": "Ann" }],
    ["removing a complex value", [op("remove", "name")], { "name.formatted": null, "name.givenName": null, "name.familyName": null }],
    ["the core URN", [op("add", `${userUrn}:name.givenName`, "Ann")], { "name.givenName": "Ann" }],
    ["an extension's attribute", [op("add", `${enterpriseUrn}:department`, "x")], { "enterprise.department": "x" }],
    ["3.10 its bare name", [op("add", "department", "x")], { "enterprise.department": "x" }],
    ["an extension is merged", [op("replace", enterpriseUrn, { department: "x", manager: { value: "7" } })], { "enterprise.department": "x", "enterprise.manager": "7" }],
    ["a reference", [op("replace", `${enterpriseUrn}:manager`, { value: "7", displayName: "Max" })], { "enterprise.manager": "7" }],
    ["its value", [op("replace", `${enterpriseUrn}:manager.value`, "7")], { "enterprise.manager": "7" }],
    ["removing a reference", [op("remove", `${enterpriseUrn}:manager`)], { "enterprise.manager": null }],
    ["a reference without a value says nothing", [op("replace", `${enterpriseUrn}:manager`, { displayName: "Max" })], {}],
    ["no path", [op("replace", undefined, { active: false, name: { familyName: "Lee" } })], { active: false, "name.familyName": "Lee" }],
    ["the password", [op("replace", "password", "s3cret")], { password: "s3cret" }],
  ])("%s", (_, operations, expected) => expect(set(operations)).toEqual(expected));

  it("3.5.2.2 removing an extension unassigns all of it, collections too", () =>
    expect(edit([op("remove", customUrn)], now)).toEqual({ "custom.level": null, "custom.score": null, "custom.since": null, "custom.flag": null, "custom.tags": [] }));

  it.each<[string, JsonObject, string]>([
    ["unknown attribute", op("add", "shoeSize", 1), "invalidPath"],
    ["unknown sub-attribute", op("add", "name.shoeSize", 1), "invalidPath"],
    ["unknown sub-attribute of elements", op("add", 'emails[type eq "work"].size', 1), "invalidPath"],
    ["bad syntax", op("add", "name..givenName", 1), "invalidPath"],
    ["a filter on a simple value", op("remove", 'title[value eq "x"]'), "invalidPath"],
    ["bad filter", op("remove", 'emails[type is "work"]'), "invalidFilter"],
    ["a filter that names nothing", op("remove", 'emails[size eq "work"]'), "invalidFilter"],
    ["readOnly", op("replace", "id", "2"), "mutability"],
    ["readOnly elements", op("add", "groups", [{ value: "1" }]), "mutability"],
    ["readOnly sub-attribute", op("add", "meta.version", "1"), "mutability"],
    ["readOnly part of a reference", op("add", `${enterpriseUrn}:manager.displayName`, "Max"), "mutability"],
    ["$ref follows from the id", op("add", `${enterpriseUrn}:manager.$ref`, "x"), "mutability"],
    ["removal of required", op("remove", "userName"), "mutability"],
    ["emptying required", op("replace", "userName", ""), "mutability"],
    ["required to null without a path", op("replace", undefined, { userName: null }), "mutability"],
    ["active removed", op("remove", "active"), "mutability"],
    ["active null", op("replace", "active", null), "invalidValue"],
    ["a wrong type", op("replace", "title", 5), "invalidValue"],
    ["text for a complex value", op("replace", "name", "Ann"), "invalidValue"],
    ["text for an extension", op("replace", enterpriseUrn, "x"), "invalidValue"],
    ["no path and no object", op("add", undefined, "x"), "invalidValue"],
    ["3.5.2.3 text for elements", op("replace", "emails", "a@x"), "invalidValue"],
  ])("400 before any statement: %s", (_, operation, scimType) => expect(set([operation])).toMatchObject(refused(scimType)));

  it("names what was perhaps meant", () => expect(set([op("add", "titl", "x")])).toMatchObject({ detail: expect.stringContaining("title") as string }));
});

describe("RFC 7644 3.5.2 schemas as a target", () => {
  it.each<[string, JsonObject, unknown]>([
    ["adding an extension", op("add", "schemas", [enterpriseUrn]), {}],
    ["removing an extension", op("remove", `schemas[value eq "${enterpriseUrn}"]`), { "enterprise.employeeNumber": null, "enterprise.department": null, "enterprise.manager": null }],
    ["replacing with the base and one", op("replace", "schemas", [userUrn, customUrn]), { "enterprise.employeeNumber": null, "enterprise.department": null, "enterprise.manager": null }],
    ["removing the base", op("remove", `schemas[value eq "${userUrn}"]`), refused("mutability")],
    ["removing all", op("remove", "schemas"), refused("mutability")],
    ["a foreign URN", op("add", "schemas", [groupUrn]), refused("invalidValue")],
    ["no text", op("add", "schemas", [1]), refused("invalidValue")],
  ])("%s", (_, operation, expected) => expect(set([operation])).toMatchObject(expected as object));
});

describe("RFC 7644 3.5.2 elements of a collection are an edit", () => {
  const work = email("a@work", "work", true);
  const home = email("a@home", "home");
  it.each<[string, JsonObject[], unknown]>([
    ["add appends", [op("add", "emails", [{ value: "b@x" }])], [work, home, email("b@x")]],
    ["3.5.2.1 what is there is not added again", [op("add", "emails", [{ value: "a@work", type: "work" }, { value: "a@home", type: "home" }])], [work, home]],
    ["19.22 the same value and type is merged", [op("add", "emails", [{ value: "A@HOME", type: "home", display: "Home" }])], [work, email("A@HOME", "home", null, "Home")]],
    ["the same value of another type is new", [op("add", "emails", [{ value: "a@home", type: "other" }])], [work, home, email("a@home", "other")]],
    ["a new primary takes it from the others", [op("add", "emails", [{ value: "b@x", primary: true }])], [email("a@work", "work", false), home, email("b@x", null, true)]],
    ["replace replaces all", [op("replace", "emails", [{ value: "b@x" }])], [email("b@x")]],
    ["replace with null", [op("replace", "emails", null)], []],
    ["remove removes all", [op("remove", "emails")], []],
    ["remove by filter", [op("remove", 'emails[type eq "home"]')], [work]],
    ["19.3 remove without a match", [op("remove", 'emails[type eq "other"]')], [work, home]],
    ["a sub-attribute of the matches", [op("replace", 'emails[type eq "home"].value', "h@x")], [work, email("h@x", "home")]],
    ["a filter of more than one term", [op("replace", 'emails[type eq "home" and value ew "HOME"].display', "H")], [work, email("a@home", "home", null, "H")]],
    ["primary is switched", [op("replace", 'emails[type eq "home"].primary', true)], [email("a@work", "work", false), email("a@home", "home", true)]],
    ["primary on several matches is one", [op("replace", "emails[value pr].primary", true)], [work, email("a@home", "home", false)]],
    ["19.23 an element is replaced as a whole", [op("replace", 'emails[type eq "home"]', { value: "h@x" })], [work, email("h@x")]],
    ["add to the matches merges", [op("add", 'emails[type eq "home"]', { display: "H" })], [work, email("a@home", "home", null, "H")]],
    ["19.24 an element without a value goes", [op("remove", 'emails[type eq "home"].value')], [work]],
    ["unassigning another sub-attribute", [op("remove", 'emails[type eq "work"].type')], [email("a@work", null, true), home]],
    ["in order, each on the one before", [op("remove", "emails"), op("add", "emails", [{ value: "b@x", type: "work" }]), op("replace", 'emails[type eq "work"].display', "B")], [email("b@x", "work", null, "B")]],
    ["3.5.2.3 replace without a match", [op("replace", 'emails[type eq "other"]', { value: "x" })], refused("noTarget")],
    ["a filter that cannot create", [op("replace", 'emails[value eq "x"].display', "x")], refused("noTarget")],
    ["add likewise", [op("add", 'emails[value eq "x"]', { display: "x" })], refused("noTarget")],
  ])("%s", (_, operations, expected) => {
    const got = edit(operations, now);
    if (Array.isArray(expected)) expect(got).toEqual({ emails: expected });
    else expect(got).toMatchObject(expected as object);
  });

  it("erratum 7122: simple values are filtered by value", () => expect(edit([op("remove", `${customUrn}:tags[value eq "a"]`), op("add", `${customUrn}:tags`, ["b", "c"])], now)).toEqual({ "custom.tags": [{ value: "b" }, { value: "c" }] }));
  it("single values ride along", () => expect(edit([op("add", "title", "x"), op("remove", "emails")], now)).toEqual({ title: "x", emails: [] }));
  it("reads only what it must see", () => {
    expect(plan([op("add", "emails", [{ value: "x" }]), op("add", "name.givenName", "x")])).toMatchObject({ kind: "edit", reads: 2 });
    expect(plan([op("replace", "emails", [{ value: "x" }])])).toMatchObject({ kind: "edit", reads: 0 });
    expect(plan([op("add", "tags", ["x"])])).toMatchObject({ kind: "edit", reads: 8 });
  });

  const emails = (required: boolean, mutability: "immutable" | "readWrite"): Mapping => ({
    ...userMapping,
    type: { ...userMapping.type, schema: { ...userMapping.type.schema, attributes: userMapping.type.schema.attributes.map((each) => (each.name === "emails" ? { ...each, required, mutability } : each)) } },
  });
  it("3.5.2.2 the last required element stays", () => {
    const asked = { mapping: emails(true, "readWrite") };
    expect(set([op("remove", "emails")], asked)).toMatchObject(refused("mutability"));
    expect(edit([op("remove", "emails[value pr]")], now, asked)).toMatchObject(refused("mutability"));
  });
  it("3.5.2 immutable elements are added once", () => {
    const asked = { mapping: emails(false, "immutable") };
    expect(edit([op("add", "emails", [{ value: "x" }])], { ...now, emails: undefined }, asked)).toEqual({ emails: [email("x")] });
    expect(edit([op("add", "emails", [{ value: "x" }])], now, asked)).toMatchObject(refused("mutability"));
    expect(set([op("remove", "emails")], asked)).toMatchObject(refused("mutability"));
  });
});

describe("RFC 7643 7 immutable values", () => {
  const mapping: Mapping = { ...userMapping, type: { ...userMapping.type, schema: { ...userMapping.type.schema, attributes: [...userMapping.type.schema.attributes, attribute("code", "string", { mutability: "immutable" })] } } };
  it.each<[string, JsonObject, JsonObject, unknown]>([
    ["set once", op("add", "code", "x"), now, { code: "x" }],
    ["sent again", op("replace", "code", "X"), { ...now, code: "x" }, { code: "X" }],
    ["changed", op("replace", "code", "y"), { ...now, code: "x" }, refused("mutability")],
  ])("%s", (_, operation, resource, expected) => expect(edit([operation], resource, { mapping })).toMatchObject(expected as object));
  it("removed", () => expect(set([op("remove", "code")], { mapping })).toMatchObject(refused("mutability")));
});

describe("mapping-language 6 slots", () => {
  const work = "phoneNumbers[work].value";
  const mobile = "phoneNumbers[mobile].value";
  it.each<[string, JsonObject[], object]>([
    ["by its type", [op("replace", 'phoneNumbers[type eq "MOBILE"].value', "2")], { [mobile]: "2" }],
    ["by being primary", [op("add", "phoneNumbers[primary eq true].value", "2")], { [work]: "2" }],
    ["removed", [op("remove", 'phoneNumbers[type eq "work"]')], { [work]: null }],
    ["its value removed", [op("remove", 'phoneNumbers[type eq "work"].value')], { [work]: null }],
    ["its value null", [op("replace", 'phoneNumbers[type eq "work"].value', null)], { [work]: null }],
    ["all of one kind", [op("remove", "phoneNumbers[type pr]")], { [work]: null, [mobile]: null }],
    ["all", [op("remove", "phoneNumbers")], { [work]: null, [mobile]: null }],
    ["replaced", [op("replace", "phoneNumbers", [{ type: "mobile", value: "2" }])], { [work]: null, [mobile]: "2" }],
    ["added", [op("add", "phoneNumbers", [{ value: "2" }])], { [work]: "2" }],
    ["slotWithoutColumn", [op("add", 'phoneNumbers[type eq "fax"].value', "2")], {}],
  ])("a set: %s", (_, operations, expected) => expect(set(operations)).toEqual(expected));

  it.each<[string, JsonObject[], unknown]>([
    ["found by its value", [op("replace", 'phoneNumbers[value eq "1"].value', "2")], { [work]: "2", [mobile]: null }],
    ["moved to another type", [op("replace", 'phoneNumbers[type eq "work"].type', "mobile")], { [work]: null, [mobile]: "1" }],
    ["replaced as a whole", [op("replace", 'phoneNumbers[type eq "work"]', { type: "work", value: "3" })], { [work]: "3", [mobile]: null }],
    ["replaced where there is none", [op("replace", 'phoneNumbers[type eq "mobile"]', { value: "3" })], refused("noTarget")],
  ])("an edit: %s", (_, operations, expected) => expect(edit(operations, now)).toMatchObject(expected as object));

  it("strict: a type without a column is 400", () =>
    expect(set([op("add", 'phoneNumbers[type eq "fax"].value', "2")], { lenient: leniently({ slotWithoutColumn: false }) })).toMatchObject(refused("invalidValue")));
  it("strict: without createFromFilter it must be there", () => {
    const asked = { lenient: leniently({ createFromFilter: false }) };
    expect(edit([op("replace", 'phoneNumbers[type eq "work"].value', "2")], now, asked)).toEqual({ [work]: "2", [mobile]: null });
    expect(edit([op("replace", 'phoneNumbers[type eq "mobile"].value', "2")], now, asked)).toMatchObject(refused("noTarget"));
  });
});

describe("RFC 7644 3.5.2 members", () => {
  it.each<[string, JsonObject[], object]>([
    ["add", [op("add", "members", [{ value: "1" }, { value: "2" }])], { members: { add: ["1", "2"], remove: [] } }],
    ["remove by filter", [op("remove", 'members[value eq "1"]'), op("remove", 'members[value eq "2" or value eq "3"]')], { members: { add: [], remove: ["1", "2", "3"] } }],
    ["remove all", [op("remove", "members")], { members: { exactly: [] } }],
    ["replace", [op("replace", "members", [{ value: "1" }])], { members: { exactly: ["1"] } }],
    ["replace with nothing", [op("replace", "members", [])], { members: { exactly: [] } }],
    ["the later one wins", [op("add", "members", [{ value: "1" }]), op("remove", 'members[value eq "1"]')], { members: { add: [], remove: ["1"] } }],
    ["and the other way round", [op("remove", 'members[value eq "1"]'), op("add", "members", [{ value: "1" }])], { members: { add: ["1"], remove: [] } }],
    ["after a replace", [op("replace", "members", [{ value: "1" }]), op("add", "members", [{ value: "2" }]), op("remove", 'members[value eq "1"]')], { members: { exactly: ["2"] } }],
    ["adding none", [op("add", "members", [])], {}],
    ["with a value beside it", [op("replace", "displayName", "G"), op("add", "members", [{ value: "1" }])], { displayName: "G", members: { add: ["1"], remove: [] } }],
  ])("%s", (_, operations, expected) => expect(set(operations, group)).toEqual(expected));

  it.each<[string, JsonObject, string]>([
    ["a sub-attribute", op("replace", 'members[value eq "1"].value', "2"), "mutability"],
    ["whole by filter", op("replace", 'members[value eq "1"]', { value: "2" }), "mutability"],
    ["19.5 made by a filter", op("add", 'members[value eq "1"]', { value: "1" }), "mutability"],
    ["another filter", op("remove", 'members[type eq "User"]'), "invalidFilter"],
    ["a negated filter", op("remove", 'members[not (value eq "1")]'), "invalidFilter"],
    ["an element without a value", op("add", "members", [{ display: "x" }]), "invalidValue"],
    ["a number", op("add", "members", [1]), "invalidValue"],
    ["an id that is empty", op("add", "members", [""]), "invalidValue"],
    ["removing an element without a value", op("remove", "members", [{ display: "x" }]), "invalidValue"],
  ])("400: %s", (_, operation, scimType) => expect(set([operation], group)).toMatchObject(refused(scimType)));
});

describe("mapping-language 6 a full name in one column, defaults", () => {
  const mapping: Mapping = { ...userMapping, edits: ["name"], defaults: { nickName: { from: "title" }, displayName: { value: "-" } } };
  const asked = { mapping };
  const full = { ...now, name: { formatted: "Ann Lee", givenName: "Ann", familyName: "Lee" } };
  it.each<[string, JsonObject[], object]>([
    ["a part keeps the other", [op("replace", "name.givenName", "Bea")], { "name.givenName": "Bea", "name.familyName": "Lee" }],
    ["formatted wins", [op("replace", "name", { formatted: "Bea Lee" })], { "name.formatted": "Bea Lee", "name.givenName": "Ann", "name.familyName": "Lee" }],
    ["what reads the same is not written", [op("replace", "name", { givenName: "Ann" }), op("add", "title", "x")], { title: "x" }],
  ])("%s", (_, operations, expected) => expect(edit(operations, full, asked)).toEqual(expected));
  it("a cleared value takes its default", () => expect(set([op("remove", "displayName")], asked)).toEqual({ displayName: "-" }));
  it("from another value of the request", () => expect(set([op("remove", "nickName"), op("add", "title", "x")], asked)).toEqual({ nickName: "x", title: "x" }));
  it("or of the resource", () => expect(edit([op("remove", "nickName")], { ...now, title: "y" }, asked)).toEqual({ nickName: "y" }));
});
