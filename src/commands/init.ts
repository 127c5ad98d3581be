/** `scim-gen init`: reads the schema, guesses a mapping, and writes the files that become the user's. */
import { basename, dirname, join, resolve } from "node:path";
import { defaultOutput, readDialect } from "../read/host.js";
import { readMigrations } from "../read/migrations.js";
import { readSchema } from "../read/prisma.js";
import type { Choices } from "../resolve/guess.js";
import { wrongChoice } from "../resolve/guess/questions.js";
import { initProject } from "./init-project.js";
import type { Person } from "./init-project.js";
import type { CommandResult, GlobalOptions } from "./result.js";

export interface InitOptions extends GlobalOptions {
  /** Writes without asking. Needed where there is no terminal to ask at. */
  readonly yes?: boolean;
  /** Questions that are answered already. */
  readonly choices?: Choices;
}

export async function init(options: InitOptions): Promise<CommandResult> {
  const person = options.yes === true ? undefined : await atTerminal();
  if (options.yes !== true && person === undefined) {
    return { exit: 2, stderr: ["init writes files and asks before it does, and there is no terminal to ask at. Without asking: npx scim-gen init --yes"] };
  }
  const config = resolve(options.cwd, options.config ?? "scim.config.ts");
  const root = dirname(config);
  options.progress?.("Reading the schema");
  const read = await readSchema({ root, ...(options.schema === undefined ? {} : { schema: resolve(options.cwd, options.schema) }) });
  if (read.schema === undefined) return { exit: 1, problems: read.problems };
  const choices = options.choices ?? {};
  const wrong = wrongChoice(read.schema, choices);
  if (wrong !== undefined) return { exit: 2, stderr: [wrong], problems: read.problems };

  const output = defaultOutput(root);
  const { clients } = read.schema;
  const { dialect, problems } = await readDialect({ root, output: join(root, output), clients, client: undefined, imports: undefined });
  const migrations = await readMigrations(read.schema.path);
  if (person !== undefined) options.progress?.(undefined);
  const result = await initProject({ root, schema: read.schema, migrations, choices, dialect, output, config: basename(config), person });
  return { ...result, problems: [...read.problems, ...problems, ...(result.problems ?? [])] };
}

/** Whoever sits there; undefined where nobody does. */
async function atTerminal(): Promise<Person | undefined> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  const { terminal } = await import("./terminal.js");
  return terminal(process.stdin, process.stderr);
}
