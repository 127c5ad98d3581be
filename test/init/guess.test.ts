import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readSchema } from "../../src/read/prisma.js";
import { noMigrations, readMigrations } from "../../src/read/migrations.js";
import { configText } from "../../src/render/config-text.js";
import { guessText } from "../../src/render/init-text.js";
import { rulesText } from "../../src/render/yours.js";
import { guess } from "../../src/resolve/guess.js";
import type { PrismaSchema } from "../../src/read/prisma.js";
import { splitStatus } from "../../src/resolve/guess/active.js";
import type { Guess } from "../../src/sketch.js";
import { fixtures, schemaOf, shapes, textOf, withLines } from "./schema.js";

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
    let text = textOf(shape);
    const asked = async (): Promise<Guess["additions"]> => {
      const { additions } = guess(await schemaOf(text), noMigrations);
      // What Prisma's schema cannot say is SQL alone, and stays.
      return additions.filter(({ models, replaces }) => models.length > 0 && replaces !== true);
    };
    // Groups that lines have made possible may lack lines of their own.
    for (let round = 0, added = await asked(); added.length > 0 && round < 2; round++, added = await asked()) {
      for (const { models } of added) for (const { name, lines } of models) text = withLines(text, name, lines);
    }
    expect(await asked()).toEqual([]);
    expect(guess(await schemaOf(text), noMigrations).missing.filter((each) => each.includes("key of one column"))).toEqual([]);
  });
});

test.each([
  ["names a person alone", []],
  ["has a foreign key to the membership too", ["organizationId String", "membership Membership @relation(fields: [organizationId, userId], references: [organizationId, userId])"]],
])("the persons of a join model are members by their own id when it %s", async (_title, lines) => {
  let text = withLines(textOf("members-by-person"), "TeamMember", lines);
  if (lines.length > 0) text = withLines(text, "Membership", ["teamMembers TeamMember[]"]);
  const config = await configText(guess(await schemaOf(text), noMigrations).config, "./src/db/client.js");
  expect(config).toContain('    id: "userId",\n');
  expect(config).toContain('      members: { at: "members.userId", create: { isLead: false } },\n');
});

test("persons from whom no way leads back to the memberships make no groups", async () => {
  const text = textOf("members-by-person").replace(/^( {2}memberships +Membership\[\])$/m, "$1 @ignore");
  expect(guess(await schemaOf(text), noMigrations).reasons).toContain("Group is a value of Membership.role: no model looks like groups.");
});

test("users and organizations many to many become memberships by the printed model", async () => {
  const before = guess(await schemaOf(textOf("many-to-many-tenant")), noMigrations);
  const [addition] = before.additions;
  let text = `${textOf("many-to-many-tenant")}\nmodel OrganizationMembership {\n}\n`;
  for (const { name, lines } of addition?.models ?? []) text = withLines(text, name, lines);
  const after = guess(await schemaOf(text), noMigrations);
  expect(after.missing).toEqual([]);
  expect(after.reasons[0]).toBe("User is OrganizationMembership: it joins User (it has a unique email) to Organization, so one person can belong to several.");
});

test("the specimen's own mapping says what init guesses, and besides an index, a table of roles, exact letters and an extension, which nobody can guess", () => {
  const own = readFileSync(new URL("../../prisma/scim.config.ts", import.meta.url), "utf8");
  const guessed = readFileSync(join(fixtures, "specimen", "scim.config.ts"), "utf8");
  expect(textOf("specimen")).toBe(readFileSync(new URL("../../prisma/schema.prisma", import.meta.url), "utf8"));
  const guessable = own.replace(/ *constraints: .*\n/, "").replace(/ *password: .*\n/, "").replace(/ *roles: \{[\s\S]*?\n {6}\},\n/, "").replace(/ *extensions: \{[\s\S]*?\n {4}\},\n/, "").replace('{ at: "addresses", caseExact: true }', '"addresses"');
  expect(told(guessed)).toBe(told(guessable));
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

/** Schemas that nobody wrote for `init`, each with a mapping by hand. */
const others = fileURLToPath(new URL("../shapes/", import.meta.url));
const byHand = readdirSync(others).filter((name) => existsSync(join(others, name, "scim.config.ts")));

test.each(byHand)("what init guesses for the host %s is what was written by hand: model, tenant, userName, groups", async (name) => {
  const { schema } = await readSchema({ root: join(others, name), schema: existsSync(join(others, name, "schema.prisma")) ? join(others, name, "schema.prisma") : join(others, name, "schema") });
  if (schema === undefined) throw new Error(`The schema of ${name} cannot be read.`);
  const guessed = await configText(guess(schema, noMigrations).config, "./src/db/client.js");
  expect(spine(guessed)).toEqual(spine(readFileSync(join(others, name, "scim.config.ts"), "utf8")));
});

const spine = (text: string): object => {
  const [user = "", group = ""] = text.replace(/^\s*\/\/.*$/gm, "").split(/^ {2}Group: /m);
  const first = (part: string, key: string): string | undefined => new RegExp(`\\b${key}: (?:\\{ at: )?("[^"]*"|null)`).exec(part)?.[1];
  return { model: first(user, "model"), tenant: first(user, "tenant"), userName: first(user, "userName"), group: first(group, "model") ?? first(group, "valuesOf") };
};
