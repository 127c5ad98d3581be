/**
 * What a new user does: `init --yes`, `generate`, `tsc`, with nothing touched in between, on schemas that do not resemble each other.
 * Where `generate` refuses, `generate.txt` beside the schema holds what it says (UPDATE_GOLDENS=1 writes it): either the mapping has a
 * line marked MISSING, or it names a kind that is not supported yet.
 */
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { run } from "../../src/cli.js";
import type { Problem } from "../../src/problem.js";
import { generateClient } from "../postgres/client.js";
import { fixtures, shapes } from "./schema.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const hosts = join(root, ".tmp", "init");

interface Told {
  readonly exit: number;
  readonly errors: readonly Pick<Problem, "code" | "message">[];
}

async function scimGen(host: string, ...args: readonly string[]): Promise<Told> {
  let out = "";
  const exit = await run([...args, "--cwd", host, "--json"], { stdout: (text) => void (out += text), stderr: () => undefined, color: false, isWatched: false });
  const { problems } = JSON.parse(out) as { readonly problems: readonly Problem[] };
  return { exit, errors: problems.filter(({ severity }) => severity === "error").map(({ code, message }) => ({ code, message })) };
}

const generated = new Map<string, Told>();
let compiled = "";

/** One host after the other, then one compiler for all of them. */
beforeAll(async () => {
  mkdirSync(hosts, { recursive: true });
  writeFileSync(join(hosts, "package.json"), '{ "type": "module" }');
  for (const shape of shapes) {
    const host = join(hosts, shape);
    for (const path of ["scim.config.ts", "src/scim"]) rmSync(join(host, path), { recursive: true, force: true });
    for (const path of ["schema.prisma", "schema", "migrations"]) if (existsSync(join(fixtures, shape, path))) cpSync(join(fixtures, shape, path), join(host, path), { recursive: true });
    mkdirSync(join(host, "src"), { recursive: true });
    writeFileSync(join(host, "src", "prisma.ts"), 'import { PrismaClient } from "./db/client.js";\n\ndeclare const adapter: never;\nexport const prisma = new PrismaClient({ adapter });\n');
    writeFileSync(join(host, "tsconfig.json"), '{ "compilerOptions": { "module": "NodeNext" } }');
    await generateClient(host);
    const schema = existsSync(join(host, "schema")) ? ["--schema", "schema"] : [];
    expect(await scimGen(host, "init", "--yes", ...schema)).toEqual({ exit: 0, errors: [] });
    generated.set(shape, await scimGen(host, "generate", ...schema));
  }
  compiled = await tsc(shapes);
}, 600_000);

function tsc(all: readonly string[]): Promise<string> {
  const compilerOptions = {
    target: "ES2022", lib: ["ES2022", "DOM"], types: ["node"], module: "NodeNext", strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true,
    noPropertyAccessFromIndexSignature: true, verbatimModuleSyntax: true, noEmit: true, skipLibCheck: true, paths: { "scim-gen": [join(root, "src", "index.ts")] },
  };
  // What imports the generated code needs it; the mapping must fit its own types in any case, but for what a person has to complete.
  const include = all.flatMap((shape) => (generated.get(shape)?.exit === 0 ? [`${shape}/scim.config.ts`, `${shape}/src/scim/**/*.ts`] : isMissing(shape) ? [] : [`${shape}/scim.config.ts`]));
  writeFileSync(join(hosts, "tsconfig.json"), JSON.stringify({ compilerOptions, include }));
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", hosts, "--pretty", "false"], { cwd: hosts, maxBuffer: 2 ** 26 }, (_, stdout, stderr) => void resolve(stdout + stderr));
  });
}

const configOf = (shape: string): string => readFileSync(join(hosts, shape, "scim.config.ts"), "utf8");
const isMissing = (shape: string): boolean => configOf(shape).includes("// MISSING");

describe("init --yes, generate, tsc", () => {
  test.each(shapes)("%s", (shape) => {
    const told = generated.get(shape)?.errors ?? [];
    const path = join(fixtures, shape, "generate.txt");
    const text = [...new Set(told.map(({ code, message }) => `${code}: ${message}\n`))].sort().join("");
    if (process.env["UPDATE_GOLDENS"] === "1") {
      if (text === "") rmSync(path, { force: true });
      else writeFileSync(path, text);
    }
    expect(text).toBe(existsSync(path) ? readFileSync(path, "utf8") : "");
    if (told.length > 0 && told.every(({ code }) => code !== "not-yet-supported")) expect(configOf(shape)).toContain("// MISSING");
    expect(compiled.split("\n").filter((line) => line.startsWith(`${shape}/`))).toEqual([]);
  });

  test("and the compiler says nothing besides", () => {
    expect(compiled.split("\n").filter((line) => line !== "" && !shapes.some((shape) => line.startsWith(`${shape}/`)) && !line.startsWith(" "))).toEqual([]);
  });
});
