/** Reading the rows of a resource: one by its id, or a page of those that a filter finds. */
import { filled } from "./beside.js";
import { readIds } from "./by-ids.js";
import { withOperands } from "./codec.js";
import { prismaLogic } from "./columns.js";
import type { JsonObject } from "./json.js";
import type { ResolvedFilter } from "./resolved-filter.js";
import type { Parts, Query, Sort } from "./resource.js";
import type { Begin, Rows } from "./rows.js";
import { reading } from "./transaction.js";
import type { Work } from "./transaction.js";
import { all, toWhere } from "./where.js";
import type { Condition } from "./where.js";

/** Rows to pass over from which two statements are cheaper than one. */
const deep = 1_000;

const backwards: Sort = { key: "id", path: "id", descending: true };

/** What needs no write. `rowOf` and `read` take the client they run with, for the store reads inside its transactions too. */
export function reader<Db extends Begin<Db>, New, Row, Own extends Row, Key, Identity extends Where, Where, News extends object, Data extends object>(
  rows: Rows<Db, New, Row, Own, Key, Identity, Where, News, Data>,
  work: Work<NoInfer<Db>>,
) {
  const { constraints } = rows;
  return { guarded, list, read, rowOf };

  async function list(query: Query, parts: Parts): Promise<{ readonly total: number; readonly resources: readonly JsonObject[] }> {
    const filter = query.filter === undefined ? true : await conditionOf(query.filter);
    if (filter === false) return { total: 0, resources: [] };
    const within = withinScope(filter);
    const last = query.after === undefined ? undefined : rows.where(query.after);
    const first = query.before === undefined ? undefined : rows.where(query.before);
    const where = first !== undefined ? rows.before(within, first) : last !== undefined ? rows.beyond(within, last) : within;
    // Those just before a row are the first ones of the other direction.
    const asked = first === undefined ? query : { ...query, sort: backwards };
    const there = query.sort && rows.ordersWithin?.[query.sort.key];
    const read = there === undefined ? pageOf(where, asked, parts) : pageInTwo(filter, there, asked, parts);
    const found = [...(query.take === 0 ? [] : await reading(work, read, { constraints }))];
    if (first !== undefined) found.reverse();
    // A page that is not full is the last one and says how many there are; only a full or an empty one has to count.
    const ends = found.length < query.take && (found.length > 0 || query.skip === 0);
    const total = !query.counts || ends ? query.skip + found.length : await reading(work, rows.count(work.db, where), { constraints });
    const all = await reading(work, filled(rows.beside, work.db, found, parts), { constraints });
    return { total, resources: all.map((row) => rows.print(row)) };
  }

  function withinScope(filter: Condition<News>): Where {
    return rows.scope(filter === true || filter === false ? undefined : filter);
  }

  /** Those that have the value, in its order, and those that have none, in that of their ids: what the row behind the relation holds must not place them. */
  async function pageInTwo(filter: Condition<News>, there: News, query: Query, parts: Parts): Promise<readonly Row[]> {
    const logic = prismaLogic<News>();
    const half = (isThere: boolean): { readonly where: Where; readonly sort: Sort | undefined } => ({ where: withinScope(all([filter, isThere ? there : logic.not(there)], logic)), sort: isThere ? query.sort : undefined });
    const isLast = query.sort?.descending !== true;
    const [first, second] = [half(isLast), half(!isLast)];
    const begun = await pageOf(first.where, { ...query, sort: first.sort }, parts);
    if (begun.length === query.take) return begun;
    const before = begun.length > 0 || query.skip === 0 ? query.skip + begun.length : await rows.count(work.db, first.where);
    const rest = await pageOf(second.where, { ...query, sort: second.sort, skip: Math.max(query.skip - before, 0), take: query.take - begun.length }, parts);
    return [...begun, ...rest];
  }

  async function conditionOf(asked: ResolvedFilter): Promise<Condition<News>> {
    const filter = rows.operands === undefined ? asked : await withOperands(asked, rows.operands, work.db);
    const known = await reading(work, readIds(rows.byIds, work.db, filter), { constraints });
    return toWhere(filter, rows.columns(), prismaLogic<News>(), known);
  }

  async function pageOf(where: Where, { sort, skip, take }: Query, parts: Parts): Promise<readonly Row[]> {
    if (skip < deep) return rows.page(work.db, where, parts, { sort, skip, take });
    return rows.page(work.db, await rows.located(work.db, where, { sort, skip, take }), parts, { sort, skip: 0, take });
  }

  /** Inside a transaction of ours errors go up as they are: who began it decides whether to run it again. */
  function guarded<T>(db: Db, run: PromiseLike<T>): PromiseLike<T> {
    return db === work.db ? reading(work, run, { constraints }) : run;
  }

  async function read(db: Db, where: Identity, parts: Parts): Promise<JsonObject | undefined> {
    const row = await rowOf(db, where, parts);
    return row === undefined ? undefined : rows.print(row);
  }

  async function rowOf(db: Db, where: Identity, parts: Parts): Promise<Row | undefined> {
    const found = await guarded(db, rows.find(db, where, parts));
    if (found === null) return undefined;
    const [row] = await guarded(db, filled(rows.beside, db, [found], parts));
    return row ?? found;
  }
}
