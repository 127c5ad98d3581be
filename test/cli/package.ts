/** Our package as it is published: compiled, in a folder of its own, and run by plain Node. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import ts from "typescript";
import { repository } from "./host.js";
import type { Ran } from "./host.js";

export interface Package {
  readonly folder: string;
  /** `trace`: also the files that Node loaded, sorted. */
  readonly run: (cwd: string, ...args: readonly string[]) => Promise<Ran & { readonly loaded: readonly string[] }>;
  readonly remove: () => Promise<void>;
}

export async function buildPackage(): Promise<Package> {
  await mkdir(join(repository, ".tmp"), { recursive: true });
  const folder = await mkdtemp(join(repository, ".tmp/package-"));
  for (const name of await readdir(join(repository, "src"), { recursive: true })) {
    if (!name.endsWith(".ts")) continue;
    const source = await readFile(join(repository, "src", name), "utf8");
    const target = join(folder, "dist", name.replace(/\.ts$/, ".js"));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true } }).outputText);
  }
  await symlink(join(repository, "templates"), join(folder, "templates"));
  await cp(join(repository, "bin"), join(folder, "bin"), { recursive: true });
  await cp(join(repository, "package.json"), join(folder, "package.json"));
  await writeFile(join(folder, "trace.cjs"), trace);
  return { folder, run: (cwd, ...args) => runNode(folder, cwd, args), remove: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * At the end of the process, every file that is loaded: CommonJS by its cache, and modules by what a loader's hook saw. Native code reads neither
 * list, so nothing that is loaded lazily, bundled or required from within escapes it.
 */
const trace = `
const { appendFileSync } = require("node:fs");
const { register } = require("node:module");
const file = process.env.SCIM_GEN_TRACE;
register("data:text/javascript," + encodeURIComponent(
  "import { appendFileSync } from 'node:fs'; export async function load(url, context, next) { appendFileSync(" + JSON.stringify(file) + ", url + '\\\\n'); return next(url, context); }"
));
process.on("exit", () => appendFileSync(file, Object.keys(require.cache).join("\\n") + "\\n"));
`;

async function runNode(folder: string, cwd: string, args: readonly string[]): Promise<Ran & { readonly loaded: readonly string[] }> {
  const file = join(folder, `trace-${Math.random().toString(36).slice(2)}`);
  await writeFile(file, "");
  const ran = await new Promise<Ran>((resolve) => {
    execFile(process.execPath, ["--require", join(folder, "trace.cjs"), join(folder, "bin/scim-gen.js"), ...args], { cwd, env: { ...process.env, SCIM_GEN_TRACE: file } }, (error, stdout, stderr) => {
      resolve({ exit: typeof error?.code === "number" ? error.code : error === null ? 0 : 1, stdout, stderr });
    });
  });
  const loaded = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "" && !line.startsWith("node:"));
  return { ...ran, loaded: [...new Set(loaded)].sort() };
}
