/** What lies in an output folder now. */
import { readFile, readdir, realpath } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { lockName, nextLockName } from "./manifest.js";

/** The ending of a file that is written and not yet renamed. */
export const unfinished = ".scim-gen.tmp";

export interface Disk {
  /** The texts of the files that were asked for and exist. */
  readonly texts: ReadonlyMap<string, string>;
  /** Files that nobody asked for. */
  readonly others: readonly string[];
  /** Folders, by path. */
  readonly folders: ReadonlySet<string>;
  /** What an interrupted run left behind. */
  readonly unfinished: readonly string[];
}

/** Paths are below the output folder and in POSIX form. */
export async function readDisk(output: string, asked: ReadonlySet<string>): Promise<Disk> {
  const entries = await listed(output);
  const files = entries.filter((entry) => !entry.isFolder).map(({ path }) => path);
  const isUnfinished = (path: string): boolean => path.endsWith(unfinished) || path === nextLockName;
  const wanted = files.filter((path) => asked.has(path));
  return {
    texts: new Map(await Promise.all(wanted.map(async (path) => [path, await readFile(join(output, path), "utf8")] as const))),
    others: files.filter((path) => !asked.has(path) && path !== lockName && !isUnfinished(path)).sort(),
    folders: new Set(entries.filter((entry) => entry.isFolder).map(({ path }) => path)),
    unfinished: files.filter(isUnfinished),
  };
}

async function listed(output: string): Promise<readonly { readonly path: string; readonly isFolder: boolean }[]> {
  try {
    const entries = await readdir(output, { recursive: true, withFileTypes: true });
    return entries.map((entry) => ({ path: relative(output, join(entry.parentPath, entry.name)).split(sep).join("/"), isFolder: entry.isDirectory() }));
  } catch {
    return []; // No folder yet, or a file in its place, which writing will report.
  }
}

/** Whether a path, its links followed as far as it exists, stays in the folder. */
export async function isInside(folder: string, path: string): Promise<boolean> {
  const [real, parent] = await Promise.all([existing(folder), existing(dirname(path))]);
  return parent === real || parent.startsWith(real + sep);
}

async function existing(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return dirname(path) === path ? path : existing(dirname(path));
  }
}
