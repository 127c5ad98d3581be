/** Generated code compiles in the hosts that there are, with no suppression. */
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { compile, compilers, configs, nodeNextEsm, plainlyStrict, ts70 } from "./configs.js";
import { generating } from "./goldens.js";
import { writeTree } from "./trees.js";

/** Between them they hold every kind of source. */
const rich = ["whole-tree", "create-stamp-and-rules", "typed-columns-behind-strings"];

describe.each(compilers)("$name", (compiler) => {
  it.concurrent.each(configs.filter(({ by }) => by === undefined || by.includes(compiler)))("$name", { timeout: 120_000 }, async (config) => {
    const folders = await Promise.all(generating().filter(({ name }) => rich.includes(name)).map((golden) => writeTree(golden, config.tree)));
    expect(await compile(compiler, config, dirname(folders[0] ?? ""), rich.map((name) => `${name}/index.ts`))).toBe("");
  });
});

describe("every golden, and its mapping", () => {
  it.concurrent.each(generating())("$name", { timeout: 120_000 }, async (golden) => {
    const folder = await writeTree(golden, nodeNextEsm.tree);
    expect(await compile(ts70, nodeNextEsm, folder, ["index.ts", "scim.config.ts"], { "scim-gen": ["../../../../src/index.ts"] })).toBe("");
    expect(await compile(ts70, plainlyStrict, folder, ["index.ts"])).toBe("");
  });
});
