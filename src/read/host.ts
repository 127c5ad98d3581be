/** How the host writes its code: tsconfig, prettier and package.json -> Dialect. Decides nothing about SCIM. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Options } from "prettier";
import type { Problem } from "../problem.js";
import type { PrismaClientGenerator } from "./prisma.js";

/** Path below the output folder, in POSIX form, to the file's text. */
export type FileSet = ReadonlyMap<string, string>;

/** How relative imports end. */
export type ImportEnding = "" | ".js" | ".ts";

/** What generated code must look like in this host. */
export interface Dialect {
  readonly importEnding: ImportEnding;
  /** The module that exports `Prisma`, as a generated file imports it. */
  readonly clientImport: string;
  readonly lineEnding: "\n" | "\r\n";
  /** The host's own prettier settings; undefined: none, and the text stays as the templates have it. */
  readonly prettier: PrettierSettings | undefined;
}

/** By kind of file, since a config may override by file name. */
export interface PrettierSettings {
  readonly ts: Options;
  readonly md: Options;
}

export interface DialectRequest {
  /** Absolute; the folder of the mapping file. */
  readonly root: string;
  /** Absolute. */
  readonly output: string;
  readonly clients: readonly PrismaClientGenerator[];
  /** `client` and `imports` of the mapping. */
  readonly client: string | undefined;
  readonly imports: ImportEnding | undefined;
}

/** Where a mapping without `output` generates to, below the root. */
export function defaultOutput(root: string): string {
  return existsSync(join(root, "src")) ? "src/scim/generated" : "scim/generated";
}

export async function readDialect(request: DialectRequest): Promise<{ readonly dialect: Dialect; readonly problems: readonly Problem[] }> {
  const generator = request.clients.find(({ provider }) => provider === "prisma-client") ?? request.clients[0];
  const read = await readEnding(request.output);
  const importEnding = request.imports ?? writtenEnding(generator) ?? read.ending;
  const settings = await prettierSettings(request.output);
  const client = request.client === undefined ? generatedClient(generator, request.output, importEnding) : namedClient(request.client, request, importEnding);
  return {
    dialect: { importEnding, clientImport: client.specifier, lineEnding: settings.prettier?.ts.endOfLine === "crlf" ? "\r\n" : "\n", prettier: settings.prettier },
    problems: [
      ...(request.imports === undefined && read.problem !== undefined ? [read.problem] : []),
      ...settings.problems,
      ...(client.folder === undefined || existsSync(client.folder) ? [] : [notGenerated(client.folder)]),
    ],
  };
}

// ---- Import endings ----

export interface Ending {
  readonly ending: ImportEnding;
  readonly problem?: Problem;
}

/** By the nearest tsconfig, as Prisma's own client generator decides. */
export async function readEnding(output: string): Promise<Ending> {
  const { getTsconfig, parseTsconfig } = await import("get-tsconfig");
  try {
    const found = getTsconfig(output);
    if (found === null) return { ending: ".ts" };
    checkJson(found.path);
    const { compilerOptions, references, files } = found.config;
    // A "solution" holds references alone; the first project with a module setting speaks for the code.
    const projects = files?.length === 0 && references !== undefined ? references.map(({ path }) => parseTsconfig(projectFile(resolve(dirname(found.path), path))).compilerOptions) : [];
    return { ending: endingFor(projects.find((each) => each?.module !== undefined || each?.moduleResolution !== undefined) ?? compilerOptions ?? {}) };
  } catch (error) {
    return {
      ending: ".js",
      problem: {
        code: "tsconfig-unreadable",
        severity: "warning",
        message: `The tsconfig of ${output} could not be read (${error instanceof Error ? error.message : String(error)}), so imports end with ".js".`,
        remedy: 'mend it, or say how imports end in the mapping: imports: ".js"',
      },
    };
  }
}

/** The reader passes over whatever it does not understand, and would take a broken file for an empty one. */
function checkJson(path: string): void {
  const text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  const bare = text.replace(/("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, string: string | undefined) => string ?? "");
  if (bare.trim() !== "") JSON.parse(bare.replace(/("(?:[^"\\\n]|\\.)*")|,(?=\s*[\]}])/g, (_, string: string | undefined) => string ?? ""));
}

const projectFile = (path: string): string => (path.endsWith(".json") ? path : join(path, "tsconfig.json"));

interface ModuleOptions {
  readonly module?: string;
  readonly moduleResolution?: string;
  readonly allowImportingTsExtensions?: boolean;
  readonly rewriteRelativeImportExtensions?: boolean;
}

export function endingFor(options: ModuleOptions): ImportEnding {
  if (options.allowImportingTsExtensions === true || options.rewriteRelativeImportExtensions === true) return ".ts";
  const module = options.module?.toLowerCase();
  const resolution = options.moduleResolution?.toLowerCase() ?? (module === "preserve" ? "bundler" : undefined);
  return module === "commonjs" || resolution === "bundler" ? "" : ".js";
}

function writtenEnding(generator: PrismaClientGenerator | undefined): ImportEnding | undefined {
  switch (generator?.importFileExtension) {
    case "ts":
      return ".ts";
    case "js":
      return ".js";
    case "":
      return "";
    default:
      return undefined;
  }
}

// ---- The Prisma client ----

interface Client {
  readonly specifier: string;
  /** What `prisma generate` writes; undefined where the host says how the client is called. */
  readonly folder?: string;
}

function generatedClient(generator: PrismaClientGenerator | undefined, output: string, ending: ImportEnding): Client {
  if (generator?.output === undefined) return { specifier: "@prisma/client" };
  const inPackages = /.*[\\/]node_modules[\\/](.+)$/.exec(generator.output)?.[1];
  if (inPackages !== undefined) return { specifier: inPackages.split(sep).join("/") };
  // The old generator writes JavaScript with types beside it, the new one TypeScript.
  const file = generator.provider === "prisma-client" ? `client${fileEnding(ending, generator.fileExtension)}` : `index${ending === "" ? "" : ".js"}`;
  return { specifier: relativeImport(output, join(generator.output, file)), folder: generator.output };
}

/** Imports of a file that is emitted as `mts` or `cts` end as that does. */
function fileEnding(ending: ImportEnding, written: string | undefined): string {
  if (ending === "" || (written !== "mts" && written !== "cts")) return ending;
  return ending === ".ts" ? `.${written}` : `.${written.replace("ts", "js")}`;
}

/** A relative one is meant from the mapping file on. */
function namedClient(written: string, { root, output }: DialectRequest, ending: ImportEnding): Client {
  if (!written.startsWith(".")) return { specifier: written };
  return { specifier: relativeImport(output, resolve(root, written.replace(/\.[jt]s$/, "") + ending)) };
}

function relativeImport(from: string, to: string): string {
  const path = relative(from, to).split(sep).join("/");
  return path.startsWith(".") ? path : `./${path}`;
}

function notGenerated(folder: string): Problem {
  return { code: "client-not-found", severity: "note", message: `The Prisma client is not generated yet: there is no ${folder}.`, remedy: "npx prisma generate (before the code is compiled; scim-gen does not need it)" };
}

// ---- Prettier ----

const prettierNames = [
  ".prettierrc",
  ...["json", "yml", "yaml", "json5", "js", "ts", "mjs", "mts", "cjs", "cts", "toml"].map((ending) => `.prettierrc.${ending}`),
  ...["js", "ts", "mjs", "mts", "cjs", "cts"].map((ending) => `prettier.config.${ending}`),
];

/** The files that say how prettier formats the output; empty where the host has no settings of its own. Loads nothing. */
export function prettierFiles(output: string): readonly string[] {
  const folders = upwards(output);
  const config = folders.flatMap((folder) => prettierNames.map((name) => join(folder, name)).filter((path) => existsSync(path)).slice(0, 1).concat(inPackage(folder)))[0];
  return config === undefined ? [] : [config, ...folders.map((folder) => join(folder, ".editorconfig")).filter((path) => existsSync(path))];
}

function inPackage(folder: string): readonly string[] {
  const path = join(folder, "package.json");
  if (!existsSync(path)) return [];
  try {
    return "prettier" in (JSON.parse(readFileSync(path, "utf8")) as object) ? [path] : [];
  } catch {
    return [];
  }
}

function upwards(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...upwards(parent)];
}

async function prettierSettings(output: string): Promise<{ readonly prettier: PrettierSettings | undefined; readonly problems: readonly Problem[] }> {
  const [config] = prettierFiles(output);
  if (config === undefined) return { prettier: undefined, problems: [] };
  const { resolveConfig } = await import("prettier");
  const forFile = async (name: string): Promise<Options> => withPlugins((await resolveConfig(join(output, name), { editorconfig: true })) ?? {}, config);
  try {
    return { prettier: { ts: await forFile("index.ts"), md: await forFile("README.md") }, problems: [] };
  } catch (error) {
    const message = `The prettier settings could not be read (${error instanceof Error ? error.message : String(error)}), so the generated code keeps its own style.`;
    return { prettier: undefined, problems: [{ code: "prettier-failed", severity: "warning", message, remedy: "mend them; a formatter's run is no edit, so the files may be formatted afterwards", at: { file: config, line: 1, column: 1 } }] };
  }
}

/** Plugins are the host's and not ours, so they are found from its config; one that is not installed is left out. */
function withPlugins(options: Options, config: string): Options {
  const { plugins, ...others } = options;
  if (plugins === undefined) return others;
  const { resolve: find } = createRequire(config);
  const found = plugins.flatMap((plugin): typeof plugins => {
    try {
      return typeof plugin === "string" ? [find(plugin)] : [plugin];
    } catch {
      return [];
    }
  });
  return { ...others, plugins: found };
}
