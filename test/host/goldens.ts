/** The golden cases: a folder named for a behaviour, with a schema and a mapping, and what becomes of them. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { positioned } from "../../src/commands/position.js";
import { isError, printProblems } from "../../src/problem.js";
import { loadConfig } from "../../src/read/config.js";
import type { Dialect, FileSet } from "../../src/read/host.js";
import { parseSchema } from "../../src/read/prisma.js";
import type { Provider } from "../../src/provider.js";
import type { PrismaSchema } from "../../src/read/prisma.js";
import { render } from "../../src/render/render.js";
import { resolve } from "../../src/resolve/resolve.js";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const goldenFolder = fileURLToPath(new URL("../golden/", import.meta.url));

/** The one case that holds the protocol too. */
const whole = "whole-tree";

export interface Golden {
  readonly name: string;
  readonly folder: string;
}

export function goldens(): readonly Golden[] {
  const folders = readdirSync(goldenFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => ({ name, folder: join(goldenFolder, name) })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Those from which code is generated. */
export function generating(): readonly Golden[] {
  return goldens().filter(({ name }) => !name.startsWith("problems-"));
}

export interface Generated {
  /** Undefined after an error, like the files. */
  readonly provider: Provider | undefined;
  readonly files: FileSet | undefined;
  /** As printed, warnings included; "" where there are none. */
  readonly problems: string;
}

const dialect: Dialect = { importEnding: ".js", clientImport: "../db/client.js", lineEnding: "\n", prettier: undefined };

export async function generate(folder: string, change: Partial<Dialect> = {}): Promise<Generated> {
  const schema = await schemaOf(folder);
  const path = join(folder, "scim.config.ts");
  const { config, problems } = await loadConfig(path, []);
  const [provider] = config?.providers ?? [];
  if (provider === undefined) throw new Error(printProblems(problems, { color: false, cwd: folder }));
  const resolved = resolve(provider.config, schema, { inputs: ["schema.prisma", "scim.config.ts"], output: "out" }, provider.path);
  const placed = await positioned(resolved.problems, path, schema);
  const printed = printProblems(placed, { color: false, cwd: folder });
  if (resolved.provider === undefined && !placed.some(isError)) throw new Error(`Neither a provider nor an error: ${printed}`);
  const files = resolved.provider === undefined ? undefined : await render(resolved.provider, { ...dialect, ...change });
  return { provider: resolved.provider, files, problems: printed };
}

export async function schemaOf(folder: string, text = readFileSync(join(folder, "schema.prisma"), "utf8")): Promise<PrismaSchema> {
  const path = join(folder, "schema.prisma");
  const { schema, problems } = await parseSchema({ path, name: "schema.prisma", files: [{ path, text }] });
  if (schema === undefined) throw new Error(printProblems(problems, { color: false, cwd: folder }));
  return schema;
}

/** What a golden folder should hold beside its inputs. */
export async function expected({ name, folder }: Golden): Promise<ReadonlyMap<string, string>> {
  const { files, problems } = await generate(folder);
  const kept = [...(files ?? [])].filter(([path]) => name === whole || !path.startsWith("protocol/"));
  return new Map([...kept.map(([path, text]) => [`out/${path}`, text] as const), ...(problems === "" ? [] : [["problems.txt", `${problems}\n`] as const])]);
}
