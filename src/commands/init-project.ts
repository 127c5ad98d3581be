/** The work of `init` once the host is read: ask what is open, guess, write the user's files once, and say what comes next. */
import { readFile } from "node:fs/promises";
import { join, posix, relative, sep } from "node:path";
import type { Problem } from "../problem.js";
import { findClientModule } from "../read/client-module.js";
import type { ClientModule } from "../read/client-module.js";
import type { Dialect } from "../read/host.js";
import type { Migrations } from "../read/migrations.js";
import type { PrismaSchema } from "../read/prisma.js";
import { configText } from "../render/config-text.js";
import { format } from "../render/format.js";
import { guessText } from "../render/init-text.js";
import { indexText, mountText, rulesText } from "../render/yours.js";
import type { Mount, Yours } from "../render/yours.js";
import { guess } from "../resolve/guess.js";
import type { Choices } from "../resolve/guess.js";
import { nextQuestion } from "../resolve/guess/questions.js";
import type { Question } from "../sketch.js";
import { writeOnce } from "../write/apply.js";
import type { WrittenOnce } from "../write/apply.js";
import type { CommandResult } from "./result.js";

export interface InitProject {
  /** Absolute. */
  readonly root: string;
  readonly schema: PrismaSchema;
  readonly migrations: Migrations;
  /** What flags have answered. */
  readonly choices: Choices;
  /** As files in `output` are to be written. */
  readonly dialect: Dialect;
  /** Below the root, in POSIX form: "src/scim/generated". */
  readonly output: string;
  /** The mapping file, below the root: "scim.config.ts". */
  readonly config: string;
  /** Asked before anything is written; undefined: written without asking. */
  readonly person: Person | undefined;
}

/** Somebody at a terminal. */
export interface Person {
  /** The value of an answer; undefined: they have had enough. */
  choose(question: Question): Promise<string | undefined>;
  /** Whether to write, after these lines have been shown. */
  confirm(lines: readonly string[], question: string): Promise<boolean>;
}

export async function initProject(project: InitProject): Promise<CommandResult> {
  const { root, schema, migrations, dialect, output, config, person } = project;
  const choices = person === undefined ? project.choices : await askedOf(person, schema, project.choices);
  if (choices === undefined) return nothing;
  const made = guess(schema, migrations, choices);
  const folder = posix.dirname(output);
  const clientFolders = schema.clients.flatMap((client) => (client.output === undefined ? [] : [client.output]));
  const client = await findClientModule(root, clientFolders);
  const yours: Yours = {
    rules: made.rules,
    tenant: made.tenant,
    guarded: made.guarded,
    ending: dialect.importEnding,
    client: client && { module: importOf(folder, client.path, dialect), name: client.name },
    likelyClient: importOf(folder, posix.join(posix.dirname(folder), "prisma.ts"), dialect),
  };
  const files = new Map([
    [config, await configText(made.config, typesImport(project))],
    [posix.join(folder, "index.ts"), await indexText(yours)],
    [posix.join(folder, "rules.ts"), await rulesText(yours)],
  ]);

  const talk = guessText(made);
  if (person !== undefined && !(await person.confirm(talk, `Write ${[...files.keys()].join(", ")}?`))) return nothing;
  // A plugin that fails must not stop what the host's own formatter mends later.
  const styled = await format(files, dialect, () => undefined).catch(() => files);
  const texts = new Map([...styled].map(([path, text]) => [path, text.replaceAll("\n", dialect.lineEnding)]));
  const written = await writeOnce(root, texts).catch((error: unknown) => notWritable(root, error));
  if ("code" in written) return { exit: 1, problems: [written] };
  const { created, kept }: WrittenOnce = written;
  const mount = await mountOf(root);
  const scim = `./${posix.join(folder, "index")}${dialect.importEnding}`;
  return {
    exit: 0,
    stdout: [...created.map((path) => `created ${path}`), ...kept.map((path) => `kept    ${path} (it is there already)`)],
    stderr: [
      "",
      ...(person === undefined ? talk : []),
      ...(kept.includes(config) && created.length > 0 ? [`The new files follow the guess above, and not your own ${config}.`, ""] : []),
      ...(client === undefined ? [`No module was found that exports your PrismaClient: name it at the top of ${posix.join(folder, "index.ts")}.`, ""] : clientText(client)),
      ...(await gitText(root, output)),
      "Next:",
      "",
      `    npx scim-gen generate        # after reading ${config}`,
      "",
      `and mount it (${mount}; the path to your file may differ):`,
      "",
      ...(await mountText(mount, scim)).trimEnd().split("\n").map((line) => (line === "" ? "" : `    ${line}`)),
      "",
      `SCIM_TOKENS holds who may come in, SCIM_BASE_URL where directories reach it: ${posix.join(folder, "index.ts")} says how.`,
    ],
    json: { created, kept, missing: made.missing, reasons: made.reasons, additions: made.additions, mount },
  };
}

/** As when a run is stopped: a script must not take it for done. */
const nothing: CommandResult = { exit: 1, stderr: ["Nothing was written."] };

/** One question after the other, since an answer decides what is asked next. */
async function askedOf(person: Person, schema: PrismaSchema, given: Choices): Promise<Choices | undefined> {
  let choices = given;
  for (let question = nextQuestion(schema, choices); question !== undefined; question = nextQuestion(schema, choices)) {
    const answer = await person.choose(question);
    if (answer === undefined) return undefined;
    choices = { ...choices, [question.about]: answer };
  }
  return choices;
}

/** What exists is left alone, so after the folder is mended the same command writes the rest. */
function notWritable(root: string, error: unknown): Problem {
  return {
    code: "output-not-writable",
    severity: "error",
    message: `The files in ${root} could not be written: ${error instanceof Error ? error.message : String(error)}.`,
    remedy: "mend the folder and run init again: what was written stays as it is",
  };
}

const clientText = ({ path, name }: ClientModule): readonly string[] => [`Your PrismaClient is taken from ${path} (${name ?? "its default export"}).`, ""];

/** How a file in `folder` imports another of the host. */
function importOf(folder: string, path: string, { importEnding }: Dialect): string {
  const to = posix.relative(folder, path);
  const stem = to.replace(/\.(m?)[jt]sx?$/, "");
  const made = /\.m[jt]s$/.test(path) && importEnding === ".js" ? ".mjs" : importEnding;
  return `${to.startsWith(".") ? "" : "./"}${stem}${made}`;
}

/** The module of `Prisma`, as the mapping file imports it: what generated code imports, seen from another folder. */
function typesImport({ root, output, config, dialect: { clientImport } }: InitProject): string {
  if (!clientImport.startsWith(".")) return clientImport;
  const target = join(root, output, clientImport);
  const from = join(root, posix.dirname(config));
  const path = relative(from, target).split(sep).join("/");
  return path.startsWith(".") ? path : `./${path}`;
}

/** The framework that the host names, to show the lines that fit. */
async function mountOf(root: string): Promise<Mount> {
  const has = await dependencies(root);
  if (has("next")) return "next";
  if (has("hono")) return "hono";
  if (has("fastify")) return "fastify";
  if (has("express") || has("@nestjs/platform-express")) return "express";
  return has("elysia") || has("@sveltejs/kit") || has("@react-router/node") || has("itty-router") ? "fetch" : "node";
}

async function dependencies(root: string): Promise<(name: string) => boolean> {
  try {
    const json: unknown = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    const named = typeof json === "object" && json !== null && "dependencies" in json ? json.dependencies : undefined;
    return (name) => typeof named === "object" && named !== null && name in named;
  } catch {
    // Without a readable package.json the lines for node:http are as good as any.
    return () => false;
  }
}

/** The line that folds what nobody needs to review, offered where it is not there yet. */
async function gitText(root: string, output: string): Promise<readonly string[]> {
  const line = `${output}/protocol/** linguist-generated`;
  const there = await readFile(join(root, ".gitattributes"), "utf8").catch(() => "");
  if (there.includes(line)) return [];
  return ["This line in .gitattributes folds the protocol's files in reviews, and leaves the mapping's open:", "", `    ${line}`, ""];
}
