/** Sorting, deep pages and cursors on the real database (RFC 7644 3.4.2.3, 3.4.2.4; RFC 9865). */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { acme } from "../../prisma/seed.js";
import { createScim } from "../../prisma/src/scim/generated/index.js";
import { openSpecimen } from "../postgres/specimen.js";
import type { Specimen } from "../postgres/specimen.js";
import { openEndpoint } from "./endpoint.js";

let specimen: Specimen;
beforeAll(async () => {
  specimen = await openSpecimen();
  const { prisma } = specimen;
  const people = Array.from({ length: 1_300 }, (_, index) => ({ email: `${index % 2 === 0 ? "U" : "u"}${String(index).padStart(4, "0")}@pages.example`, displayName: index % 7 === 0 ? null : `P${String(index % 13)}`, ownerId: acme }));
  const users = await prisma.user.createManyAndReturn({ data: people, select: { id: true, email: true } });
  await prisma.membership.createMany({ data: users.map(({ id }, index) => ({ orgId: acme, userId: id, title: index % 3 === 0 ? null : `T${String(index % 5)}` })) });
});
afterAll(() => specimen.close());

interface Listed {
  readonly totalResults: number;
  readonly nextCursor?: string;
  readonly previousCursor?: string;
  readonly Resources: readonly { readonly id: string; readonly userName: string; readonly active?: boolean; readonly title?: string; readonly displayName?: string; readonly meta: { readonly created: string } }[];
}

async function list(query: string): Promise<Listed> {
  const { status, body, text } = await openEndpoint(specimen.prisma, { cursorSecret: "0123456789abcdef0123456789abcdef" }).acme.get(`/Users?${query}`);
  expect(status, text).toBe(200);
  return body as unknown as Listed;
}

const pages = `filter=${encodeURIComponent('userName ew "@pages.example"')}`;

describe("sorting (RFC 7644 3.4.2.3)", () => {
  it.each([
    ["userName", (each: Listed["Resources"][number]) => each.userName.toLowerCase()],
    ["title", (each: Listed["Resources"][number]) => each.title],
    ["displayName", (each: Listed["Resources"][number]) => each.displayName],
    ["meta.created", (each: Listed["Resources"][number]) => each.meta.created],
    ["id", (each: Listed["Resources"][number]) => each.id],
  ] as const)("by %s, what is missing last and, turned round, first", async (sortBy, value) => {
    for (const sortOrder of ["ascending", "descending"]) {
      const { Resources } = await list(`${pages}&sortBy=${sortBy}&sortOrder=${sortOrder}&count=200`);
      const { Resources: rest } = await list(`${pages}&sortBy=${sortBy}&sortOrder=${sortOrder}&count=200&startIndex=1101`);
      const values = [...Resources, ...rest].map((each) => value(each));
      const ordered = [...values].sort((a, b) => (a === undefined || b === undefined ? Number(a === undefined) - Number(b === undefined) : a < b ? -1 : a > b ? 1 : 0));
      expect(values).toEqual(sortOrder === "ascending" ? ordered : ordered.reverse());
    }
  });

  it("by active: false before true, whatever stands for them in the column, and turned round", async () => {
    const inOrder = async (sortOrder: string): Promise<readonly unknown[]> => (await list(`filter=${encodeURIComponent('userName ew "@acme.example"')}&sortBy=active&sortOrder=${sortOrder}`)).Resources.map(({ active }) => active);
    expect(await inOrder("ascending")).toEqual([false, true, true, true, true]);
    expect(await inOrder("descending")).toEqual([true, true, true, true, false]);
  });

  it("of users and groups together, at the root, by what the database holds of each", async () => {
    const { acme: caller } = openEndpoint(specimen.prisma);
    const created = async (query: string): Promise<readonly unknown[]> => (await caller.list(`/?${query}`)).map((each) => each["userName"] ?? each["displayName"]);
    const filter = `filter=${encodeURIComponent('userName sw "ada" or userName sw "grace" or displayName sw "Eng" or displayName sw "Leads"')}`;
    expect(await created(`${filter}&sortBy=displayName&attributes=userName,displayName`)).toEqual(["ada@acme.example", "Engineering", "Leads", "grace@acme.example"]);
    expect(await created(`${filter}&sortBy=displayName&sortOrder=descending&attributes=userName&count=2&startIndex=3`)).toEqual([undefined, "ada@acme.example"]);
    expect(await created(`${filter}&sortBy=name.familyName&attributes=userName`)).toEqual(["grace@acme.example", "ada@acme.example", undefined, undefined]);
  });

  it("a text of several values in a table of its own cannot be sorted by, and says so", async () => {
    const { acme: caller } = openEndpoint(specimen.prisma);
    const answer = await caller.get("/Users?sortBy=emails");
    expect([answer.status, answer.body]).toMatchObject([400, { scimType: "invalidValue" }]);
  });
});

describe("pages far behind (RFC 7644 3.4.2.4)", () => {
  it("hold the rows that a walk from the first page holds", async () => {
    const walked: string[] = [];
    for (let startIndex = 1; startIndex <= 1_300; startIndex += 200) walked.push(...(await list(`${pages}&startIndex=${startIndex}&count=200`)).Resources.map(({ id }) => id));
    expect(new Set(walked).size).toBe(1_300);
    for (const startIndex of [1_000, 1_001, 1_002, 1_250]) {
      const { Resources, totalResults } = await list(`${pages}&startIndex=${startIndex}&count=50`);
      expect(Resources.map(({ id }) => id)).toEqual(walked.slice(startIndex - 1, startIndex + 49));
      expect(totalResults).toBe(1_300);
    }
  });

  it("read ids first, so that no column of a skipped row is read", async () => {
    specimen.statements.clear();
    await list(`${pages}&startIndex=1201&count=10&attributes=title`);
    expect(specimen.statements.all.filter(({ sql }) => sql.includes("OFFSET")).map(({ sql }) => /^SELECT (.*?) FROM/.exec(sql)?.[1]?.includes("title"))).toContain(false);
  });
});

describe("pages by cursor (RFC 9865)", () => {
  it.each(["", "&sortBy=title", "&sortBy=userName&sortOrder=descending"])("walk every row once%s, and need no count behind the first page", async (sort) => {
    const seen: string[] = [];
    let cursor: string | undefined = "";
    while (cursor !== undefined) {
      specimen.statements.clear();
      const page: Listed = await list(`${pages}${sort}&count=150&cursor=${cursor}&attributes=userName`);
      if (seen.length > 0 && sort === "") expect(specimen.statements.all.some(({ sql }) => sql.includes("COUNT("))).toBe(false);
      expect(page.totalResults).toBe(1_300);
      seen.push(...page.Resources.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect([seen.length, new Set(seen).size]).toEqual([1_300, 1_300]);
  });

  it.each(["", "&sortBy=title"])("walk back over the pages that they came by%s", async (sort) => {
    const at = (cursor: string): Promise<Listed> => list(`${pages}${sort}&count=400&attributes=userName&cursor=${cursor}`);
    const walked: Listed[] = [];
    for (let cursor: string | undefined = ""; cursor !== undefined; cursor = walked.at(-1)?.nextCursor) walked.push(await at(cursor));
    const back: Listed[] = [];
    for (let cursor = walked.at(-1)?.previousCursor; cursor !== undefined; cursor = back[0]?.previousCursor) back.unshift(await at(cursor));
    const ids = (each: Listed): readonly string[] => each.Resources.map(({ id }) => id);
    expect(back.map(ids)).toEqual(walked.slice(0, -1).map(ids));
  });

  it("neither lose nor repeat a row while rows before and behind come and go", async () => {
    const { prisma } = specimen;
    const seen: string[] = [];
    let cursor: string | undefined = "";
    const before = (await prisma.membership.findMany({ where: { orgId: acme, user: { email: { endsWith: "@pages.example" } } }, select: { id: true }, orderBy: { id: "asc" } })).map(({ id }) => id);
    const gone = [before[3] ?? "", before[500] ?? "", before[1_299] ?? ""];
    let turn = 0;
    while (cursor !== undefined) {
      const page: Listed = await list(`${pages}&count=100&cursor=${cursor}`);
      seen.push(...page.Resources.map(({ id }) => id));
      cursor = page.nextCursor;
      const id = gone[turn++];
      if (id !== undefined) await prisma.membership.delete({ where: { id } });
    }
    const stayed = before.filter((id) => !gone.includes(id));
    expect(new Set(seen).size).toBe(seen.length);
    expect(stayed.filter((id) => !seen.includes(id))).toEqual([]);
  });
});

it("a host that gives a secret too short for one is told so at start", () => {
  expect(() => createScim({ db: specimen.prisma, baseUrl: "https://app.example/scim/v2", cursorSecret: "short", rules: { mayLink: () => false }, authenticate: () => null } as unknown as Parameters<typeof createScim>[0])).toThrow(/32 bytes/);
});
