/** Filters, answered by Postgres, against a second reading of RFC 7644 3.4.2.2 over the same resources in memory. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memberships, teams } from "../../prisma/seed.js";
import type { Filter, Literal } from "../../templates/generated/protocol/filter.js";
import type { Json, JsonObject } from "../../templates/generated/protocol/json.js";
import { openSpecimen } from "../postgres/specimen.js";
import type { Specimen } from "../postgres/specimen.js";
import { coreGroup, coreUser, enterprise, expectError, idOf, made, objects, openEndpoint, text, user } from "./endpoint.js";
import type { Caller, Endpoint } from "./endpoint.js";
import { awkward, fillAwkward } from "./filter-data.js";
import { selects } from "./reference-filter.js";
import type { Texts } from "./reference-filter.js";

const seed = Number(process.env["FILTER_SEED"] ?? "20261124");
const runs = { User: 1_000, Group: 400 };

let specimen: Specimen;
let endpoint: Endpoint;
beforeAll(async () => {
  specimen = await openSpecimen();
  await fillAwkward(specimen.prisma, 7);
  endpoint = openEndpoint(specimen.prisma);
});
afterAll(() => specimen.close());

const equality = ["eq", "ne"] as const;
const order = [...equality, "gt", "ge", "lt", "le"] as const;
const textual = [...order, "co", "sw", "ew"] as const;
/** Where every resource has the same text, the engine knows the answer itself, and orders as no database is asked to. */
const unordered = [...equality, "co", "sw", "ew"] as const;
type Op = (typeof textual)[number];

/** One attribute that this mapping can be asked about. `within`: a sub-attribute that may also stand in brackets. */
interface Asked {
  readonly path: string;
  readonly ops: readonly Op[];
  readonly kind: "text" | "boolean" | "date" | "none";
  readonly within?: { readonly top: string; readonly sub: string };
}

const plain = (path: string, ops: readonly Op[] = textual, kind: Asked["kind"] = "text"): Asked => ({ path, ops, kind });
const parts = (top: string, subs: Readonly<Record<string, Asked["kind"] | "key" | "constant">>): Asked[] =>
  Object.entries(subs).map(([sub, kind]) => ({
    path: `${top}.${sub}`,
    ops: kind === "key" || kind === "boolean" ? equality : kind === "constant" ? unordered : textual,
    kind: kind === "key" || kind === "constant" ? "text" : kind,
    within: { top, sub },
  }));
const common = [plain("id", equality), plain("externalId"), plain("meta.created", order, "date"), plain("meta.lastModified", order, "date"), plain("meta.resourceType", unordered), plain("schemas", equality)];
const contact = { value: "text", type: "text", display: "text", primary: "boolean" } as const;

const userAttributes: readonly Asked[] = [
  ...common,
  ...["userName", "name.formatted", "name.familyName", "name.givenName", "displayName", "nickName", "profileUrl", "title", "userType", "preferredLanguage", "locale", "timezone"].map((path) => plain(path)),
  plain("active", equality, "boolean"),
  ...["employeeNumber", "costCenter", "organization", "division", "department"].map((name) => plain(`${enterprise}:${name}`)),
  plain("department"),
  plain(`${enterprise}:manager.value`, equality),
  plain(`${enterprise}:manager`, equality),
  plain("manager", equality),
  plain("name", [], "none"),
  plain(enterprise, [], "none"),
  ...parts("emails", contact),
  ...parts("phoneNumbers", contact),
  ...parts("groups", { value: "key", display: "text", type: "constant" }),
  plain("emails"),
  plain("groups", equality),
];
const groupAttributes: readonly Asked[] = [...common, plain("displayName"), ...parts("members", { value: "key", type: "constant" }), plain("members", equality)];

/** Every text that a resource shows where the path leads, to compare with. */
function shown(resources: readonly JsonObject[], path: string): string[] {
  const bare = path.startsWith(`${enterprise}:`) ? path.slice(enterprise.length + 1) : path;
  const walk = (value: Json | undefined, names: readonly string[]): string[] => {
    if (Array.isArray(value)) return (value as readonly Json[]).flatMap((each) => walk(each, names));
    const [name, ...rest] = names;
    if (name === undefined) return typeof value === "string" ? [value] : typeof value === "object" && value !== null ? walk(value, ["value"]) : [];
    return typeof value === "object" && value !== null ? walk((value as JsonObject)[name], rest) : [];
  };
  return resources.flatMap((resource) => [...walk(resource, bare.split(".")), ...walk(resource[enterprise], bare.split("."))]);
}

const swapped = (value: string): string => [...value].map((letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase())).join("");

function literalsOf({ path, kind }: Asked, resources: readonly JsonObject[]): readonly Exclude<Literal, null>[] {
  const values = [...new Set(shown(resources, path))];
  switch (kind) {
    case "boolean":
      return [true, false];
    case "none":
      return [];
    case "date":
      // The same instant in other words, and instants beside it.
      return values.flatMap((value) => [value, value.replace("Z", "+00:00"), value.replace("Z", "1234Z"), new Date(Date.parse(value) + 1).toISOString(), new Date(Date.parse(value) - 1).toISOString(), new Date(Date.parse(value) + 7_200_000).toISOString().replace("Z", "+02:00"), value.slice(0, 19)]);
    case "text":
      return [...new Set([...values, ...values.map(swapped), ...values.map((value) => value.slice(0, 2)), ...values.map((value) => value.slice(1)), ...awkward, "", coreUser, coreGroup, enterprise, "User", memberships.ada, teams.leads])].filter((value) => value === value.normalize("NFC") && !/[\ud800-\udfff]/u.test(value));
  }
}

function filtersOver(attributes: readonly Asked[], resources: readonly JsonObject[]): fc.Arbitrary<Filter> {
  const literals = new Map(attributes.map((each) => [each, literalsOf(each, resources)]));
  const leaf = (asked: Asked, path: string): fc.Arbitrary<Filter> => {
    const found = literals.get(asked) ?? [];
    const present = fc.constantFrom<Filter>({ kind: "present", path }, { kind: "compare", path, op: "eq", value: null }, { kind: "compare", path, op: "ne", value: null });
    if (found.length === 0 || asked.ops.length === 0) return present;
    const compare = fc.record({ kind: fc.constant("compare" as const), path: fc.constant(path), op: fc.constantFrom(...asked.ops), value: fc.constantFrom(...found) });
    return fc.oneof({ weight: 6, arbitrary: compare }, { weight: 1, arbitrary: present });
  };
  const tops = [...new Set(attributes.flatMap(({ within }) => within?.top ?? []))];
  const element = (top: string): fc.Arbitrary<Filter> => {
    const subs = attributes.filter(({ within }) => within?.top === top);
    const inner = connected(fc.oneof(...subs.map((each) => leaf(each, each.within?.sub ?? ""))), 3);
    return fc.record({ kind: fc.constant("element" as const), path: fc.constant(top), filter: inner });
  };
  return connected(fc.oneof(...attributes.map((each) => leaf(each, each.path)), ...tops.flatMap((top) => [element(top), element(top), element(top)])), 4);
}

function connected(leaf: fc.Arbitrary<Filter>, maxDepth: number): fc.Arbitrary<Filter> {
  const { tree } = fc.letrec<{ tree: Filter }>((tie) => ({
    tree: fc.oneof(
      { maxDepth, withCrossShrink: true },
      { weight: 3, arbitrary: leaf },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("not" as const), term: tie("tree") }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("and" as const, "or" as const), terms: fc.array(tie("tree"), { minLength: 2, maxLength: 3 }) }) },
    ),
  }));
  return tree;
}

/** As a client may write it: letter case, spaces and needless grouping as `whim` has them. */
function written(filter: Filter, whim: () => number): string {
  const word = (name: string): string => (whim() % 5 === 0 ? name.toUpperCase() : name);
  const named = (path: string): string => (path.includes(":") || whim() % 5 > 0 ? path : swapped(path));
  const space = (): string => (whim() % 9 === 0 ? "  " : " ");
  switch (filter.kind) {
    case "and":
    case "or": {
      const inner = filter.terms.map((term) => (binds(term) > binds(filter) && whim() % 3 > 0 ? written(term, whim) : `(${written(term, whim)})`));
      return inner.join(`${space()}${word(filter.kind)}${space()}`);
    }
    case "not":
      return `${word("not")}${whim() % 2 === 0 ? " " : ""}(${written(filter.term, whim)})`;
    case "element": {
      const { filter: inner } = filter;
      const last = inner.kind === "and" ? inner.terms.at(-1) : undefined;
      // Entra ID's form: the last term behind the brackets.
      if (inner.kind === "and" && last?.kind === "compare" && whim() % 2 === 0) {
        const rest = inner.terms.slice(0, -1).map((term) => `(${written(term, whim)})`).join(" and ");
        return `${named(filter.path)}[${rest}].${written(last, whim)}`;
      }
      return `${named(filter.path)}[${written(inner, whim)}]`;
    }
    case "present":
      return `${named(filter.path)}${space()}${word("pr")}`;
    case "compare":
      return `${named(filter.path)}${space()}${word(filter.op)}${space()}${JSON.stringify(filter.value)}`;
  }
}

const binds = ({ kind }: Filter): number => (kind === "or" ? 1 : kind === "and" ? 2 : 3);

/** The database is asked once how it folds and orders every text that can occur. */
async function textsOf(all: readonly string[]): Promise<Texts> {
  const rows = await specimen.prisma.$queryRaw<{ text: string; lower: string }[]>`SELECT DISTINCT text, lower(text) AS lower FROM unnest(${[...new Set(all)]}::text[]) AS text`;
  const lower = new Map(rows.map((row) => [row.text, row.lower]));
  const both = [...new Set(rows.flatMap((row) => [row.text, row.lower]))];
  const ranked = await specimen.prisma.$queryRaw<{ text: string; rank: bigint }[]>`SELECT text, rank() OVER (ORDER BY text) AS rank FROM unnest(${both}::text[]) AS text`;
  const rank = new Map(ranked.map((row) => [row.text, Number(row.rank)]));
  const known = <T>(map: ReadonlyMap<string, T>, key: string): T => {
    const value = map.get(key);
    if (value === undefined) throw new Error(`Postgres was not asked about ${JSON.stringify(key)}.`);
    return value;
  };
  return { lower: (value) => known(lower, value), order: (left, right) => known(rank, left) - known(rank, right) };
}

function everyText(json: Json | undefined): string[] {
  if (typeof json === "string") return [json];
  if (typeof json !== "object" || json === null) return [];
  return (Array.isArray(json) ? (json as readonly Json[]) : Object.values(json)).flatMap(everyText);
}

describe("RFC 7644 3.4.2.2: random filters select what they say, on every row of both tenants", () => {
  test.each([
    ["User", "/Users", userAttributes],
    ["Group", "/Groups", groupAttributes],
  ] as const)("%s", { timeout: 120_000 }, async (type, path, attributes) => {
    const tenants = await Promise.all([endpoint.acme, endpoint.globex].map(async (caller: Caller) => ({ caller, resources: await caller.list(`${path}?count=200`) })));
    for (const { resources } of tenants) expect(resources.length).toBeGreaterThan(type === "User" ? 30 : 10);
    const all = tenants.flatMap(({ resources }) => resources);
    const texts = await textsOf([...everyText(all), ...attributes.flatMap((each) => literalsOf(each, all)).filter((each): each is string => typeof each === "string")]);

    let selected = 0;
    let asked = 0;
    const property = fc.asyncProperty(filtersOver(attributes, all), fc.infiniteStream(fc.nat(44)), async (filter, whims) => {
      const whim = (): number => (whims.next() as IteratorResult<number, never>).value;
      const filterText = written(filter, whim);
      for (const { caller, resources } of tenants) {
        const answered = (await caller.list(`${path}?count=200&attributes=id`, filterText)).map(idOf).sort();
        const expected = resources.filter((resource) => selects(filter, resource, texts)).map(idOf).sort();
        expect(answered, filterText).toEqual(expected);
        selected += expected.length;
        asked += resources.length;
      }
    });
    console.info(`${type}: ${runs[type]} filters over ${all.length} resources, FILTER_SEED=${seed}`);
    await fc.assert(property, { seed, numRuns: runs[type] });
    // A generator that selects nothing, or everything, would compare nothing.
    expect(selected / asked).toBeGreaterThan(0.15);
    expect(selected / asked).toBeLessThan(0.85);
  });
});

describe("RFC 7644 3.4.2.2: what a client sends is data", () => {
  const names = ["lit_eral", "litXeral", "lit%eral", "lit\\eral", "lit\\_eral", 'lit"eral', "lit'eral", "LITERAL"];
  let own: Specimen;
  let acme: Caller;
  let ids: Readonly<Record<string, string>>;
  beforeAll(async () => {
    own = await openSpecimen();
    ({ acme } = openEndpoint(own.prisma));
    const entries: [string, string][] = [];
    for (const name of names) entries.push([name, idOf(await made(acme, "/Users", user(name, { title: name })))]);
    ids = Object.fromEntries(entries);
  });
  afterAll(() => own.close());

  const selecting = async (filter: string): Promise<string[]> => {
    const found = (await acme.list("/Users?count=200", filter)).map(idOf);
    return names.filter((name) => found.includes(ids[name] ?? ""));
  };

  test.each([
    ['userName eq "lit_eral"', ["lit_eral"]],
    ['userName eq "LIT_ERAL"', ["lit_eral"]],
    ['userName eq "lit%eral"', ["lit%eral"]],
    ['userName eq "%"', []],
    ['userName co "%"', ["lit%eral"]],
    ['userName co "_"', ["lit_eral", "lit\\_eral"]],
    [String.raw`userName co "\\"`, ["lit\\eral", "lit\\_eral"]],
    [String.raw`userName co "\\_"`, ["lit\\_eral"]],
    [String.raw`userName eq "lit\\eral"`, ["lit\\eral"]],
    [String.raw`userName sw "lit\\"`, ["lit\\eral", "lit\\_eral"]],
    [String.raw`userName ew "\\eral"`, ["lit\\eral"]],
    [String.raw`userName eq "lit\"eral"`, ['lit"eral']],
    [String.raw`userName eq "lit\u005feral"`, ["lit_eral"]],
    ['userName co "\'"', ["lit'eral"]],
    ['userName eq "literal"', ["LITERAL"]],
    ['title sw "LIT%"', ["lit%eral"]],
    ['title ew "_ERAL"', ["lit_eral", "lit\\_eral"]],
  ])("%s", async (filter, expected) => {
    expect((await selecting(filter)).sort()).toEqual([...expected].sort());
  });

  test("ne and not hold where the attribute has no value, be it NULL or empty", async () => {
    const absent = idOf(await made(acme, "/Users", user("absent")));
    const empty = idOf(await made(acme, "/Users", user("empty")));
    await own.prisma.membership.update({ where: { id: empty }, data: { title: "" } });
    const all = (await acme.list("/Users?count=200")).length;
    for (const filter of ['title ne "lit_eral"', 'not (title eq "lit_eral")']) {
      const found = (await acme.list("/Users?count=200", filter)).map(idOf);
      expect(found).toEqual(expect.arrayContaining([absent, empty]));
      expect(found).not.toContain(ids["lit_eral"]);
      expect(found).toHaveLength(all - 1);
    }
    for (const filter of ["title eq null", "not (title pr)"]) expect((await acme.list("/Users?count=200", filter)).map(idOf)).toEqual(expect.arrayContaining([absent, empty]));
    for (const filter of ["title pr", "title ne null", 'title lt "zzz"', 'title le "zzz"', 'title co ""', 'not (title ne "x")']) {
      const found = (await acme.list("/Users?count=200", filter)).map(idOf);
      expect(found.filter((id) => id === absent || id === empty), filter).toEqual([]);
    }
  });

  test.each([
    'id co "0"', 'id gt "0"', 'manager.value co "0"', 'members.value sw "0"', 'active gt true', 'emails.primary lt true', "active co true", 'meta.created co "2026"', 'meta.created eq "2026-01-05"',
    "userName eq 5", 'meta.location eq "x"', 'meta.version pr', 'password eq "x"', 'nosuch eq "x"', 'groups.$ref eq "x"', 'members[display eq "x"]', 'name eq "x"', "userName eq null and", 'userName gt null', 'urn:nosuch:userName eq "x"',
    'not userName eq "x"', "userName eq x", 'emails[emails[value eq "x"]]', 'userName[value eq "x"]',
  ])("what cannot be answered is 400 invalidFilter, never an empty or a full answer: %s", async (filter) => {
    expectError(await acme.get(`${filter.startsWith("members") ? "/Groups" : "/Users"}?filter=${encodeURIComponent(filter)}`), 400, "invalidFilter");
  });

  test.each(['userName eq "a\\u0000b"', 'title co "\\u0000"', 'emails[value eq "\\u0000"]', 'id eq "\\u0000"'])("NUL, which no text column can hold, is never a 5xx: %s", async (filter) => {
    const answer = await acme.get(`/Users?filter=${encodeURIComponent(filter)}`);
    expect([200, 400], answer.text).toContain(answer.status);
    if (answer.status === 200) expect(objects(answer.body["Resources"])).toEqual([]);
  });
});

describe("product.md 7: look-ups are index scans", () => {
  test("userName eq, whatever the case of the literal", async () => {
    const own = await openSpecimen();
    const { acme } = openEndpoint(own.prisma);
    await own.prisma.$executeRaw`INSERT INTO "User" (id, email, "updatedAt") SELECT gen_random_uuid(), 'User' || n || '@Many.example', now() FROM generate_series(1, 20000) n`;
    await own.prisma.$executeRaw`INSERT INTO "Membership" (id, "orgId", "userId", "updatedAt") SELECT gen_random_uuid(), (SELECT id FROM "Organization" WHERE slug = 'acme'), id, now() FROM "User" WHERE email LIKE '%@Many.example'`;
    await own.prisma.$executeRaw`INSERT INTO "Email" (id, "membershipId", value) SELECT gen_random_uuid(), m.id, u.email FROM "Membership" m JOIN "User" u ON u.id = m."userId"`;
    await own.prisma.$executeRawUnsafe("ANALYZE");
    for (const [filter, index] of [
      ['userName eq "user777@many.example"', "User_email_lower_key"],
      ['userName eq "USER777@MANY.EXAMPLE"', "User_email_lower_key"],
      ['emails.value eq "user777@many.EXAMPLE"', "Email_value_lower_idx"],
      ['emails[value eq "User777@Many.example" and primary ne true]', "Email_value_lower_idx"],
      ['externalId eq "okta-ada"', "Membership_orgId_externalId_key"],
    ] as const) {
      const [first] = await own.statements.of(() => acme.list("/Users?attributes=id", filter));
      const plan = await own.prisma.$queryRawUnsafe<{ "QUERY PLAN": string }[]>(`EXPLAIN ${first?.sql ?? ""}`, ...(first?.values ?? []));
      const lines = plan.map((row) => row["QUERY PLAN"]).join("\n");
      expect(lines, `${filter}\n${lines}`).toContain(index);
      expect(lines, `${filter}\n${lines}`).not.toContain("Seq Scan");
      const found = await acme.list("/Users", filter);
      expect(found).toHaveLength(1);
      if (!filter.startsWith("externalId")) expect(text(found[0]?.["userName"])).toBe("User777@Many.example");
    }
    await own.close();
  });
});
