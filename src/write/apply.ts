/** The only file that writes to disk. It writes what a plan names, and nothing beside it. */
import { mkdir, rename, rm, rmdir, unlink, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join, posix } from "node:path";
import type { Problem } from "../problem.js";
import { isInside, unfinished } from "./disk.js";
import { lockName, nextLockName } from "./manifest.js";
import type { Change } from "./plan.js";

export interface Work {
  /** Absolute. */
  readonly output: string;
  readonly changes: readonly Change[];
  /** The new lock file; undefined where it stays as it is. */
  readonly lock: string | undefined;
  readonly lineEnding: "\n" | "\r\n";
  /** What an interrupted run left behind. */
  readonly unfinished: readonly string[];
}

/**
 * All or nothing: every file is written beside its place first, so that a full disk or a missing right is met before the first rename. The new lock
 * file lies ready from the start under another name and is renamed last: killed in between, the next run knows all our texts, old and new.
 */
export async function apply({ output, changes, lock, lineEnding, unfinished: leftovers }: Work): Promise<Problem | undefined> {
  const writes = changes.flatMap(({ path, kind, before, after }) => ((kind === "create" || kind === "update") && after !== undefined ? [{ path, before, text: after.replaceAll("\n", lineEnding) }] : []));
  const removes = changes.filter(({ kind }) => kind === "remove");
  if (writes.length === 0 && removes.length === 0 && lock === undefined && leftovers.length === 0) return undefined;
  for (const { path } of changes) await refuseOutside(output, path);

  const staged: string[] = [];
  const made: string[] = [];
  const done: (() => Promise<void>)[] = [];
  try {
    for (const { path, text } of [...writes.map((each) => ({ ...each, path: each.path + unfinished })), ...(lock === undefined ? [] : [{ path: nextLockName, text: lock }])]) {
      const target = join(output, path);
      const folder = await mkdir(dirname(target), { recursive: true });
      if (folder !== undefined) made.push(folder);
      staged.push(target);
      await writeFile(target, text);
    }
    for (const { path, before } of writes) {
      const target = join(output, path);
      await rename(target + unfinished, target);
      done.push(() => (before === undefined ? unlink(target) : writeFile(target, before)));
    }
    for (const { path, before } of removes) {
      const target = join(output, path);
      await unlink(target);
      done.push(() => writeFile(target, before ?? ""));
    }
    if (lock !== undefined) await rename(join(output, nextLockName), join(output, lockName));
  } catch (error) {
    for (const undo of done.reverse()) await undo();
    for (const path of staged) await rm(path, { force: true });
    for (const folder of made.reverse()) await rm(folder, { recursive: true, force: true });
    return notWritable(output, error);
  }
  for (const path of leftovers) await rm(join(output, path), { force: true });
  for (const { path } of removes) await removeEmpty(output, posix.dirname(path));
  return undefined;
}

/** A path from anywhere but the plan's own folder is a bug, and a link may lead out of it. */
async function refuseOutside(output: string, path: string): Promise<void> {
  const normal = posix.normalize(path);
  if (isAbsolute(path) || normal !== path || path.includes("\\") || path === ".." || path.startsWith("../") || !(await isInside(output, join(output, path)))) {
    throw new Error(`The plan names ${path}, which lies outside of ${output}.`);
  }
}

async function removeEmpty(output: string, folder: string): Promise<void> {
  if (folder === ".") return;
  try {
    await rmdir(join(output, folder));
  } catch {
    return; // Not empty: something of the user's is in it.
  }
  await removeEmpty(output, posix.dirname(folder));
}

function notWritable(output: string, error: unknown): Problem {
  return {
    code: "output-not-writable",
    severity: "error",
    message: `The output folder ${output} cannot be written: ${error instanceof Error ? error.message : String(error)}. Nothing was changed.`,
    remedy: `mend the rights of the folder, or name another one in the mapping: output: "./src/scim/generated"`,
  };
}

export interface WrittenOnce {
  readonly created: readonly string[];
  /** There already, and left as they are. */
  readonly kept: readonly string[];
}

/** For `init`: files that become the user's. One that exists is never touched, whoever makes it meanwhile. */
export async function writeOnce(root: string, files: ReadonlyMap<string, string>): Promise<WrittenOnce> {
  const created: string[] = [];
  const kept: string[] = [];
  for (const [path, text] of files) {
    await refuseOutside(root, path);
    await mkdir(dirname(join(root, path)), { recursive: true });
    try {
      await writeFile(join(root, path), text, { flag: "wx" });
      created.push(path);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      kept.push(path);
    }
  }
  return { created, kept };
}
