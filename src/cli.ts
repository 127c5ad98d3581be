/** Flags and help. The only place that prints or sets the exit code; a command is loaded when it is asked for. */
import { resolve } from "node:path";
import { Command, CommanderError } from "commander";
import type { CommandResult, GlobalOptions } from "./commands/result.js";
import type { Choices } from "./resolve/guess.js";
import { printProblems, sortProblems } from "./problem.js";
import { version } from "./version.js";

/** Where a run prints, and what it may use to do so. */
export interface Terminal {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly color: boolean;
  /** Whether a person watches, who would wonder after a second. */
  readonly isWatched: boolean;
}

interface CommonFlags {
  readonly cwd?: string;
  readonly config?: string;
  readonly schema?: string;
  readonly json?: boolean;
}

interface InitFlags {
  readonly yes?: boolean;
  readonly userModel?: string;
  readonly tenant?: string;
  readonly groupModel?: string;
  readonly removal?: string;
}

export async function main(args: readonly string[]): Promise<void> {
  const color = process.stderr.isTTY && process.env["NO_COLOR"] === undefined;
  process.exitCode = await run(args, {
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    color,
    isWatched: process.stderr.isTTY,
  });
}

/** The exit code: 0 fine, 1 problems or drift, 2 wrong use. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let exit = 0;
  const perform = async (flags: CommonFlags, command: (options: GlobalOptions) => Promise<CommandResult>): Promise<void> => {
    const result = await withProgress(terminal, (progress) => command({ ...optionsOf(flags), progress }));
    print(result, flags, terminal);
    exit = result.exit;
  };
  try {
    await program(perform, terminal).parseAsync(args, { from: "user" });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

type Perform = (flags: CommonFlags, command: (options: GlobalOptions) => Promise<CommandResult>) => Promise<void>;

function program(perform: Perform, terminal: Terminal): Command {
  const root = new Command("scim-gen")
    .description("Generates a typed SCIM 2.0 provider into a Prisma project from its schema and one mapping file.")
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: terminal.stdout, writeErr: terminal.stderr, getOutHasColors: () => terminal.color, getErrHasColors: () => terminal.color })
    .showHelpAfterError("(scim-gen --help lists all commands and options)");
  const command = (name: string, description: string): Command =>
    root
      .command(name)
      .description(description)
      .option("--cwd <folder>", "the project's folder (default: the current one)")
      .option("--config <file>", "the mapping file (default: scim.config.ts)")
      .option("--schema <path>", "the Prisma schema, a file or a folder (default: as Prisma finds it)")
      .option("--json", "print the result as JSON");

  command("init", "read the schema, guess a mapping, write scim.config.ts and a place for your own rules")
    .option("--yes", "write without asking")
    .option("--user-model <model>", "the model of which one row is one user")
    .option("--tenant <place>", 'the column, path or model that says whose customer a user is, or "none"')
    .option("--group-model <model>", 'the model of the groups, or "none"')
    .option("--removal <way>", "what DELETE of a user does: delete, deactivate, softDelete or set, as far as the schema has it")
    .action((flags: CommonFlags & InitFlags) =>
      perform(flags, async (options) => {
        const { init } = await import("./commands/init.js");
        return init({ ...options, yes: flags.yes ?? false, choices: choicesOf(flags) });
      }),
    );
  command("generate", "write the SCIM provider that schema and mapping describe")
    .option("--dry-run", "write nothing, list what would be written")
    .option("--diff", "write nothing, show what would change")
    .option("--overwrite <file>", "give up the edits in a generated file (may be repeated)", (file: string, before: readonly string[] | undefined) => [...(before ?? []), file])
    .action((flags: CommonFlags & { readonly dryRun?: boolean; readonly diff?: boolean; readonly overwrite?: readonly string[] }) =>
      perform(flags, async (options) => {
        const { generate } = await import("./commands/generate.js");
        return generate({ ...options, dryRun: flags.dryRun ?? false, diff: flags.diff ?? false, overwrite: flags.overwrite ?? [] });
      }),
    );
  command("check", "for CI: fail when schema, mapping and committed code have drifted apart")
    .option("--diff", "show what generate would change")
    .action((flags: CommonFlags & { readonly diff?: boolean }) =>
      perform(flags, async (options) => {
        const { check } = await import("./commands/check.js");
        return check({ ...options, diff: flags.diff ?? false });
      }),
    );
  return root;
}

function choicesOf({ userModel, tenant, groupModel, removal }: InitFlags): Choices {
  return {
    ...(userModel === undefined ? {} : { user: userModel }),
    ...(tenant === undefined ? {} : { tenant }),
    ...(groupModel === undefined ? {} : { group: groupModel }),
    ...(removal === undefined ? {} : { removal }),
  };
}

function optionsOf({ cwd, config, schema }: CommonFlags): GlobalOptions {
  return { cwd: resolve(cwd ?? "."), ...(config === undefined ? {} : { config }), ...(schema === undefined ? {} : { schema }) };
}

/** Says what is being done once that has taken a second, and at each step from then on. */
async function withProgress(terminal: Terminal, work: (progress: NonNullable<GlobalOptions["progress"]>) => Promise<CommandResult>): Promise<CommandResult> {
  if (!terminal.isWatched) return work(() => undefined);
  const start = Date.now();
  let current: string | undefined = "starting";
  const tell = (): void => {
    if (current !== undefined) terminal.stderr(`${current} ...\n`);
  };
  const timer = setTimeout(tell, 1000);
  try {
    return await work((step) => {
      current = step;
      if (Date.now() - start > 1000) tell();
    });
  } finally {
    clearTimeout(timer);
  }
}

function print({ stdout = [], stderr = [], problems = [], json = {} }: CommandResult, flags: CommonFlags, terminal: Terminal): void {
  const told = problems.length === 0 ? [] : [printProblems(problems, { color: terminal.color, cwd: resolve(flags.cwd ?? ".") })];
  const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join("");
  if (flags.json === true) terminal.stdout(lines([JSON.stringify({ ...json, problems: sortProblems(problems) }, null, 2)]));
  else terminal.stdout(lines(stdout));
  terminal.stderr(lines([...(told.length === 0 ? [] : [...told, ""]), ...stderr]));
}
