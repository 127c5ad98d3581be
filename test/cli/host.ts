/** A host project in a folder of its own, and the CLI run in it. */
import { mkdir, mkdtemp, readFile, readdir, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { run } from "../../src/cli.js";

export const schema = `generator client {
  provider = "prisma-client"
  output   = "../src/db"
}

datasource db {
  provider = "postgresql"
}

model Org {
  id    String @id @default(uuid())
  name  String
  users User[]
}

model User {
  id        String   @id @default(uuid())
  email     String
  title     String?
  enabled   Boolean  @default(true)
  orgId     String
  org       Org      @relation(fields: [orgId], references: [id])
  createdAt DateTime @default(now())
  updatedAt DateTime @updatedAt

  @@unique([orgId, email])
}
`;

export const mapping = `import { defineConfig } from "scim-gen";
import type { Prisma } from "./src/db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "User",
    tenant: "orgId",
    attributes: {
      userName: "email",
      active: "enabled",
      title: "title",
    },
  },
});
`;

export const plainHost = { "prisma/schema.prisma": schema, "scim.config.ts": mapping, "src/main.ts": "export {};\n" };

const made: string[] = [];

export async function makeHost(files: Readonly<Record<string, string>> = plainHost): Promise<string> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "scim-gen-")));
  made.push(root);
  await write(root, files);
  return root;
}

export async function write(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

export async function removeHosts(): Promise<void> {
  for (const root of made.splice(0)) await rm(root, { recursive: true, force: true });
}

/** Call at the top of a test file. */
export function cleaning(): void {
  afterAll(removeHosts);
}

export interface Ran {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function scimGen(root: string, ...args: readonly string[]): Promise<Ran> {
  let stdout = "";
  let stderr = "";
  const [command = "", ...others] = args;
  const exit = await run([command, "--cwd", root, ...others], { stdout: (text) => void (stdout += text), stderr: (text) => void (stderr += text), color: false, isWatched: false });
  return { exit, stdout, stderr };
}

/** Path to text of every file below a folder. */
export async function tree(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(await Promise.all(files.sort().map(async (path) => [path.slice(folder.length + 1), await readFile(path, "utf8")] as const)));
}

const repository = fileURLToPath(new URL("../../", import.meta.url));

/** Our packages, for a host that has "installed" something. */
export async function linkPackage(root: string, name: string): Promise<void> {
  await mkdir(dirname(join(root, "node_modules", name)), { recursive: true });
  await symlink(join(repository, "node_modules", name), join(root, "node_modules", name));
}

export { repository };
