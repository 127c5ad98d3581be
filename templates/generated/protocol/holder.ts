/** Rows that hang on a row which other resources, and other tenants, may share. */
import { sharedAccount } from "./joined.js";
import type { Making } from "./rows.js";

/** Who may write what hangs on a shared row. Each of the two takes its lock, if this tenant may write it now. */
export interface Holder<Db, Own, Parent> {
  /** The relation that leads to it. */
  readonly relation: string;
  /** Undefined: what hangs on a row that was there before the resource is kept as it is. */
  onUpdate?(db: Db, parent: Parent, row: Own): PromiseLike<{ readonly count: number }>;
  /** The same for a POST that found the row. */
  onLink?(db: Db, parent: Parent, row: Own): PromiseLike<{ readonly count: number }>;
  /** A request that would change it is refused. */
  readonly refuses?: true;
}

/** Whether this request may change what hangs on the row: what it has just made is its own. */
export async function mayWrite<Db, Own, Parent>(holder: Holder<Db, Own, Parent>, db: Db, parent: Parent, row: Own, { met }: Making): Promise<boolean> {
  if (met !== undefined) return !met.has(holder.relation) || ((await holder.onLink?.(db, parent, row))?.count ?? 0) > 0;
  if (holder.refuses === true) throw sharedAccount();
  return ((await holder.onUpdate?.(db, parent, row))?.count ?? 0) > 0;
}
