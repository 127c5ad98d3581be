/** docs/problems.md and the table of codes say the same, in one order. */
import { test } from "vitest";
import { problemCodes } from "../../src/problem.js";
import { expectSection, table } from "./documents.js";

test("docs/problems.md lists every code with its meaning", () => {
  const wanted = table(["code", "meaning"], Object.entries(problemCodes).map(([code, meaning]) => [`\`${code}\``, meaning]));
  expectSection("docs/problems.md", "codes", wanted);
});
