import { execFile } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { fixtures, generateClients, root } from "./clients.js";

beforeAll(generateClients, 60_000);

// The fixtures hold the specimen, both examples, every other kind of the grammar, and what must be refused (`@ts-expect-error`).
describe.each([
  ["ts54", "5.4.5"],
  ["typescript", "5.9.3"],
  ["ts60", "6.0.3"],
  ["ts70", "7.0.2"],
])("%s", (name, version) => {
  const tsc = (...flags: readonly string[]) =>
    new Promise<string>((resolve) => {
      execFile(process.execPath, [join(root, "node_modules", name, "bin", "tsc"), ...flags], { cwd: fixtures }, (_, stdout, stderr) => {
        resolve(stdout + stderr);
      });
    });

  it(`is TypeScript ${version}`, async () => {
    expect(await tsc("--version")).toBe(`Version ${version}\n`);
  });

  it("accepts what the grammar says and refuses the rest", async () => {
    expect(await tsc("-p", ".", "--pretty", "false")).toBe("");
  }, 120_000);
});
