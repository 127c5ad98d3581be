import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ScimError } from "../../templates/generated/protocol/error.js";
import type { Filter } from "../../templates/generated/protocol/filter.js";
import { leniently } from "../../templates/generated/protocol/leniencies.js";
import { defaultLimits } from "../../templates/generated/protocol/limits.js";
import { parsePath } from "../../templates/generated/protocol/path.js";

const strict = leniently({}, false);
const work: Filter = { kind: "compare", path: "type", op: "eq", value: "work" };

function refusal(text: string, limits = defaultLimits): readonly [string | undefined, string] {
  try {
    parsePath(text, { limits, lenient: strict });
  } catch (error) {
    if (error instanceof ScimError && error.status === 400) return [error.scimType, error.message];
    throw error;
  }
  throw new Error(`taken: ${text}`);
}

describe("RFC 7644 3.5.2, figure 7", () => {
  it.each<[string, string, Filter | undefined, string | undefined]>([
    ["members", "members", undefined, undefined],
    ["name.familyName", "name.familyName", undefined, undefined],
    ["members.$ref", "members.$ref", undefined, undefined],
    ['addresses[type eq "work"]', "addresses", work, undefined],
    ['members[value eq "2819c223"]', "members", { kind: "compare", path: "value", op: "eq", value: "2819c223" }, undefined],
    ['members[value eq"2819c223"]', "members", { kind: "compare", path: "value", op: "eq", value: "2819c223" }, undefined],
    ['emails[type eq "work"].value', "emails", work, "value"],
    ['emails[type eq "work"].$ref', "emails", work, "$ref"],
    [
      'emails[type eq "work" and value ew "[x].y"].value',
      "emails",
      { kind: "and", terms: [work, { kind: "compare", path: "value", op: "ew", value: "[x].y" }] },
      "value",
    ],
    ["emails[not (primary eq true)]", "emails", { kind: "not", term: { kind: "compare", path: "primary", op: "eq", value: true } }, undefined],
    ["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", undefined, undefined],
    ["urn:ietf:params:scim:schemas:core:2.0:User:name.givenName", "urn:ietf:params:scim:schemas:core:2.0:User:name.givenName", undefined, undefined],
    ['urn:ietf:params:scim:schemas:core:2.0:User:emails[type eq "work"].value', "urn:ietf:params:scim:schemas:core:2.0:User:emails", work, "value"],
  ])("%s", (text, attribute, filter, sub) => expect(parsePath(text, { limits: defaultLimits, lenient: strict })).toEqual({ attribute, filter, sub }));

  it.each(["", "[type pr]", ".a", "a.", "a.b.c", "a b", " members", "members ", "1a", "a\n", "emails.type[a pr]", "emails[type pr]value", "emails[type pr].", "emails[type pr].a.b", "emails[type pr] .a", "emails[type pr][a pr]", "emails[type pr] ", "emails]", '"members"'])(
    "spec 14.4: %j is invalidPath",
    (text) => {
      const [scimType, detail] = refusal(text);
      expect(scimType).toBe("invalidPath");
      expect(detail).toMatch(/^The path .*\.$/s);
    },
  );

  it.each(["emails[", "emails[]", "emails[type]", 'emails[type = "x"]', "emails[type pr", "emails[a[b pr]]", "emails[a.b pr]", "emails[a pr)", 'emails[type eq "work]'])(
    "spec 14.4: %j is invalidFilter",
    (text) => expect(refusal(text)).toEqual(["invalidFilter", expect.stringMatching(/^The filter cannot be read at column \d+: .*\.$/)]),
  );

  it("names the column in the path", () => {
    expect(refusal('emails[type eq "work" or]')[1]).toBe('The filter cannot be read at column 25: the name of an attribute is expected, found "]".');
  });

  it("is as long as a filter at most", () => {
    expect(refusal(`a[b eq "${"x".repeat(100)}"]`, { ...defaultLimits, filterLength: 100 })[0]).toBe("invalidFilter");
    expect(refusal("a".repeat(101), { ...defaultLimits, filterLength: 100 })[0]).toBe("invalidPath");
  });

  it("any text is read or refused with 400", { timeout: 30_000 }, () => {
    const words = fc.constantFrom("a", ".", "[", "]", " ", "eq", '"x"', "pr", "urn:x:", "(", ")", "not", '"');
    fc.assert(
      fc.property(fc.oneof(fc.array(words, { maxLength: 12 }).map((all) => all.join("")), fc.string({ unit: "binary" })), (text) => {
        try {
          parsePath(text, { limits: defaultLimits, lenient: strict });
        } catch (error) {
          if (!(error instanceof ScimError)) throw error;
        }
      }),
      { numRuns: 20_000 },
    );
  });
});
