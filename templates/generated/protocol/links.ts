/** A list of ids kept in a join table (Group members). */
import { refuse } from "./error.js";
import type { Change, Ids } from "./resource.js";
import type { Beside, Known, LinkRows, Making } from "./rows.js";
import { fitting } from "./stored.js";
import type { Stored } from "./stored.js";

export interface JoinRows<Db, Key, Id> {
  /** The form of the ids in the column. */
  readonly stored: Stored<Id, string>;
  /** Which of these are visible resources of the tenant. */
  known(db: Db, ids: Id[]): PromiseLike<readonly Id[]>;
  readonly looks?: boolean;
  present(db: Db, parent: Key, among: Id[] | undefined): PromiseLike<readonly Id[]>;
  /** Rows that are there already are passed over. Undefined: no row is ever added, and who has none is refused. */
  add?(db: Db, parent: Key, ids: Id[], making: Making): PromiseLike<{ readonly count: number }>;
  drop(db: Db, parent: Key, ids: Id[] | undefined): PromiseLike<{ readonly count: number }>;
  /** Rows of these ids that were marked as removed come back. */
  wake?(db: Db, parent: Key, ids: Id[]): PromiseLike<{ readonly count: number }>;
}

/** Lists of parameters and inserts are bounded: Prisma fails above 32,000 values, and one large insert holds the event loop. */
const listed = 5_000;
const inserted = 500;

/** The ids that a single reference may hold, asked in the form of their column. */
export function reference<Db, Id>(stored: Stored<Id, string>, known: (db: Db, ids: Id[]) => PromiseLike<readonly Id[]>): Known<Db> {
  return async (db, ids) => (await known(db, ids.flatMap((id) => fitting(stored, id) ?? []))).map((id) => stored.read(id));
}

/** Which of the rows that references lead to exist for the tenant: one statement for all of a page, and none where nothing refers. */
export function referred<Name extends string, Db, Row, Own, Id extends string | number | bigint>(
  name: Name,
  ids: (row: Row) => readonly (Id | null)[],
  known: (db: Db, ids: Id[]) => PromiseLike<readonly Id[]>,
): Omit<Beside<Db, Row & { readonly [K in Name]?: ReadonlySet<Id> }, Own>, "part"> {
  return {
    keys: [],
    async read(db, rows) {
      const asked = [...new Set(rows.flatMap(ids))].filter((id): id is Id => id !== null);
      if (asked.length === 0) return rows;
      const found: ReadonlySet<Id> = new Set(await known(db, asked));
      return rows.map((row) => ({ ...row, [name]: found }));
    },
    write: () => Promise.resolve(false),
  };
}

export function joinRows<Db, Key, Id>(rows: JoinRows<Db, Key, Id>): LinkRows<Db, Key> {
  const looks = rows.looks ?? rows.add === undefined;
  const held = (ids: Ids): Id[] => ids.flatMap((id) => fitting(rows.stored, id) ?? []);
  return {
    looks,
    known: async (db, ids) => gather(held(ids), listed, (some) => rows.known(db, some)),
    present: async (db, parent, among) =>
      among === undefined ? printed(await rows.present(db, parent, undefined)) : gather(held(among), listed, (some) => rows.present(db, parent, some)),
    async add(db, parent, ids, making) {
      const wanted = held(ids);
      const woken = rows.wake === undefined ? 0 : await total(wanted, listed, (some) => rows.wake?.(db, parent, some));
      const count = woken + (await total(wanted, inserted, (some) => rows.add?.(db, parent, some, making)));
      if (looks && count < wanted.length) await refuseTaken(db, parent, wanted);
      return count;
    },
    drop: async (db, parent, ids) =>
      ids === undefined ? (await rows.drop(db, parent, undefined)).count : total(held(ids), listed, (some) => rows.drop(db, parent, some)),
  };

  function printed(ids: readonly Id[]): Ids {
    return ids.map((id) => rows.stored.read(id));
  }

  /** Who was not there and could not be added: a row with the same key is in the way, and it is no member's. */
  async function refuseTaken(db: Db, parent: Key, ids: Id[]): Promise<void> {
    const there = new Set(await gather(ids, listed, (some) => rows.present(db, parent, some)));
    const taken = printed(ids).find((id) => !there.has(id));
    if (taken !== undefined) throw refuse("invalidValue", `The resource "${taken.slice(0, 60)}" ${rows.add === undefined ? "has no place in this list, to which the product adds none" : "is connected in another way, and cannot be a member"}.`);
  }

  async function gather(ids: Id[], size: number, ask: (some: Id[]) => PromiseLike<readonly Id[]>): Promise<Ids> {
    const found: string[] = [];
    for (let start = 0; start < ids.length; start += size) found.push(...printed(await ask(ids.slice(start, start + size))));
    return found;
  }

  async function total(ids: Id[], size: number, write: (some: Id[]) => PromiseLike<{ readonly count: number }> | undefined): Promise<number> {
    let count = 0;
    for (let start = 0; start < ids.length; start += size) count += (await write(ids.slice(start, start + size)))?.count ?? 0;
    return count;
  }
}

/** A list whose members are of several kinds: an id belongs to the list whose kind knows it. */
export function several<Db, Key>(...lists: readonly LinkRows<Db, Key>[]): LinkRows<Db, Key> {
  return {
    looks: lists.some(({ looks }) => looks),
    known: (db, ids) => all((list) => list.known(db, ids)),
    present: (db, parent, among) => all((list) => list.present(db, parent, among)),
    async add(db, parent, ids, making) {
      let count = 0;
      let open = ids;
      for (const [index, list] of lists.entries()) {
        // All of them are known, so what no other list knows is the last one's.
        const own = index === lists.length - 1 ? open : await list.known(db, open);
        if (own.length > 0) count += await list.add(db, parent, own, making);
        const taken = new Set(own);
        open = open.filter((id) => !taken.has(id));
        if (open.length === 0) break;
      }
      return count;
    },
    async drop(db, parent, ids) {
      let count = 0;
      for (const list of lists) {
        const own = list.looks ? await list.present(db, parent, ids) : ids;
        if (own === undefined || own.length > 0) count += await list.drop(db, parent, own);
      }
      return count;
    },
  };

  async function all(ask: (list: LinkRows<Db, Key>) => Promise<Ids>): Promise<Ids> {
    const found: string[] = [];
    for (const list of lists) found.push(...(await ask(list)));
    return found;
  }
}

export function isEmpty(links: Change["links"]): boolean {
  for (const name in links) if (links[name] !== undefined) return false;
  return true;
}

/** How many ids a change names, for the time it may take. */
export function linkedIds(change: Change): number {
  return Object.values(change.links).reduce((sum, link) => sum + ("add" in link ? link.add.length + link.remove.length : link.exactly.length), 0);
}
