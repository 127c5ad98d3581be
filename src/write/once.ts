/** Writes files that become the user's: only where there is none, and never again. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

export interface WrittenOnce {
  readonly created: readonly string[];
  /** There before, and left as they are. */
  readonly kept: readonly string[];
}

/** `files`: path below the root, in POSIX form, to the text. */
export async function writeOnce(root: string, files: ReadonlyMap<string, string>): Promise<WrittenOnce> {
  const created: string[] = [];
  const kept: string[] = [];
  for (const [path, text] of files) {
    const target = join(root, path);
    await mkdir(dirname(target), { recursive: true });
    try {
      // The flag lets the file system decide, so that nothing comes between the look and the write.
      await writeFile(target, text, { flag: "wx" });
      created.push(path);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      kept.push(path);
    }
  }
  return { created, kept };
}
