/** The schemas that a mapping is guessed for, and a text -> PrismaSchema, with no file in between. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSchema } from "../../src/read/prisma.js";
import type { PrismaSchema } from "../../src/read/prisma.js";

export const fixtures = fileURLToPath(new URL("fixtures/", import.meta.url));
export const shapes = readdirSync(fixtures).sort();

export async function schemaOf(text: string): Promise<PrismaSchema> {
  const { schema, problems } = await parseSchema({ path: "/host/schema.prisma", name: "schema.prisma", files: [{ path: "/host/schema.prisma", text }] });
  if (schema === undefined) throw new Error(problems.map(({ message }) => message).join("\n"));
  return schema;
}

/** Of one file or of a folder, as one text. */
export function textOf(shape: string): string {
  const one = join(fixtures, shape, "schema.prisma");
  if (existsSync(one)) return readFileSync(one, "utf8");
  const folder = join(fixtures, shape, "schema");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".prisma"));
  return files.sort().map((path) => readFileSync(join(folder, path), "utf8")).join("\n");
}

/** A schema with lines added to one of its models. */
export function withLines(text: string, model: string, lines: readonly string[]): string {
  return text.replace(new RegExp(`^model ${model} \\{[^}]*`, "m"), (block) => {
    const keyed = lines.some((line) => line.includes("@id ")) ? block.replace(/^ *@@id.*\n/m, "") : block;
    return `${keyed}${lines.map((line) => `  ${line}\n`).join("")}`;
  });
}
