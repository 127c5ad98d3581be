import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { fixtures, generateClients, root } from "./clients.js";
import { Editor } from "./editor.js";

const goldens = join(dirname(fileURLToPath(import.meta.url)), "goldens");
const updates = process.env["UPDATE_GOLDENS"] === "1";
const editor = new Editor();

beforeAll(generateClients, 60_000);

const config = (inside: string) => `import { defineConfig, from, now, rule, tenant } from "scim-gen";
import type { Prisma } from "orchestra";

export default defineConfig<Prisma.TypeMap>()({
  ${inside}
});
`;
const user = (inside: string) => config(`User: {\n    model: "Engagement",\n    ${inside}\n  },`);
const settled = `User: { model: "Engagement", tenant: "orchestraId", attributes: {} },\n  `;
const attribute = (inside: string) => user(`tenant: "orchestraId",\n    attributes: {\n      ${inside}\n    },`);
const members = (inside: string) => config(`${settled}Group: { model: "Section", tenant: "orchestraId", attributes: { members: ${inside} } },`);

const everything = readFileSync(join(fixtures, "orchestra", "everything.config.ts"), "utf8");

// Each has one mistake, and the editor must speak of it alone.
const wrong: Readonly<Record<string, string>> = {
  "model": everything.replace(`model: "Engagement"`, `model: "Engagment"`),
  "model of a group": everything.replace(`model: "Section"`, `model: "Secton"`),
  "model of a custom resource": everything.replace(`model: "Instrument"`, `model: "Instrumnt"`),
  "column": attribute(`title: "chiar",`),
  "column of an entry": attribute(`title: { at: "chiar", readOnly: true },`),
  "second segment": attribute(`userName: "musician.mailbx",`),
  "second segment of an entry": attribute(`userName: { at: "musician.mailbx", lower: true },`),
  "tenant": user(`tenant: "orchestraID",\n    attributes: {},`),
  "tenant missing": user(`attributes: {},`),
  "members path": members(`"parts.engagmentId"`),
  "members path of an entry": members(`{ at: "parts.engagmentId", softDelete: "leftAt" }`),
  "enum value": attribute(`active: { at: "standing", values: { true: "PLAYNG", false: "RESTING" } },`),
  "enum value in a list": attribute(`active: { at: "standing", values: { true: ["PLAYNG", "TRIAL"], false: "RESTING" } },`),
  "enum group value": config(`${settled}Group: { valuesOf: "rank", leave: "TUTTY" },`),
  "attribute": attribute(`titel: "chair",`),
  "name part": attribute(`name: { givenNam: "musician.printedName" },`),
  "sub-attribute": attribute(`phoneNumbers: { at: "dials", each: { valu: "digits" } },`),
  "column of each": attribute(`phoneNumbers: { at: "dials", each: { value: "digitz" } },`),
  "create key": user(`tenant: "orchestraId",\n    create: { orign: "scim" },\n    attributes: {},`),
  "stamp value": user(`tenant: "orchestraId",\n    stamp: { touchedAt: 5 },\n    attributes: {},`),
  "where key": user(`tenant: "orchestraId",\n    where: { standng: "LEFT" },\n    attributes: {},`),
  "option of an entry": attribute(`userName: { at: "musician.mailbox", lowr: true },`),
  "option of rows": attribute(`phoneNumbers: { at: "dials", creat: {} },`),
  "option of a resource": user(`tenant: "orchestraId",\n    stampp: {},\n    attributes: {},`),
  "option of the config": config(`${settled}outptu: "./src/scim",`),
  "unless on text": attribute(`active: { unless: "chair" },`),
  "unless on a required date": attribute(`active: { unless: "createdAt" },`),
};

// `¦` is where the caret stands.
const offered: Readonly<Record<string, string>> = {
  "model": config(`User: { model: "¦" },`),
  "model of a group": config(`${settled}Group: { model: "¦" },`),
  "model of a custom resource": config(`${settled}resources: { Instrument: { model: "¦" } },`),
  "option of a resource": user(`¦`),
  "tenant": user(`tenant: "¦",`),
  "column": attribute(`title: "¦",`),
  "second segment": attribute(`title: { at: "musician.¦" },`),
  "members path": members(`"parts.¦"`),
  "attribute": attribute(`¦`),
  "option of a column": attribute(`title: { at: "chair", ¦ },`),
  "option of rows": attribute(`phoneNumbers: { at: "dials", ¦ },`),
  "sub-attribute": attribute(`phoneNumbers: { at: "dials", each: { ¦ } },`),
  "column of each": attribute(`phoneNumbers: { at: "dials", each: { value: "¦" } },`),
  "enum value": attribute(`active: { at: "standing", values: { true: "¦" } },`),
  "enum value in a list": attribute(`active: { at: "standing", values: { true: ["PLAYING", "¦"], false: "RESTING" } },`),
  "enum group column": config(`${settled}Group: { valuesOf: "¦" },`),
  "unless": attribute(`active: { unless: "¦" },`),
  "where key": user(`tenant: "orchestraId",\n    where: { ¦ },`),
  "where key of rows": attribute(`phoneNumbers: { at: "dials", where: { ¦ } },`),
  "create key": user(`tenant: "orchestraId",\n    create: { ¦ },`),
  "table key": attribute(`externalId: { table: "OutsideKey", key: "¦" },`),
  "match": user(`through: { musician: { match: "¦" } },`),
};

describe("a wrong name", () => {
  it.each(Object.entries(wrong))("%s", (name, text) => {
    const errors = editor.errors(text);
    expect(errors).toHaveLength(1);
    compare("errors", name, errors.join("\n\n"));
  });
});

describe("completion", () => {
  it.each(Object.entries(offered))("%s", (name, text) => {
    const line = text.split("\n").find((candidate) => candidate.includes("¦"))?.trim() ?? "";
    // An editor shows what begins with what is typed already; every second piece between quotes is a string.
    const pieces = line.slice(0, line.indexOf("¦")).split('"');
    const typed = pieces.length % 2 === 0 ? (pieces.at(-1) ?? "") : "";
    const names = editor.completions(text).filter((each) => each.startsWith(typed));
    expect(names).not.toEqual([]);
    // A list of places begins with the model's own columns; the far end of a long one says nothing new.
    const shown = names.slice(0, 60);
    compare("completions", name, [line, ...shown.map((each) => `  ${each}`), ...(names.length > shown.length ? [`  (${String(names.length - shown.length)} more)`] : [])].join("\n"));
  });
});

it("has no golden without a case", () => {
  const files = (cases: Readonly<Record<string, string>>) => Object.keys(cases).map(fileName).sort();
  expect(readdirSync(join(goldens, "errors")).sort()).toEqual(files(wrong));
  expect(readdirSync(join(goldens, "completions")).sort()).toEqual(files(offered));
});

it("is free of errors once the last mistake is gone", () => {
  expect(editor.errors(everything)).toEqual([]);
});

describe("a loaded file fits LooseConfig", () => {
  const examples = [join(fixtures, "orchestra", "plain.config.ts"), join(fixtures, "orchestra", "everything.config.ts"), join(root, "prisma", "scim.config.ts")];
  it.each(examples)("%s", (path) => {
    const text = readFileSync(path, "utf8");
    const loose = text
      .replace(/^import type .*$/m, `import type { LooseConfig } from "scim-gen";\nconst loosely = (config: LooseConfig) => config;`)
      .replace("export default defineConfig<Prisma.TypeMap>()(", "export default loosely(");
    expect(loose).not.toContain("defineConfig<");
    expect(editor.errors(loose)).toEqual([]);
  });
});

function compare(folder: string, name: string, text: string): void {
  const path = join(goldens, folder, fileName(name));
  if (updates) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${text}\n`);
  }
  expect(`${text}\n`).toBe(readFileSync(path, "utf8"));
}

function fileName(name: string): string {
  return `${name.replaceAll(" ", "-")}.txt`;
}
