import { mkdir, readFile, readdir, rename, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/problem.js";
import type { Dialect, FileSet } from "../../src/read/host.js";
import { format, sameFormatted } from "../../src/render/format.js";
import { apply, writeOnce } from "../../src/write/apply.js";
import { diff } from "../../src/write/diff.js";
import { readDisk } from "../../src/write/disk.js";
import { lockName, manifestOf, nextLockName, printManifest, readManifest } from "../../src/write/manifest.js";
import { plan } from "../../src/write/plan.js";
import type { Change, PlanOptions } from "../../src/write/plan.js";
import { shape } from "../../src/write/shape.js";
import { cleaning, makeHost, tree, write } from "../cli/host.js";

cleaning();

const user = 'import type { Prisma } from "./db";\n\nexport const user = { name: "a b", size: 1 };\n';
const group = "export const group = (row: Row) => [row.id, row.name];\n";
const files = (more: Readonly<Record<string, string | undefined>> = {}): FileSet =>
  new Map(Object.entries({ "user.ts": user, "protocol/group.ts": group, ...more }).filter((entry): entry is [string, string] => entry[1] !== undefined));

const defaults: PlanOptions = { owned: [], overwrite: new Set(), sameFormatted: () => Promise.resolve(false) };

interface Planned {
  readonly changes: readonly Change[];
  /** The kinds that are not `same`. */
  readonly kinds: Readonly<Record<string, Change["kind"]>>;
  readonly unfinished: readonly string[];
}

async function planned(output: string, wanted: FileSet, options: Partial<PlanOptions> = {}): Promise<Planned> {
  const manifest = await readManifest(output);
  const disk = await readDisk(output, new Set([...wanted.keys(), ...manifest.known.keys()]));
  const changes = await plan(wanted, manifest, disk, { ...defaults, ...options });
  return { changes, kinds: Object.fromEntries(changes.filter(({ kind }) => kind !== "same").map(({ path, kind }) => [path, kind])), unfinished: disk.unfinished };
}

const lockOf = (wanted: FileSet): string => printManifest(manifestOf(wanted, { version: "1", input: "x", inputs: [] }));

async function generated(output: string, wanted: FileSet, lineEnding: "\n" | "\r\n" = "\n"): Promise<Problem | undefined> {
  const { changes, unfinished } = await planned(output, wanted);
  return apply({ output, changes, lock: lockOf(wanted), lineEnding, unfinished });
}

async function folder(): Promise<string> {
  const root = await makeHost({});
  await generated(join(root, "out"), files());
  return join(root, "out");
}

describe("a plan", () => {
  it("creates what is not there, and nothing a second time", async () => {
    const root = await makeHost({});
    const output = join(root, "src/scim/generated");
    expect((await planned(output, files())).kinds).toEqual({ "user.ts": "create", "protocol/group.ts": "create" });
    await generated(output, files());
    expect(await tree(output)).toEqual({ "user.ts": user, "protocol/group.ts": group, [lockName]: lockOf(files()) });
    expect((await planned(output, files())).kinds).toEqual({});
  });

  it("updates what changed, makes again what was removed by hand, and removes what has no source any more", async () => {
    const output = await folder();
    await rename(join(output, "protocol"), join(output, "gone"));
    const wanted = files({ "user.ts": user.replace("1", "2"), "protocol/group.ts": undefined, "role.ts": "export {};\n" });
    await rename(join(output, "gone"), join(output, "protocol"));
    expect((await planned(output, wanted)).kinds).toEqual({ "user.ts": "update", "protocol/group.ts": "remove", "role.ts": "create" });
    await generated(output, wanted);
    expect(Object.keys(await tree(output))).toEqual(["role.ts", lockName, "user.ts"].sort());
    expect(await readdir(output)).not.toContain("protocol");
  });

  it("never writes over an edit", async () => {
    const output = await folder();
    await writeFile(join(output, "user.ts"), user.replace("size: 1", "size: 2"));
    expect((await planned(output, files())).kinds).toEqual({ "user.ts": "edited-by-hand" });
    expect((await planned(output, files({ "user.ts": user.replace("a b", "c") }))).kinds).toEqual({ "user.ts": "edited-by-hand" });
    expect((await planned(output, files(), { overwrite: new Set(["user.ts"]) })).kinds).toEqual({ "user.ts": "update" });
    expect((await planned(output, files(), { owned: ["user.ts"] })).kinds).toEqual({ "user.ts": "owned" });
    expect((await planned(output, files(), { owned: ["**/*.ts"] })).kinds).toEqual({ "user.ts": "owned", "protocol/group.ts": "owned" });
    expect((await planned(output, files(), { owned: ["*.js", "protocol/*"] })).kinds).toEqual({ "user.ts": "edited-by-hand", "protocol/group.ts": "owned" });
  });

  it("keeps an edited file whose source is gone", async () => {
    const output = await folder();
    await writeFile(join(output, "protocol/group.ts"), "mine();\n");
    expect((await planned(output, files({ "protocol/group.ts": undefined }))).kinds).toEqual({ "protocol/group.ts": "foreign" });
  });

  it("leaves a file alone that is not ours, and says when one is in the way", async () => {
    const output = await folder();
    await write(output, { "mine.txt": "mine", "protocol/deep/mine.ts": "mine", "role.ts": "mine" });
    const wanted = files({ "role.ts": "export {};\n" });
    expect((await planned(output, wanted)).kinds).toEqual({ "mine.txt": "foreign", "protocol/deep/mine.ts": "foreign", "role.ts": "in-the-way" });
    expect((await planned(output, files({ "role.ts": "mine" }))).kinds).toEqual({ "mine.txt": "foreign", "protocol/deep/mine.ts": "foreign" });
  });

  it("takes over what is as generated when the lock file was lost", async () => {
    const output = await folder();
    await rename(join(output, lockName), join(output, "..", "lost"));
    expect((await planned(output, files())).kinds).toEqual({});
    expect((await planned(output, files({ "user.ts": "export {};\n" }))).kinds).toEqual({ "user.ts": "in-the-way" });
  });

  it("knows both sides of a merge conflict in the lock file", async () => {
    const output = await folder();
    const theirs = user.replace("1", "3");
    await writeFile(join(output, lockName), `<<<<<<< HEAD\n${lockOf(files())}=======\n${lockOf(files({ "user.ts": theirs }))}>>>>>>> theirs\n`);
    await writeFile(join(output, "user.ts"), theirs);
    expect((await readManifest(output)).problem).toBeUndefined();
    expect((await planned(output, files())).kinds).toEqual({ "user.ts": "update" });
  });

  it.each([
    ["of a later format", '{ "format": 2, "version": "9.1.0" }', "scim-gen@9.1.0"],
    ["of another tool", '{ "lockfileVersion": 3 }', "output"],
    ["that is none", "hello", "output"],
  ])("refuses a lock file %s", async (_, text, remedy) => {
    const output = await folder();
    await writeFile(join(output, lockName), text);
    expect((await readManifest(output)).problem).toMatchObject({ code: "output-not-ours", remedy: expect.stringContaining(remedy) as string });
  });
});

describe("what is no edit", () => {
  const formatted = "import type { Prisma } from './db'\n\nexport const user = {\n\tname: 'a b',\n\tsize: 1,\n}\n";
  const unbracketed = "export const group = (\n  row: Row,\n) => [\n  row.id,\n  row.name,\n]\n";

  it.each([
    ["other line endings", { "user.ts": user.replaceAll("\n", "\r\n") }],
    ["a formatter's run", { "user.ts": formatted, "protocol/group.ts": unbracketed }],
  ])("%s", async (_, changed) => {
    const output = await folder();
    await write(output, changed);
    expect((await planned(output, files())).kinds).toEqual({});
    // Nor later, when what is generated has changed as well.
    expect((await planned(output, files({ "user.ts": "export {};\n" }))).kinds).toEqual({ "user.ts": "update" });
    expect((await planned(output, files({ "user.ts": undefined }))).kinds).toEqual({ "user.ts": "remove" });
  });

  it("what a formatter changes beyond layout, when both are formatted", async () => {
    const output = await folder();
    await writeFile(join(output, "user.ts"), user.replace("{ name", "{ 'name'"));
    const plain: Dialect = { importEnding: ".js", clientImport: "", lineEnding: "\n", prettier: undefined };
    expect((await planned(output, files(), { sameFormatted: (path, a, b) => sameFormatted(path, a, b, plain) })).kinds).toEqual({});
  });

  it.each([
    ["const a = (b) => c;", "const a = b => c"],
    ["type A = | B\n  | C;", "type A = B | C;"],
    ["call(a, b,);", "call(\n  a,\n  b\n)"],
    ["x = 'it\\'s';", 'x = "it\'s"'],
    ["/** one\n * two */\nfoo;", "/** one\n   * two */ foo"],
  ])("%s", (a, b) => {
    expect(shape("a.ts", a)).toBe(shape("a.ts", b));
  });

  it.each([
    ['const a = "x y";', 'const a = "xy";'],
    ["a + b", "a - b"],
    ["return a;", "returna;"],
    ["(a + b) * c", "a + b * c"],
    ["// one", "// two"],
    ['"a,)"', '"a)"'],
    ["// (a) => b", "// a => b"],
    ["`a  b`", "`a b`"],
    ['a ? "b" : c', "a ? b : c"],
  ])("but this is: %s", (a, b) => {
    expect(shape("a.ts", a)).not.toBe(shape("a.ts", b));
  });

  it("a formatter's run over the README", () => {
    expect(shape("README.md", "| a | b |\n|---|---|\n| 1 | 2 |\n")).toBe(shape("README.md", "| a   | b   |\n| --- | --- |\n| 1   | 2   |\n"));
  });
});

describe("writing", () => {
  it("uses the host's line endings", async () => {
    const output = join(await makeHost({}), "out");
    await generated(output, files(), "\r\n");
    expect(await readFile(join(output, "user.ts"), "utf8")).toBe(user.replaceAll("\n", "\r\n"));
    expect((await planned(output, files())).kinds).toEqual({});
  });

  it.each([
    ["a file in place of the folder", "out", "out"],
    ["a file in place of a folder above", "a", "a/out"],
    ["a file in place of a folder within", "out/protocol", "out"],
    ["a folder in place of a file", "out/user.ts/mine.txt", "out"],
    ["a folder in place of the lock file", `out/${lockName}/mine.txt`, "out"],
  ])("changes nothing where it fails: %s", async (_, path, output) => {
    const root = await makeHost({ [path]: "mine" });
    expect(await generated(join(root, output), files())).toMatchObject({ code: "output-not-writable", severity: "error" });
    expect(await tree(root)).toEqual({ [path]: "mine" });
    expect((await readdir(root)).length).toBe(1);
  });

  it("undoes what it had done when a later step fails", async () => {
    const output = await folder();
    const wanted = files({ "user.ts": "export {};\n", "protocol/group.ts": undefined });
    const { changes } = await planned(output, wanted);
    const before = await tree(output);
    const gone: Change = { path: "zzz.ts", kind: "remove", before: "never there" };
    expect(await apply({ output, changes: [...changes, gone], lock: lockOf(wanted), lineEnding: "\n", unfinished: [] })).toMatchObject({ code: "output-not-writable" });
    expect(await tree(output)).toEqual(before);
  });

  it.each(["../escape.ts", "/etc/escape.ts", "a/../../escape.ts", "a\\..\\escape.ts", "link/escape.ts"])("refuses %s", async (path) => {
    const output = await folder();
    await symlink(dirname(output), join(output, "link"));
    const changes: readonly Change[] = [{ path, kind: "create", after: "" }];
    await expect(apply({ output, changes, lock: undefined, lineEnding: "\n", unfinished: [] })).rejects.toThrow("outside");
    expect(await readdir(dirname(output))).toEqual(["out"]);
  });

  it("writes through an output folder that is a link", async () => {
    const root = await makeHost({});
    await mkdir(join(root, "real"));
    await symlink(join(root, "real"), join(root, "out"));
    expect(await generated(join(root, "out"), files())).toBeUndefined();
    expect(Object.keys(await tree(join(root, "real")))).toContain("user.ts");
  });
});

describe("an interrupted run", () => {
  const next = files({ "user.ts": user.replace("1", "2"), "protocol/group.ts": undefined, "role.ts": "export {};\n" });

  /** Killed after the first rename: the old lock file, the new one under its other name, a text not renamed yet. */
  async function interrupted(): Promise<string> {
    const output = await folder();
    await write(output, { [nextLockName]: lockOf(next), "user.ts": next.get("user.ts") ?? "", "role.ts.scim-gen.tmp": "export" });
    return output;
  }

  it("is finished by the next", async () => {
    const output = await interrupted();
    await generated(output, next);
    expect(await tree(output)).toEqual({ [lockName]: lockOf(next), "role.ts": "export {};\n", "user.ts": next.get("user.ts") });
  });

  it("is undone by the next, when the mapping has gone back", async () => {
    const output = await interrupted();
    await generated(output, files());
    expect(await tree(output)).toEqual({ [lockName]: lockOf(files()), "protocol/group.ts": group, "user.ts": user });
  });

  it("leaves nothing that looks like an edit, whatever comes next", async () => {
    const output = await interrupted();
    expect((await planned(output, files({ "user.ts": "export const third = 3;\n" }))).kinds).toEqual({ "user.ts": "update" });
  });
});

describe("a diff", () => {
  it("is one that git can read", async () => {
    expect(await diff("src/user.ts", { path: "user.ts", kind: "update", before: "a\r\nb\r\n", after: "a\nc\n" })).toBe("--- a/src/user.ts\n+++ b/src/user.ts\n@@ -1,2 +1,2 @@\n a\n-b\n+c");
    expect(await diff("x.ts", { path: "x.ts", kind: "create", after: "a\n" })).toBe("--- /dev/null\n+++ b/x.ts\n@@ -0,0 +1,1 @@\n+a");
  });
});

describe("the host's style", () => {
  const styled: Dialect = { importEnding: ".js", clientImport: "", lineEnding: "\n", prettier: { ts: { semi: false, singleQuote: true }, md: {} } };

  it("is given to every file, but for those that have it", async () => {
    const formatted = await format(files(), styled, (path) => (path === "user.ts" ? "as on disk" : undefined));
    expect(formatted.get("user.ts")).toBe("as on disk");
    expect(formatted.get("protocol/group.ts")).toBe("export const group = (row: Row) => [row.id, row.name]\n");
  });

  it("is not asked for where the host has none", async () => {
    const same = files();
    expect(await format(same, { ...styled, prettier: undefined }, () => "never")).toBe(same);
  });
});

it("writes once for init, and never over a file", async () => {
  const root = await makeHost({ "scim.config.ts": "mine" });
  expect(await writeOnce(root, new Map([["scim.config.ts", "ours"], ["src/scim/rules.ts", "ours"]]))).toEqual({ created: ["src/scim/rules.ts"], kept: ["scim.config.ts"] });
  expect(await tree(root)).toEqual({ "scim.config.ts": "mine", "src/scim/rules.ts": "ours" });
});
