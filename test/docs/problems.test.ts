/** docs/problems.md and the table of codes say the same, in one order; and each code is seen by a test, as a user would see it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { problemCodes } from "../../src/problem.js";
import type { ProblemCode } from "../../src/problem.js";
import { goldens } from "../host/goldens.js";
import { document, expectSection, table } from "./documents.js";

test("docs/problems.md lists every code with its meaning", () => {
  const wanted = table(["code", "meaning"], Object.entries(problemCodes).map(([code, meaning]) => [`\`${code}\``, meaning]));
  expectSection("docs/problems.md", "codes", wanted);
});

/** Not of a mapping beside a schema, which is all that a golden holds: these come of reading and writing files. */
const ofFiles: Readonly<Partial<Record<ProblemCode, string>>> = {
  "schema-not-found": "test/cli/generate.test.ts",
  "schema-invalid": "test/cli/generate.test.ts",
  "prisma-config-unread": "test/cli/generate.test.ts",
  "unsupported-prisma": "test/cli/generate.test.ts",
  "config-missing": "test/cli/generate.test.ts",
  "config-throws": "test/cli/generate.test.ts",
  "config-imports-client": "test/cli/generate.test.ts",
  "tsconfig-unreadable": "test/cli/generate.test.ts",
  "prettier-failed": "test/read/host.test.ts",
  "edited-by-hand": "test/cli/generate.test.ts",
  "output-not-writable": "test/cli/generate.test.ts",
  "output-not-ours": "test/cli/generate.test.ts",
  "outputs-overlap": "test/read/config.test.ts",
  "client-not-found": "test/cli/generate.test.ts",
  "out-of-date": "test/cli/generate.test.ts",
};

/** Of a database at hand, which `generate` never asks. */
const ofDoctor: readonly ProblemCode[] = ["rls-without-host-transaction"];

/** No line of the schema belongs to these: what is wrong is a word of the mapping, or a name that the schema does not have. */
const ofMapping: ReadonlySet<string> = new Set<ProblemCode>([
  "unknown-model", "unknown-attribute", "unknown-option", "name-taken", "name-not-valid", "rule-types-differ", "username-missing", "name-half-mapped", "exists-with-remove-set", "restore-without-removal",
  "primary-not-a-slot", "member-path-ambiguous", "config-invalid", "config-not-plain", "not-yet-supported",
]);

interface Shown {
  readonly golden: string;
  readonly code: string;
  /** `scim.config.ts:8:5  error unknown-option`, and all beneath it. */
  readonly text: string;
}

const shown: readonly Shown[] = goldens().flatMap(({ name, folder }) => {
  const path = join(folder, "problems.txt");
  const all = existsSync(path) ? readFileSync(path, "utf8").trimEnd().split("\n\n") : [];
  return all.map((text) => ({ golden: name, code: text.split("\n")[0]?.split(" ").at(-1) ?? "", text }));
});

describe("each code is seen by a test", () => {
  const codes = Object.keys(problemCodes) as readonly ProblemCode[];

  it.each(codes.filter((code) => ofFiles[code] === undefined && !ofDoctor.includes(code)))("%s: with its place, its line of the schema, and what to type", (code) => {
    const all = shown.filter((each) => each.code === code);
    expect(all.map((each) => each.golden), `goldens that show ${code}`).not.toEqual([]);
    if (!ofMapping.has(code)) expect(all.some(({ text }) => /^ {2}schema\.prisma:\d+:\d+$/m.test(text)), "the line of the schema").toBe(true);
  });

  test.each(goldens().filter(({ name }) => shown.some((each) => each.golden === name)).map(({ name }) => name))("%s: every problem has a place with a caret, and a remedy", (name) => {
    for (const { text } of shown.filter((each) => each.golden === name)) {
      expect(text).toMatch(/^scim\.config\.ts:\d+:\d+ {2}(?:error|warning|note) /);
      expect(text).toMatch(/^ +\| +\^+$/m);
      expect(text).toMatch(/^ {2}help: \S/m);
    }
  });

  it.each(Object.entries(ofFiles))("%s: by %s", (code, path) => {
    expect(document(path)).toContain(code);
  });
});
