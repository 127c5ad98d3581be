/** Questions at a terminal, on stderr: stdout is for what a script reads. Loaded only where somebody sits. */
import { confirm, isCancel, select } from "@clack/prompts";
import type { Readable, Writable } from "node:stream";
import type { Question } from "../sketch.js";
import type { Person } from "./init-project.js";

const messages: Readonly<Record<Question["about"], string>> = {
  user: "Of which model is one row one user, as a directory knows them?",
  tenant: "Which column says whose customer a user is? Every query is scoped by it.",
  group: "Which model are the groups?",
  removal: "What does a directory's DELETE of a user do?",
};

/** More than this at once is a list that nobody reads. */
const shown = 12;

export function terminal(input: Readable, output: Writable): Person {
  return {
    async choose({ about, answers }) {
      const options = answers.map(({ value, label, why }) => (why === "" ? { value, label } : { value, label: `${label}: ${why}` }));
      const answer = await select({ message: messages[about], options, maxItems: shown, input, output });
      return isCancel(answer) ? undefined : answer;
    },
    async confirm(lines, question) {
      output.write(`\n${lines.join("\n")}\n`);
      return (await confirm({ message: question, input, output })) === true;
    },
  };
}
