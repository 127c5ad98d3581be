import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { cleaning, linkPackage, makeHost, mapping, plainHost, schema, scimGen, tree, write } from "./host.js";

cleaning();

const output = "src/scim/generated";
const user = `${output}/user.ts`;

// Loading the tools takes its time where other tests run beside; it is no part of what is tested here.
beforeAll(async () => {
  await scimGen(await makeHost(), "generate");
}, 60_000);

async function generated(): Promise<string> {
  const host = await makeHost();
  expect((await scimGen(host, "generate")).exit).toBe(0);
  return host;
}

describe("generate", () => {
  it("writes the provider, tells which files, and needs no client", async () => {
    const host = await makeHost();
    const { exit, stdout, stderr } = await scimGen(host, "generate");
    expect(exit).toBe(0);
    expect(stdout).toContain(`create  ${user}\n`);
    expect(stderr).toContain("note client-not-found");
    expect(stderr).toMatch(/\d+ created\.\n$/);
    expect(await readFile(join(host, user), "utf8")).toContain("from schema.prisma and scim.config.ts".replace("schema.prisma", "prisma/schema.prisma"));
  });

  it("writes the same bytes whatever the order of keys and models, and in any folder", async () => {
    const one = await generated();
    const blocks = schema.split(/\n\n(?=model )/);
    const [head = "", ...models] = blocks;
    const two = await makeHost({
      ...plainHost,
      "prisma/schema.prisma": [head, ...models.reverse()].join("\n\n"),
      "scim.config.ts": mapping.replace('      userName: "email",\n      active: "enabled",\n', '      active: "enabled",\n      userName: "email",\n'),
    });
    expect((await scimGen(two, "generate")).exit).toBe(0);
    const [a, b] = await Promise.all([tree(join(one, output)), tree(join(two, output))]);
    const lock = "scim-gen.lock.json";
    expect({ ...b, [lock]: "" }).toEqual({ ...a, [lock]: "" });
  });

  it("changes nothing the second time, not even a file's date", async () => {
    const host = await generated();
    const before = await stat(join(host, user));
    const lock = await readFile(join(host, output, "scim-gen.lock.json"), "utf8");
    expect(await scimGen(host, "generate")).toMatchObject({ exit: 0, stdout: "", stderr: "Nothing changed.\n" });
    // With a comment in the mapping the long way is gone, and ends the same but for the lock file.
    await writeFile(join(host, "scim.config.ts"), `// hello\n${mapping}`);
    expect(await scimGen(host, "generate")).toMatchObject({ exit: 0, stdout: "", stderr: expect.stringContaining("Nothing changed but the lock file.") as string });
    expect((await stat(join(host, user))).mtimeMs).toBe(before.mtimeMs);
    expect(await readFile(join(host, output, "scim-gen.lock.json"), "utf8")).not.toBe(lock);
    expect(await scimGen(host, "generate")).toMatchObject({ stderr: "Nothing changed.\n" });
  });

  it.each([
    ["the schema", { "prisma/schema.prisma": schema.replace("title     String?", "title     String? @map(\"t\")\n  more      String?") }],
    ["the tsconfig", { "tsconfig.json": '{ "compilerOptions": { "module": "commonjs" } }' }],
    ["prettier's settings", { ".prettierrc": "tabWidth: 8\n" }],
    ["the place of the schema", { "prisma.config.ts": 'export default { schema: "prisma/schema.prisma" };\n' }],
    ["package.json's word on it", { "package.json": '{ "prisma": { "schema": "prisma/schema.prisma" } }' }],
    ["the installed Prisma", { "node_modules/prisma/package.json": '{ "version": "8.0.0" }' }],
  ])("looks again when %s has changed", async (_, files) => {
    const host = await generated();
    await write(host, files);
    expect((await scimGen(host, "generate")).stderr).not.toBe("Nothing changed.\n");
  });

  it("shows what it would do, and does nothing", async () => {
    const host = await makeHost();
    const dry = await scimGen(host, "generate", "--dry-run");
    expect(dry).toMatchObject({ exit: 0, stdout: expect.stringContaining(`create  ${user}\n`) as string });
    const shown = await scimGen(host, "generate", "--diff");
    expect(shown.stdout).toContain(`--- /dev/null\n+++ b/${user}\n`);
    expect(Object.keys(await tree(host))).toEqual(Object.keys(plainHost).sort());
  });

  it("speaks JSON", async () => {
    const host = await makeHost();
    const { stdout } = await scimGen(host, "generate", "--dry-run", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ changes: expect.arrayContaining([{ file: user, change: "create" }]) as unknown[], problems: expect.arrayContaining([expect.objectContaining({ code: "client-not-found", severity: "note" })]) as unknown[] });
  });

  it.each(["generate", "check"])("tells problems as JSON too: %s", async (command) => {
    const host = await makeHost({ ...plainHost, "scim.config.ts": mapping.replace('title: "title"', 'title: "titel"') });
    const { exit, stdout } = await scimGen(host, command, "--json");
    expect(exit).not.toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      problems: expect.arrayContaining([expect.objectContaining({
        code: "unknown-field", severity: "error", message: 'The model User has no field "titel".', remedy: 'did you mean "title"?',
        at: { file: join(host, "scim.config.ts"), line: 11, column: 14, text: '      title: "titel",' },
        schemaAt: { file: join(host, "prisma/schema.prisma"), line: 16, column: 1, text: "model User {" },
      })]) as unknown[],
    });
  });

  it("uses the host's prettier, and formats only what changed", async () => {
    const host = await makeHost({ ...plainHost, ".prettierrc": "semi: false\nsingleQuote: true\n" });
    await scimGen(host, "generate");
    const text = await readFile(join(host, user), "utf8");
    expect(text).toMatch(/import type \{ Prisma \} from '\.\.\/\.\.\/db\/client\.ts'\n/);
    await writeFile(join(host, "scim.config.ts"), `// hello\n${mapping}`);
    expect(await scimGen(host, "generate")).toMatchObject({ exit: 0, stdout: "" });
  }, 60_000);

  it("takes --config, --schema and an output of the mapping's own", async () => {
    const host = await makeHost({ "db/mine.prisma": schema, "conf/my.ts": mapping.replace("({\n", '({\n  output: "../out/scim",\n') });
    const run = await scimGen(host, "generate", "--config", "conf/my.ts", "--schema", "db/mine.prisma");
    expect(run).toMatchObject({ exit: 0, stdout: expect.stringContaining("create  out/scim/user.ts") as string });
    expect(await scimGen(host, "generate", "--config", "conf/my.ts", "--schema", "db/mine.prisma")).toMatchObject({ stderr: "Nothing changed.\n" });
  });

  it("serves several mappings of one file", async () => {
    const config = (folder: string): string => `{ User: { model: "User", tenant: "orgId", attributes: { userName: "email" } }, output: "${folder}" }`;
    const host = await makeHost({ ...plainHost, "scim.config.ts": `export default [${config("a")}, ${config("b")}];\n` });
    expect((await scimGen(host, "generate")).stdout).toMatch(/create {2}a\/user\.ts[\s\S]*create {2}b\/user\.ts/);
    expect(await scimGen(host, "generate")).toMatchObject({ stderr: "Nothing changed.\n" });
    await rm(join(host, "b/user.ts"));
    expect((await scimGen(host, "generate")).stdout).toBe("create  b/user.ts\n");
  });

  it("stops all mappings of a file for a problem, or an edit, of one", async () => {
    const config = (folder: string, column: string): string => `{ User: { model: "User", tenant: "orgId", attributes: { userName: "email", title: "${column}" } }, output: "${folder}" }`;
    const both = (column: string): string => `export default [${config("a", "title")}, ${config("b", column)}];\n`;
    const host = await makeHost({ ...plainHost, "scim.config.ts": both("titel") });
    expect(await scimGen(host, "generate")).toMatchObject({ exit: 1, stdout: "", stderr: expect.stringContaining("unknown-field") as string });
    expect(Object.keys(await tree(host)).filter((path) => /^[ab]\//.test(path))).toEqual([]);
    await write(host, { "scim.config.ts": both("title") });
    expect((await scimGen(host, "generate")).exit).toBe(0);
    expect((await scimGen(host, "check")).exit).toBe(0);
    const [a, b] = [await tree(join(host, "a")), await tree(join(host, "b"))];
    expect({ ...b, "scim-gen.lock.json": "" }).toEqual({ ...a, "scim-gen.lock.json": "" });
    await write(host, { "b/user.ts": `${b["user.ts"] ?? ""}// mine\n`, "scim.config.ts": both("title").replaceAll('title: "title"', 'nickName: "title"') });
    expect(await scimGen(host, "generate")).toMatchObject({ exit: 1, stderr: expect.stringContaining("b/user.ts") as string });
    expect(await tree(join(host, "a"))).toEqual(a);
    expect((await scimGen(host, "check")).exit).toBe(1);
    expect((await scimGen(host, "generate", "--overwrite", "b/user.ts")).exit).toBe(0);
    expect((await scimGen(host, "check")).exit).toBe(0);
  });

  it("imports the client from the package that the mapping names", async () => {
    const host = await makeHost({ ...plainHost, "scim.config.ts": mapping.replace("({\n", '({\n  client: "@example/data",\n') });
    // Where a package is, only the host's compiler knows.
    expect(await scimGen(host, "generate")).toMatchObject({ exit: 0, stderr: expect.not.stringContaining("client-not-found") as string });
    const files = await tree(join(host, output));
    expect(files["user.ts"]).toContain('import type { Prisma } from "@example/data";');
    expect(Object.entries(files).filter(([path, text]) => path.endsWith(".ts") && text.includes("src/db")).map(([path]) => path)).toEqual([]);
    expect((await scimGen(host, "check")).exit).toBe(0);
  });
});

describe("a file edited by hand", () => {
  it("stops everything, shows the edit, and every way out", async () => {
    const host = await generated();
    const edited = (await readFile(join(host, user), "utf8")).replace("import type", "// mine\nimport type");
    await writeFile(join(host, user), edited);
    await writeFile(join(host, "scim.config.ts"), mapping.replace('      title: "title",\n', ""));
    const before = await tree(host);
    const { exit, stdout, stderr } = await scimGen(host, "generate");
    expect(exit).toBe(1);
    expect(stdout).toContain(`--- a/${user}\n`);
    expect(stdout).toContain("-// mine");
    expect(stderr).toMatch(/user\.ts:\d+:1 {2}error edited-by-hand/);
    for (const way of ["rules.ts", 'owned: ["user.ts"]', `npx scim-gen generate --overwrite ${user}`]) expect(stderr).toContain(way);
    expect(await tree(host)).toEqual(before);
  });

  it.each([user, "user.ts"])("is given up by --overwrite %s", async (name) => {
    const host = await generated();
    const text = await readFile(join(host, user), "utf8");
    await writeFile(join(host, user), `${text}export {};\n`);
    expect(await scimGen(host, "generate", "--overwrite", name)).toMatchObject({ exit: 0, stdout: `update  ${user}\n` });
    expect(await readFile(join(host, user), "utf8")).toBe(text);
  });

  it("must be named rightly", async () => {
    const host = await generated();
    await writeFile(join(host, user), "export {};\n");
    expect(await scimGen(host, "generate", "--overwrite", `${output}/usr.ts`)).toMatchObject({ exit: 2, stderr: `--overwrite: ${output}/usr.ts is not a generated file. Did you mean ${user}?\n` });
  });

  it("may be owned", async () => {
    const host = await generated();
    await writeFile(join(host, user), "export {};\n");
    await writeFile(join(host, "scim.config.ts"), mapping.replace("({\n", '({\n  owned: ["user.ts"],\n'));
    expect(await scimGen(host, "generate")).toMatchObject({ exit: 0, stdout: "" });
    expect(await readFile(join(host, user), "utf8")).toBe("export {};\n");
    expect(await scimGen(host, "check")).toMatchObject({ exit: 0, stderr: expect.stringContaining(`owned  ${user}\n`) as string });
  });
});

describe("check", () => {
  it("is fine with what generate wrote", async () => {
    expect(await scimGen(await generated(), "check")).toMatchObject({ exit: 0, stdout: "", stderr: expect.stringContaining("is what schema and mapping say") as string });
  });

  it("is red before the first generate", async () => {
    expect(await scimGen(await makeHost(), "check")).toMatchObject({ exit: 1, stderr: expect.stringContaining("error out-of-date") as string });
  });

  it("is red when the mapping has moved on, and writes nothing", async () => {
    const host = await generated();
    await writeFile(join(host, "scim.config.ts"), mapping.replace('      title: "title",\n', ""));
    const before = await tree(host);
    const { exit, stdout, stderr } = await scimGen(host, "check");
    expect(exit).toBe(1);
    expect(stdout).toContain(`update  ${user}\n`);
    expect(stderr).toContain("error out-of-date");
    expect((await scimGen(host, "check", "--diff")).stdout).toContain(`+++ b/${user}\n`);
    expect(await tree(host)).toEqual(before);
  });

  it("is red when somebody edited a file, whatever the lock file says", async () => {
    const host = await generated();
    await writeFile(join(host, user), "export {};\n");
    expect(await scimGen(host, "check")).toMatchObject({ exit: 1, stdout: `edited  ${user}\n`, stderr: expect.stringContaining("error edited-by-hand") as string });
  });

  it("is red when another version generated the code", async () => {
    const host = await generated();
    const lock = join(host, output, "scim-gen.lock.json");
    await writeFile(lock, (await readFile(lock, "utf8")).replace(/"version": "[^"]+"/, '"version": "0.0.1"'));
    expect(await scimGen(host, "check")).toMatchObject({ exit: 1, stderr: expect.stringContaining("generated by scim-gen 0.0.1") as string });
  });

  it("is fine in a checkout with other line endings, and after a comment in the schema", async () => {
    const host = await generated();
    for (const [path, text] of Object.entries(await tree(join(host, output)))) await writeFile(join(host, output, path), text.replaceAll("\n", "\r\n"));
    await writeFile(join(host, "prisma/schema.prisma"), `// hello\n${schema}`);
    expect((await scimGen(host, "check")).exit).toBe(0);
  });
});

describe("problems are told, and nothing is written", () => {
  it.each([
    ["no mapping", { "prisma/schema.prisma": schema }, "error config-missing", "npx scim-gen init"],
    ["no schema", { "scim.config.ts": mapping }, "error schema-not-found", "--schema"],
    ["a broken schema", { ...plainHost, "prisma/schema.prisma": schema.replace("title     String?", "title     Strin?") }, "prisma/schema.prisma:19:13  error schema-invalid", "  title     Strin?"],
    ["a throwing mapping", { ...plainHost, "scim.config.ts": "const a = 1;\nthrow new Error(`no ${a}`);\n" }, "scim.config.ts:2:7  error config-throws", "no 1"],
    ["an import of the client", { ...plainHost, "scim.config.ts": mapping.replace("import type", "import").replace("attributes: {", "create: { a: Prisma.x }, attributes: {") }, "scim.config.ts:2:1  error config-imports-client", "import type"],
    ["Prisma 6", { ...plainHost, "node_modules/prisma/package.json": '{ "version": "6.1.0" }' }, "error unsupported-prisma", "npm i -D prisma@"],
    ["Prisma 8", { ...plainHost, "node_modules/@prisma/client/package.json": '{ "version": "8.0.0-rc.1" }' }, "error unsupported-prisma", "8.0.0-rc.1"],
    ["a file where the output folder is due", { ...plainHost, "src/scim": "mine" }, "error output-not-writable", "Nothing was changed"],
    ["another tool's lock file", { ...plainHost, [`${output}/scim-gen.lock.json`]: "{}" }, "error output-not-ours", "output:"],
    ["a column that is gone", { ...plainHost, "prisma/schema.prisma": schema.replace("title     String?", "titel     String?") }, "scim.config.ts:11:14  error unknown-field", '11 |       title: "title",'],
  ])("%s", async (_, files, first, also) => {
    const host = await makeHost(files);
    const { exit, stdout, stderr } = await scimGen(host, "generate");
    expect(exit).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain(first);
    expect(stderr).toContain(also);
    expect(await tree(host)).toEqual(files);
    expect((await scimGen(host, "check")).exit).toBe(1);
  }, 30_000);

  it("but for a variable that is missing, which is no more than a note", async () => {
    const host = await makeHost({
      "prisma/schema.prisma": schema,
      "scim.config.ts": mapping,
      "prisma.config.ts": 'import { defineConfig, env } from "prisma/config";\nexport default defineConfig({ schema: "db/" + "my.prisma", datasource: { url: env("SCIM_GEN_NO_SUCH_URL") } });\n',
    });
    await linkPackage(host, "prisma");
    const { exit, stderr } = await scimGen(host, "generate");
    expect(stderr).toContain("prisma.config.ts:1:1  note prisma-config-unread");
    expect(exit).toBe(0);
  });

  it("nor a tsconfig that cannot be read, which is a warning", async () => {
    const { exit, stderr } = await scimGen(await makeHost({ ...plainHost, "tsconfig.json": "{ broken" }), "generate");
    expect(stderr).toContain("warning tsconfig-unreadable");
    expect(exit).toBe(0);
  });
});

describe("wrong use", () => {
  it.each([
    [["genrate"], "Did you mean generate?"],
    [["generate", "--dryrun"], "Did you mean --dry-run?"],
    [["check", "extra"], "too many arguments"],
  ])("%j", async (args, message) => {
    const { exit, stdout, stderr } = await scimGen(await makeHost({}), ...args);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
    expect(stderr).toContain(message);
  });
});
