import { describe, expect, it } from "vitest";
import { closest } from "../../src/closest.js";
import { printProblem, printProblems, problemCodes, sortProblems } from "../../src/problem.js";
import type { Problem } from "../../src/problem.js";

const problem: Problem = {
  code: "unknown-field",
  severity: "error",
  message: 'The model Membership has no field "titel".',
  remedy: 'did you mean "title"?',
  at: { file: "/host/scim.config.ts", line: 12, column: 10, text: '\t\ttitle: "titel",' },
  schemaAt: { file: "/host/prisma/schema.prisma", line: 30, column: 3, text: "  title String?" },
};

describe("a problem", () => {
  it("is told as a good compiler tells it", () => {
    expect(printProblem(problem, { color: false, cwd: "/host" })).toBe(
      [
        "scim.config.ts:12:10  error unknown-field",
        '  The model Membership has no field "titel".',
        '  12 | \t\ttitle: "titel",',
        '     | \t\t       ^^^^^^^',
        "  prisma/schema.prisma:30:3",
        "  30 |   title String?",
        '  help: did you mean "title"?',
      ].join("\n"),
    );
  });

  it("may have neither place nor remedy", () => {
    expect(printProblem({ code: "schema-not-found", severity: "warning", message: "a\nb" }, { color: false })).toBe("warning schema-not-found\n  a\n  b");
  });

  it("has colour only where that is wanted", () => {
    expect(printProblem(problem, { color: true })).toContain("\u001b[31merror\u001b[39m");
    expect(printProblem(problem, { color: false })).not.toContain("\u001b");
  });

  it("is sorted, errors first, then by place, and said once", () => {
    const at = (line: number): Problem["at"] => ({ file: "a", line, column: 1 });
    const of = (severity: Problem["severity"], line: number): Problem => ({ code: "unknown-field", severity, message: `${line}`, ...{ at: at(line) ?? { file: "a", line, column: 1 } } });
    const all = [of("note", 1), of("error", 10), of("warning", 3), of("error", 9), of("error", 9)];
    expect(sortProblems(all).map(({ severity, message }) => `${severity} ${message}`)).toEqual(["error 9", "error 9", "error 10", "warning 3", "note 1"]);
    expect(printProblems(all, { color: false }).split("\n\n")).toHaveLength(4);
  });

  it("has a code of the table, each with its sentence", () => {
    for (const [code, sentence] of Object.entries(problemCodes)) {
      expect(code).toMatch(/^[a-z]+(?:-[a-z]+)+$/);
      expect(sentence).toMatch(/^[A-Z`].*\.$/);
    }
  });
});

describe("did you mean", () => {
  const names = ["title", "email", "displayName", "orgId", "ON", "OFF"];
  it.each([
    ["titel", "title"],
    ["Email", "email"],
    ["displayNam", "displayName"],
    ["orgid", "orgId"],
    ["OF", "OFF"],
    ["id", undefined],
    ["nothing", undefined],
    ["", undefined],
  ])("%s: %s", (typed, wanted) => {
    expect(closest(typed, names)).toBe(wanted);
  });
});
