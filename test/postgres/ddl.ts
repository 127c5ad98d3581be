/**
 * Tables from a Prisma schema, without Prisma's downloaded engine: the WebAssembly build of the same engine prints the SQL.
 */
import { readFile, readdir, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type * as Engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import { execute } from "./server.js";

/** Gives an empty database the tables of a schema, which is a file or a folder of `.prisma` files. */
export async function createSchema(url: string, schemaPath: string): Promise<void> {
  const files = await schemaFiles(schemaPath);
  // The engine never prints CREATE EXTENSION, and a citext column needs one.
  if (files.some(({ content }) => content.includes("@db.Citext"))) await execute(url, "CREATE EXTENSION IF NOT EXISTS citext");
  await execute(url, await createStatements(url, files));
}

/** The SQL that makes the tables of a schema. The database at the URL is asked for its version and nothing else. */
export async function schemaSql(url: string, schemaPath: string): Promise<string> {
  return createStatements(url, await schemaFiles(schemaPath));
}

/** Runs each `<name>/migration.sql` of a migrations folder, in order of the names, as `prisma migrate deploy` does. */
export async function applyMigrations(url: string, folder: string): Promise<void> {
  for (const entry of (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory()) await execute(url, await readFile(join(folder, entry.name, "migration.sql"), "utf8"));
  }
}

export interface SchemaFile {
  readonly path: string;
  readonly content: string;
}

/** The files of a schema: itself, or every `.prisma` file below it, as Prisma reads them. */
export async function schemaFiles(schemaPath: string): Promise<readonly SchemaFile[]> {
  if ((await stat(schemaPath)).isFile()) return [{ path: basename(schemaPath), content: await readFile(schemaPath, "utf8") }];
  const names = (await readdir(schemaPath, { recursive: true })).filter((name) => name.endsWith(".prisma") && !name.includes("node_modules")).sort();
  return Promise.all(names.map(async (path) => ({ path, content: await readFile(join(schemaPath, path), "utf8") })));
}

async function createStatements(url: string, files: readonly SchemaFile[]): Promise<string> {
  const { SchemaEngine } = await engine();
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(url));
  const opened = await SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
  try {
    const { stdout } = await opened.diff({
      from: { tag: "empty" },
      to: { tag: "schemaDatamodel", files: [...files] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    if (stdout === null) throw new Error("The schema engine printed no SQL.");
    return stdout;
  } finally {
    opened.free();
  }
}

/** What is used of it here: it is a global of Node that neither `lib` ES2023 nor Node's types declare. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: { readonly [module: string]: object }): Promise<{ readonly instance: { readonly exports: { readonly [name: string]: unknown } } }>;
};

let loaded: Promise<typeof Engine> | undefined;

/** By hand, because the package's own entry imports a `.wasm` file, which Node refuses without a flag. */
function engine(): Promise<typeof Engine> {
  loaded ??= (async () => {
    const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
    const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
    const bytes = await readFile(join(dirname(entry), "schema_engine_bg.wasm"));
    const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": { ...glue } });
    glue.__wbg_set_wasm(instance.exports);
    const start = instance.exports["__wbindgen_start"];
    if (typeof start === "function") start();
    return glue;
  })();
  return loaded;
}
