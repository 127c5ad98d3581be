/** DELETE: what becomes of the row (RFC 7644 3.6). */
import type { ResourceEvents } from "./events.js";
import type { JsonObject } from "./json.js";
import type { Match, Parts } from "./resource.js";
import type { Begin, Rows } from "./rows.js";
import { unit } from "./transaction.js";
import type { Work } from "./transaction.js";

/** False: there was nothing to remove. */
export async function removed<Db extends Begin<Db>, New, Row, Own extends Row, Key, Identity extends Where, Where, News extends object, Data extends object>(
  rows: Rows<Db, New, Row, Own, Key, Identity, Where, News, Data>,
  work: Work<Db>,
  events: ResourceEvents<Db>,
  where: Identity,
  match: Match | undefined,
): Promise<boolean> {
  return unit(
    work,
    async (tx) => {
      // Locked before a hook decides by it, as in every other write.
      const looks = events.deletes || match !== undefined;
      if (looks && (await rows.update(tx, where, rows.touch(where))).length === 0) return false;
      const resource = looks ? await read(tx, (events.deletes ? events.everything : 0) | (match?.reads ?? 0)) : undefined;
      if (resource !== undefined) match?.check(resource);
      if (resource !== undefined) await events.beforeDelete?.(tx, resource);
      const { count } = await rows.remove(tx, where);
      if (resource !== undefined && count > 0) await events.afterDelete?.(tx, resource);
      return count > 0;
    },
    { constraints: rows.constraints, doing: "remove" },
    1,
  );

  async function read(tx: Db, parts: Parts): Promise<JsonObject | undefined> {
    const row = await rows.find(tx, where, parts);
    return row === null ? undefined : rows.print(row);
  }
}
