/** docs/identity-providers.md says of each leniency what the tests of it hold. */
import { test } from "vitest";
import { cases } from "../database/leniency-cases.js";
import { needs } from "../e2e/needs.js";
import { expectSection, table } from "./documents.js";

test("its table of leniencies is that of the tests", () => {
  const rows = Object.entries(cases).map(([rule, each]) => {
    const answers = new Set(each.map(({ off }) => (typeof off === "string" ? `400 \`${off}\`` : "the text as it is")));
    return [`\`${rule}\``, each.map(({ client }) => client).join("; "), [...answers].join(", ")];
  });
  expectSection("docs/identity-providers.md", "leniencies", table(["rule", "who sends it, and what", "without the rule"], rows));
});

test("its table of what each client needs is that of the tests", () => {
  const rows = Object.entries(needs).map(([client, rules]) => [client, rules.length === 0 ? "none" : rules.map((rule) => `\`${rule}\``).join(", ")]);
  expectSection("docs/identity-providers.md", "needs", table(["client", "rules that it needs"], rows));
});
