import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resourceType, type Attribute } from "../../templates/generated/protocol/attributes.js";
import { ScimError } from "../../templates/generated/protocol/error.js";
import { parseFilter, type Comparison } from "../../templates/generated/protocol/filter.js";
import { leniently, type Leniencies } from "../../templates/generated/protocol/leniencies.js";
import { defaultLimits } from "../../templates/generated/protocol/limits.js";
import { constantly, resolveElementFilter, resolveFilter } from "../../templates/generated/protocol/resolve-filter.js";
import type { ResolvedFilter } from "../../templates/generated/protocol/resolved-filter.js";
import type { Value } from "../../templates/generated/protocol/resource.js";
import { attribute, customUrn, enterpriseUrn, groupDefinition, userDefinition, userUrn } from "./fixtures.js";

const user = resourceType(userDefinition);
const group = resourceType(groupDefinition);
const lenient = leniently();
const strict = leniently({}, false);

function resolve(text: string, rules: Leniencies = lenient, type = user, unknown: "refuse" | "absent" = "refuse"): ResolvedFilter {
  return resolveFilter(parseFilter(text, { limits: defaultLimits, lenient }), type, { reading: { limits: defaultLimits, lenient: rules }, unknown });
}

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ScimError && error.status === 400 && error.scimType === "invalidFilter") return error.message;
    throw error;
  }
  throw new Error("taken");
}

const compare = (key: string, op: Comparison, value: Exclude<Value, null>): ResolvedFilter => ({ kind: "compare", key, op, value });
const present = (key: string): ResolvedFilter => ({ kind: "present", key });
const and = (...terms: ResolvedFilter[]): ResolvedFilter => ({ kind: "and", terms });
const or = (...terms: ResolvedFilter[]): ResolvedFilter => ({ kind: "or", terms });
const not = (term: ResolvedFilter): ResolvedFilter => ({ kind: "not", term });
const element = (key: string, filter: ResolvedFilter): ResolvedFilter => ({ kind: "element", key, filter });
const always: ResolvedFilter = { kind: "always" };
const never: ResolvedFilter = { kind: "never" };
const enterprisePresent = or(present("enterprise.employeeNumber"), present("enterprise.department"), present("enterprise.manager.value"));
const flat = (filter: ResolvedFilter): ResolvedFilter =>
  filter.kind === "or" ? or(...filter.terms.flatMap((term) => (term.kind === "or" ? term.terms : [term]))) : filter;
const customPresent = or(present("custom.level"), present("custom.score"), present("custom.since"), present("custom.flag"), present("custom.tags"));

describe("RFC 7644 3.10: names, in any letter case, with or without URN", () => {
  it.each([
    ["USERNAME", "userName"],
    [`${userUrn}:userName`, "userName"],
    [`${userUrn.toUpperCase()}:USERNAME`, "userName"],
    ["name.FamilyName", "name.familyName"],
    [`${userUrn}:name.familyName`, "name.familyName"],
    [`${enterpriseUrn}:department`, "enterprise.department"],
    ["department", "enterprise.department"],
    ["manager.displayName", "enterprise.manager.displayName"],
    [`${enterpriseUrn}:manager.displayName`, "enterprise.manager.displayName"],
    ["id", "id"],
    ["externalId", "externalId"],
  ])("%s", (path, key) => expect(resolve(`${path} eq "x"`)).toEqual(compare(key, "eq", "x")));
});

describe("spec 8.3: literals have the attribute's type", () => {
  const date = new Date("2026-01-31T08:00:00.120Z");
  it.each<[string, ResolvedFilter]>([
    ['userName eq "Ann"', compare("userName", "eq", "Ann")],
    ['userName eq "e\u0301"', compare("userName", "eq", "é")],
    ["active eq true", compare("active", "eq", true)],
    ["active ne false", compare("active", "ne", false)],
    ["level ge 5", compare("custom.level", "ge", 5)],
    ["level eq -12", compare("custom.level", "eq", -12)],
    ["score lt 1.5e2", compare("custom.score", "lt", 150)],
    ["score eq 5", compare("custom.score", "eq", 5)],
    ['since gt "2026-01-31T08:00:00.120Z"', compare("custom.since", "gt", date)],
    ['meta.lastModified le "2026-01-31T09:00:00.1204+01:00"', compare("meta.lastModified", "le", date)],
    ['meta.created eq "2026-01-31T08:00:00.12"', compare("meta.created", "eq", date)],
    ['manager.$ref sw "https://x/"', compare("enterprise.manager.$ref", "sw", "https://x/")],
  ])("%s", (text, filter) => {
    expect(resolve(text)).toEqual(filter);
    expect(resolve(text, strict)).toEqual(filter);
  });

  it.each(["userName eq 5", "userName eq true", "active eq 1", 'active eq "yes"', 'active eq ""', "level eq true", "level eq 1.0", "level eq 1e2", "level eq 9007199254740993", 'level eq ""', 'level eq "5 "', 'level eq "0x5"', "score eq 1e400", "since eq 5", 'since eq "2026-01-31"', 'since eq "2026-02-30T00:00:00Z"', 'since eq "yesterday"', "emails.primary eq 1", "tags eq 5"])(
    "%s is invalidFilter",
    (text) => expect(refusal(() => resolve(text))).toMatch(/^\S+ is compared with .*, not with .*\.$/),
  );

  it.each<[string, ResolvedFilter]>([
    ['active eq "True"', compare("active", "eq", true)],
    ['active eq "false"', compare("active", "eq", false)],
    ['level eq "5"', compare("custom.level", "eq", 5)],
    ['score eq "-1.5"', compare("custom.score", "eq", -1.5)],
  ])("spec 19.10, a leniency: %s", (text, filter) => {
    expect(resolve(text)).toEqual(filter);
    expect(refusal(() => resolve(text, strict))).toContain("is compared with");
  });

  it("says what is expected", () => {
    expect(refusal(() => resolve('since eq "2026-01-31"'))).toBe(`${customUrn}:since is compared with a date and time such as "2026-01-31T08:00:00Z", not with the text "2026-01-31".`);
    expect(refusal(() => resolve("userName eq 5"))).toBe("userName is compared with text in double quotes, not with 5.");
  });
});

describe("spec 8.1, 8.3: operators that an attribute's type does not know", () => {
  const literal = { active: "true", level: "5", score: "1.5", since: '"2026-01-31T08:00:00Z"', userName: '"x"', "manager.$ref": '"x"', tags: '"x"' };
  const refused: Readonly<Record<keyof typeof literal, string>> = {
    active: "co sw ew gt ge lt le",
    level: "co sw ew",
    score: "co sw ew",
    since: "co sw ew",
    userName: "",
    "manager.$ref": "",
    tags: "",
  };
  const ops = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"] as const;
  it.each(Object.keys(literal) as (keyof typeof literal)[])("%s", (name) => {
    const wrong = ops.filter((op) => {
      try {
        resolve(`${name} ${op} ${literal[name]}`);
        return false;
      } catch (error) {
        expect((error as ScimError).message).toMatch(new RegExp(`^The operator "${op}" cannot be used on .*, which holds .*\\.$`));
        return true;
      }
    });
    expect(wrong.join(" ")).toBe(refused[name]);
  });

  it("binary: an order is refused (RFC 7644 3.4.2.2)", () => {
    const type = resourceType({ ...userDefinition, schema: { ...userDefinition.schema, attributes: [attribute("key", "binary")] } });
    expect(resolve('key eq "YQ=="', lenient, type)).toEqual(compare("key", "eq", "YQ=="));
    expect(refusal(() => resolve('key gt "YQ=="', lenient, type))).toContain("holds binary data");
  });
});

describe("spec 8.4, 8.5, 19.4, 7.12: several values", () => {
  it.each<[string, ResolvedFilter]>([
    ['emails.type eq "work"', element("emails", compare("type", "eq", "work"))],
    ['emails co "x"', element("emails", compare("value", "co", "x"))],
    ['emails.value ne "x"', or(element("emails", compare("value", "ne", "x")), not(present("emails")))],
    ['not (emails.value eq "x")', not(element("emails", compare("value", "eq", "x")))],
    ["emails pr", present("emails")],
    ["emails.type pr", element("emails", present("type"))],
    ['emails[type eq "work" and value co "x"]', element("emails", and(compare("type", "eq", "work"), compare("value", "co", "x")))],
    ['emails[TYPE eq "work"].VALUE eq "x"', element("emails", and(compare("type", "eq", "work"), compare("value", "eq", "x")))],
    ['emails[not (type eq "work")]', element("emails", not(compare("type", "eq", "work")))],
    [`${userUrn}:emails[value pr]`, element("emails", present("value"))],
    ['groups.value eq "7"', element("groups", compare("value", "eq", "7"))],
    ['tags eq "x"', element("custom.tags", compare("value", "eq", "x"))],
    ['tags ne "x"', or(element("custom.tags", compare("value", "ne", "x")), not(present("custom.tags")))],
    ["tags pr", present("custom.tags")],
    ['tags[value sw "x"]', element("custom.tags", compare("value", "sw", "x"))],
    [`${customUrn}:tags[VALUE pr]`, element("custom.tags", present("value"))],
  ])("%s", (text, filter) => expect(resolve(text)).toEqual(filter));

  it("members of a group", () => {
    expect(resolve('members.value eq "7"', lenient, group)).toEqual(element("members", compare("value", "eq", "7")));
    expect(resolve('members eq "7"', lenient, group)).toEqual(element("members", compare("value", "eq", "7")));
  });

  it.each<[string, ResolvedFilter]>([
    ["emails[primary eq true]", element("emails", compare("primary", "eq", true))],
    ["emails[primary eq false]", element("emails", not(compare("primary", "eq", true)))],
    ["emails[primary ne true]", element("emails", not(compare("primary", "eq", true)))],
    ["emails[primary ne false]", element("emails", compare("primary", "eq", true))],
    ["emails.primary eq false", element("emails", not(compare("primary", "eq", true)))],
  ])("RFC 7643 2.4, a primary that is not there is false: %s", (text, filter) => expect(resolve(text)).toEqual(filter));

  it.each([
    ["emails[foo pr]", 'emails has no sub-attribute "foo".'],
    ['emails[vale eq "x"]', 'emails has no sub-attribute "vale". Did you mean value?'],
    ["tags[type pr]", `${customUrn}:tags has no sub-attribute "type".`],
    ["userName[value pr]", "userName cannot be followed by [ ]: it has no elements."],
    [`${enterpriseUrn}[department pr]`, `${enterpriseUrn} is a whole extension; please compare one of its attributes.`],
  ])("%s is refused", (text, message) => expect(refusal(() => resolve(text))).toBe(message));
});

describe("spec 8.3, 8.6, 8.16: complex attributes", () => {
  it.each<[string, ResolvedFilter]>([
    ["name pr", or(present("name.formatted"), present("name.familyName"), present("name.givenName"))],
    ["not (name pr)", not(or(present("name.formatted"), present("name.familyName"), present("name.givenName")))],
    ["manager pr", present("enterprise.manager.value")],
    ['manager eq "7"', compare("enterprise.manager.value", "eq", "7")],
    ['manager ne "7"', compare("enterprise.manager.value", "ne", "7")],
    [`id eq "1" and ${enterpriseUrn}:manager eq "7"`, and(compare("id", "eq", "1"), compare("enterprise.manager.value", "eq", "7"))],
    ['manager[value eq "7"]', and(present("enterprise.manager.value"), compare("enterprise.manager.value", "eq", "7"))],
    ["meta pr", always],
  ])("%s", (text, filter) => expect(resolve(text)).toEqual(filter));

  it.each(['name eq "x"', 'name co "x"', 'manager co "7"', 'meta eq "x"'])("%s is refused", (text) => expect(refusal(() => resolve(text))).toMatch(/is made of parts; please compare one of them, as in \S+\.$/));

  it("manager eq is a leniency", () => expect(refusal(() => resolve('manager eq "7"', strict))).toBe(`${enterpriseUrn}:manager is made of parts; please compare one of them, as in ${enterpriseUrn}:manager.value.`));
});

describe("spec 8.7: null", () => {
  it.each<[string, ResolvedFilter]>([
    ["title eq null", not(present("title"))],
    ["title ne null", present("title")],
    ["emails eq null", not(present("emails"))],
    ["emails.type eq null", not(element("emails", present("type")))],
    ["emails[type eq null]", element("emails", not(present("type")))],
    ["manager eq null", not(present("enterprise.manager.value"))],
    ["schemas ne null", always],
    ["active ne null", present("active")],
  ])("%s", (text, filter) => expect(resolve(text)).toEqual(filter));

  it.each(["title co null", "level gt null", "emails[type sw null]"])("%s is refused", (text) => expect(refusal(() => resolve(text))).toMatch(/can only be eq null or ne null/));
});

describe("spec 8.8: absence is the rows' to know, so ne stays", () => {
  it.each<[string, ResolvedFilter]>([
    ['title ne "x"', compare("title", "ne", "x")],
    ['not (title eq "x")', not(compare("title", "eq", "x"))],
  ])("%s", (text, filter) => expect(resolve(text)).toEqual(filter));
});

describe("spec 8.10, 8.11: what no column knows", () => {
  it.each(['password eq "x"', "password pr", "password eq null", `${userUrn}:password sw "a"`])("%s is refused", (text) =>
    expect(refusal(() => resolve(text))).toBe("password is never shown, so it cannot be used in a filter."),
  );

  it.each(['meta.location eq "x"', "meta.version pr", "meta.location eq null"])("%s is refused", (text) => expect(refusal(() => resolve(text))).toMatch(/^meta\.\w+ cannot be used in a filter\.$/));

  it.each<[string, ResolvedFilter]>([
    [`schemas eq "${userUrn}"`, always],
    [`schemas eq "${userUrn.toUpperCase()}"`, always],
    [`schemas[value eq "${userUrn}"]`, always],
    [`schemas eq "${enterpriseUrn}"`, enterprisePresent],
    [`schemas[value eq "${enterpriseUrn}"]`, enterprisePresent],
    [`schemas eq "${customUrn}"`, customPresent],
    ['schemas eq "urn:other"', never],
    ['schemas co "extension:enterprise"', enterprisePresent],
    ['schemas sw "urn:"', always],
    ["schemas pr", always],
    ["schemas eq null", never],
    [`schemas ne "${enterpriseUrn}"`, always],
    [`not (schemas eq "${enterpriseUrn}")`, not(enterprisePresent)],
    [`${enterpriseUrn} pr`, enterprisePresent],
    [`${enterpriseUrn} eq null`, not(enterprisePresent)],
    ['meta.resourceType eq "User"', always],
    ['meta.resourceType eq "user"', never],
    ['meta.resourceType ne "User"', never],
    ['meta.resourceType ne "Group"', always],
    ['meta.resourceType co "se"', always],
    ["meta.resourceType pr", always],
    ["meta.resourceType eq null", never],
    ['meta[resourceType eq "User"]', always],
    ['meta.resourceType eq "User" and title pr', present("title")],
    ['meta.resourceType eq "Group" or title pr', present("title")],
    ['meta.resourceType eq "Group" and title pr', never],
    ['not (meta.resourceType eq "Group" and title pr)', always],
  ])("%s", (text, filter) => expect(flat(resolve(text))).toEqual(filter));

  it("schemas ne the base holds where an extension has data", () => expect(flat(resolve(`schemas ne "${userUrn}"`))).toEqual(or(...terms(enterprisePresent), ...terms(customPresent))));
});

function terms(filter: ResolvedFilter): readonly ResolvedFilter[] {
  return filter.kind === "or" ? filter.terms : [filter];
}

describe("spec 19.6: an attribute that the type does not have", () => {
  it.each([
    ["userNam pr", 'User has no attribute "userNam". Did you mean userName?'],
    ['emails.tpye eq "x"', 'User has no attribute "emails.tpye". Did you mean emails.type?'],
    ["departmnt pr", 'User has no attribute "departmnt". Did you mean department?'],
    [`${enterpriseUrn}:departmnt pr`, `User has no attribute "${`${enterpriseUrn}:departmnt`.slice(0, 59)}…". Did you mean ${enterpriseUrn}:department?`],
    ["constructor pr", 'User has no attribute "constructor".'],
    ["favouriteColour pr", 'User has no attribute "favouriteColour".'],
    [`${"x".repeat(5000)} pr`, `User has no attribute "${"x".repeat(59)}…".`],
    [`${userUrn} pr`, `User has no attribute "${userUrn}".`],
  ])("%.60s is refused at its own endpoint", (text, message) => expect(refusal(() => resolve(text))).toBe(message));

  it.each<[string, ResolvedFilter]>([
    ['foo eq "x"', never],
    ['foo ne "x"', always],
    ["foo pr", never],
    ["foo eq null", always],
    ["foo ne null", never],
    ["foo[a pr]", never],
    ["emails[foo pr]", never],
    ['emails[foo ne "x"]', present("emails")],
    ["not (foo pr)", always],
    ["foo pr or title pr", present("title")],
  ])("%s is absent in a query over several types", (text, filter) => expect(resolve(text, lenient, user, "absent")).toEqual(filter));

  it("other operators with null are refused there too", () => expect(refusal(() => resolve("foo co null", lenient, user, "absent"))).toContain("eq null or ne null"));

  it("spec 7.11: a bare name in two extensions is ambiguous", () => {
    const twice = resourceType({ ...userDefinition, extensions: userDefinition.extensions.map((each) => ({ ...each, schema: { ...each.schema, attributes: [attribute("rank", "string")] } })) });
    expect(refusal(() => resolve('rank eq "x"', lenient, twice))).toBe(`"rank" can be ${enterpriseUrn}:rank or ${customUrn}:rank; please write it with its URN.`);
    expect(resolve(`${customUrn}:rank eq "x"`, lenient, twice)).toEqual(compare("custom.rank", "eq", "x"));
  });
});

describe("resolveElementFilter: the filters of PATCH paths", () => {
  function inside(text: string, name: string, type = user, rules = lenient): ResolvedFilter {
    const parsed = parseFilter(`x[${text}]`, { limits: defaultLimits, lenient });
    if (parsed.kind !== "element") throw new Error("no element");
    return resolveElementFilter(parsed.filter, type.find(name) as Attribute, { limits: defaultLimits, lenient: rules });
  }

  it.each<[string, string, ResolvedFilter]>([
    ["emails", 'type eq "work"', compare("type", "eq", "work")],
    ["emails", 'Type eq "work" and Primary eq "True"', and(compare("type", "eq", "work"), compare("primary", "eq", true))],
    ["emails", "type eq null", not(present("type"))],
    ["tags", 'value eq "x"', compare("value", "eq", "x")],
    ["manager", 'value eq "7"', compare("value", "eq", "7")],
    ["name", "familyName pr", present("familyName")],
  ])("%s[%s]", (name, text, filter) => expect(inside(text, name)).toEqual(filter));

  it("refuses as the filters of queries are refused", () => {
    expect(refusal(() => inside("foo pr", "emails"))).toBe('emails has no sub-attribute "foo".');
    expect(refusal(() => inside("type eq 5", "emails"))).toBe("emails.type is compared with text in double quotes, not with 5.");
    expect(refusal(() => inside('type eq "x"', "tags"))).toBe(`${customUrn}:tags has no sub-attribute "type".`);
    expect(refusal(() => inside("value pr", "userName"))).toContain("it has no elements");
    expect(refusal(() => inside('primary eq "True"', "emails", user, strict))).toContain("emails.primary is compared with true or false");
  });
});

describe("constantly", () => {
  const leaf = fc.constantFrom<ResolvedFilter>(always, never, present("a"), present("b"), compare("c", "eq", "x"));
  const trees = fc.letrec<{ tree: ResolvedFilter }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      leaf,
      fc.tuple(fc.constantFrom("and" as const, "or" as const), fc.array(tie("tree"), { maxLength: 3 })).map(([kind, all]) => ({ kind, terms: all })),
      tie("tree").map(not),
      tie("tree").map((filter) => element("e", filter)),
    ),
  })).tree;

  /** Truth for a resource with two elements, by the presence of a, b and c; `e` is there or not. */
  function truth(filter: ResolvedFilter, facts: ReadonlySet<string>): boolean {
    switch (filter.kind) {
      case "always":
        return true;
      case "never":
        return false;
      case "and":
        return filter.terms.every((term) => truth(term, facts));
      case "or":
        return filter.terms.some((term) => truth(term, facts));
      case "not":
        return !truth(filter.term, facts);
      case "element":
        return facts.has("e") && truth(filter.filter, facts);
      default:
        return facts.has(filter.key);
    }
  }

  function constants(filter: ResolvedFilter): number {
    switch (filter.kind) {
      case "always":
      case "never":
        return 1;
      case "and":
      case "or":
        return filter.terms.reduce((sum, term) => sum + constants(term), 0);
      case "not":
        return constants(filter.term);
      case "element":
        return constants(filter.filter);
      default:
        return 0;
    }
  }

  it("leaves always and never at the root alone, and the meaning as it was", () => {
    fc.assert(
      fc.property(trees, fc.subarray(["a", "b", "c", "e"]), (filter, there) => {
        const settled = constantly(filter);
        expect(constants(settled)).toBe(settled.kind === "always" || settled.kind === "never" ? 1 : 0);
        const facts = new Set(there);
        expect(truth(settled, facts)).toBe(truth(filter, facts));
      }),
      { numRuns: 5_000 },
    );
  });
});
