/** The text of a schema -> PrismaSchema, with no file in between. */
import { parseSchema } from "../../src/read/prisma.js";
import type { PrismaSchema } from "../../src/read/prisma.js";

export async function schemaOf(text: string): Promise<PrismaSchema> {
  const { schema, problems } = await parseSchema({ path: "/host/schema.prisma", name: "schema.prisma", files: [{ path: "/host/schema.prisma", text }] });
  if (schema === undefined) throw new Error(problems.map(({ message }) => message).join("\n"));
  return schema;
}
