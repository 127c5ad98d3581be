import { describe, expect, it } from "vitest";
import { isExtension, resourceType, type Attribute } from "../../templates/generated/protocol/attributes.js";
import type { Json } from "../../templates/generated/protocol/json.js";
import { leniently, type Leniency, type Reading } from "../../templates/generated/protocol/leniencies.js";
import { defaultLimits } from "../../templates/generated/protocol/limits.js";
import { readEntries, readIds, readValue } from "../../templates/generated/protocol/value.js";
import { answerOf } from "./answer-of.js";
import { attribute, groupDefinition, userDefinition } from "./fixtures.js";

const strict: Reading = { lenient: leniently({}, false), limits: defaultLimits };
const lenient: Reading = { lenient: leniently(), limits: defaultLimits };
const type = resourceType({
  ...userDefinition,
  schema: { ...userDefinition.schema, attributes: [...userDefinition.schema.attributes, attribute("photo", "binary"), attribute("site", "reference")] },
});

function find(name: string, from = type): Attribute {
  const found = from.find(name);
  if (found === undefined || isExtension(found)) throw new Error(name);
  return found;
}

const refused = { status: 400, scimType: "invalidValue" };

describe("RFC 7643 2.3 data types", () => {
  it.each<[string, Json, unknown]>([
    ["title", "Tour Guide", "Tour Guide"],
    ["title", "e\u0301", "\u00e9"],
    ["title", 5, refused],
    ["title", true, refused],
    ["title", ["x"], refused],
    ["title", { value: "x" }, refused],
    ["active", true, true],
    ["active", "true", refused],
    ["active", 1, refused],
    ["level", 7, 7],
    ["level", 7.5, refused],
    ["level", 1e20, refused],
    ["level", "7", refused],
    ["score", 7.5, 7.5],
    ["score", Infinity, refused],
    ["since", "2026-01-31T08:00:00Z", new Date(Date.UTC(2026, 0, 31, 8))],
    ["since", "2026-01-31T08:00:00.5+01:00", new Date(Date.UTC(2026, 0, 31, 7, 0, 0, 500))],
    ["since", "2026-01-31", refused],
    ["since", "2026-02-30T00:00:00Z", refused],
    ["photo", "aGk=", "aGk="],
    ["photo", "aGk", "aGk"],
    ["photo", "aGkxx", refused],
    ["photo", "not base64!", refused],
    ["site", "../Users/1", "../Users/1"],
    ["site", 1, refused],
  ])("%s: %j", (name, json, expected) => {
    const got = answerOf(() => readValue(find(name), json, strict));
    if (expected === refused) expect(got).toMatchObject(refused);
    else expect(got).toEqual(expected);
  });

  it.each<[Json]>([[null], [""], [[]]])("2.5: %j is unassigned", (json) => expect(readValue(find("level"), json, strict)).toBeNull());
});

describe("Leniencies of literals (RFC 7644 is silent; scim-spec 19.10)", () => {
  it.each<[Leniency, string, Json, unknown]>([
    ["booleanText", "active", "True", true],
    ["booleanText", "active", "FALSE", false],
    ["numberText", "level", "-12", -12],
    ["numberText", "score", "1.5e2", 150],
  ])("%s: %s %j", (rule, name, json, expected) => {
    const used: string[] = [];
    expect(readValue(find(name), json, { ...lenient, note: (each) => used.push(each) })).toBe(expected);
    expect(used).toEqual([rule]);
    expect(answerOf(() => readValue(find(name), json, { ...lenient, lenient: leniently({ [rule]: false }) }))).toMatchObject(refused);
  });

  it.each<[string, Json]>([
    ["active", "yes"],
    ["level", "1.5"],
    ["level", "0x10"],
    ["level", " 1"],
    ["score", "1,5"],
  ])("still refused: %s %j", (name, json) => expect(answerOf(() => readValue(find(name), json, lenient))).toMatchObject(refused));
});

describe("RFC 7643 2.4 multi-valued attributes", () => {
  const emails = (json: Json, reading = lenient): unknown => answerOf(() => readEntries(find("emails"), json, reading));
  const work = { value: "a@x", type: "work", primary: null, display: null };

  it("every declared sub-attribute is present or null, by any letter case", () => expect(emails([{ VALUE: "a@x", Type: "work" }])).toEqual([work]));
  it("simple values are elements with a value", () => expect(readEntries(find("tags"), ["a", "b", "a"], strict)).toEqual([{ value: "a" }, { value: "b" }]));
  it("an element that only names its type says nothing", () => expect(emails([{ type: "work" }, { value: "" }])).toEqual([]));
  it("the same element twice is one", () => expect(emails([work, work])).toEqual([work]));
  it("unknown sub-attributes are passed over", () => expect(emails([{ value: "a@x", type: "work", extra: 1 }])).toEqual([work]));
  it("unknown sub-attributes are refused in strict mode", () => expect(emails([{ value: "a@x", extra: 1 }], strict)).toMatchObject({ scimType: "invalidSyntax" }));
  it("a name that stands twice is refused", () => expect(emails([{ value: "a", Value: "b" }])).toMatchObject({ scimType: "invalidSyntax" }));
  it.each<[Json]>([["a@x"], [[null]], [["a@x"]], [{ value: "a@x" }]])("400 for %j", (json) => expect(emails(json)).toMatchObject(refused));
  it("400 for more elements than the limit", () => expect(emails(["a", "b"], { ...lenient, limits: { ...defaultLimits, elements: 1 } })).toMatchObject(refused));

  const two = [{ value: "a", primary: true }, { value: "b", primary: true }];
  it("Ping: of two primaries the first stays", () => expect(emails(two)).toMatchObject([{ primary: true }, { primary: false }]));
  it("strict: two primaries are refused", () => expect(emails(two, strict)).toMatchObject(refused));
});

describe("RFC 7643 4.2 members", () => {
  const members = find("members", resourceType(groupDefinition));
  it("are ids, in order, none twice", () => expect(readIds(members, [{ value: "2" }, { value: "1", $ref: null, display: "x" }, { value: "2" }], lenient)).toEqual(["2", "1"]));
  it("may be the id alone", () => expect(readIds(members, ["2", { value: "1" }], lenient)).toEqual(["2", "1"]));
  it("strict: the id alone is refused", () => expect(answerOf(() => readIds(members, ["2"], strict))).toMatchObject(refused));
  it.each<[Json]>([[[{}]], [[{ value: "" }]], [[{ value: 1 }]], [[""]], ["1"]])("400 for %j", (json) => expect(answerOf(() => readIds(members, json, lenient))).toMatchObject(refused));
});
