import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isType: boolean;
}

const root = new URL("../", import.meta.url).pathname;
const entries = ["src", "templates"].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).map((entry) => join(entry.parentPath, entry.name).slice(root.length)));
const files = entries.filter((path) => path.endsWith(".ts"));
const textOf = (path: string): string => readFileSync(join(root, path), "utf8");
const imports: readonly Import[] = files.flatMap((from) =>
  [...textOf(from).matchAll(/^(?:import|export) (type )?[^;"]*?from "([^"]+)"|\bimport\("([^"]+)"\)/gm)].map(([, type, named, lazy]) => {
    const to = named ?? lazy ?? "";
    return { from, to: to.startsWith(".") ? normalize(join(dirname(from), to)).replace(/\.js$/, ".ts") : to, isType: type !== undefined };
  }),
);
const shown = (wrong: readonly Import[]): readonly string[] => wrong.map(({ from, to }) => `${from} imports ${to}`);
const within = (path: string, ...folders: readonly string[]): boolean => folders.some((folder) => path.startsWith(folder));

describe("the architecture", () => {
  it("lets resolve know the types of what was read, and nothing that reads", () => {
    expect(shown(imports.filter(({ from, to, isType }) => within(from, "src/resolve/") && (within(to, "src/render/", "src/write/", "src/commands/") || (within(to, "src/read/") && !isType))))).toEqual([]);
  });

  it("lets render know provider and dialect, and nothing else", () => {
    const known = ["src/render/", "src/provider.ts", "src/sketch.ts", "src/scim/", "node:", "handlebars", "prettier"];
    expect(shown(imports.filter(({ from, to, isType }) => within(from, "src/render/") && !within(to, ...known) && !(to === "src/read/host.ts" && isType)))).toEqual([]);
  });

  it("keeps protocol to itself", () => {
    expect(shown(imports.filter(({ from, to }) => within(from, "templates/generated/protocol/") && !within(to, "templates/generated/protocol/", "node:http")))).toEqual([]);
  });

  it("has no protocol file of more than 400 lines, as the host gets it", () => {
    const folder = "prisma/src/scim/generated/protocol";
    const long = readdirSync(join(root, folder)).filter((name) => textOf(join(folder, name)).split("\n").length > 401);
    expect(long).toEqual([]);
  });

  it("lets apply.ts alone write to disk, and cli.ts alone print and end the process", () => {
    const calls = (pattern: RegExp): readonly string[] => files.filter((path) => within(path, "src/") && pattern.test(textOf(path)));
    expect(calls(/\b(?:writeFile|appendFile|mkdir|rename|unlink|rm|rmdir|copyFile|cp|symlink|createWriteStream)(?:Sync)?\b[^\n]*(?:from "node:fs|\()/)).toEqual(["src/write/apply.ts"]);
    expect(calls(/\bprocess\.(?:exit|exitCode|stdout)\b|\bconsole\./)).toEqual(["src/cli.ts"]);
  });

  it("lets read/prisma*.ts alone know Prisma's packages", () => {
    expect(shown(imports.filter(({ from, to }) => within(from, "src/") && within(to, "@prisma/", "prisma") && !within(from, "src/read/prisma")))).toEqual([]);
  });

  it("has no cycle", () => {
    const cycles = (path: string, above: readonly string[]): readonly string[] =>
      above.includes(path) ? [[...above.slice(above.indexOf(path)), path].join(" > ")] : (seen.has(path) ? [] : (seen.add(path), imports.filter(({ from }) => from === path).flatMap(({ to }) => cycles(to, [...above, path]))));
    const seen = new Set<string>();
    expect(files.flatMap((path) => cycles(path, []))).toEqual([]);
  });

  it("has no folder without a name of its own", () => {
    expect(entries.filter((path) => /(?:^|\/)(?:utils?|helpers?|common|types|lib|shared)(?:\/|$)/.test(path))).toEqual([]);
  });
});
