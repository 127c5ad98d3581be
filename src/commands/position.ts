/** Gives problems their lines: in the mapping by its syntax tree, in the schema by its text. */
import type { PendingProblem, Problem } from "../problem.js";
import { locator } from "../read/locate.js";
import { schemaPosition } from "../read/prisma.js";
import type { PrismaSchema } from "../read/prisma.js";

/** Of these, the key is what is wrong, and not what stands behind it. */
const ofKeys: ReadonlySet<string> = new Set(["unknown-attribute", "unknown-option"]);

export async function positioned(pending: readonly PendingProblem[], configPath: string, schema: PrismaSchema): Promise<readonly Problem[]> {
  if (pending.length === 0) return [];
  const locate = await locator(configPath);
  return pending.map(({ path, schema: where, ...problem }) => {
    const schemaAt = where === undefined ? undefined : schemaPosition(schema, where);
    return { ...problem, at: locate(path, ofKeys.has(problem.code) ? "key" : "value"), ...(schemaAt === undefined ? {} : { schemaAt }) };
  });
}
