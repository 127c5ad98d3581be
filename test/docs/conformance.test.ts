/** docs/conformance.md is the table of test/conformance/rules.ts: every number of the checklist is in it, and every test that it names is there. */
import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { chapters } from "../conformance/rules.js";
import type { Rule } from "../conformance/rules.js";

const root = new URL("../../", import.meta.url).pathname;
const numbers = chapters.flatMap((chapter) => chapter.numbers);
const rules = chapters.flatMap((chapter) => chapter.rules);

function proof(named: string): { readonly file: string; readonly title: string } {
  const at = named.indexOf(": ");
  return { file: `test/${named.slice(0, at)}.test.ts`, title: named.slice(at + 2) };
}

function line({ spec, section, says, tests, reason }: Rule): string {
  const shown = reason ?? tests.map((each) => { const { file, title } = proof(each); return `\`${file}\`${title === "" ? "" : `: ${title}`}`; }).join("; ");
  return `| ${[spec.join(", "), section, says, shown].map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

test("every number of the checklist has an entry, in its chapter and in order", () => {
  const named = rules.flatMap(({ spec }) => spec);
  expect(numbers.filter((number) => !named.includes(number))).toEqual([]);
  expect(named.filter((number) => !numbers.includes(number))).toEqual([]);
  for (const chapter of chapters) {
    const places = chapter.rules.map(({ spec: [first = ""] }) => chapter.numbers.indexOf(first));
    expect(places, chapter.title).not.toContain(-1);
    expect(places, chapter.title).toEqual([...places].sort((a, b) => a - b));
  }
});

test("every rule has a test that is there, or a reason", () => {
  const missing = rules.flatMap(({ says, tests, reason }) => {
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
  const proven = (tested: boolean) => new Set(rules.filter(({ tests }) => tests.length > 0 === tested).flatMap(({ spec }) => spec));
  const [byTest, byReason] = [proven(true), proven(false)];
  const both = numbers.filter((number) => byTest.has(number) && byReason.has(number)).length;
  const counted = `Of ${String(numbers.length)} numbers ${String(byTest.size)} have a test, ${String(both)} of them beside a reason for a part that is not done or done otherwise; ${String(numbers.length - byTest.size)} have a reason alone.`;
  const body = chapters.map(({ number, title, rules: own }) => [`## ${String(number)}. ${title}`, "", "| rule | section | says | test, or reason |", "|---|---|---|---|", ...own.map(line), ""].join("\n")).join("\n");
  const text = `# Conformance\n\nWhat of RFC 7643, RFC 7644 and RFC 9865 holds here, with the test that shows it. Rules are numbered by chapter as in scim-spec, the project's checklist of these RFCs; a number without a dot is a chapter, or the part of it that has no numbers of its own. ${counted} Printed by \`test/docs/conformance.test.ts\` from \`test/conformance/rules.ts\`.\n\n${body}`;
  const path = `${root}docs/conformance.md`;
  if (process.env["UPDATE_GOLDENS"] === "1") await writeFile(path, text);
  expect(existsSync(path) ? readFileSync(path, "utf8") : "").toBe(text);
});
