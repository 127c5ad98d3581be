import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { init } from "../../src/commands/init.js";
import { initProject } from "../../src/commands/init-project.js";
import type { InitProject } from "../../src/commands/init-project.js";
import { noMigrations } from "../../src/read/migrations.js";
import { schemaOf } from "./schema.js";

const fixtures = fileURLToPath(new URL("fixtures/", import.meta.url));
let root = "";

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "scim-gen-init-"));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

async function host(shape: string, files: Readonly<Record<string, string>>): Promise<void> {
  await copyFile(join(fixtures, shape, "schema.prisma"), join(root, "schema.prisma"));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

const read = (path: string): Promise<string> => readFile(join(root, path), "utf8");
const everything = async (): Promise<readonly string[]> => (await readdir(root, { recursive: true })).sort();

const nodenext = JSON.stringify({ compilerOptions: { module: "NodeNext", target: "ES2022" } });

test("writes the three files, imports what is there, and says what comes next", async () => {
  await host("specimen", {
    "package.json": '{ "type": "module", "dependencies": { "express": "^5" } }',
    "tsconfig.json": nodenext,
    "src/lib/database.ts": "export const db = new PrismaClient({ adapter });\n",
  });
  const result = await init({ cwd: root, yes: true });

  expect(result.exit).toBe(0);
  expect(result.stdout).toEqual(["created scim.config.ts", "created src/scim/index.ts", "created src/scim/rules.ts"]);
  expect(await read("scim.config.ts")).toBe(await readFile(join(fixtures, "specimen", "scim.config.ts"), "utf8"));
  expect(await read("src/scim/rules.ts")).toBe(await readFile(join(fixtures, "specimen", "rules.ts"), "utf8"));
  expect(await read("src/scim/index.ts")).toContain('import { db as prisma } from "../lib/database.js";\nimport { createScim } from "./generated/index.js";\n');
  const said = result.stderr?.join("\n");
  expect(said).toContain("User is Membership");
  expect(said).toContain('app.use("/scim/v2", scim.node);');
  expect(said).toContain("src/scim/generated/protocol/** linguist-generated");
  expect(said).toContain("npx scim-gen generate");
});

test("never writes over a file: what is there stays, and is said", async () => {
  await host("specimen", { "src/scim/rules.ts": "// mine\n", "scim.config.ts": "// mine too\n", ".gitattributes": "src/scim/generated/protocol/** linguist-generated\n" });
  const result = await init({ cwd: root, yes: true });

  expect(result.stdout).toEqual([
    "created src/scim/index.ts",
    "kept    scim.config.ts (it is there already)",
    "kept    src/scim/rules.ts (it is there already)",
  ]);
  expect([await read("src/scim/rules.ts"), await read("scim.config.ts")]).toEqual(["// mine\n", "// mine too\n"]);
  expect(result.stderr?.join("\n")).toContain("not your own scim.config.ts");
  expect(result.stderr?.join("\n")).not.toContain("linguist-generated");

  const again = await init({ cwd: root, yes: true });
  expect(again.json?.["created"]).toEqual([]);
});

test("without a terminal and without --yes: exit 2, nothing written, and what to type", async () => {
  await host("specimen", {});
  const result = await init({ cwd: root });

  expect(result.exit).toBe(2);
  expect(result.stderr?.join("\n")).toContain("npx scim-gen init --yes");
  expect(await everything()).toEqual(["schema.prisma"]);
});

test.each([
  [{ user: "Acount" }, '--user-model: The schema has no model "Acount". Did you mean "Account"?'],
  [{ group: "department" }, '--group-model: The schema has no model "department". Did you mean "Department"?'],
  [{ tenant: "compnyId" }, '--tenant: "compnyId" is neither a column nor a path of Account that can hold a tenant. Did you mean "companyId"?'],
  [{ removal: "softdelete" }, '--removal: This schema has no way of removal "softdelete". Did you mean "softDelete"?'],
  [{ removal: "burn" }, '--removal: This schema has no way of removal "burn". It takes: softDelete, delete, deactivate.'],
])("an answer that cannot be one: %j is exit 2, and nothing is written", async (choices, said) => {
  await host("decoys", {});
  const result = await init({ cwd: root, yes: true, choices });

  expect(result).toMatchObject({ exit: 2, stderr: [said] });
  expect(await everything()).toEqual(["schema.prisma"]);
});

test("answers by flags: another model of users, no tenant, other groups, another removal", async () => {
  await host("decoys", {});
  await init({ cwd: root, yes: true, choices: { user: "Customer", tenant: "none", group: "none", removal: "deactivate" } });

  const config = await read("scim.config.ts");
  expect(config).toContain("// guess: User is Customer, as you said: it has a unique email");
  expect(config).toContain('    model: "Customer",\n');
  expect(config).toContain("    tenant: null,\n");
  expect(config).toContain('    remove: "deactivate",\n');
  expect(config).not.toContain("Group: {");
});

test("a model that nobody would have guessed leads to its person; the tenant may be named by its model", async () => {
  await host("specimen", {});
  await init({ cwd: root, yes: true, choices: { user: "TeamMember", tenant: "Team" } });

  expect(await read("scim.config.ts")).toContain("// guess: User is TeamMember, as you said");
  expect(await read("scim.config.ts")).toContain('    tenant: "teamId",\n');
});

test("without a schema: exit 1 with the problem", async () => {
  const result = await init({ cwd: root, yes: true });

  expect([result.exit, result.problems?.map(({ code }) => code)]).toEqual([1, ["schema-not-found"]]);
  expect(await everything()).toEqual([]);
});

test("the files come in the host's own style", async () => {
  await host("flat-active", { "tsconfig.json": nodenext, ".prettierrc": '{ "semi": false, "singleQuote": true, "endOfLine": "crlf" }' });
  await init({ cwd: root, yes: true });

  expect(await read("scim/rules.ts")).toContain("import type { Hooks, Rules } from './generated/index.js'\r\n");
  expect(await read("scim.config.ts")).toContain("  User: {\r\n    model: 'User',\r\n");
});

test("where a folder cannot be made: exit 1 with the reason, and the rest stands", async () => {
  await host("flat-active", { scim: "a file where the folder should be" });
  const result = await init({ cwd: root, yes: true });

  expect([result.exit, result.problems?.map(({ code }) => code)]).toEqual([1, expect.arrayContaining(["output-not-writable"])]);
  expect(await everything()).toEqual(["schema.prisma", "scim", "scim.config.ts"]);
});

test("where the host has no src: beside it; a mapping in another folder: from there", async () => {
  await host("flat-active", {});
  await mkdir(join(root, "api"));
  await copyFile(join(root, "schema.prisma"), join(root, "api", "schema.prisma"));
  const result = await init({ cwd: root, yes: true, config: "api/scim.config.ts", schema: "api/schema.prisma" });

  expect(result.exit).toBe(0);
  expect(await everything()).toEqual(["api", "api/schema.prisma", "api/scim", "api/scim.config.ts", "api/scim/index.ts", "api/scim/rules.ts", "schema.prisma"]);
});

test("row level security in the migrations: the endpoint opens the host's own transaction", async () => {
  await host("row-security", { "migrations/1/migration.sql": await readFile(join(fixtures, "row-security/migrations/20250101000000_guard/migration.sql"), "utf8") });
  await init({ cwd: root, yes: true });

  expect(await read("scim/index.ts")).toContain("await tx.$executeRaw`SELECT set_config('app.customer_id', ${String(auth.tenant)}, true)`;");
  expect(await read("scim/index.ts")).not.toContain("db: prisma");
  expect(await read("scim.config.ts")).toContain('  transaction: "host",\n');
});

test.each([
  ["next", "export const PATCH = scim.fetch;"],
  ["hono", "scim.fetch(context.req.raw)"],
  ["fastify", "scope.removeAllContentTypeParsers();"],
  ["@nestjs/platform-express", 'app.use("/scim/v2", scim.node);'],
  ["elysia", "return scim.fetch(request);"],
  ["koa", "createServer("],
])("shows the lines for %s", async (dependency, line) => {
  await host("flat-active", { "package.json": JSON.stringify({ dependencies: { [dependency]: "1" } }) });

  expect((await init({ cwd: root, yes: true })).stderr?.join("\n")).toContain(line);
});

test("asks first at a terminal; no is no", async () => {
  await host("specimen", {});
  const asked: string[] = [];
  const project: InitProject = {
    root,
    schema: await schemaOf(await read("schema.prisma")),
    dialect: { importEnding: "", clientImport: "../../db/client", lineEnding: "\r\n", prettier: undefined },
    output: "src/scim/generated",
    config: "scim.config.ts",
    migrations: noMigrations,
    choices: {},
    person: {
      choose: () => Promise.resolve(undefined),
      confirm: (lines, question) => {
        asked.push(...lines, question);
        return Promise.resolve(asked.includes("yes"));
      },
    },
  };

  expect((await initProject(project)).stderr).toEqual(["Nothing was written."]);
  expect(await everything()).toEqual(["schema.prisma"]);
  expect(asked.at(-1)).toBe("Write scim.config.ts, src/scim/index.ts, src/scim/rules.ts?");

  asked.push("yes");
  expect((await initProject(project)).json?.["created"]).toHaveLength(3);
  expect(await read("scim.config.ts")).toContain('import type { Prisma } from "./src/db/client";\r\n');
  expect(await read("src/scim/index.ts")).not.toMatch(/[^\r]\n/);
});

test("what could not be guessed is said beside what was written", async () => {
  await host("unreached-tenant", {});
  const result = await init({ cwd: root, yes: true });

  expect(result.exit).toBe(0);
  expect(result.stderr?.join("\n")).toContain("MISSING, to be filled in before generate can run:\n  - User has no column that says which tenant (Organization)");
  expect(await read("scim.config.ts")).toContain("// MISSING tenant:");
});
