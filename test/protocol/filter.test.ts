import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ScimError } from "../../templates/generated/protocol/error.js";
import { parseFilter, type Comparison, type Filter, type Literal } from "../../templates/generated/protocol/filter.js";
import { leniently } from "../../templates/generated/protocol/leniencies.js";
import { defaultLimits } from "../../templates/generated/protocol/limits.js";

const lenient = leniently();
const strict = leniently({}, false);

function parse(text: string, rules = lenient, limits = defaultLimits): Filter {
  return parseFilter(text, { limits, lenient: rules });
}

function refusal(text: string, rules = lenient, limits = defaultLimits): string {
  try {
    parse(text, rules, limits);
  } catch (error) {
    if (error instanceof ScimError && error.status === 400 && error.scimType === "invalidFilter") return error.message;
    throw error;
  }
  throw new Error(`taken: ${text}`);
}

const compare = (path: string, op: Comparison, value: Literal): Filter => ({ kind: "compare", path, op, value });
const present = (path: string): Filter => ({ kind: "present", path });
const and = (...terms: Filter[]): Filter => ({ kind: "and", terms });
const or = (...terms: Filter[]): Filter => ({ kind: "or", terms });
const not = (term: Filter): Filter => ({ kind: "not", term });
const element = (path: string, filter: Filter): Filter => ({ kind: "element", path, filter });
const [a, b, c, d] = [present("a"), present("b"), present("c"), present("d")] as const;

describe("RFC 7644 3.4.2.2, the examples of figure 2", () => {
  const created = "2011-05-13T04:42:34Z";
  it.each<[string, Filter]>([
    ['userName eq "bjensen"', compare("userName", "eq", "bjensen")],
    [`name.familyName co "O'Malley"`, compare("name.familyName", "co", "O'Malley")],
    ['userName sw "J"', compare("userName", "sw", "J")],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"', compare("urn:ietf:params:scim:schemas:core:2.0:User:userName", "sw", "J")],
    ["title pr", present("title")],
    [`meta.lastModified gt "${created}"`, compare("meta.lastModified", "gt", created)],
    [`meta.lastModified ge "${created}"`, compare("meta.lastModified", "ge", created)],
    [`meta.lastModified lt "${created}"`, compare("meta.lastModified", "lt", created)],
    [`meta.lastModified le "${created}"`, compare("meta.lastModified", "le", created)],
    ['title pr and userType eq "Employee"', and(present("title"), compare("userType", "eq", "Employee"))],
    ['title pr or userType eq "Intern"', or(present("title"), compare("userType", "eq", "Intern"))],
    ['schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"', compare("schemas", "eq", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")],
    [
      'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")',
      and(compare("userType", "eq", "Employee"), or(compare("emails", "co", "example.com"), compare("emails.value", "co", "example.org"))),
    ],
    [
      'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")',
      and(compare("userType", "ne", "Employee"), not(or(compare("emails", "co", "example.com"), compare("emails.value", "co", "example.org")))),
    ],
    ['userType eq "Employee" and (emails.type eq "work")', and(compare("userType", "eq", "Employee"), compare("emails.type", "eq", "work"))],
    [
      'userType eq "Employee" and emails[type eq "work" and value co "@example.com"]',
      and(compare("userType", "eq", "Employee"), element("emails", and(compare("type", "eq", "work"), compare("value", "co", "@example.com")))),
    ],
    [
      'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
      or(
        element("emails", and(compare("type", "eq", "work"), compare("value", "co", "@example.com"))),
        element("ims", and(compare("type", "eq", "xmpp"), compare("value", "co", "@foo.com"))),
      ),
    ],
  ])("%s", (text, tree) => {
    expect(parse(text)).toEqual(tree);
    expect(parse(text, strict)).toEqual(tree);
  });
});

describe("spec 7.1, 7.5, 7.6: precedence and grouping", () => {
  it.each<[string, Filter]>([
    ["a pr or b pr and c pr", or(a, and(b, c))],
    ["a pr and b pr or c pr", or(and(a, b), c)],
    ["a pr and b pr or c pr and d pr", or(and(a, b), and(c, d))],
    ["(a pr or b pr) and c pr", and(or(a, b), c)],
    ["not (a pr) and b pr", and(not(a), b)],
    ["not(a pr)or b pr", or(not(a), b)],
    ["not (a pr or b pr and c pr)", not(or(a, and(b, c)))],
    ["not (not (a pr))", not(not(a))],
    ["((a pr))", a],
    ["a pr or b pr or c pr or d pr", or(a, b, c, d)],
    ["a pr and (b pr and (c pr and d pr))", and(a, b, c, d)],
    ["(a pr or b pr) or (c pr or d pr)", or(a, b, c, d)],
    ["  a   pr   and   b pr  ", and(a, b)],
    ["( a pr )and( b pr )", and(a, b)],
    ["A PR AND b Pr Or NOT (c pR)", or(and(present("A"), b), not(c))],
  ])("%s", (text, tree) => expect(parse(text)).toEqual(tree));
});

describe("spec 7.3: values are JSON", () => {
  it.each<[string, Literal]>([
    ['""', ""],
    [String.raw`"a \"b\" \\ \/ c"`, 'a "b" \\ / c'],
    [String.raw`"\u00e9\u20AC\ud83d\ude00"`, "é€😀"],
    [String.raw`"line\nbreak\t"`, "line\nbreak\t"],
    ['"😀 (1) [x] and not + %"', "😀 (1) [x] and not + %"],
    ["true", true],
    ["false", false],
    ["null", null],
    ["0", { number: "0" }],
    ["-12", { number: "-12" }],
    ["9007199254740993", { number: "9007199254740993" }],
    ["1.50", { number: "1.50" }],
    ["-0.1e+10", { number: "-0.1e+10" }],
    ["2E5", { number: "2E5" }],
  ])("a eq %s", (text, value) => {
    expect(parse(`a eq ${text}`)).toEqual(compare("a", "eq", value));
    expect(parse(`(a eq ${text})`)).toEqual(compare("a", "eq", value));
    expect(parse(`b[a eq ${text}]`)).toEqual(element("b", compare("a", "eq", value)));
  });

  it.each(["User", "'x'", "01", "1.", ".5", "+1", "1e", "0x10", "NaN", "Infinity", "NULL", "nil", "-", "constructor", "Value"])("a eq %s is no value", (text) =>
    expect(refusal(`a eq ${text}`)).toMatch(/^The filter cannot be read at column 6: a value is expected after eq: text in double quotes/),
  );

  it.each(['"open', '"', '"\\', '"a\\"', String.raw`"\x41"`, String.raw`"\u12g4"`, '"tab\t"', '"new\nline"', '"\u0000"', String.raw`"\u0000"`, String.raw`"\ud83d"`, String.raw`"a\ude00\ud83d"`, '"\ud83d"'])(
    "a eq %j is refused",
    (text) => expect(refusal(`a eq ${text}`)).toMatch(/^The filter cannot be read at column 6: .*\.$/),
  );

  it("spec 7.7: no space before a text", () => {
    expect(parse('members[value eq"x"]')).toEqual(element("members", compare("value", "eq", "x")));
    expect(parse('a eq"x"and b pr')).toEqual(and(compare("a", "eq", "x"), b));
  });
});

describe("leniencies", () => {
  it.each(["True", "TRUE", "False", "fAlSe"])("booleanText takes the word %s", (word) => {
    expect(parse(`active eq ${word}`)).toEqual(compare("active", "eq", word.toLowerCase() === "true"));
    expect(refusal(`active eq ${word}`, strict)).toContain(`found "${word}"`);
  });

  it.each<[string, Filter]>([
    ['emails[type eq "work"].value eq "x"', element("emails", and(compare("type", "eq", "work"), compare("value", "eq", "x")))],
    ['emails[type eq "work"].value pr', element("emails", and(compare("type", "eq", "work"), present("value")))],
    ['emails[type eq "work" and primary eq true].$ref ne null', element("emails", and(compare("type", "eq", "work"), compare("primary", "eq", true), compare("$ref", "ne", null)))],
    ['emails[type eq "a" or type eq "b"].value pr', element("emails", and(or(compare("type", "eq", "a"), compare("type", "eq", "b")), present("value")))],
    ['a pr and emails[b pr].c pr or d pr', or(and(a, element("emails", and(b, c))), d)],
  ])("spec 7.10 valuePathSubAttribute: %s", (text, tree) => {
    expect(parse(text)).toEqual(tree);
    expect(refusal(text, strict)).toContain('"and", "or" or the end of the filter is expected');
  });

  it.each(['emails[type pr] .value pr', "emails[type pr].", "emails[type pr].a.b pr", "emails[type pr].urn:x pr", "emails[type pr]value pr", "emails[type pr].value"])(
    "spec 7.10: %s is refused",
    (text) => expect(refusal(text)).toMatch(/column/),
  );
});

describe("names", () => {
  it.each(["a", "A1", "$ref", "a-b_c$d", "name.givenName", "members.$ref", "urn:example:Custom:level", "URN:ietf:params:scim:schemas:core:2.0:User:name.givenName", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"])(
    "%s",
    (path) => expect(parse(`${path} pr`)).toEqual(present(path)),
  );

  it.each(["1a", "-a", "_a", "a.", ".a", "a.b.c", "a..b", "a.1", "é", "a,b", "a=b", "a\tb", "urn:é:x", "a/b", "a+b"])("%j is none", (path) =>
    expect(refusal(`${path} pr`)).toMatch(/^The filter cannot be read at column 1: ".*" is not the name of an attribute\.$/),
  );

  it("spec 7.13: inside brackets names are bare, and brackets do not nest", () => {
    expect(refusal("emails[a.b pr]")).toBe('The filter cannot be read at column 8: inside [ ] the bare name of a sub-attribute is expected, found "a.b".');
    expect(refusal("emails[urn:x:a pr]")).toContain("bare name");
    expect(refusal("emails[a[b pr]]")).toBe("The filter cannot be read at column 9: [ ] cannot stand inside [ ].");
    expect(refusal("emails.type[a pr]")).toContain("[ ] follows the name of an attribute");
    expect(refusal("urn:x:2.0:User:emails.type[a pr]")).toContain("[ ] follows the name of an attribute");
    expect(parse("urn:x:2.0:User:emails[a pr]")).toEqual(element("urn:x:2.0:User:emails", a));
  });
});

describe("what cannot be read names the place, from 1, and what was expected", () => {
  it.each([
    ["", "column 1: the name of an attribute is expected, found the end."],
    ["   ", "column 4: the name of an attribute is expected, found the end."],
    ["userName", 'column 9: an operator is expected after "userName" (eq, ne, co, sw, ew, gt, ge, lt, le or pr), found the end.'],
    ["userName == 5", 'column 10: an operator is expected after "userName" (eq, ne, co, sw, ew, gt, ge, lt, le or pr), found "==".'],
    ["userName constructor 5", 'found "constructor".'],
    ["userName eq", "column 12: a value is expected after eq"],
    ["a pr b pr", 'column 6: "and", "or" or the end of the filter is expected, found "b".'],
    ["a pr and", "column 9: the name of an attribute is expected, found the end."],
    ["a pr and and b pr", 'an operator is expected after "and"'],
    ["(a pr", 'column 6: "and", "or" or ")" is expected, found the end.'],
    ["(a pr]", 'column 6: "and", "or" or ")" is expected, found "]".'],
    ["a pr)", 'column 5: "and", "or" or the end of the filter is expected, found ")".'],
    ["()", 'column 2: the name of an attribute is expected, found ")".'],
    ["emails[]", 'column 8: the name of an attribute is expected, found "]".'],
    ["emails[a pr", 'column 12: "and", "or" or "]" is expected, found the end.'],
    ["emails [a pr]", 'column 8: an operator is expected after "emails"'],
    ['"a" eq "b"', 'column 1: the name of an attribute is expected, found the text "a".'],
    ['not userName eq "x"', 'column 1: "not" takes a group in parentheses'],
    ["a pr and not b pr", 'column 10: "not" takes a group in parentheses'],
    [`a eq ${"x".repeat(100)}`, `found "${"x".repeat(59)}…".`],
  ])("%s", (text, message) => expect(refusal(text)).toContain(message));

  it("product 6: length, depth and number of comparisons are limited", () => {
    const limits = { ...defaultLimits, filterLength: 100, filterDepth: 3, filterTerms: 4 };
    expect(refusal(`a eq "${"x".repeat(100)}"`, lenient, limits)).toBe("The filter is longer than 100 characters.");
    expect(parse("(not(b[a pr]))", lenient, limits)).toEqual(not(element("b", a)));
    expect(refusal("((((a pr))))", lenient, limits)).toBe("The filter cannot be read at column 4: it is nested deeper than 3 levels.");
    expect(refusal("not(not(not(b[a pr])))", lenient, limits)).toContain("nested deeper");
    expect(parse("(a pr) and (b pr) and (c pr) and (d pr)", lenient, limits)).toEqual(and(a, b, c, d));
    expect(refusal("a pr or b pr or c pr or d pr or a pr", lenient, limits)).toBe("The filter has more than 4 comparisons.");
    expect(refusal('a[b pr].c pr or a[b pr].c pr or d eq "x"', lenient, limits)).toContain("more than 4");
  });

  it("spec 18.11: 100 terms pass the usual limits", () => {
    expect(parse(Array.from({ length: 100 }, () => "a pr").join(" or "))).toEqual(or(...Array.from({ length: 100 }, () => a)));
  });
});

describe("properties", () => {
  afterEach(() => void vi.restoreAllMocks());

  const name = fc.stringMatching(/^[a-zA-Z$][a-zA-Z0-9$_-]{0,8}$/).filter((each) => each.toLowerCase() !== "not");
  const path = fc.oneof(name, fc.tuple(name, name).map((names) => names.join(".")), name.map((each) => `urn:example:2.0:User:${each}`));
  const text = fc.string({ unit: "binary" }).filter((each) => !each.includes("\0"));
  const literal: fc.Arbitrary<Literal> = fc.oneof(
    text,
    fc.boolean(),
    fc.constant(null),
    fc.oneof(fc.integer(), fc.double({ noDefaultInfinity: true, noNaN: true })).map((each) => ({ number: JSON.stringify(each) })),
  );
  const op = fc.constantFrom<Comparison>("eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le");
  const leaf = (names: fc.Arbitrary<string>): fc.Arbitrary<Filter> =>
    fc.oneof(fc.tuple(names, op, literal).map(([one, by, value]) => compare(one, by, value)), names.map(present));
  const tree = (leaves: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> =>
    fc.letrec<{ tree: Filter }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaves,
        fc.tuple(fc.constantFrom("and" as const, "or" as const), fc.array(tie("tree"), { minLength: 2, maxLength: 4 })).map(([kind, terms]) => ({
          kind,
          terms: terms.flatMap((term) => (term.kind === kind ? term.terms : [term])),
        })),
        tie("tree").map(not),
      ),
    })).tree;
  const filters = tree(fc.oneof(leaf(path), fc.tuple(name, tree(leaf(name))).map(([one, inner]) => element(one, inner))));
  const roomy = { ...defaultLimits, filterLength: 1_000_000, filterTerms: 100_000 };

  function print(filter: Filter, space: string): string {
    switch (filter.kind) {
      case "and":
      case "or":
        return filter.terms.map((term) => (term.kind === "or" ? `(${print(term, space)})` : print(term, space))).join(` ${space}${filter.kind.toUpperCase()} `);
      case "not":
        return `not${space}(${print(filter.term, space)}${space})`;
      case "present":
        return `${filter.path} ${space}pr`;
      case "element":
        return `${filter.path}[${space}${print(filter.filter, space)}]`;
      case "compare": {
        const { value } = filter;
        return `${filter.path} ${filter.op}${space} ${typeof value === "object" && value !== null ? value.number : JSON.stringify(value)}`;
      }
    }
  }

  it("what is printed reads back as the same tree", { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(filters, fc.constantFrom("", " ", "   "), (filter, space) => {
        expect(parse(print(filter, space), lenient, roomy)).toEqual(filter);
      }),
      { numRuns: 3_000 },
    );
  });

  it("any text is read or refused with 400 invalidFilter", { timeout: 30_000 }, () => {
    const words = fc.constantFrom("a", "eq", "pr", "and", "or", "not", "(", ")", "[", "]", '"', '"x"', "\\", ".", ":", " ", "5", "true", "urn:x", "null", "\u0000", "\ud800");
    const texts = fc.oneof(fc.array(words, { maxLength: 20 }).map((all) => all.join(" ")), fc.array(words, { maxLength: 20 }).map((all) => all.join("")), fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(texts, (each) => {
        try {
          parse(each);
        } catch (error) {
          if (!(error instanceof ScimError) || error.scimType !== "invalidFilter" || !error.message.endsWith(".")) throw error;
        }
      }),
      { numRuns: 100_000 },
    );
  });

  it.each([
    ["a long chain", (n: number) => Array.from({ length: n }, () => 'a eq "x"').join(" and ")],
    ["a long text", (n: number) => `a eq "${'x\\"'.repeat(n)}"`],
    ["a long name", (n: number) => `${"a".repeat(n)} pr`],
    ["a long URN", (n: number) => `${"a:".repeat(n)}é pr`],
    ["spaces", (n: number) => `a${" ".repeat(n)}pr${" ".repeat(n)}`],
    ["deep groups", (n: number) => `${"(".repeat(n)}a pr${")".repeat(n)}`],
    ["nots", (n: number) => `${"not(".repeat(n)}a pr${")".repeat(n)}`],
    ["an open text", (n: number) => `a eq "${"x".repeat(n)}`],
  ])("the steps grow as the text does: %s", (_, make) => {
    const limits = { ...roomy, filterDepth: 1_000 };
    const looks = vi.spyOn(String.prototype, "charCodeAt");
    const steps = (n: number): number => {
      looks.mockClear();
      try {
        parse(make(n), lenient, limits);
      } catch (error) {
        if (!(error instanceof ScimError)) throw error;
      }
      return looks.mock.calls.length;
    };
    const [few, many] = [steps(200), steps(800)];
    expect(many).toBeLessThanOrEqual(few * 4 + 20);
    expect(many).toBeLessThanOrEqual(make(800).length * 3 + 20);
  });
});
