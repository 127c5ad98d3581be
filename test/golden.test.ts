/** Every golden folder against what is generated from it now, both ways. `UPDATE_GOLDENS=1` rewrites them. */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { expected, goldens } from "./host/goldens.js";
import type { Golden } from "./host/goldens.js";

const inputs = ["schema.prisma", "scim.config.ts"];

describe("golden", () => {
  it.each(goldens())("$name", { timeout: 60_000 }, async (golden) => {
    const wanted = await expected(golden);
    if (process.env["UPDATE_GOLDENS"] === "1") update(golden, wanted);
    expect([...committed(golden).keys()], "the files of the folder").toEqual([...wanted.keys()].sort());
    for (const [path, text] of committed(golden)) expect(text, path).toBe(wanted.get(path));
    // Whether a case is about problems stands in its name, so that a reader of the list knows.
    expect([...wanted.keys()].some((path) => path.startsWith("out/")), "generates").toBe(!golden.name.startsWith("problems-"));
  });
});

function committed({ folder }: Golden): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).filter((path) => !inputs.includes(path));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

function update({ folder }: Golden, wanted: ReadonlyMap<string, string>): void {
  for (const path of ["out", "problems.txt"]) rmSync(join(folder, path), { recursive: true, force: true });
  for (const [path, text] of wanted) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
