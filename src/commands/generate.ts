/** `scim-gen generate`: the five stops. */
import { resolve } from "node:path";
import { isError } from "../problem.js";
import type { Problem } from "../problem.js";
import { findConfig } from "../read/config.js";
import { apply } from "../write/apply.js";
import { isRefused, isWritten } from "../write/plan.js";
import { newLock, pipeline } from "./pipeline.js";
import type { PipelineOptions, Planned } from "./pipeline.js";
import type { CommandResult } from "./result.js";
import { changeLines, diffs, jsonOf, named, refusals, unknownFile } from "./told.js";
import type { Named } from "./told.js";
import { isUnchanged } from "./unchanged.js";

export interface GenerateOptions extends PipelineOptions {
  /** Write nothing, list what would be written. */
  readonly dryRun?: boolean;
  /** Write nothing, show what would change. */
  readonly diff?: boolean;
  /** Trust no lock file: for our own repository, where templates change and the version does not. */
  readonly fresh?: boolean;
}

export async function generate(options: GenerateOptions): Promise<CommandResult> {
  const configPath = findConfig(options.cwd, options.config);
  const schema = options.schema === undefined ? undefined : resolve(options.cwd, options.schema);
  const trusting = options.fresh !== true && (options.overwrite ?? []).length === 0;
  if (trusting && configPath !== undefined && (await isUnchanged(configPath, schema))) return { exit: 0, stderr: ["Nothing changed."], json: { changes: [] } };

  const { planned, problems } = await pipeline(options);
  if (problems.some(isError)) return { exit: 1, problems };
  const files = named(planned, options.cwd);
  const wrong = unknownFile(options.overwrite ?? [], files);
  if (wrong !== undefined) return { exit: 2, stderr: [wrong] };
  const refused = refusals(planned, files);
  if (refused.length > 0) return { exit: 1, stdout: await diffs(files, isRefused), problems: [...problems, ...refused], json: jsonOf(files) };
  if (options.diff === true || options.dryRun === true) {
    const stdout = options.diff === true ? await diffs(files, isWritten) : changeLines(files);
    return { exit: 0, stdout, stderr: stdout.length === 0 ? ["Nothing would change."] : [], problems, json: jsonOf(files) };
  }
  const failures = await written(planned);
  if (failures.length > 0) return { exit: 1, problems: [...problems, ...failures] };
  return { exit: 0, stdout: changeLines(files), stderr: [summary(planned, files)], problems, json: jsonOf(files) };
}

async function written(planned: readonly Planned[]): Promise<readonly Problem[]> {
  for (const each of planned) {
    const { output, changes, dialect, disk } = each;
    const failure = await apply({ output, changes, lock: newLock(each), lineEnding: dialect.lineEnding, unfinished: disk.unfinished });
    if (failure !== undefined) return [failure];
  }
  return [];
}

function summary(planned: readonly Planned[], files: readonly Named[]): string {
  const count = (kind: string): number => files.filter(({ change }) => change.kind === kind).length;
  const parts = (["create", "update", "remove"] as const).flatMap((kind) => (count(kind) === 0 ? [] : [`${count(kind)} ${kind === "remove" ? "removed" : `${kind}d`}`]));
  if (parts.length > 0) return `${parts.join(", ")}.`;
  return planned.some((each) => newLock(each) !== undefined) ? "Nothing changed but the lock file." : "Nothing changed.";
}
