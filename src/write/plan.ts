/** FileSet x manifest x disk -> what would change. Pure but for a formatter that is asked when two texts differ in more than layout. */
import type { FileSet } from "../read/host.js";
import type { Disk } from "./disk.js";
import { shapeHash, textHash, toLf } from "./manifest.js";
import type { FileHash, ReadManifest } from "./manifest.js";

export interface Change {
  /** Below the output folder, in POSIX form. */
  readonly path: string;
  /**
   * `remove`: ours, untouched, and no longer generated. `edited-by-hand`: ours once. `in-the-way`: a file that was never ours where one of ours is due.
   * `foreign`: not ours, and left alone. `owned`: generated, but the user took it over.
   */
  readonly kind: "create" | "update" | "same" | "remove" | "edited-by-hand" | "in-the-way" | "foreign" | "owned";
  /** On disk. */
  readonly before?: string;
  /** As generated. */
  readonly after?: string;
}

export interface PlanOptions {
  /** Paths and globs that the user took over. */
  readonly owned: readonly string[];
  /** Paths whose edits are given up. */
  readonly overwrite: ReadonlySet<string>;
  /** Whether two texts are equal once a formatter has been over both; expensive, and asked last. */
  readonly sameFormatted: (path: string, a: string, b: string) => Promise<boolean>;
}

export async function plan(files: FileSet, { known }: ReadManifest, disk: Disk, options: PlanOptions): Promise<readonly Change[]> {
  const owned = options.owned.map(globbed);
  const changes: Change[] = disk.others.map((path) => ({ path, kind: "foreign" }));
  for (const path of new Set([...files.keys(), ...known.keys()])) {
    const before = disk.texts.get(path);
    const after = files.get(path);
    if (before === undefined && after === undefined) continue;
    const kind = owned.some((glob) => glob.test(path)) && before !== undefined ? "owned" : await kindOf(path, before, after, known.get(path) ?? [], options);
    changes.push({ path, kind, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) });
  }
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function kindOf(path: string, before: string | undefined, after: string | undefined, known: readonly FileHash[], options: PlanOptions): Promise<Change["kind"]> {
  if (before === undefined || after === undefined) {
    if (before === undefined) return "create";
    return isUntouched(path, before, known) ? "remove" : "foreign";
  }
  if (toLf(before) === toLf(after)) return "same";
  const text = textHash(before);
  if (known.some((each) => each.text === text)) return "update";
  // From here on somebody has been over the file: a formatter, or a hand.
  const shape = shapeHash(path, before);
  if (shape === shapeHash(path, after)) return "same";
  if (known.some((each) => each.shape === shape)) return "update";
  if (options.overwrite.has(path)) return "update";
  if (await options.sameFormatted(path, before, after)) return "same";
  return known.length === 0 ? "in-the-way" : "edited-by-hand";
}

/** As we wrote it, or with nothing but its layout changed. */
export function isUntouched(path: string, text: string, known: readonly FileHash[]): boolean {
  const hash = textHash(text);
  if (known.some((each) => each.text === hash)) return true;
  const shape = shapeHash(path, text);
  return known.some((each) => each.shape === shape);
}

/** `*` within a name, `**` across folders. */
function globbed(glob: string): RegExp {
  const source = glob.replace(/^\.\//, "").replace(/[.+^${}()|[\]\\?]/g, "\\$&").replace(/\*\*\/?|\*/g, (stars) => (stars === "*" ? "[^/]*" : ".*"));
  return new RegExp(`^${source}$`);
}

export const isWritten = ({ kind }: Change): boolean => kind === "create" || kind === "update" || kind === "remove";
export const isRefused = ({ kind }: Change): boolean => kind === "edited-by-hand" || kind === "in-the-way";
