import { afterAll, beforeAll, expect, it } from "vitest";
import { cleaning, makeHost, write } from "./host.js";
import { buildPackage } from "./package.js";
import type { Package } from "./package.js";

cleaning();

let scimGen: Package;
beforeAll(async () => {
  scimGen = await buildPackage();
}, 30_000);
afterAll(() => scimGen.remove());

/** Packages that take longer to load than all of a run that changes nothing. */
const heavy = ["jiti", "@prisma/get-dmmf", "@prisma/config", "ts-morph", "prettier", "handlebars"];
const heavyIn = (loaded: readonly string[]): readonly string[] => heavy.filter((name) => loaded.some((file) => file.includes(`/node_modules/${name}/`)));
const packagesIn = (loaded: readonly string[]): readonly string[] => [...new Set(loaded.flatMap((file) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []))];

it("helps without loading a command", async () => {
  const host = await makeHost({});
  for (const args of [["--help"], ["generate", "--help"], ["--version"], ["genrate"], ["generate", "--difff"]]) {
    const { loaded } = await scimGen.run(host, ...args);
    expect(packagesIn(loaded)).toEqual(["commander"]);
    expect(loaded.filter((file) => file.includes("/dist/commands/"))).toEqual([]);
  }
}, 30_000);

it("generates, and the second time loads nothing but what it takes to see that nothing changed", async () => {
  const host = await makeHost();
  await write(host, { ".prettierrc": "{}\n" });
  const first = await scimGen.run(host, "generate");
  expect(first).toMatchObject({ exit: 0, stderr: expect.stringContaining("created.") as string });
  // The trace sees what is loaded lazily.
  expect(heavyIn(first.loaded)).toEqual(expect.arrayContaining(["jiti", "@prisma/get-dmmf", "prettier", "handlebars"]));

  const second = await scimGen.run(host, "generate");
  expect(second).toMatchObject({ exit: 0, stdout: "", stderr: "Nothing changed.\n" });
  expect(heavyIn(second.loaded)).toEqual([]);
  expect([...packagesIn(second.loaded)].sort()).toEqual(["commander", "get-tsconfig", "resolve-pkg-maps"]);
}, 60_000);

it("finds positions with a parser only when there is something to print", async () => {
  const host = await makeHost();
  await write(host, { "scim.config.ts": 'export default { User: { model: "Usr", tenant: "orgId", attributes: { userName: "email" } } };\n' });
  const { exit, stderr, loaded } = await scimGen.run(host, "generate");
  expect(exit).toBe(1);
  expect(stderr).toContain("scim.config.ts:1:33  error unknown-model");
  expect(heavyIn(loaded)).toContain("ts-morph");
}, 30_000);
