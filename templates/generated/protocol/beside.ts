/** Values that are rows of other tables, as the store goes through them. */
import type { Items, Parts, Values } from "./resource.js";
import type { Beside, Making } from "./rows.js";

/** The rows of a page with what lies beside them, as far as it is asked for: one statement for each kind, however long the page. */
export async function filled<Db, Row, Own>(beside: readonly Beside<Db, Row, Own>[] | undefined, db: Db, rows: readonly Row[], parts: Parts): Promise<readonly Row[]> {
  let all = rows;
  for (const each of beside ?? []) if ((each.part & parts) !== 0 && all.length > 0) all = await each.read(db, all);
  return all;
}

/** True: something differed. */
export async function writeBeside<Db, Row, Own>(
  beside: readonly Beside<Db, Row, Own>[] | undefined,
  db: Db,
  row: Own,
  { values, items }: { readonly values: Values; readonly items: Items },
  making: Making,
): Promise<boolean> {
  let changed = false;
  for (const each of beside ?? []) if (await each.write(db, row, { values, items }, making)) changed = true;
  return changed;
}
