/** Our own documents, and the parts of them that follow from code. `UPDATE_GOLDENS=1` rewrites those. */
import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";

const at = (path: string): URL => new URL(`../../${path}`, import.meta.url);

export const document = (path: string): string => readFileSync(at(path), "utf8");

/** The first cells of a table's rows, without their backticks. */
export function firstCells(text: string): readonly string[] {
  return [...text.matchAll(/^\| `([^`]+)` \|/gm)].map(([, cell]) => cell ?? "");
}

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [`| ${heads.join(" | ")} |`, `|${heads.map(() => "---|").join("")}`, ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join("\n");
}

/** Holds what stands between `<!-- name… -->` and `<!-- /name -->` to the given text. */
export function expectSection(path: string, name: string, wanted: string): void {
  const text = document(path);
  const [, before, between, after] = new RegExp(`^([\\s\\S]*<!-- ${name}\\b[^>]*-->\\n\\n)([\\s\\S]*?)(\\n\\n<!-- /${name} -->[\\s\\S]*)$`).exec(text) ?? [];
  if (before === undefined || after === undefined) throw new Error(`${path} has no section ${name}.`);
  if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(at(path), before + wanted + after);
  else expect(between, `${path}, section ${name}`).toBe(wanted);
}
