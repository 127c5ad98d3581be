/** The generated clients that the fixtures are typed against. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, "..", "..");
export const fixtures = join(here, "fixtures");

/** Generates the orchestra's two clients into `.tmp/orchestra`, and the specimen's where it was never generated. */
export function generateClients(): void {
  const schema = join(fixtures, "orchestra", "schema.prisma");
  const kept = join(root, ".tmp", "orchestra");
  if (!isMadeOf(kept, schema)) {
    // Test files run side by side: each makes its own and moves it into place whole, so none ever reads half a client.
    const own = `${kept}.${String(process.pid)}`;
    mkdirSync(own, { recursive: true });
    cpSync(schema, join(own, "schema.prisma"));
    generate(["--schema", join(own, "schema.prisma")], root);
    if (!isMadeOf(kept, schema)) {
      rmSync(kept, { recursive: true, force: true });
      renameSync(own, kept);
    }
    rmSync(own, { recursive: true, force: true });
  }
  const specimen = join(root, "prisma");
  if (!existsSync(join(specimen, "src", "db", "client.ts"))) generate([], specimen);
}

function isMadeOf(folder: string, schema: string): boolean {
  const copy = join(folder, "schema.prisma");
  return existsSync(copy) && readFileSync(copy, "utf8") === readFileSync(schema, "utf8");
}

function generate(flags: readonly string[], cwd: string): void {
  const prisma = join(root, "node_modules", "prisma", "build", "index.js");
  // Naming any binary keeps Prisma from downloading its engine, which a client does not need.
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, ...process.env };
  execFileSync(process.execPath, [prisma, "generate", ...flags], { cwd, env, stdio: "pipe" });
}
