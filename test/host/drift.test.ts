/** A schema that moves under committed code: the compiler fails, and so does `resolve`, with the line. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compile, nodeNextEsm, ts70 } from "./configs.js";
import { generate, generating, root } from "./goldens.js";
import { clientOf, writeTree } from "./trees.js";

const golden = generating().find(({ name }) => name === "whole-tree");

interface Drift {
  readonly name: string;
  readonly from: RegExp;
  readonly to: string;
  /** The problem of `generate`; undefined: the mapping still fits, and other code comes out. */
  readonly code?: string;
  /** A part of the schema's line beside it. */
  readonly line?: string;
}

const drifts: readonly Drift[] = [
  { name: "a column is renamed", from: /^ {2}title .*$/m, to: "  jobTitle String?", code: "unknown-field", line: "model Membership {" },
  { name: "a column behind a relation is renamed", from: /^ {2}nickName .*$/m, to: "  nick String?", code: "unknown-field", line: "model User {" },
  { name: "a column of a child table is dropped", from: /^ {2}display {6}String\?\n(?= {2}primary .*\n\n {2}@@index\(\[membershipId\]\)\n\}\n\nmodel Team )/m, to: "", code: "unknown-field", line: "model Phone {" },
  { name: "a status becomes a number", from: /^ {2}status .*$/m, to: "  status Int @default(0)", code: "value-type-mismatch", line: "status Int" },
  { name: "a value of the enum is renamed", from: /^ {2}SUSPENDED$/m, to: "  LEFT", code: "enum-value-unknown", line: "  status " },
  { name: "a text becomes a number", from: /^ {2}title .*$/m, to: "  title Int?" },
];

describe("drift", () => {
  it.each(drifts)("$name", { timeout: 120_000 }, async ({ name, from, to, code, line }) => {
    if (golden === undefined) throw new Error("There is no golden to drift from.");
    const schema = readFileSync(join(golden.folder, "schema.prisma"), "utf8");
    const changed = schema.replace(from, to);
    expect(changed, "the change is found in the schema").not.toBe(schema);

    const folder = join(root, ".tmp", "host", "drift", name.replaceAll(" ", "-"));
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    cpSync(golden.folder, folder, { recursive: true });
    writeFileSync(join(folder, "schema.prisma"), changed);
    const { problems, files } = await generate(folder);
    if (code === undefined) {
      expect(files?.get("user.ts")).not.toBe(readFileSync(join(golden.folder, "out", "user.ts"), "utf8"));
    } else {
      expect(files).toBeUndefined();
      expect(problems).toContain(`error ${code}`);
      expect(problems.split("\n").some((each) => /^ {2}\d+ \| /.test(each) && each.includes(line ?? "")), problems).toBe(true);
    }

    cpSync(join(await writeTree(golden, nodeNextEsm.tree), "package.json"), join(folder, "package.json"));
    cpSync(await clientOf(changed), join(folder, "db"), { recursive: true });
    expect(await compile(ts70, nodeNextEsm, folder, ["out/index.ts"])).toMatch(/^out\/(?:user|group)\.ts\(\d+,\d+\): error TS/m);
  });

  it("and without any the same code compiles", { timeout: 120_000 }, async () => {
    if (golden === undefined) throw new Error("There is no golden to drift from.");
    expect(await compile(ts70, nodeNextEsm, await writeTree(golden, nodeNextEsm.tree), ["out/index.ts"])).toBe("");
  });
});
