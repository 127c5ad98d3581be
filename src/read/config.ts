/** Finds and loads `scim.config.ts`: a plain object, or an array of them. Knows nothing of Prisma. */
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Jiti } from "jiti";
import type { LooseConfig } from "../config.js";
import type { Position, Problem } from "../problem.js";
import { defaultOutput } from "./host.js";
import { locator } from "./locate.js";
import type { ConfigPath } from "./locate.js";

/** A mapping file, loaded and found to be plain data. Nothing is known yet of its fitting the schema. */
export interface LoadedConfig {
  /** Absolute. */
  readonly path: string;
  /** As a header names it: `scim.config.ts`. */
  readonly name: string;
  /** The project's folder, absolute: what `output` and `client` are relative to. */
  readonly root: string;
  /** Whether the file exports an array, so that every path into it begins with an index. */
  readonly isList: boolean;
  readonly providers: readonly LoadedProvider[];
  /** The file and all that it imports of the host's own, absolute and sorted. */
  readonly files: readonly string[];
}

export interface LoadedProvider {
  readonly config: LooseConfig;
  /** Where the provider stands in the file: `[]`, or its index. */
  readonly path: ConfigPath;
  /** The output folder below the root, in POSIX form; the default where the mapping names none. */
  readonly output: string;
}

export interface ConfigRead {
  /** Undefined after an error. */
  readonly config: LoadedConfig | undefined;
  readonly problems: readonly Problem[];
}

const names = ["scim.config.ts", "scim.config.mts", "scim.config.js", "scim.config.mjs"];

/** The mapping file: what `--config` names, else by its name in the folder. */
export function findConfig(cwd: string, given: string | undefined): string | undefined {
  return (given === undefined ? names.map((name) => join(cwd, name)) : [resolve(cwd, given)]).find((path) => existsSync(path));
}

export function configMissing(cwd: string, given: string | undefined): Problem {
  const message = given === undefined ? `There is no scim.config.ts in ${cwd}.` : `There is no mapping file at ${resolve(cwd, given)}.`;
  return { code: "config-missing", severity: "error", message, remedy: given === undefined ? "npx scim-gen init" : "give --config the path of the mapping file" };
}

/** `clients`: the folders of generated clients, absolute, which a mapping must not import. */
export async function loadConfig(path: string, clients: readonly string[]): Promise<ConfigRead> {
  const { createJiti } = await import("jiti");
  // No cache on disk: a run leaves nothing behind but what it was asked for.
  const jiti = createJiti(path, { fsCache: false, moduleCache: false, alias: { "scim-gen": ourselves() } });
  const graph = imported(jiti, path, clients);
  if (graph.client !== undefined) return { config: undefined, problems: [importsClient(graph.client)] };
  try {
    const exported: unknown = await jiti.import(path, { default: true });
    return await checked(path, exported, graph.files);
  } catch (error) {
    return { config: undefined, problems: [throws(error, path, graph.files)] };
  }
}

/** `defineConfig` and its helpers: built beside us, or, in this repository, as they are written. */
function ourselves(): string {
  const built = fileURLToPath(new URL("../index.js", import.meta.url));
  return existsSync(built) ? built : built.replace(/\.js$/, ".ts");
}

// ---- What it imports ----

interface Graph {
  readonly files: readonly string[];
  readonly client: Position | undefined;
}

/** Followed before anything runs. Compiling drops imports of types, so what is left is what would be loaded. */
function imported(jiti: Jiti, path: string, clients: readonly string[]): Graph {
  const files = new Set([path]);
  for (const file of files) {
    const source = readFileSync(file, "utf8");
    for (const specifier of specifiers(jiti, file, source)) {
      const target = specifier.startsWith(".") ? resolve(dirname(file), specifier) : undefined;
      if (isClient(specifier, target, clients)) return { files: [...files], client: importLine(file, source, specifier) };
      const found = target === undefined ? undefined : jiti.esmResolve(specifier, { parentURL: file, try: true });
      if (found !== undefined && !found.includes("/node_modules/")) files.add(found.startsWith("file:") ? fileURLToPath(found) : found);
    }
  }
  return { files: [...files].sort(), client: undefined };
}

function specifiers(jiti: Jiti, filename: string, source: string): readonly string[] {
  if (!/\.[cm]?[jt]sx?$/.test(filename)) return [];
  try {
    const compiled = jiti.transform({ source, filename, ts: /\.[cm]?tsx?$/.test(filename) });
    return [...compiled.matchAll(/\b(?:require|jitiImport)\("([^"]+)"\)/g)].map((match) => match[1] ?? "");
  } catch {
    return []; // Loading the file will say what is wrong with it.
  }
}

function isClient(specifier: string, target: string | undefined, clients: readonly string[]): boolean {
  if (/^@prisma\/client(?:\/|$)|^\.prisma\//.test(specifier)) return true;
  return target !== undefined && clients.some((folder) => target === folder || target.startsWith(folder + sep));
}

function importLine(file: string, source: string, specifier: string): Position {
  const lines = source.split(/\r?\n/);
  const index = Math.max(0, lines.findIndex((line) => line.includes(`"${specifier}"`) || line.includes(`'${specifier}'`)));
  const text = lines[index] ?? "";
  return { file, line: index + 1, column: text.length - text.trimStart().length + 1, text };
}

function importsClient(at: Position): Problem {
  return {
    code: "config-imports-client",
    severity: "error",
    message: "The mapping imports the generated Prisma client at run time, and it is loaded without one.",
    remedy: `write "import type" for types; values of the client have no place in a mapping`,
    at,
  };
}

// ---- What goes wrong while it runs ----

function throws(error: unknown, path: string, files: readonly string[]): Problem {
  const message = error instanceof Error ? error.message : String(error);
  const missing = /^Cannot find (?:module|package) '([^']+)'/.exec(message)?.[1];
  const importer = missing === undefined ? undefined : files.find((file) => readFileSync(file, "utf8").includes(missing));
  const at = importer !== undefined && missing !== undefined ? importLine(importer, readFileSync(importer, "utf8"), missing) : place(error, files);
  return {
    code: "config-throws",
    severity: "error",
    message: `The mapping could not be loaded: ${firstLine(message).replace(/^ParseError: /, "")}`,
    ...(missing === undefined ? {} : { remedy: "a mapping is plain data: it needs no import but that of scim-gen, and types" }),
    at: at ?? { file: path, line: 1, column: 1 },
  };
}

const firstLine = (text: string): string => (text.split("\n")[0] ?? "").trim();

/** From the first frame in a file of the host's. A syntax error has no frame, and says its place in the message. */
function place(error: unknown, files: readonly string[]): Position | undefined {
  const told = error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : "";
  for (const [, file, line, column] of told.matchAll(/(?:\(|at |^|\s)(?:file:\/\/)?([^\s()]+?):(\d+):(\d+)/gm)) {
    if (file === undefined || !files.includes(file)) continue;
    const text = readFileSync(file, "utf8").split(/\r?\n/)[Number(line) - 1];
    return { file, line: Number(line), column: Math.max(1, Math.min(Number(column), text?.length ?? 1)), ...(text === undefined ? {} : { text }) };
  }
  return undefined;
}

// ---- Whether it is a mapping ----

async function checked(path: string, exported: unknown, files: readonly string[]): Promise<ConfigRead> {
  const invalid = shape(exported);
  if (invalid !== undefined) return { config: undefined, problems: [{ code: "config-invalid", severity: "error", at: { file: path, line: 1, column: 1 }, ...invalid }] };
  const strange = [...notPlain(exported, [], new Set())];
  if (strange.length > 0) {
    const locate = await locator(path);
    const remedy = "write a constant, or name a function of rules.ts: rule(\"name\")";
    return { config: undefined, problems: strange.map(({ what, at }) => ({ code: "config-not-plain", severity: "error", message: `${at.join(".") || "The mapping"} is ${what}, and a mapping is plain data.`, remedy, at: locate(at) })) };
  }
  const root = dirname(path);
  const isList = Array.isArray(exported);
  // Nothing but its being plain is known of it, and `LooseConfig` promises no more than that each part may be asked for.
  const configs = (isList ? exported : [exported]) as readonly LooseConfig[];
  const providers = configs.map((config, index) => ({
    config,
    path: isList ? [index] : [],
    output: typeof config.output === "string" ? relative(root, resolve(root, config.output)).split(sep).join("/") : defaultOutput(root),
  }));
  const overlap = await overlapping(path, providers);
  if (overlap !== undefined) return { config: undefined, problems: [overlap] };
  return { config: { path, name: basename(path), root, isList, providers, files }, problems: [] };
}

function shape(exported: unknown): Pick<Problem, "message" | "remedy"> | undefined {
  if (typeof exported === "function") {
    return { message: "The mapping's default export is a function.", remedy: "defineConfig<Prisma.TypeMap>() takes the mapping in a second pair of brackets: defineConfig<Prisma.TypeMap>()({ User: ... })" };
  }
  const objects = Array.isArray(exported) ? exported : [exported];
  if (objects.length > 0 && objects.every((each) => typeof each === "object" && each !== null && "User" in each)) return undefined;
  return { message: "The mapping's default export holds no User.", remedy: "export default defineConfig<Prisma.TypeMap>()({ User: { model: ..., tenant: ..., attributes: { ... } } })" };
}

interface Strange {
  readonly at: ConfigPath;
  readonly what: string;
}

/** Whatever would not survive JSON. An `undefined` option is as good as none. */
function* notPlain(value: unknown, at: ConfigPath, above: ReadonlySet<unknown>): Generator<Strange> {
  if (value === null || value === undefined || typeof value === "string" || typeof value === "boolean") return;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) yield { at, what: String(value) };
    return;
  }
  if (typeof value !== "object") {
    yield { at, what: value === undefined ? "undefined" : `a ${typeof value}` };
    return;
  }
  if (above.has(value)) {
    yield { at, what: "a circle of references" };
    return;
  }
  const within = new Set([...above, value]);
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) {
      if (each === undefined) yield { at: [...at, index], what: "undefined" };
      else yield* notPlain(each, [...at, index], within);
    }
    return;
  }
  const kind = prototypeName(value);
  if (kind !== undefined) yield { at, what: `a ${kind}` };
  else for (const [key, each] of Object.entries(value)) yield* notPlain(each, [...at, key], within);
}

/** By name, since a file that is loaded apart may have an `Object` of its own. A module's namespace is plain too. */
function prototypeName(value: object): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || typeof prototype !== "object" || Object.getPrototypeOf(prototype) === null) return undefined;
  return typeof value.constructor === "function" ? value.constructor.name : "class instance";
}

async function overlapping(path: string, providers: readonly LoadedProvider[]): Promise<Problem | undefined> {
  for (const [index, { output }] of providers.entries()) {
    const other = providers.findIndex((each, before) => before < index && (`${each.output}/`.startsWith(`${output}/`) || `${output}/`.startsWith(`${each.output}/`)));
    if (other < 0) continue;
    const locate = await locator(path);
    return { code: "outputs-overlap", severity: "error", message: `Two mappings generate into ${output}.`, remedy: `give each an output of its own: output: "./${output}-${index + 1}"`, at: locate([index, "output"]) };
  }
  return undefined;
}
