import { describe, expect, it } from "vitest";
import { resourceType, type Attribute } from "../../templates/generated/protocol/attributes.js";
import { elementDefinitions, matches, type Element } from "../../templates/generated/protocol/element-filter.js";
import { parseFilter } from "../../templates/generated/protocol/filter.js";
import { leniently } from "../../templates/generated/protocol/leniencies.js";
import { defaultLimits } from "../../templates/generated/protocol/limits.js";
import { resolveElementFilter } from "../../templates/generated/protocol/resolve-filter.js";
import { attribute, userDefinition } from "./fixtures.js";

const type = resourceType({
  ...userDefinition,
  schema: {
    ...userDefinition.schema,
    attributes: [
      ...userDefinition.schema.attributes,
      attribute("badges", "complex", {
        multiValued: true,
        subAttributes: [
          attribute("value", "string", { caseExact: true }),
          attribute("issued", "dateTime"),
          attribute("level", "integer"),
          attribute("doors", "string", { multiValued: true }),
        ],
      }),
    ],
  },
});

const reading = { limits: defaultLimits, lenient: leniently() };

function holds(text: string, name: string, element: Element): boolean {
  const found = type.find(name) as Attribute;
  const parsed = parseFilter(`x[${text}]`, reading);
  if (parsed.kind !== "element") throw new Error("no element");
  return matches(resolveElementFilter(parsed.filter, found, reading), element, elementDefinitions(found.definition));
}

describe("spec 8.2: letter case counts where caseExact says so", () => {
  it.each([
    ["emails", 'value eq "ANN@x"', true],
    ["emails", 'value ne "ANN@x"', false],
    ["emails", 'value co "N@"', true],
    ["emails", 'value sw "ann"', true],
    ["emails", 'value ew "@X"', true],
    ["emails", 'value gt "ANM"', true],
    ["emails", 'value lt "ANM"', false],
    ["badges", 'value eq "ann@x"', false],
    ["badges", 'value eq "Ann@x"', true],
    ["badges", 'value sw "ann"', false],
    ["tags", 'value eq "ann@X"', true],
  ])("%s[%s] is %s for Ann@x", (name, text, expected) => expect(holds(text, name, { value: "Ann@x" })).toBe(expected));

  it("text is compared in one normal form (RFC 7644 5)", () => {
    expect(holds('value eq "\u00e9"', "badges", { value: "e\u0301" })).toBe(true);
    expect(holds('value eq "e\u0301"', "badges", { value: "\u00e9" })).toBe(true);
  });
});

describe("spec 8.6 to 8.8: absent, null and empty are one state", () => {
  it.each<[string, Element]>([
    ["absent", {}],
    ["null", { value: null }],
    ["empty", { value: "" }],
    ["undefined", { value: undefined }],
  ])("%s", (_, element) => {
    expect(holds("value pr", "emails", element)).toBe(false);
    expect(holds("value eq null", "emails", element)).toBe(true);
    expect(holds("value ne null", "emails", element)).toBe(false);
    expect(holds('value ne "x"', "emails", element)).toBe(true);
    expect(holds('not (value eq "x")', "emails", element)).toBe(true);
    for (const op of ["eq", "co", "sw", "ew", "gt", "ge", "lt", "le"]) expect(holds(`value ${op} "x"`, "emails", element)).toBe(false);
    expect(holds('value eq ""', "emails", element)).toBe(false);
  });

  it("RFC 7643 2.4: a primary that is not there is false", () => {
    expect(holds("primary eq false", "emails", {})).toBe(true);
    expect(holds("primary eq false", "emails", { primary: null })).toBe(true);
    expect(holds("primary ne true", "emails", { primary: false })).toBe(true);
    expect(holds("primary eq true", "emails", { primary: true })).toBe(true);
    expect(holds("primary eq true", "emails", {})).toBe(false);
  });
});

describe("types", () => {
  const badge: Element = { value: "b1", issued: "2026-01-31T08:00:00.000Z", level: 5, doors: ["North", "south"] };
  it.each([
    ['issued eq "2026-01-31T09:00:00+01:00"', true],
    ['issued gt "2026-01-31T08:00:00Z"', false],
    ['issued ge "2026-01-31T08:00:00Z"', true],
    ['issued lt "2026-01-31T08:00:01"', true],
    ["level eq 5", true],
    ["level gt 10", false],
    ["level le 10", true],
    ["level ne 5", false],
    ['doors eq "SOUTH"', true],
    ['doors eq "east"', false],
    ['doors ne "north"', true],
    ["doors pr", true],
    ['value eq "b1" and (level lt 1 or level gt 4)', true],
    ['value eq "b1" and not (level gt 4)', false],
  ])("%s is %s", (text, expected) => {
    expect(holds(text, "badges", badge)).toBe(expected);
    expect(holds(text, "badges", { ...badge, issued: new Date("2026-01-31T08:00:00Z") })).toBe(expected);
  });

  it("a list that is not there", () => {
    expect(holds("doors pr", "badges", { doors: [] })).toBe(false);
    expect(holds('doors ne "x"', "badges", {})).toBe(true);
    expect(holds('doors eq "x"', "badges", {})).toBe(false);
  });

  it("a stored value of another type matches nothing but ne", () => {
    expect(holds("level gt 4", "badges", { level: "5" })).toBe(false);
    expect(holds('value co "5"', "badges", { value: 5 })).toBe(false);
    expect(holds("level ne 5", "badges", { level: "5" })).toBe(true);
  });
});
