/** What a command hands back; `cli.ts` alone prints it and ends the process. */
import type { Problem } from "../problem.js";

/** Options that every command understands. */
export interface GlobalOptions {
  /** Absolute; the folder that everything is looked for in. */
  readonly cwd: string;
  /** `--config`: the mapping file, relative to `cwd`. */
  readonly config?: string;
  /** `--schema`: the Prisma schema, relative to `cwd`. */
  readonly schema?: string;
  /** Told before each step, for a run that takes long; undefined: it is a person that is waited for. */
  readonly progress?: (step: string | undefined) => void;
}

export interface CommandResult {
  /** 0 fine, 1 problems or drift, 2 wrong use. */
  readonly exit: 0 | 1 | 2;
  /** Data: what a script reads. */
  readonly stdout?: readonly string[];
  /** Talk: what a person reads. */
  readonly stderr?: readonly string[];
  readonly problems?: readonly Problem[];
  /** What `--json` prints in place of `stdout`; the problems are added to it. */
  readonly json?: Readonly<Record<string, unknown>>;
}
