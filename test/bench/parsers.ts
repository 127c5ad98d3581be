/** How the time of the parsers grows with the length of what they read: 32 where it is linear, 1,024 where it were square. It only prints. */
import { ScimError } from "../../templates/generated/protocol/error.js";
import { parseFilter } from "../../templates/generated/protocol/filter.js";
import { leniently } from "../../templates/generated/protocol/leniencies.js";
import { defaultLimits } from "../../templates/generated/protocol/limits.js";
import { parsePath } from "../../templates/generated/protocol/path.js";

// The limits of length and terms are what protects a host; without them the parsers show what they are.
const limits = { ...defaultLimits, filterLength: 10_000_000, filterTerms: 1_000_000 };
const lenient = leniently();

const shapes: readonly (readonly [string, (size: number) => string])[] = [
  ["terms", (size) => Array.from({ length: size }, () => 'a eq "b"').join(" or ")],
  ["open brackets", (size) => "(".repeat(size)],
  ["a long text", (size) => `a eq "${"\\\\".repeat(size)}"`],
  ["spaces", (size) => `a${" ".repeat(size)}eq "b"`],
  ["a long name", (size) => `${"a".repeat(size)} pr`],
  ["dots", (size) => `${"a.".repeat(size)} pr`],
  ["colons", (size) => `${"urn:".repeat(size)} pr`],
  ["quotes", (size) => '"'.repeat(size)],
  ["digits", (size) => `a eq ${"1".repeat(size)}`],
];

function time(text: string): number {
  const begun = performance.now();
  for (const parse of [parseFilter, parsePath]) {
    try {
      parse(text, { limits, lenient });
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
    }
  }
  return performance.now() - begun;
}

const median = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;

console.log("what                2,000 in ms   64,000 in ms   ratio");
for (const [name, make] of shapes) {
  const [few, many] = [2_000, 64_000].map((size) => {
    const text = make(size);
    time(text);
    return median(Array.from({ length: 9 }, () => time(text)));
  });
  console.log(`${name.padEnd(20)}${(few ?? 0).toFixed(3).padStart(11)}${(many ?? 0).toFixed(3).padStart(15)}${((many ?? 0) / (few ?? 1)).toFixed(1).padStart(8)}`);
}
