import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { defaultOutput, endingFor, readDialect, readEnding } from "../../src/read/host.js";
import type { DialectRequest } from "../../src/read/host.js";
import type { PrismaClientGenerator } from "../../src/read/prisma.js";
import { cleaning, makeHost, write } from "../cli/host.js";

cleaning();

const generator = (root: string, output: string | undefined, more: Partial<PrismaClientGenerator> = {}): PrismaClientGenerator => ({
  name: "client",
  provider: "prisma-client",
  output: output === undefined ? undefined : join(root, output),
  fileExtension: undefined,
  importFileExtension: undefined,
  moduleFormat: undefined,
  ...more,
});

async function dialectOf(files: Readonly<Record<string, string>>, request: (root: string) => Partial<DialectRequest>): ReturnType<typeof readDialect> {
  const root = await makeHost(files);
  return readDialect({ root, output: join(root, "src/scim/generated"), clients: [generator(root, "src/db")], client: undefined, imports: undefined, ...request(root) });
}

const nodenext = '{ "compilerOptions": { "module": "NodeNext" } }';

describe("import endings follow Prisma's rule", () => {
  it.each([
    [{ module: "NodeNext" }, ".js"],
    [{ module: "nodenext", moduleResolution: "nodenext" }, ".js"],
    [{ module: "ESNext", moduleResolution: "bundler" }, ""],
    [{ module: "Preserve" }, ""],
    [{ module: "CommonJS" }, ""],
    [{ module: "NodeNext", allowImportingTsExtensions: true }, ".ts"],
    [{ module: "NodeNext", rewriteRelativeImportExtensions: true }, ".ts"],
  ] as const)("%j: %j", (options, wanted) => {
    expect(endingFor(options)).toBe(wanted);
  });

  it.each([
    ["none", {}, ".ts"],
    ["with comments and extends", { "tsconfig.json": '{ // mine\n "extends": "./base.json", }', "base.json": '{ "compilerOptions": { "moduleResolution": "Bundler" } }' }, ""],
    ["of a solution", { "tsconfig.json": '{ "files": [], "references": [{ "path": "./a.json" }, { "path": "./app" }] }', "a.json": "{}", "app/tsconfig.json": nodenext }, ".js"],
    ["nearest to the output", { "tsconfig.json": nodenext, "src/tsconfig.json": '{ "compilerOptions": { "module": "commonjs" } }' }, ""],
  ])("tsconfig: %s", async (_, files, wanted) => {
    const root = await makeHost(files);
    expect(await readEnding(join(root, "src/scim/generated"))).toEqual({ ending: wanted });
  });

  it.each([
    ["broken", '{ "compilerOptions": '],
    ["extending what is not there", '{ "extends": "./gone.json" }'],
  ])("tsconfig: %s", async (_, text) => {
    const { dialect, problems } = await dialectOf({ "tsconfig.json": text, "src/db/client.ts": "" }, () => ({}));
    expect(problems).toMatchObject([{ code: "tsconfig-unreadable", severity: "warning", remedy: expect.stringContaining("imports") as string }]);
    expect(dialect.importEnding).toBe(".js");
    expect((await dialectOf({ "tsconfig.json": text, "src/db/client.ts": "" }, () => ({ imports: "" }))).problems).toEqual([]);
  });
});

describe("the client", () => {
  it.each([
    ["TypeScript in the host", "src/db", {}, "../../db/client.js"],
    ["at a place outside of src", "generated/prisma", {}, "../../../generated/prisma/client.js"],
    ["with an ending of its own", "src/db", { fileExtension: "mts" }, "../../db/client.mjs"],
    ["with endings that Prisma was told", "src/db", { importFileExtension: "ts" }, "../../db/client.ts"],
    ["in packages", "node_modules/@acme/db", {}, "@acme/db/client.js"],
    ["of the old generator", undefined, { provider: "prisma-client-js" }, "@prisma/client"],
    ["of the old generator, in the host", "src/db", { provider: "prisma-client-js" }, "../../db/index.js"],
  ] as const)("%s", async (_, output, more, wanted) => {
    const { dialect } = await dialectOf({ "tsconfig.json": nodenext }, (root) => ({ clients: [generator(root, output, more)] }));
    expect(dialect.clientImport).toBe(wanted.replace("@acme/db/client.js", "@acme/db"));
  });

  it.each([
    ["@example/data", "@example/data"],
    ["./src/db/client", "../../db/client.js"],
    ["./src/db/client.ts", "../../db/client.js"],
    ["@example/data", "@example/data"],
    ["@example/data/client", "@example/data/client"],
  ])("named %s", async (client, wanted) => {
    expect((await dialectOf({ "tsconfig.json": nodenext }, () => ({ client }))).dialect.clientImport).toBe(wanted);
  });

  it("need not be generated yet", async () => {
    expect((await dialectOf({ "tsconfig.json": nodenext }, () => ({}))).problems).toMatchObject([{ code: "client-not-found", severity: "note" }]);
    expect((await dialectOf({ "tsconfig.json": nodenext, "src/db/client.ts": "" }, () => ({}))).problems).toEqual([]);
  });
});

describe("prettier", () => {
  it("is left alone where the host has none", async () => {
    expect((await dialectOf({ "tsconfig.json": nodenext }, () => ({}))).dialect).toMatchObject({ prettier: undefined, lineEnding: "\n" });
  });

  it.each([
    ["a file", { ".prettierrc": "semi: false\nendOfLine: crlf\n" }],
    ["package.json", { "package.json": '{ "prettier": { "semi": false, "endOfLine": "crlf" } }' }],
    ["code", { "prettier.config.mjs": 'export default { semi: false, endOfLine: "crlf" };\n' }],
  ])("has settings in %s", async (_, files) => {
    expect((await dialectOf(files, () => ({}))).dialect).toMatchObject({ prettier: { ts: { semi: false } }, lineEnding: "\r\n" });
  });

  it("has overrides by kind of file", async () => {
    const { dialect } = await dialectOf({ ".prettierrc.json": '{ "tabWidth": 4, "overrides": [{ "files": "*.md", "options": { "tabWidth": 2 } }] }' }, () => ({}));
    expect(dialect.prettier).toMatchObject({ ts: { tabWidth: 4 }, md: { tabWidth: 2 } });
  });

  it("may be broken, and then is done without", async () => {
    const { dialect, problems } = await dialectOf({ ".prettierrc.json": "{ broken", "src/db/client.ts": "" }, () => ({}));
    expect(dialect.prettier).toBeUndefined();
    expect(problems).toMatchObject([{ code: "prettier-failed", severity: "warning" }]);
  });
});

it("generates into src where there is one", async () => {
  const root = await makeHost({});
  expect(defaultOutput(root)).toBe("scim/generated");
  await write(root, { "src/main.ts": "" });
  expect(defaultOutput(root)).toBe("src/scim/generated");
});
