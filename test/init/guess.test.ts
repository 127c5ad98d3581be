import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { noMigrations, readMigrations } from "../../src/read/migrations.js";
import { configText } from "../../src/render/config-text.js";
import { guessText } from "../../src/render/init-text.js";
import { rulesText } from "../../src/render/yours.js";
import { guess } from "../../src/resolve/guess.js";
import type { PrismaSchema } from "../../src/read/prisma.js";
import { splitStatus } from "../../src/resolve/guess/active.js";
import type { Guess } from "../../src/sketch.js";
import { schemaOf } from "./schema.js";

const fixtures = fileURLToPath(new URL("fixtures/", import.meta.url));
const shapes = readdirSync(fixtures).sort();
/** Of one file or of a folder, as one text. */
function textOf(shape: string): string {
  const one = join(fixtures, shape, "schema.prisma");
  if (existsSync(one)) return readFileSync(one, "utf8");
  const folder = join(fixtures, shape, "schema");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".prisma"));
  return files.sort().map((path) => readFileSync(join(folder, path), "utf8")).join("\n");
}
/** A shape's schema, and what its migrations say besides. */
const guessOf = async (shape: string, schema: PrismaSchema): Promise<Guess> => guess(schema, await readMigrations(join(fixtures, shape, "schema.prisma")));

async function filesOf(made: Guess): Promise<Readonly<Record<string, string>>> {
  const yours = { rules: made.rules, tenant: made.tenant, guarded: made.guarded, ending: ".js", client: undefined, likelyClient: "../prisma.js" } as const;
  return {
    "scim.config.ts": await configText(made.config, "./src/db/client.js"),
    "rules.ts": await rulesText(yours),
    "said.txt": `${guessText(made).join("\n").trimEnd()}\n`,
  };
}

describe("a first mapping of each shape of product (UPDATE_GOLDENS=1 writes them)", () => {
  test.each(shapes)("%s", async (shape) => {
    for (const [name, text] of Object.entries(await filesOf(await guessOf(shape, await schemaOf(textOf(shape)))))) {
      const path = join(fixtures, shape, name);
      if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(path, text);
      expect(existsSync(path) ? readFileSync(path, "utf8") : "").toBe(text);
    }
  });
});

describe("the order of things in a schema means nothing", () => {
  test.each(shapes)("%s", async (shape) => {
    const schema = await schemaOf(textOf(shape));
    const turned = { ...schema, models: [...schema.models].reverse(), enums: [...schema.enums].reverse() };
    expect(await filesOf(await guessOf(shape, turned))).toEqual(await filesOf(await guessOf(shape, schema)));
  });
});

describe("the printed lines fit into the schema they were printed for, and take what was missing away", () => {
  test.each(shapes)("%s", async (shape) => {
    const before = guess(await schemaOf(textOf(shape)), noMigrations);
    let text = textOf(shape);
    const added = before.additions.filter(({ replaces }) => replaces !== true);
    for (const { models } of added) for (const { name, lines } of models) text = withLines(text, name, lines);
    const after = guess(await schemaOf(text), noMigrations);
    // What Prisma's schema cannot say is SQL alone, and stays.
    expect(after.additions.filter(({ models, replaces }) => models.length > 0 && replaces !== true)).toEqual([]);
    expect(after.missing.filter((each) => each.includes("key of one column"))).toEqual([]);
  });
});

function withLines(text: string, model: string, lines: readonly string[]): string {
  return text.replace(new RegExp(`^model ${model} \\{[^}]*`, "m"), (block) => {
    const keyed = lines.some((line) => line.includes("@id ")) ? block.replace(/^ *@@id.*\n/m, "") : block;
    return `${keyed}${lines.map((line) => `  ${line}\n`).join("")}`;
  });
}

test("the specimen's own mapping says what init guesses, and no more than one index besides", () => {
  const own = readFileSync(new URL("../../prisma/scim.config.ts", import.meta.url), "utf8");
  const guessed = readFileSync(join(fixtures, "specimen", "scim.config.ts"), "utf8");
  expect(textOf("specimen")).toBe(readFileSync(new URL("../../prisma/schema.prisma", import.meta.url), "utf8"));
  expect(told(guessed)).toBe(told(own.replace(/ *constraints: .*\n/, "")));
});

/** A mapping without its comments and line breaks. */
const told = (text: string): string => text.replace(/^\s*\/\/.*$/gm, "").replace(/\s+/g, "").replace(/,([}\])])/g, "$1");

test.each([
  ["ACTIVE SUSPENDED", "ACTIVE", "SUSPENDED", ""],
  ["pending active banned inactive", "active pending", "inactive banned", ""],
  ["Enabled Disabled OnLeave", "Enabled", "Disabled OnLeave", "OnLeave"],
  ["ACTIVE NOT_VERIFIED", "ACTIVE", "NOT_VERIFIED", ""],
  ["ACCOUNT_ACTIVE ACCOUNT_CLOSED", "ACCOUNT_ACTIVE", "ACCOUNT_CLOSED", ""],
])("of the values %s these let somebody in: %s", (values, on, off, unknown) => {
  const split = splitStatus(values.split(" "));
  expect([split?.on.join(" "), split?.off.join(" "), split?.unknown.join(" ")]).toEqual([on, off, unknown]);
});

test.each(["DRAFT PUBLISHED", "ACTIVE", "OPEN CLOSED", "A B C"])("the values %s say nothing about who may come in", (values) => {
  expect(splitStatus(values.split(" "))).toBeUndefined();
});
