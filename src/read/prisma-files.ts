/** Where the host keeps its Prisma schema, and which Prisma it has. */
import { existsSync } from "node:fs";
import { readFile, readdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Problem } from "../problem.js";

export interface SchemaFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

export interface SchemaSearch {
  /** Absolute; the folder of the mapping file, and where there is none the working folder. */
  readonly root: string;
  /** `--schema`, absolute. */
  readonly schema?: string;
}

export interface FoundSchema {
  /** File or folder, absolute; undefined with a problem. */
  readonly path: string | undefined;
  readonly problems: readonly Problem[];
}

const names = ["prisma7.config", ".config/prisma7", "prisma.config", ".config/prisma"];
const endings = ["js", "ts", "mjs", "cjs", "mts", "cts"];

/** The file in Prisma's own order; finding it must cost nothing, for the fast path asks too. */
export function prismaConfigFile(root: string): string | undefined {
  return names.flatMap((name) => endings.map((ending) => join(root, `${name}.${ending}`))).find((path) => existsSync(path));
}

export async function findSchema({ root, schema }: SchemaSearch): Promise<FoundSchema> {
  if (schema !== undefined) {
    return existsSync(schema) ? { path: schema, problems: [] } : missing(`There is no Prisma schema at ${schema}.`, "give --schema the path of the schema file or folder");
  }
  const configFile = prismaConfigFile(root);
  const said = configFile === undefined ? { path: undefined, problems: [] } : await fromPrismaConfig(root, configFile);
  const path = said.path ?? (await packageSchema(root)) ?? ["prisma/schema.prisma", "schema.prisma"].map((name) => join(root, name)).find((name) => existsSync(name));
  if (path !== undefined && existsSync(path)) return { path, problems: said.problems };
  const none = path === undefined ? `No Prisma schema was found in ${root}.` : `There is no Prisma schema at ${path}.`;
  const { problems } = missing(none, "write --schema path/to/schema.prisma, or run in the project's folder (--cwd)");
  return { path: undefined, problems: [...said.problems, ...problems] };
}

function missing(message: string, remedy: string): FoundSchema {
  return { path: undefined, problems: [{ code: "schema-not-found", severity: "error", message, remedy }] };
}

/**
 * Loading a config costs more than reading the whole schema, so a path that stands in it as plain text is taken from there. A config that fails to
 * load, most often for a missing variable, says by its text where the schema is too.
 */
async function fromPrismaConfig(root: string, configFile: string): Promise<FoundSchema> {
  const text = withoutComments(await readFile(configFile, "utf8"));
  const plain = [...text.matchAll(/\bschema\s*:\s*["'`]([^"'`$]+)["'`]\s*[,}\n]/g)].map((match) => resolve(dirname(configFile), match[1] ?? ""));
  if (plain.length === 1 && plain[0] !== undefined && existsSync(plain[0])) return { path: plain[0], problems: [] };
  const { loadConfigFromFile } = await import("@prisma/config");
  const loaded = await loadConfigFromFile({ configRoot: root, configFile });
  if (loaded.error === undefined) return { path: loaded.config.schema, problems: [] };
  const written = schemaInText(text);
  const reason = "error" in loaded.error ? loaded.error.error.message.split("\n")[0] ?? "" : "";
  const path = [resolve(dirname(configFile), written ?? "")].find((each) => written !== undefined && existsSync(each));
  return {
    path,
    problems: [
      {
        code: "prisma-config-unread",
        severity: "note",
        message: `The Prisma config could not be loaded (${reason.replace(/\.$/, "")}), so the schema was looked for ${path === undefined ? "at the default place" : "where its text says"}.`,
        remedy: "nothing to do if that is the right schema; else set the variable, or give --schema",
        at: { file: configFile, line: 1, column: 1 },
      },
    ],
  };
}

const withoutComments = (text: string): string => text.replace(/("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, string: string | undefined) => string ?? "");

/** `schema: "x"` and `schema: path.join("a", "b")`. */
function schemaInText(text: string): string | undefined {
  const value = /\bschema\s*:\s*((?:path\s*\.\s*)?(?:join|resolve)\s*\(([^)]*)\)|["'`][^"'`]*["'`])/.exec(text)?.[1];
  const parts = value === undefined ? [] : [...value.matchAll(/["'`]([^"'`]*)["'`]/g)].map((match) => match[1] ?? "");
  return parts.length === 0 ? undefined : join(...parts);
}

/** `prisma.schema` of the package.json, absolute. */
export async function packageSchema(root: string): Promise<string | undefined> {
  const schema = (await packageJson(join(root, "package.json")))?.prisma?.schema;
  return typeof schema === "string" ? resolve(root, schema) : undefined;
}

interface PackageJson {
  readonly version?: unknown;
  readonly prisma?: { readonly schema?: unknown };
}

async function packageJson(path: string): Promise<PackageJson | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as PackageJson;
  } catch {
    return undefined;
  }
}

/** The schema's text: one file, or every `.prisma` file below a folder, sorted. */
export async function schemaFiles(path: string): Promise<readonly SchemaFile[]> {
  if (!(await stat(path)).isDirectory()) return [{ path, text: await readFile(path, "utf8") }];
  const found = (await readdir(path, { recursive: true })).filter((name) => name.endsWith(".prisma")).sort();
  return Promise.all(found.map(async (name) => ({ path: join(path, name), text: await readFile(join(path, name), "utf8") })));
}

/** The Prisma that the host has installed, from its folder upwards; undefined where there is none. */
export async function installedPrisma(root: string): Promise<{ readonly name: string; readonly version: string } | undefined> {
  for (let folder = root; ; folder = dirname(folder)) {
    // The client decides where both are there: a host may try the tool of Prisma 8 beside the client of 7.
    for (const name of ["@prisma/client", "prisma"]) {
      const version = (await packageJson(join(folder, "node_modules", name, "package.json")))?.version;
      if (typeof version === "string") return { name, version };
    }
    if (dirname(folder) === folder) return undefined;
  }
}

export async function unsupportedPrisma(root: string): Promise<Problem | undefined> {
  const installed = await installedPrisma(root);
  if (installed === undefined || /^7\./.test(installed.version)) return undefined;
  return {
    code: "unsupported-prisma",
    severity: "error",
    message: `${installed.name} ${installed.version} is installed, and this version of scim-gen generates code for Prisma 7.`,
    remedy: "npm i -D prisma@^7.10.1 && npm i @prisma/client@^7.10.0",
  };
}
