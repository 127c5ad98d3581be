/** A query without the tenant does not compile, whoever writes it. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { generateClient } from "../postgres/client.js";
import { compile, compilers, plainlyStrict } from "./configs.js";
import { root } from "./goldens.js";

it.each(compilers)("no query without a tenant compiles by $name", { timeout: 120_000 }, async (compiler) => {
  await generateClient(join(root, "prisma"));
  const folder = join(root, ".tmp", "host", "tenant");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  expect(await compile(compiler, plainlyStrict, folder, ["../../../test/host/fixtures/tenant.ts"])).toBe("");
});
