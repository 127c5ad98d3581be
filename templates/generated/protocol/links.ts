/** A list of ids kept in a join table (Group members). */
import type { Ids } from "./resource.js";
import type { Known, LinkRows } from "./rows.js";
import { fitting } from "./stored.js";
import type { Stored } from "./stored.js";

export interface JoinRows<Db, Key, Id> {
  /** The form of the ids in the column. */
  readonly stored: Stored<Id, string>;
  /** Which of these are visible resources of the tenant. */
  known(db: Db, ids: Id[]): PromiseLike<readonly Id[]>;
  present(db: Db, parent: Key, among: Id[] | undefined): PromiseLike<readonly Id[]>;
  /** Rows that are there already are passed over. */
  add(db: Db, parent: Key, ids: Id[]): PromiseLike<{ readonly count: number }>;
  drop(db: Db, parent: Key, ids: Id[] | undefined): PromiseLike<{ readonly count: number }>;
}

/** Lists of parameters and inserts are bounded: Prisma fails above 32,000 values, and one large insert holds the event loop. */
const listed = 5_000;
const inserted = 500;

/** The ids that a single reference may hold, asked in the form of their column. */
export function reference<Db, Id>(stored: Stored<Id, string>, known: (db: Db, ids: Id[]) => PromiseLike<readonly Id[]>): Known<Db> {
  return async (db, ids) => (await known(db, ids.flatMap((id) => fitting(stored, id) ?? []))).map((id) => stored.read(id));
}

export function joinRows<Db, Key, Id>(rows: JoinRows<Db, Key, Id>): LinkRows<Db, Key> {
  const held = (ids: Ids): Id[] => ids.flatMap((id) => fitting(rows.stored, id) ?? []);
  return {
    known: async (db, ids) => gather(held(ids), listed, (some) => rows.known(db, some)),
    present: async (db, parent, among) =>
      among === undefined ? printed(await rows.present(db, parent, undefined)) : gather(held(among), listed, (some) => rows.present(db, parent, some)),
    add: async (db, parent, ids) => total(held(ids), inserted, (some) => rows.add(db, parent, some)),
    drop: async (db, parent, ids) =>
      ids === undefined ? (await rows.drop(db, parent, undefined)).count : total(held(ids), listed, (some) => rows.drop(db, parent, some)),
  };

  function printed(ids: readonly Id[]): Ids {
    return ids.map((id) => rows.stored.read(id));
  }

  async function gather(ids: Id[], size: number, ask: (some: Id[]) => PromiseLike<readonly Id[]>): Promise<Ids> {
    const found: string[] = [];
    for (let start = 0; start < ids.length; start += size) found.push(...printed(await ask(ids.slice(start, start + size))));
    return found;
  }

  async function total(ids: Id[], size: number, write: (some: Id[]) => PromiseLike<{ readonly count: number }>): Promise<number> {
    let count = 0;
    for (let start = 0; start < ids.length; start += size) count += (await write(ids.slice(start, start + size))).count;
    return count;
  }
}
