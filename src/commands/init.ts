/** `scim-gen init`: reads the schema, guesses a mapping, and writes the files that become the user's. */
import { basename, dirname, join, resolve } from "node:path";
import { defaultOutput, readDialect } from "../read/host.js";
import { readSchema } from "../read/prisma.js";
import { initProject } from "./init-project.js";
import type { InitProject } from "./init-project.js";
import type { CommandResult, GlobalOptions } from "./result.js";

export interface InitOptions extends GlobalOptions {
  /** Writes without asking. Needed where there is no terminal to ask at. */
  readonly yes?: boolean;
}

export async function init(options: InitOptions): Promise<CommandResult> {
  const ask = options.yes === true ? undefined : terminal();
  if (options.yes !== true && ask === undefined) {
    return { exit: 2, stderr: ["init writes files and asks before it does, and there is no terminal to ask at. Without asking: npx scim-gen init --yes"] };
  }
  const config = resolve(options.cwd, options.config ?? "scim.config.ts");
  const root = dirname(config);
  options.progress?.("Reading the schema");
  const read = await readSchema({ root, ...(options.schema === undefined ? {} : { schema: resolve(options.cwd, options.schema) }) });
  if (read.schema === undefined) return { exit: 1, problems: read.problems };

  const output = defaultOutput(root);
  const { clients } = read.schema;
  const { dialect, problems } = await readDialect({ root, output: join(root, output), clients, client: undefined, imports: undefined });
  const result = await initProject({ root, schema: read.schema, dialect, output, config: basename(config), ask });
  return { ...result, problems: [...read.problems, ...problems, ...(result.problems ?? [])] };
}

/** Asks at the terminal, on stderr: stdout is for what a script reads. */
function terminal(): InitProject["ask"] {
  const { stdin, stderr } = process;
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  return async (lines, question) => {
    const { createInterface } = await import("node:readline/promises");
    const reader = createInterface({ input: stdin, output: stderr });
    try {
      stderr.write(`${lines.join("\n")}\n`);
      const answer = await reader.question(`${question} [Y/n] `);
      return /^\s*(?:y(?:es)?)?\s*$/i.test(answer);
    } finally {
      reader.close();
    }
  };
}
