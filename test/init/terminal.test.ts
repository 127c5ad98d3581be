/** `init` at a real terminal: the built command, driven by keys. Skipped only where there is no program that makes a terminal. */
import { mkdir, readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { cleaning, makeHost } from "../cli/host.js";
import { atTerminal, hasTerminal, keys } from "./terminal.js";
import type { Session, Step } from "./terminal.js";

cleaning();

const command = fileURLToPath(new URL("../../bin/scim-gen.js", import.meta.url));
const schemaOf = (shape: string): string => readFileSync(new URL(`fixtures/${shape}/schema.prisma`, import.meta.url), "utf8");

async function hostOf(shape: string): Promise<string> {
  const host = await makeHost({ "schema.prisma": schemaOf(shape) });
  await mkdir(join(host, "src"));
  return host;
}

const initAt = (host: string, steps: readonly Step[], flags: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Session> =>
  atTerminal([process.execPath, command, "init", "--cwd", host, ...flags], steps, env);

const groups = "Which model are the groups?";
const removal = "What does a directory's DELETE of a user do?";
const write = "Write scim.config.ts, src/scim/index.ts, src/scim/rules.ts?";

describe.skipIf(!hasTerminal)("init at a terminal", { timeout: 60_000 }, () => {
  test("asks what the schema leaves open, the likeliest first; Enter takes it, and the same is written as by --yes", async () => {
    const host = await hostOf("decoys");
    const session = await initAt(host, [{ seen: groups, type: keys.enter }, { seen: removal, type: keys.enter }, { seen: write, type: keys.enter }]);

    expect(session.exit).toBe(0);
    expect(session.screen).toContain("Department: DepartmentMember joins it to Account");
    expect(session.screen).toContain("softDelete: deletedAt marks the row");
    const golden = readFileSync(new URL("fixtures/decoys/scim.config.ts", import.meta.url), "utf8");
    expect(await readFile(join(host, "scim.config.ts"), "utf8")).toBe(golden.replace("./src/db/client.js", "./src/db/client.ts"));
  });

  test("another answer makes another mapping, and a flag is an answer that is not asked for", async () => {
    const host = await hostOf("decoys");
    const session = await initAt(host, [{ seen: groups, type: keys.down + keys.enter }, { seen: write, type: keys.enter }], ["--removal", "delete"]);

    expect(session.exit).toBe(0);
    expect(session.screen).not.toContain(removal);
    const config = await readFile(join(host, "scim.config.ts"), "utf8");
    expect(config).toContain('    model: "Project",\n');
    expect(config).not.toContain("softDelete");
  });

  test.each([
    ["at the first question", [{ seen: groups, type: keys.stop }]],
    ["at the last", [{ seen: groups, type: keys.enter }, { seen: removal, type: keys.enter }, { seen: write, type: keys.stop }]],
  ])("Ctrl-C %s leaves nothing written, and exits 1", async (_title, steps) => {
    const host = await hostOf("decoys");
    const session = await initAt(host, steps);

    expect(session.exit).toBe(1);
    expect(session.screen).toContain("Nothing was written.");
    expect((await readdir(host, { recursive: true })).sort()).toEqual(["schema.prisma", "src"]);
  });

  test.each([
    ["NO_COLOR is without colour", { NO_COLOR: "1" }, false],
    ["colour elsewhere", {}, true],
  ])("asks nothing but whether to write where a schema leaves nothing open; %s", async (_title, env, isColoured) => {
    const host = await hostOf("snake-case");
    const session = await initAt(host, [{ seen: write, type: "n" }], [], env);

    expect(session.exit).toBe(1);
    expect(/\x1b\[(?:3[0-9]|4[0-9]|9[0-9])m/.test(session.raw)).toBe(isColoured);
  });
});
