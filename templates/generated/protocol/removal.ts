/** DELETE: what becomes of the row (RFC 7644 3.6). */
import { filled } from "./beside.js";
import type { ResourceEvents } from "./events.js";
import type { JsonObject } from "./json.js";
import type { Match, Parts } from "./resource.js";
import { merged } from "./rows.js";
import type { Begin, Rows } from "./rows.js";
import { unit } from "./transaction.js";
import type { Work } from "./transaction.js";

/** False: there was nothing to remove. */
export async function removed<Db extends Begin<Db>, New, Row, Own extends Row, Key, Identity extends Where, Where, News extends object, Data extends object>(
  rows: Rows<Db, New, Row, Own, Key, Identity, Where, News, Data>,
  work: Work<Db>,
  events: ResourceEvents<Db>,
  { id, where }: { readonly id: string; readonly where: Identity },
  match: Match | undefined,
): Promise<boolean> {
  return unit(
    work,
    async (tx) => {
      // Locked before a hook decides by it, as in every other write.
      const looks = events.deletes || match !== undefined;
      const goes = (rows.beside ?? []).filter((each) => each.remove !== undefined);
      const [own] = looks || goes.length > 0 ? await rows.update(tx, where, rows.touch(where)) : [];
      if (own === undefined && (looks || goes.length > 0)) return false;
      const resource = looks ? await read(tx, (events.deletes ? events.everything : 0) | (match?.reads ?? 0)) : undefined;
      if (resource !== undefined) match?.check(resource);
      if (resource !== undefined) await events.beforeDelete?.(tx, resource);
      if (own !== undefined) for (const each of goes) await each.remove?.(tx, own);
      const isDone = await gone(tx);
      if (resource !== undefined && isDone) await events.afterDelete?.(tx, resource);
      return isDone;
    },
    { constraints: rows.constraints, doing: "remove" },
    1,
  );

  async function gone(tx: Db): Promise<boolean> {
    if (rows.remove !== undefined) return (await rows.remove(tx, where)).count > 0;
    const asked = { id, input: {}, now: new Date() };
    const stamp = await rows.stamp(tx, asked);
    if (rows.retired === undefined) return deactivated(tx, stamp);
    return (await rows.updateOnly(tx, where, merged([stamp], await rows.retired(tx, asked)), true)).count > 0;
  }

  /** By the same setters as a write of `active`; a row that is inactive already stays as it is. */
  async function deactivated(tx: Db, stamp: Data): Promise<boolean> {
    const values = { active: false };
    const { together, apart } = rows.assign(values);
    let isDone = false;
    for (const { data, news } of [together, ...apart]) {
      if (news.length > 0 && (await rows.updateOnly(tx, rows.narrow(where, news), merged([...data, stamp], rows.touch(where)), !isDone)).count > 0) isDone = true;
    }
    for (const each of rows.joined) await each.plan(values, where)?.run(tx, where);
    return isDone || (await read(tx, 0)) !== undefined;
  }

  async function read(tx: Db, parts: Parts): Promise<JsonObject | undefined> {
    const found = await rows.find(tx, where, parts);
    if (found === null) return undefined;
    const [row] = await filled(rows.beside, tx, [found], parts);
    return rows.print(row ?? found);
  }
}
