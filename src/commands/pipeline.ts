/** The first four stops, which `generate` and `check` share: read, resolve, render, plan. */
import { dirname, join, resolve } from "node:path";
import { isError } from "../problem.js";
import type { Problem } from "../problem.js";
import { configMissing, findConfig, loadConfig } from "../read/config.js";
import type { LoadedConfig, LoadedProvider } from "../read/config.js";
import { belowRoot, fingerprint } from "../read/fingerprint.js";
import { readDialect } from "../read/host.js";
import type { Dialect } from "../read/host.js";
import { readSchema } from "../read/prisma.js";
import type { PrismaSchema } from "../read/prisma.js";
import { version } from "../version.js";
import { readDisk } from "../write/disk.js";
import type { Disk } from "../write/disk.js";
import { manifestOf, printManifest, readManifest, shapeHash } from "../write/manifest.js";
import type { Manifest, ReadManifest } from "../write/manifest.js";
import { isUntouched, plan } from "../write/plan.js";
import type { Change } from "../write/plan.js";
import { positioned } from "./position.js";
import type { GlobalOptions } from "./result.js";

export interface PipelineOptions extends GlobalOptions {
  /** `--overwrite`: files whose edits are given up. */
  readonly overwrite?: readonly string[];
}

/** What one provider's folder would become. */
export interface Planned {
  /** Absolute. */
  readonly output: string;
  readonly changes: readonly Change[];
  readonly dialect: Dialect;
  readonly disk: Disk;
  /** The lock file as it is and as it should be. */
  readonly lock: { readonly before: ReadManifest; readonly after: Manifest };
}

export interface Pipeline {
  /** Empty after an error. */
  readonly planned: readonly Planned[];
  readonly problems: readonly Problem[];
}

export async function pipeline(options: PipelineOptions): Promise<Pipeline> {
  const { progress = () => undefined } = options;
  const configPath = findConfig(options.cwd, options.config);
  if (configPath === undefined) return { planned: [], problems: [configMissing(options.cwd, options.config)] };

  progress("reading the schema");
  const schemaOption = options.schema === undefined ? undefined : resolve(options.cwd, options.schema);
  const { schema, problems: ofSchema } = await readSchema({ root: dirname(configPath), ...(schemaOption === undefined ? {} : { schema: schemaOption }) });
  progress("loading the mapping");
  const clients = schema?.clients.flatMap(({ output }) => output ?? []) ?? [];
  const { config, problems: ofConfig } = await loadConfig(configPath, clients);
  if (schema === undefined || config === undefined) return { planned: [], problems: [...ofSchema, ...ofConfig] };

  const input = await inputOf(config, schema, schemaOption);
  const problems = [...ofSchema, ...ofConfig];
  const planned: Planned[] = [];
  for (const each of config.providers) {
    const made = await planProvider(each, config, schema, input, options);
    planned.push(...made.planned);
    problems.push(...made.problems);
  }
  return { planned: problems.some(isError) ? [] : planned, problems };
}

/** What the lock file says of where its files came from. */
async function inputOf(config: LoadedConfig, schema: PrismaSchema, schemaOption: string | undefined): Promise<Omit<Manifest, "format" | "files">> {
  const { root } = config;
  const inputs = [...config.files, schema.path].map((path) => belowRoot(root, path)).sort();
  const outputs = config.providers.map(({ output }) => output).sort();
  const input = await fingerprint({ root, version, paths: inputs, outputs, schemaOption: schemaOption === undefined ? undefined : belowRoot(root, schemaOption) });
  return { version, input, inputs, ...(outputs.length > 1 ? { outputs } : {}) };
}

async function planProvider(source: LoadedProvider, config: LoadedConfig, schema: PrismaSchema, input: Omit<Manifest, "format" | "files">, options: PipelineOptions): Promise<Pipeline> {
  const { progress = () => undefined } = options;
  const { resolve: resolveProvider } = await import("../resolve/resolve.js");
  const resolved = resolveProvider(source.config, schema, { inputs: [schema.name, config.name], output: source.output }, source.path);
  const problems = [...(await positioned(resolved.problems, config.path, schema))];
  if (resolved.provider === undefined) return { planned: [], problems };

  const output = join(config.root, source.output);
  const read = await readDialect({ root: config.root, output, clients: schema.clients, client: source.config.client, imports: source.config.imports });
  const lock = await readManifest(output);
  problems.push(...read.problems);
  if (lock.problem !== undefined) return { planned: [], problems: [...problems, lock.problem] };

  progress("writing the code");
  const { render } = await import("../render/render.js");
  const { format, sameFormatted } = await import("../render/format.js");
  const rendered = await render(resolved.provider, read.dialect);
  const disk = await readDisk(output, new Set([...rendered.keys(), ...lock.known.keys()]));
  const files = await format(rendered, read.dialect, reusable(disk, lock));
  const owned = source.config.owned ?? [];
  const overwrite = new Set((options.overwrite ?? []).flatMap((name) => [belowRoot(output, resolve(options.cwd, name)), name]));
  const changes = await plan(files, lock, disk, { owned, overwrite, sameFormatted: (path, a, b) => sameFormatted(path, a, b, read.dialect) });
  const ours = new Map([...files].filter(([path]) => changes.some((change) => change.path === path && change.kind !== "owned")));
  return { planned: [{ output, changes, dialect: read.dialect, disk, lock: { before: lock, after: manifestOf(ours, input) } }], problems };
}

/** A file that the formatter would leave as it is: on disk as we wrote it, and rendered with nothing but the layout different. */
function reusable(disk: Disk, { known }: ReadManifest): (path: string, text: string) => string | undefined {
  return (path, text) => {
    const before = disk.texts.get(path);
    if (before === undefined || !isUntouched(path, before, known.get(path) ?? [])) return undefined;
    return shapeHash(path, before) === shapeHash(path, text) ? before.replaceAll("\r\n", "\n") : undefined;
  };
}

/** The lock file's new text, where it differs from the one on disk. */
export function newLock({ lock }: Planned): string | undefined {
  const text = printManifest(lock.after);
  return text === lock.before.text?.replaceAll("\r\n", "\n") ? undefined : text;
}
