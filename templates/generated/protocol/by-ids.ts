/** Filters on attributes that lie in tables without a relation: the ids are read first, and the filter is about them. */
import { refuse } from "./error.js";
import { prismaLogic } from "./columns.js";
import type { ResolvedFilter } from "./resolved-filter.js";
import type { ByIds } from "./rows.js";
import { fitting } from "./stored.js";
import type { Stored } from "./stored.js";
import { not, toWhere } from "./where.js";
import type { Columns, Condition } from "./where.js";

/** More ids than these would be a statement that no database plans well. */
const most = 5_000;

export interface IdsTable<Db, Inner, Id, News> {
  /** The attribute's key; of a multi-valued one `columns` are its sub-attributes. */
  readonly key: string;
  readonly columns: Columns<Inner>;
  /** The SCIM ids that the rows of the tenant belong to. */
  ids(db: Db, where: Inner, take: number): PromiseLike<readonly string[]>;
  readonly stored: Pick<Stored<Id>, "store">;
  among(ids: Id[]): News;
}

export function byIds<Db, Inner extends object, Id, News extends object>(table: IdsTable<Db, Inner, Id, News>): ByIds<Db, News> {
  const inner = prismaLogic<Inner>();

  /** What a row must be for the leaf to hold; a comparison for "not equal" is the opposite of the one for "equal". */
  function asked(leaf: ResolvedFilter): Condition<Inner> {
    if (leaf.kind === "element") return toWhere(leaf.filter, table.columns, inner);
    if (leaf.kind === "compare" && leaf.op === "ne") return toWhere({ ...leaf, op: "eq" }, table.columns, inner);
    return leaf.kind === "present" && table.columns[leaf.key] === undefined ? true : toWhere(leaf, table.columns, inner);
  }

  return async (db, leaf) => {
    const where = asked(leaf);
    const ids = where === false ? [] : await table.ids(db, where === true ? inner.and([]) : where, most + 1);
    if (ids.length > most) throw refuse("invalidFilter", `${table.key} is searched by itself here, and more than ${String(most)} resources fit. Please narrow what it is compared with.`);
    const held = [...new Set(ids)].flatMap((id) => fitting(table.stored, id) ?? []);
    const condition: Condition<News> = held.length === 0 ? false : table.among(held);
    return leaf.kind === "compare" && leaf.op === "ne" ? not(condition, prismaLogic<News>()) : condition;
  };
}

/** What each leaf of a filter that asks for such an attribute comes to: one statement each. */
export async function readIds<Db, News>(
  tables: Readonly<Record<string, ByIds<Db, News>>> | undefined,
  db: Db,
  filter: ResolvedFilter,
): Promise<ReadonlyMap<ResolvedFilter, Condition<News>>> {
  const known = new Map<ResolvedFilter, Condition<News>>();
  if (tables !== undefined) for (const leaf of leaves(filter)) {
    const condition = await tables[leaf.key]?.(db, leaf);
    if (condition !== undefined) known.set(leaf, condition);
  }
  return known;
}

function leaves(filter: ResolvedFilter): readonly Extract<ResolvedFilter, { readonly key: string }>[] {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.terms.flatMap(leaves);
    case "not":
      return leaves(filter.term);
    case "always":
    case "never":
      return [];
    default:
      return [filter];
  }
}
