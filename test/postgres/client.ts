/** Prisma's client for a schema, generated only when the one on disk was made from another schema. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { open, readFile, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { schemaFiles } from "./ddl.js";
import type { SchemaFile } from "./ddl.js";

/** Runs `prisma generate` in a folder that holds `schema.prisma`, or else `.prisma` files at any depth. Answers whether it had to. */
export async function generateClient(folder: string): Promise<boolean> {
  const schema = (await exists(join(folder, "schema.prisma"))) ? join(folder, "schema.prisma") : folder;
  const files = await schemaFiles(schema);
  if (await isCurrent(folder, files)) return false;
  return alone(folder, async () => {
    // Whoever had the lock before may have done the work.
    if (await isCurrent(folder, files)) return false;
    await promisify(execFile)(process.execPath, [prismaCommand(), "generate", "--schema", schema, "--no-hints"], {
      cwd: folder,
      // `prisma generate` asks for an engine that it then does not use, and would download it; any program that is there does.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.env["PRISMA_SCHEMA_ENGINE_BINARY"] ?? process.execPath },
    });
    return true;
  });
}

/** A client carries the text of its schema and the version that made it: better evidence than file times, which a checkout resets. */
async function isCurrent(folder: string, files: readonly SchemaFile[]): Promise<boolean> {
  const output = files.map(({ content }) => /^\s*output\s*=\s*"([^"]+)"/m.exec(content)?.[1]).find((found) => found !== undefined);
  if (output === undefined) throw new Error(`No generator of the schema in ${folder} names an output.`);
  const client = await read(join(resolve(folder, output), "internal", "class.ts"));
  const text = unspaced(client);
  return client.includes(`"clientVersion": "${prismaVersion()}"`) && files.every(({ content }) => text.includes(unspaced(JSON.stringify(content).slice(1, -1))));
}

/** Prisma aligns the schema's columns before it writes them down. */
const unspaced = (text: string): string => text.replaceAll(/(?:\\n|\s)+/g, "");

const require = createRequire(import.meta.url);
const prismaCommand = (): string => join(dirname(require.resolve("prisma/package.json")), "build", "index.js");

function prismaVersion(): string {
  const { version }: { readonly version: string } = require("prisma/package.json");
  return version;
}

const read = (path: string): Promise<string> => readFile(path, "utf8").catch(() => "");
const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => false);

/** One generation of a folder at a time: two of them into one output leave half of each. */
export async function alone<T>(folder: string, run: () => Promise<T>): Promise<T> {
  const lock = join(tmpdir(), `scim-gen-client-${createHash("sha256").update(resolve(folder)).digest("hex").slice(0, 16)}.lock`);
  for (const since = Date.now(); ; await pause(50)) {
    const taken = await open(lock, "wx").catch(() => undefined);
    if (taken !== undefined) {
      await taken.close();
      break;
    }
    // Left behind by a run that was killed.
    if (Date.now() - since > 30_000) await rm(lock, { force: true });
  }
  try {
    return await run();
  } finally {
    await rm(lock, { force: true });
  }
}
