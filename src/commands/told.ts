/** How `generate` and `check` tell what they found: lists, diffs, and a problem for every file that was edited. */
import { join, relative } from "node:path";
import { closest } from "../closest.js";
import type { Problem } from "../problem.js";
import { diff } from "../write/diff.js";
import { isRefused, isWritten } from "../write/plan.js";
import type { Change } from "../write/plan.js";
import type { Planned } from "./pipeline.js";

export interface Named {
  /** As the user would type it. */
  readonly name: string;
  readonly change: Change;
}

export function named(planned: readonly Planned[], cwd: string): readonly Named[] {
  return planned.flatMap(({ output, changes }) => changes.map((change) => ({ name: relative(cwd, join(output, change.path)), change })));
}

/** `create  src/scim/generated/user.ts`, a line for each file that would change. */
export function changeLines(files: readonly Named[]): readonly string[] {
  return files.filter(({ change }) => isWritten(change)).map(({ name, change }) => `${change.kind}  ${name}`);
}

export async function diffs(files: readonly Named[], which: (change: Change) => boolean): Promise<readonly string[]> {
  return Promise.all(files.filter(({ change }) => which(change)).map(({ name, change }) => diff(name, change)));
}

/** What a script reads. */
export function jsonOf(files: readonly Named[]): { readonly changes: readonly { readonly file: string; readonly change: Change["kind"] }[] } {
  return { changes: files.map(({ name, change }) => ({ file: name, change: change.kind })) };
}

/** One for each file that may not be written, with every way out. */
export function refusals(planned: readonly Planned[], files: readonly Named[]): readonly Problem[] {
  const outputs = new Map(planned.flatMap(({ output, changes }) => changes.map((change) => [change, join(output, change.path)] as const)));
  return files.filter(({ change }) => isRefused(change)).map(({ name, change }) => refusal(name, change, outputs.get(change) ?? name));
}

function refusal(name: string, change: Change, file: string): Problem {
  const wasOurs = change.kind === "edited-by-hand";
  const ways = [
    wasOurs ? "move the edit into a hook or a rule (rules.ts), which no run touches," : "move the file elsewhere,",
    `or keep it for good: owned: ["${change.path}"] in the mapping,`,
    `or give it up: npx scim-gen generate --overwrite ${name}`,
  ];
  return {
    code: "edited-by-hand",
    severity: "error",
    message: wasOurs ? "This generated file was edited by hand, so nothing was written." : "A file that scim-gen did not write lies where a generated one is due, so nothing was written.",
    remedy: ways.join("\n"),
    at: { file, line: firstDifference(change), column: 1 },
  };
}

function firstDifference({ before = "", after = "" }: Change): number {
  const others = after.split(/\r?\n/);
  return Math.max(0, before.split(/\r?\n/).findIndex((line, index) => line !== others[index])) + 1;
}

/** A name given to `--overwrite` that no generated file has. */
export function unknownFile(given: readonly string[], files: readonly Named[]): string | undefined {
  const unknown = given.find((name) => !files.some((each) => each.change.path === name || relative(".", each.name) === relative(".", name)));
  if (unknown === undefined) return undefined;
  const near = closest(unknown, files.map(({ name }) => name));
  return `--overwrite: ${unknown} is not a generated file.${near === undefined ? "" : ` Did you mean ${near}?`}`;
}
