/**
 * A new user's first hour: our tarball in a project of their own, init, generate, compile, serve, and what happens when things
 * change. One host, in this order; each step stands on those before it.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSchema } from "../postgres/ddl.js";
import { openDatabase } from "../postgres/specimen.js";
import { execute } from "../postgres/server.js";
import { enterpriseUrn, error, groupUrn, nothingFound, patchUrn, resourceOf, userUrn } from "./app.js";
import type { Answer } from "./app.js";
import { cleanEnvironment, installFreshHost } from "./fresh-host.js";
import type { FreshHost } from "./fresh-host.js";

let host: FreshHost;
let url: string;
let server: ChildProcess | undefined;
let port: number;

beforeAll(async () => {
  host = await installFreshHost(fileURLToPath(new URL("fixtures/fresh-host", import.meta.url)));
}, 300_000);
afterAll(async () => {
  server?.kill();
  await host.remove();
});

const mine = ["scim.config.ts", "src/scim/index.ts", "src/scim/rules.ts"];
const slow = { timeout: 120_000 };

test("init guesses a mapping, and writes three files once", slow, async () => {
  const before = host.hashes();
  const first = await host.npx("scim-gen", "init", "--yes");
  expect(first).toMatchObject({ exit: 0, stdout: mine.map((path) => `created ${path}\n`).join("") });
  expect(first.stderr).toContain("Your PrismaClient is taken from src/database.ts (prisma).");
  const { ...after } = host.hashes();
  expect(Object.keys(after).filter((path) => !(path in before))).toEqual(mine);
  for (const path of Object.keys(before)) expect(after[path], path).toBe(before[path]);
  expect(host.read("scim.config.ts")).toMatch(/model: "Account",\n\s*tenant: "workspaceId"/);

  const again = await host.run("scim-gen", "init", "--yes");
  expect(again).toMatchObject({ exit: 0, stdout: mine.map((path) => `kept    ${path} (it is there already)\n`).join("") });
  expect(host.hashes()).toEqual(after);
});

test("generate needs no client and no database; what it writes compiles once Prisma's client is there", slow, async () => {
  const generated = await host.npx("scim-gen", "generate");
  expect(generated.exit, generated.stderr).toBe(0);
  expect(generated.stdout).toContain("create  src/scim/generated/user.ts");
  expect(generated.stderr).toMatch(/\d+ created\./);
  expect(generated.stderr).toContain("unique-without-index");

  const prisma = await host.npx("prisma", "generate");
  expect(prisma.exit, prisma.stderr).toBe(0);
  const compiled = await host.run("tsc");
  expect(compiled, compiled.stdout).toMatchObject({ exit: 0, stdout: "" });
});

test("a second generate changes no byte, and check is content", slow, async () => {
  const before = host.hashes();
  expect(await host.run("scim-gen", "generate")).toMatchObject({ exit: 0, stdout: "", stderr: expect.stringContaining("Nothing changed.") });
  expect(await host.run("scim-gen", "check")).toMatchObject({ exit: 0, stdout: "" });
  expect(host.hashes()).toEqual(before);
});

test("the endpoint serves a user's life and a group's, in two tenants with numbers for ids", slow, async () => {
  url = await openDatabase();
  await createSchema(url, join(host.folder, "prisma/schema.prisma"));
  await execute(url, `INSERT INTO workspaces (name) VALUES ('North'), ('South'); INSERT INTO accounts (workspace_id, email, first_name, updated_at) VALUES (2, 'before@south.example', 'Here', now())`);
  await start();
  const [north, south] = [asker("north-token"), asker("south-token")];

  expect(await asker("nobody")("GET", "/Users")).toMatchObject({ status: 401, body: error(401) });
  expect(await north("GET", "/ServiceProviderConfig")).toMatchObject({ status: 200, body: { patch: { supported: true } } });
  const schemas = await north("GET", "/Schemas");
  expect(schemas.text).toContain('"name":"title"');
  expect(schemas.text).not.toContain(enterpriseUrn);
  expect(await north("GET", `/Users?filter=${encodeURIComponent('userName eq "Ann@North.example"')}`)).toMatchObject({ status: 200, body: nothingFound });

  const created = await north("POST", "/Users", {
    schemas: [userUrn],
    userName: "Ann@North.example",
    externalId: "00u1",
    name: { givenName: "Ann", familyName: "Lee" },
    title: "Engineer",
    emails: [{ type: "work", primary: true, value: "Ann@North.example" }],
    active: true,
  });
  expect(created).toMatchObject({ status: 201, body: { userName: "Ann@North.example", active: true, title: "Engineer", emails: [{ type: "work", value: "Ann@North.example" }] } });
  const user = resourceOf(created);
  const path = `/Users/${user.id}`;
  expect(user.meta.location).toBe(`http://127.0.0.1:${port}/scim/v2${path}`);
  expect(await north("POST", "/Users", { schemas: [userUrn], userName: "ANN@north.example" })).toMatchObject({ status: 409, body: error(409, "uniqueness") });
  expect(await north("GET", `/Users?filter=${encodeURIComponent('userName eq "ann@NORTH.example"')}`)).toMatchObject({ body: { totalResults: 1, Resources: [{ id: user.id }] } });
  expect(await north("PUT", path, { ...user, title: "Director", name: { givenName: "Ann", familyName: "Lee-Roy" } })).toMatchObject({ status: 200, body: { title: "Director", active: true } });
  expect(await north("PATCH", path, { schemas: [patchUrn], Operations: [{ op: "Replace", path: "active", value: "False" }] })).toMatchObject({ status: 200, body: { active: false } });
  expect(await rows("SELECT workspace_id, email, first_name, last_name, job_title, is_active, external_id FROM accounts WHERE id = $1", user.id)).toEqual([
    { workspace_id: 1, email: "Ann@North.example", first_name: "Ann", last_name: "Lee-Roy", job_title: "Director", is_active: false, external_id: "00u1" },
  ]);

  const group = resourceOf(await north("POST", "/Groups", { schemas: [groupUrn], displayName: "Builders", members: [{ value: user.id }] }));
  expect(await north("GET", path)).toMatchObject({ body: { groups: [{ value: group.id, display: "Builders" }] } });
  expect(await north("PATCH", `/Groups/${group.id}`, { schemas: [patchUrn], Operations: [{ op: "Remove", path: "members", value: [{ value: user.id }] }] })).toMatchObject({ status: 204 });
  expect(await rows("SELECT * FROM squad_members")).toEqual([]);

  // The other tenant: neither by id, nor by name, nor as a member; ids of any shape are 404.
  for (const id of [user.id, "999999", "99999999999999999999", "x", "1.5"]) expect(await south("GET", `/Users/${id}`)).toMatchObject({ status: 404, body: error(404) });
  expect(await south("GET", "/Users")).toMatchObject({ body: { totalResults: 1, Resources: [{ userName: "before@south.example" }] } });
  expect(await south("POST", "/Groups", { schemas: [groupUrn], displayName: "Thieves", members: [{ value: user.id }] })).toMatchObject({ status: 400, body: error(400, "invalidValue") });
  expect(await south("PATCH", path, { schemas: [patchUrn], Operations: [{ op: "replace", path: "active", value: true }] })).toMatchObject({ status: 404 });
  expect(await south("DELETE", path)).toMatchObject({ status: 404 });
  // One name, once in each.
  expect(await south("POST", "/Users", { schemas: [userUrn], userName: "Ann@North.example" })).toMatchObject({ status: 201 });

  expect(await north("DELETE", path)).toMatchObject({ status: 204 });
  expect(await north("GET", path)).toMatchObject({ status: 404 });
  expect(await north("DELETE", `/Groups/${group.id}`)).toMatchObject({ status: 204 });
  expect(await rows("SELECT workspace_id, email FROM accounts ORDER BY id")).toEqual([
    { workspace_id: 2, email: "before@south.example" },
    { workspace_id: 2, email: "Ann@North.example" },
  ]);
});

test("a generated file that was edited is not overwritten", slow, async () => {
  const path = "src/scim/generated/user.ts";
  const text = host.read(path);
  host.edit(path, "// --- finding ---", "// --- finding, by me ---");
  const before = host.hashes();
  const refused = await host.run("scim-gen", "generate");
  expect(refused.exit).toBe(1);
  expect(refused.stderr).toContain("edited-by-hand");
  expect(refused.stdout).toContain("finding, by me");
  expect((await host.run("scim-gen", "check")).exit).toBe(1);
  // Not one of ours: wrong use, and no leave to write there.
  expect(await host.run("scim-gen", "generate", "--overwrite", "src/database.ts")).toMatchObject({ exit: 2, stderr: expect.stringContaining("src/database.ts") });
  expect(host.hashes()).toEqual(before);
  expect((await host.run("scim-gen", "generate", "--overwrite", path)).exit).toBe(0);
  expect(host.read(path)).toBe(text);
});

test("wrong use is exit 2, with what was meant", slow, async () => {
  expect(await host.run("scim-gen", "generat")).toMatchObject({ exit: 2, stdout: "", stderr: expect.stringContaining("generate") });
  expect(await host.run("scim-gen", "generate", "--dryrun")).toMatchObject({ exit: 2, stderr: expect.stringContaining("--dry-run") });
});

test("a renamed column: generate and check name the line, tsc fails in the committed code, and nothing is written", slow, async () => {
  host.edit("prisma/schema.prisma", "jobTitle    String?       @map", "position    String?       @map");
  const before = host.hashes();
  const line = host.read("scim.config.ts").split("\n").findIndex((text) => text.includes('title: "jobTitle"')) + 1;
  for (const command of ["generate", "check"]) {
    const failed = await host.run("scim-gen", command);
    expect(failed.exit).toBe(1);
    expect(failed.stderr).toMatch(new RegExp(`scim\\.config\\.ts:${line}:\\d+ +error unknown-field`));
    expect(failed.stderr).toContain("jobTitle");
  }
  expect(host.hashes()).toEqual(before);

  expect((await host.run("prisma", "generate")).exit).toBe(0);
  const compiled = await host.run("tsc", "--noEmit");
  expect(compiled.exit).not.toBe(0);
  expect(compiled.stdout).toMatch(/src\/scim\/generated\/user\.ts\(\d+,\d+\): error TS\d+.*/);
  expect(compiled.stdout).toContain("jobTitle");

  // Mended in the mapping: a small difference, and it compiles again.
  host.edit("scim.config.ts", 'title: "jobTitle"', 'title: "position"');
  const mended = await host.run("scim-gen", "generate");
  expect(mended.exit, mended.stderr).toBe(0);
  expect(mended.stdout.trim().split("\n").map((text) => text.trim()).sort()).toEqual(["update  src/scim/generated/README.md", "update  src/scim/generated/user.ts"]);
  const again = await host.run("tsc", "--noEmit");
  expect(again, again.stdout).toMatchObject({ exit: 0 });
});

async function start(): Promise<void> {
  port = await freePort();
  const entry = (tenant: number, token: string): string => `${tenant}:${createHash("sha256").update(token).digest("hex")}`;
  server = spawn(process.execPath, ["dist/server.js"], {
    cwd: host.folder,
    env: cleanEnvironment({
      DATABASE_URL: url,
      PORT: String(port),
      SCIM_BASE_URL: `http://127.0.0.1:${port}/scim/v2`,
      SCIM_TOKENS: `${entry(1, "north-token")} ${entry(2, "south-token")}`,
    }),
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (server.stdout !== null) await once(server.stdout, "data");
}

function asker(token: string): (method: string, path: string, body?: unknown) => Promise<Answer> {
  return async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}/scim/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: text === "" ? undefined : JSON.parse(text) };
  };
}

async function rows(sql: string, ...values: readonly unknown[]): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port: free } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return free;
}
