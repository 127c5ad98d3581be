/** docs/conformance.md is the table of test/conformance/rules.ts, and every test that it names is there. */
import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { chapters } from "../conformance/rules.js";
import type { Rule } from "../conformance/rules.js";

const root = new URL("../../", import.meta.url).pathname;

function proof(named: string): { readonly file: string; readonly title: string } {
  const at = named.indexOf(": ");
  return { file: `test/${named.slice(0, at)}.test.ts`, title: named.slice(at + 2) };
}

function line({ section, says, tests, reason }: Rule): string {
  const shown = reason ?? tests.map((each) => { const { file, title } = proof(each); return `\`${file}\`${title === "" ? "" : `: ${title}`}`; }).join("; ");
  return `| ${[section, says, shown].map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

test("every rule has a test that is there, or a reason", () => {
  const missing = chapters.flatMap(([, rules]) => rules).flatMap(({ says, tests, reason }) => {
    if (tests.length === 0) return reason === undefined ? [`${says}: neither test nor reason`] : [];
    return tests.flatMap((each) => {
      const { file, title } = proof(each);
      if (!existsSync(root + file)) return [`${says}: ${file} is not there`];
      return readFileSync(root + file, "utf8").includes(title) ? [] : [`${says}: ${file} has no "${title}"`];
    });
  });
  expect(missing).toEqual([]);
});

test("docs/conformance.md is that table", async () => {
  const body = chapters.map(([name, rules]) => [`## ${name}`, "", "| section | rule | test, or reason |", "|---|---|---|", ...rules.map(line), ""].join("\n")).join("\n");
  const text = `# Conformance\n\nWhat of RFC 7643, RFC 7644 and RFC 9865 holds here, with the test that shows it. Printed by \`test/docs/conformance.test.ts\` from \`test/conformance/rules.ts\`.\n\n${body}`;
  const path = `${root}docs/conformance.md`;
  if (process.env["UPDATE_GOLDENS"] === "1") await writeFile(path, text);
  expect(existsSync(path) ? readFileSync(path, "utf8") : "").toBe(text);
});
