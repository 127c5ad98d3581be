import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findConfig, loadConfig } from "../../src/read/config.js";
import type { ConfigRead } from "../../src/read/config.js";
import { locate, locator } from "../../src/read/locate.js";
import { cleaning, makeHost, mapping, plainHost } from "../cli/host.js";

cleaning();

async function load(files: Readonly<Record<string, string>>, name = "scim.config.ts"): Promise<ConfigRead & { readonly root: string }> {
  const root = await makeHost(files);
  return { root, ...(await loadConfig(join(root, name), [join(root, "src/db")])) };
}

const wrapped = (body: string): string => `import { defineConfig, rule, now } from "scim-gen";\nexport default defineConfig()(${body});\n`;

describe("a mapping file", () => {
  it("loads with neither client nor package installed", async () => {
    const { config, problems, root } = await load(plainHost);
    expect(problems).toEqual([]);
    expect(config).toMatchObject({ root, name: "scim.config.ts", isList: false, files: [join(root, "scim.config.ts")] });
    expect(config?.providers).toMatchObject([{ path: [], output: "src/scim/generated", config: { User: { model: "User" } } }]);
  });

  it.each(["scim.config.mts", "scim.config.js", "scim.config.mjs"])("may be called %s", async (name) => {
    const { config, problems, root } = await load({ [name]: wrapped('{ User: { model: "A", create: { id: rule("x"), at: now() } } }') }, name);
    expect(problems).toEqual([]);
    expect(config?.providers[0]?.config.User.create).toEqual({ id: { $: "rule", name: "x" }, at: { $: "now" } });
    expect(findConfig(root, undefined)).toBe(join(root, name));
  });

  it("generates below the root where there is no src", async () => {
    expect((await load({ "scim.config.ts": mapping })).config?.providers[0]?.output).toBe("scim/generated");
  });

  it("may import data of the host's own, which counts as input", async () => {
    const { config, root } = await load({
      "scim.config.ts": 'import { defineConfig } from "scim-gen";\nimport { model } from "./lib/names.js";\nimport type { Gone } from "./gone";\nexport default defineConfig()({ User: { model } as Gone });\n',
      "lib/names.ts": 'export { model } from "./deep";\n',
      "lib/deep/index.ts": 'export const model = "Person";\n',
    });
    expect(config?.providers[0]?.config.User.model).toBe("Person");
    expect(config?.files).toEqual(["lib/deep/index.ts", "lib/names.ts", "scim.config.ts"].map((path) => join(root, path)));
  });

  it("may hold several mappings", async () => {
    const { config } = await load({ "scim.config.ts": 'export default [{ User: {}, output: "./a" }, { User: {}, output: "b/../c" }];\n' });
    expect(config).toMatchObject({ isList: true, providers: [{ path: [0], output: "a" }, { path: [1], output: "c" }] });
  });
});

describe("a mapping file that is none", () => {
  it.each([
    ["a value import of the client", 'import { Prisma } from "./src/db/client.js";\nexport default { User: {}, x: Prisma };\n', 1, 1],
    ["one of the package", 'const a = 1;\nimport { Prisma } from "@prisma/client";\nexport default { User: {}, x: Prisma, a };\n', 2, 1],
    ["a require of it", 'const a = 1;\nconst { Prisma } = require("./src/db/client");\nexport default { User: {}, x: Prisma, a };\n', 2, 1],
  ])("imports the client: %s", async (_, text, line, column) => {
    const { problems, config, root } = await load({ "scim.config.ts": text, "src/db/client.ts": 'throw new Error("loaded");\n' });
    expect(config).toBeUndefined();
    expect(problems).toMatchObject([{ code: "config-imports-client", at: { file: join(root, "scim.config.ts"), line, column }, remedy: expect.stringContaining("import type") as string }]);
  });

  it("imports the client by way of another file", async () => {
    const { problems, root } = await load({ "scim.config.ts": 'import { x } from "./x";\nexport default { User: x };\n', "x.ts": '\nexport { Prisma as x } from "./src/db/client";\n' });
    expect(problems).toMatchObject([{ code: "config-imports-client", at: { file: join(root, "x.ts"), line: 2 } }]);
  });

  it.each([
    ["an error of its own", "const a = 1;\n\nexport default (() => {\n  throw new Error(`boom ${a}`);\n})();\n", 4, "boom 1"],
    ["a syntax error", "export default {\n  User: ,\n};\n", 2, "Unexpected token"],
    ["a missing file", 'const a = 1;\nimport { x } from "./nowhere";\nexport default { User: x, a };\n', 2, "Cannot find module './nowhere'"],
    ["a missing package", 'import { x } from "no-such-package-here";\nexport default { User: x };\n', 1, "no-such-package-here"],
  ])("throws: %s", async (_, text, line, message) => {
    const { problems, root } = await load({ "scim.config.ts": text });
    expect(problems).toMatchObject([{ code: "config-throws", message: expect.stringContaining(message) as string, at: { file: join(root, "scim.config.ts"), line } }]);
  });

  it("throws in a file that it imports", async () => {
    const { problems, root } = await load({ "scim.config.ts": 'import { x } from "./x";\nexport default { User: x };\n', "x.ts": '\n\nexport const x = JSON.parse("{");\n' });
    expect(problems).toMatchObject([{ code: "config-throws", at: { file: join(root, "x.ts"), line: 3 } }]);
  });

  it.each([
    ["export const x = 1;\n", "holds no User"],
    ["export default [];\n", "holds no User"],
    ['import { defineConfig } from "scim-gen";\nexport default defineConfig();\n', "is a function"],
  ])("exports none: %s", async (text, message) => {
    expect((await load({ "scim.config.ts": text })).problems).toMatchObject([{ code: "config-invalid", message: expect.stringContaining(message) as string }]);
  });

  it("is not plain data, told at each place", async () => {
    const { problems } = await load({
      "scim.config.ts": wrapped(`{
  User: {
    create: { id: () => "x", at: new Date(0), "n-1": [1, NaN] },
    where: { re: /x/, big: 1n, none: undefined, nothing: null },
    stamp: Symbol("s"),
  },
}`),
    });
    expect(problems.map(({ code, message, at }) => [code, message, at?.line, at?.column])).toEqual([
      ["config-not-plain", "User.create.id is a function, and a mapping is plain data.", 4, 15],
      ["config-not-plain", "User.create.at is a Date, and a mapping is plain data.", 4, 30],
      ["config-not-plain", "User.create.n-1.1 is NaN, and a mapping is plain data.", 4, 58],
      ["config-not-plain", "User.where.re is a RegExp, and a mapping is plain data.", 5, 18],
      ["config-not-plain", "User.where.big is a bigint, and a mapping is plain data.", 5, 28],
      ["config-not-plain", "User.stamp is a symbol, and a mapping is plain data.", 6, 5],
    ]);
  });

  it("runs in a circle", async () => {
    const { problems } = await load({ "scim.config.ts": "const a: Record<string, unknown> = { User: {} };\na.self = { a };\nexport default a;\n" });
    expect(problems).toMatchObject([{ code: "config-not-plain", message: expect.stringContaining("circle") as string }]);
  });

  it.each([
    ['export default [{ User: {}, output: "a" }, { User: {}, output: "./a" }];\n', 1, 64],
    ['export default [{ User: {} }, { User: {}, output: "scim/generated/more" }];\n', 1, 51],
  ])("generates two mappings into one folder", async (text, line, column) => {
    expect((await load({ "scim.config.ts": text })).problems).toMatchObject([{ code: "outputs-overlap", at: { line, column } }]);
  });
});

describe("locating a path", () => {
  const text = `import { defineConfig } from "scim-gen";
const attributes = {
  userName: "email",
};
const model = "Membership";
const shared = { tenant: "orgId" } as const;
export default defineConfig<X>()({
  User: {
    model,
    ...shared,
    attributes,
    "where": { ["leftAt"]: null },
    through: ({ user: { match: "email" } } satisfies object),
  },
  Group: { attributes: { members: [{ at: "inner" }, "parts.id"] } },
});
`;

  it.each([
    [["User", "model"], 5, 15],
    [["User", "tenant"], 6, 26],
    [["User", "attributes"], 11, 5],
    [["User", "attributes", "userName"], 3, 13],
    [["User", "attributes", "nickName", "deeper"], 11, 5],
    [["User", "where", "leftAt"], 12, 28],
    [["User", "through", "user", "match"], 13, 32],
    [["Group", "attributes", "members", 0, "at"], 15, 42],
    [["Group", "attributes", "members", 1], 15, 53],
    [["Group"], 15, 3],
    [["Nobody"], 7, 34],
  ])("%j", async (path, line, column) => {
    const root = await makeHost({ "scim.config.ts": text });
    expect(await locate(join(root, "scim.config.ts"), path)).toMatchObject({ line, column, text: text.split("\n")[line - 1] });
  });

  it("aims at the key where the key is what is wrong", async () => {
    const root = await makeHost({ "scim.config.ts": text });
    expect((await locator(join(root, "scim.config.ts")))(["User", "attributes", "userName"], "key")).toMatchObject({ line: 3, column: 3 });
  });

  it("counts from the array", async () => {
    const root = await makeHost({ "scim.config.ts": 'const a = { User: { model: "A" } };\nexport default [a, defineConfig()({ User: { model: "B" } })];\n' });
    const find = await locator(join(root, "scim.config.ts"));
    expect(find([0, "User", "model"])).toMatchObject({ line: 1, column: 28 });
    expect(find([1, "User", "model"])).toMatchObject({ line: 2, column: 52 });
  });
});
