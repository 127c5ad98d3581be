/** `npm run demo` as a new user meets it: what it prints can be pasted, and what it has started is gone when it stops. */
import { execFile, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const hasCurl = await promisify(execFile)("curl", ["--version"]).then(() => true, () => false);

/** Temporary folders of the demo's own, to see that none is left. */
let folder: string;
let running: Demo | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "scim-gen-demo-test-"));
  // Where we are root, Postgres runs as another user, who has to get in.
  await chmod(folder, 0o755);
});
afterEach(async () => {
  running?.process.kill("SIGKILL");
  running = undefined;
  await rm(folder, { recursive: true, force: true });
});

interface Demo {
  readonly process: ChildProcess;
  readonly said: () => string;
  readonly complained: () => string;
  /** Resolves when it has printed this. */
  readonly until: (text: string) => Promise<void>;
  readonly ended: Promise<number | null>;
}

function demo(environment: Readonly<Record<string, string>>): Demo {
  const child = spawn(process.execPath, ["--import", "tsx", "prisma/demo.ts"], {
    cwd: repository,
    env: { ...process.env, NODE_OPTIONS: "", TMPDIR: folder, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  let complained = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complained += text));
  const ended = once(child, "close").then(([code]) => code as number | null);
  running = {
    process: child,
    said: () => said,
    complained: () => complained,
    async until(text) {
      let over = false;
      void ended.then(() => (over = true));
      while (!said.includes(text)) {
        if (over) throw new Error(`The demo ended before it said "${text}".\n${said}${complained}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    ended,
  };
  return running;
}

test.runIf(hasCurl)("serves both tenants, prints requests that work, logs statements, and stops on SIGTERM", { timeout: 120_000 }, async () => {
  const { process: child, said, complained, until, ended } = demo({ PORT: "0", DEMO_LOG: "sql" });
  await until("Ctrl-C stops it.");
  expect(said()).toMatch(/created scim\.config\.ts/);
  expect(said()).toMatch(/\d+ of \d+ as committed\./);
  const lines = said().split("\n").filter((line) => line.startsWith("curl "));
  const answers: unknown[] = [];
  for (const line of lines) answers.push(JSON.parse((await promisify(execFile)("sh", ["-c", line])).stdout));
  expect(answers).toMatchObject([
    { totalResults: 5, itemsPerPage: 2 },
    { totalResults: 1, Resources: [{ userName: "ada@acme.example" }] },
    { userName: "ann@acme.example", active: true, emails: [{ value: "ann@acme.example" }] },
    { userName: "grace@acme.example", active: false },
    { displayName: "Engineering", members: expect.arrayContaining([expect.objectContaining({ type: "User" })]) },
    { status: "404" },
  ]);
  expect(said()).toMatch(/GET \/scim\/v2\/Users\?count=2 -> 200, [\d.]+ ms\n {2}1\. SELECT /);
  expect(said()).toMatch(/POST \/scim\/v2\/Users -> 201.*\n {2}1\. BEGIN/);

  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(complained()).toBe("");
  expect(readdirSync(folder).filter((name) => /^scim-gen-(?:demo|postgres)-/.test(name))).toEqual([]);
});

test("stops on SIGINT in the middle of its start", { timeout: 60_000 }, async () => {
  const { process: child, until, ended, complained } = demo({ PORT: "0" });
  await until("== PostgreSQL");
  child.kill("SIGINT");
  expect(await ended).toBe(0);
  expect(complained()).toBe("");
  expect(readdirSync(folder).filter((name) => /^scim-gen-(?:demo|postgres)-/.test(name))).toEqual([]);
});

test("says that a port is in use, and what to type", { timeout: 60_000 }, async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const { ended, complained } = demo({ PORT: String(port) });
  expect(await ended).toBe(1);
  expect(complained()).toBe(`Port ${port} is in use. Please stop what listens there, or choose another: PORT=${port + 1} npm run demo\n`);
  server.close();
});

test("says that PORT is no port", { timeout: 60_000 }, async () => {
  const { ended, complained } = demo({ PORT: "http" });
  expect(await ended).toBe(1);
  expect(complained()).toContain('PORT is "http", which is no port');
});
