import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createJiti } from "jiti";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { indexText, mountText, rulesText } from "../../src/render/yours.js";
import type { Yours } from "../../src/render/yours.js";

const plain: Yours = {
  rules: [],
  tenant: { model: "Organization", type: "string" },
  guarded: undefined,
  ending: ".js",
  client: { module: "../db.js", name: "prisma" },
  likelyClient: "../prisma.js",
};

describe("src/scim/index.ts lets nobody in whom it does not know", () => {
  type Authenticate = (credentials: { header(name: string): string | undefined }) => unknown;
  let folder = "";

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "scim-gen-yours-"));
    await mkdir(join(folder, "scim", "generated"), { recursive: true });
    await writeFile(join(folder, "db.js"), "export const prisma = {};");
    await writeFile(join(folder, "scim", "rules.js"), "export const rules = {}; export const hooks = {};");
    await writeFile(join(folder, "scim", "generated", "index.js"), "export const createScim = (options) => options;");
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

  async function start(yours: Yours, tokens: string | undefined): Promise<(authorization: string | undefined) => unknown> {
    vi.stubEnv("SCIM_TOKENS", tokens);
    const file = join(folder, "scim", "index.ts");
    await writeFile(file, await indexText(yours));
    const { scim } = await createJiti(import.meta.url, { moduleCache: false, fsCache: false }).import<{ scim: { authenticate: Authenticate } }>(file);
    return (authorization) => scim.authenticate({ header: (name) => (name === "authorization" ? authorization : undefined) });
  }

  test.each([undefined, "", "  "])("with SCIM_TOKENS %j", async (tokens) => {
    const ask = await start(plain, tokens);
    for (const header of [undefined, "", "Bearer", "Bearer ", "Bearer undefined", "Bearer x", `Bearer ${sha256("")}`]) expect(ask(header)).toBeNull();
  });

  test("with tokens: each is its own tenant's, and two of one tenant are live at once", async () => {
    const ask = await start(plain, `acme:${sha256("one")} acme:${sha256("two").toUpperCase()}\n  urn:globex:${sha256("three")}`);
    expect(ask("Bearer one")).toEqual({ tenant: "acme", principal: `token ${sha256("one").slice(0, 8)}` });
    expect(ask("bearer   two")).toMatchObject({ tenant: "acme" });
    expect(ask("Bearer three")).toMatchObject({ tenant: "urn:globex" });
    for (const header of [undefined, "Bearer four", "one", "Basic one", "Bearer one two", `Bearer ${sha256("one")}`]) expect(ask(header)).toBeNull();
  });

  test.each(["acme", "acme:", `:${sha256("one")}`, `acme:${sha256("one").slice(1)}`, "acme:one-token"])("a SCIM_TOKENS of %j is refused at start, and not printed", async (tokens) => {
    await expect(start(plain, `${tokens} acme:${sha256("one")}`)).rejects.toThrow('SCIM_TOKENS: entry 1 is not "<organization id>:<SHA-256 in hex>".');
  });

  test.each([
    ["number", 42],
    ["bigint", 42n],
  ] as const)("the tenant of a %s column", async (type, tenant) => {
    const yours: Yours = { ...plain, tenant: { model: "companies", type } };
    expect((await start(yours, `42:${sha256("one")}`))("Bearer one")).toMatchObject({ tenant });
    await expect(start(yours, `x42:${sha256("one")}`)).rejects.toThrow("<company id>");
  });
});

test("src/scim/index.ts imports the host's client as the host exports it", async () => {
  expect(await indexText(plain)).toContain('import { prisma } from "../db.js";\n');
  expect(await indexText({ ...plain, client: { module: "../db", name: "orm" }, ending: "" })).toMatch(/import \{ orm as prisma \} from "\.\.\/db";\nimport .* from "\.\/generated\/index";\n/);
  expect(await indexText({ ...plain, client: { module: "../db.js", name: undefined } })).toContain('import prisma from "../db.js";\n');
  expect(await indexText({ ...plain, client: undefined })).toMatch(/\/\/ MISSING: .*\nimport \{ prisma \} from "\.\.\/prisma\.js";\n/);
});

test("src/scim/rules.ts has a function for each rule, and none that says yes by itself", async () => {
  const text = await rulesText({
    ...plain,
    rules: [
      { name: "mayLink", kind: "link", column: "" },
      { name: "memberBadge", kind: "open", column: "Member.badge" },
      { name: "memberPassword", kind: "password", column: "Member.password" },
      { name: "newMemberId", kind: "id", column: "Member.id" },
    ],
  });
  expect(text).toContain("  mayLink: () => false,\n");
  expect(text).toContain('    throw new Error("rules.ts does not say yet what Member.badge of a new row is.");\n');
  expect(text).toContain('  memberPassword: () => "!",\n');
  expect(text).toContain("  newMemberId: () => randomUUID(),\n");
  expect(await rulesText(plain)).toContain("export const rules: Rules = {};\n");
});

test.each(["node", "express", "hono", "next", "fastify", "fetch"] as const)("the lines that mount it: %s", async (mount) => {
  expect(await mountText(mount, "./src/scim/index.js")).toMatch(/^.*import \{ scim \} from "\.\/src\/scim\/index\.js";\n[\s\S]*\bscim\.(?:node|fetch)\b/m);
});
