/** What `init` says about its guess: why, what is missing, and the lines that would make it better. */
import type { Addition, Guess } from "../sketch.js";

export function guessText({ reasons, missing, rules, additions }: Guess): readonly string[] {
  const open = rules.filter(({ kind }) => kind === "open").map(({ name }) => name);
  return [
    ...section("Guessed, to be read by you:", reasons),
    ...section("MISSING, to be filled in before generate can run:", missing),
    ...(open.length === 0 ? [] : [`rules.ts has ${open.length === 1 ? "a function" : "functions"} to be written: ${open.join(", ")}.`, ""]),
    ...additions.flatMap(additionText),
  ];
}

function additionText({ why, models, sql, mapping }: Addition): readonly string[] {
  return [
    why,
    "",
    ...models.flatMap(({ name, lines }) => [`    model ${name} {`, ...lines.map((line) => `      ${line}`), "    }"]),
    ...(models.length === 0 ? [] : [""]),
    ...sql.map((line) => `    ${line}`),
    "",
    ...(mapping === undefined ? [] : [`  Then in scim.config.ts: ${mapping}`, ""]),
  ];
}

const section = (title: string, lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : [title, ...lines.map((line) => `  - ${line}`), ""]);
