/** What README shows is what is there. */
import { expect, test } from "vitest";
import { run } from "../../src/cli.js";
import { defaultLimits } from "../../templates/generated/protocol/limits.js";
import { leniencies } from "../../templates/generated/protocol/leniencies.js";
import { document, expectSection, table } from "./documents.js";

test("its tables of commands and options equal --help", async () => {
  const commands = entries(await help(), "Commands:").filter(([name]) => name !== "help [command]");
  const options = new Map<string, { readonly names: string[]; readonly text: string }>();
  for (const [usage] of commands) {
    const name = usage.split(" ")[0] ?? "";
    for (const [flags, text] of entries(await help(name), "Options:")) {
      const known = options.get(`${flags} ${text}`);
      if (known === undefined) options.set(`${flags} ${text}`, { names: [name], text });
      else known.names.push(name);
    }
  }
  const wanted = [
    table(["command", "what it does"], commands.map(([usage, text]) => [`\`${usage.split(" ")[0] ?? ""}\``, text])),
    table(["option", "of", "what it does"], [...options].map(([key, { names, text }]) => [`\`${key.slice(0, key.length - text.length - 1)}\``, names.join(", "), text])),
  ];
  expectSection("README.md", "help", wanted.join("\n\n"));
});

test("its ten lines of generated code stand in the specimen, in this order", () => {
  const [, code = ""] = /```ts\n([\s\S]*?)\n```/.exec(document("README.md")) ?? [];
  const shown = code.split("\n").filter((line) => line.trim() !== "// ...");
  expect(shown.length).toBeLessThanOrEqual(10);
  let rest = document("prisma/src/scim/generated/user.ts");
  for (const line of shown) {
    expect(rest).toContain(`\n${line}\n`);
    rest = rest.slice(rest.indexOf(`\n${line}\n`) + line.length + 1);
  }
});

test("its limits are those of the protocol", () => {
  const comments = new Map([...document("templates/generated/protocol/limits.ts").matchAll(/\/\*\* (.*?)\.? \*\/\n {2}readonly (\w+)/g)].map(([, text = "", name = ""]) => [name, text]));
  const rows = Object.entries(defaultLimits).map(([name, value]) => [`\`${name}\``, value.toLocaleString("en-US"), comments.get(name) ?? ""]);
  expectSection("README.md", "limits", table(["limit", "default", "of what"], rows));
});

test("its leniencies are those of the protocol", () => {
  expectSection("README.md", "leniencies", table(["name", "what it allows"], Object.entries(leniencies).map(([name, text]) => [`\`${name}\``, text])));
});

async function help(...command: readonly string[]): Promise<string> {
  let said = "";
  const code = await run([...command, "--help"], { stdout: (text) => (said += text), stderr: () => undefined, color: false, isWatched: false });
  expect(code).toBe(0);
  return said;
}

/** The terms of a list in a help text, and what is said of each, on one line. */
function entries(text: string, heading: string): readonly (readonly [string, string])[] {
  const list = text.slice(text.indexOf(`${heading}\n`) + heading.length + 1).split(/\n\n|\n(?=\S)/)[0] ?? "";
  return [...list.matchAll(/^ {2}(\S.*?) {2,}(.*(?:\n {4,}.*)*)/gm)].map(([, term = "", meaning = ""]) => [term, meaning.replaceAll(/\s*\n\s*/g, " ").trim()]);
}
