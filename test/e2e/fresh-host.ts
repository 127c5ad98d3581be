/** A project of somebody else's, outside this repository, with our package as npm would bring it. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../..", import.meta.url));

export interface Ran {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface FreshHost {
  readonly folder: string;
  /** As a user types it; nothing is fetched. */
  npx(...command: readonly string[]): Promise<Ran>;
  /** The same without npm between, which takes longer than most commands. */
  run(name: string, ...args: readonly string[]): Promise<Ran>;
  read(path: string): string;
  edit(path: string, from: string, to: string): void;
  /** Path and hash of every file that is neither installed nor compiled. */
  hashes(): Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

/** Packs what `npm run build` has built, and installs it, with what a host has in any case at the versions that we test with. */
export async function installFreshHost(fixture: string): Promise<FreshHost> {
  const folder = await mkdtemp(join(tmpdir(), "scim-gen-fresh-"));
  const host = join(folder, "host");
  try {
    await cp(fixture, host, { recursive: true });
    // Without the build that stands before it: other tests read `dist` at this moment.
    const packed = await must(run(repository, "npm", "pack", "--ignore-scripts", "--silent", "--pack-destination", folder));
    const others = ["prisma", "@prisma/client", "@prisma/adapter-pg", "typescript", "@types/node"].map((name) => `${name}@${installed(name)}`);
    await must(run(host, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund", join(folder, packed.stdout.trim()), ...others));
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    folder: host,
    npx: (...command) => run(host, "npx", "--no", "--", ...command),
    run: (name, ...args) => run(host, join(host, "node_modules/.bin", name), ...args),
    read: (path) => readFileSync(join(host, path), "utf8"),
    edit(path, from, to) {
      const text = readFileSync(join(host, path), "utf8");
      if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
      writeFileSync(join(host, path), text.replaceAll(from, to));
    },
    hashes() {
      const files = readdirSync(host, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      const paths = files.map((entry) => join(entry.parentPath, entry.name)).filter((path) => !/\/(?:node_modules|dist)\//.test(path.slice(host.length)));
      return Object.fromEntries(paths.sort().map((path) => [path.slice(host.length + 1), createHash("sha256").update(readFileSync(path)).digest("hex")]));
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** As a user's shell has it: without what vitest and the npm above us say about themselves, and without a database. */
export function cleanEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const ours = /^(?:npm_(?:package|lifecycle|command|execpath|config_local_prefix|config_prefix)|VITEST|NODE_ENV$|NODE_OPTIONS$|INIT_CWD$|DATABASE_URL$|SCIM_)/;
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
  // Prisma would download an engine that neither its install nor `prisma generate` then uses; any program that is there will do.
  return { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, ...environment, ...more };
}

function run(cwd: string, command: string, ...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd, env: cleanEnvironment(), maxBuffer: 10_000_000 }, (error, stdout, stderr) => {
      resolve({ exit: typeof error?.code === "number" ? error.code : error === null ? 0 : 1, stdout, stderr });
    });
  });
}

async function must(running: Promise<Ran>): Promise<Ran> {
  const ran = await running;
  if (ran.exit !== 0) throw new Error(ran.stdout + ran.stderr);
  return ran;
}

function installed(name: string): string {
  const { version } = JSON.parse(readFileSync(join(repository, "node_modules", name, "package.json"), "utf8")) as { readonly version: string };
  return version;
}
