/** A multi-valued attribute stored as rows of a child table (RFC 7643 2.4). */
import { refuse } from "./error.js";
import type { Entry } from "./resource.js";
import type { Collection, Making, NewEntries } from "./rows.js";

/** An element that becomes a row. */
export interface NewChild<Key, Item> {
  readonly parent: Key;
  readonly item: Item;
  readonly making: Making;
}

/** A row as it was, and as the client saw it. */
export interface Before<Item, Child> {
  readonly item: Item;
  readonly row: Child;
}

/** Columns that only a new row gets: what is there stays as it is. */
export function begins<Columns extends object>(before: object | undefined, columns: Columns): Columns {
  return before === undefined ? columns : ({} as Columns);
}

export interface ChildRows<Db, Key, Item extends object, Child, Id> {
  /** The rows that are there, under the parent's lock. */
  read(db: Db, parent: Key): PromiseLike<readonly Child[]>;
  id(child: Child): Id;
  /** A row as the client sees it. */
  item(child: Child): Item;
  /** `never`: the attribute to which no row is ever added; an element that has none is refused. */
  readonly add: { readonly never: string } | ((db: Db, rows: readonly NewChild<Key, Item>[]) => PromiseLike<unknown>);
  change(db: Db, parent: Key, id: Id, item: Item, making: Making, before: Before<Item, Child>): PromiseLike<unknown>;
  drop(db: Db, parent: Key, ids: Id[]): PromiseLike<unknown>;
  /** The host is asked for parts of a row, and may refuse one. */
  readonly asks?: boolean;
  /** Rows that go are marked and stay, so that none of them becomes another element's. */
  readonly marks?: boolean;
  /** A row with the same key that was marked as removed comes back. */
  wake?(db: Db, parent: Key, item: Item, making: Making): PromiseLike<{ readonly count: number }>;
  /** The sub-attributes that make two elements the same element. */
  readonly identity: readonly (keyof Item & string)[];
}

export interface RowCollection<Db, Key> extends Collection<Db, Key> {
  /** Whether the rows say something else than the entries. */
  differs(db: Db, parent: Key, entries: readonly Entry[]): Promise<boolean>;
}

/** Rows as the client sees them (RFC 7643 2.4): none without a value, none twice, one primary at most. */
export function elementsOf<Item extends object>(rows: readonly Item[] | undefined): readonly Item[] | undefined {
  const known = new Set<string>();
  let hasPrimary = false;
  const elements = (rows ?? []).flatMap((row) => {
    const { value = null, type = null, primary, ...rest }: { value?: unknown; type?: unknown; primary?: unknown } = row;
    const name = JSON.stringify("value" in row ? [value, type] : [type, rest]);
    if (known.has(name) || ("value" in row && (value === null || value === ""))) return [];
    known.add(name);
    const isSecond = hasPrimary && primary === true;
    hasPrimary ||= primary === true;
    return [isSecond ? { ...row, primary: false } : row];
  });
  return elements.length === 0 ? undefined : elements;
}

/** Inserts go in chunks: one large insert holds the event loop for its whole length. */
const chunk = 500;

export function collection<Db, Key, Item extends object, Child, Id>(rows: ChildRows<Db, Key, Item, Child, Id>): RowCollection<Db, Key> {
  return {
    // Where none is added, those that a new resource has by itself take what is said of them.
    insert: (db, parent, entries, making) => ("never" in rows.add ? reconcile(db, parent, entries, making).then(() => undefined) : add(db, newChildren(parent, entries.map(typed), making))),
    ...("never" in rows.add || rows.asks === true ? {} : { insertAll: (db: Db, all: readonly NewEntries<Key>[]) => add(db, all.flatMap(({ parent, entries, making }) => newChildren(parent, entries.map(typed), making))) }),
    reconcile,
    differs: async (db, parent, entries) => !isSame(await rows.read(db, parent), entries.map(typed)),
  };

  function isSame(stored: readonly Child[], wanted: readonly Item[]): boolean {
    return isSameList(elementsOf(stored.map((child) => rows.item(child))) ?? [], wanted);
  }

  async function reconcile(db: Db, parent: Key, entries: readonly Entry[], making: Making): Promise<boolean> {
    const wanted = entries.map(typed);
    const stale = [...(await rows.read(db, parent))];
    if (isSame(stale, wanted)) return false;
    const changes: { readonly child: Child; readonly item: Item }[] = [];
    const fresh: Item[] = [];
    // Same value and type first, then any row that is left: a changed element keeps its row, and what the host stores beside it.
    const open = wanted.filter((item) => {
      const child = take(stale, (each) => sameItem(rows.item(each), item, rows.identity));
      if (child === undefined) return true;
      const now = rows.item(child);
      // A part that is only read is in the element, and not in what is written.
      if (!sameItem(now, item, keys(now))) changes.push({ child, item });
      return false;
    });
    const value = rows.identity.filter((name) => name === "value");
    for (const item of open) {
      const child = rows.marks ? take(stale, (each) => sameItem(rows.item(each), item, value)) : stale.shift();
      if (child === undefined) fresh.push(item);
      else changes.push({ child, item });
    }

    if (stale.length > 0) await rows.drop(db, parent, stale.map((child) => rows.id(child)));
    // An element that stops being primary is written before the one that becomes it: a host may allow only one.
    const ordered = changes.sort((a, b) => Number(isPrimary(a.item)) - Number(isPrimary(b.item)));
    for (const { child, item } of ordered) await rows.change(db, parent, rows.id(child), item, making, { item: rows.item(child), row: child });
    await add(db, newChildren(parent, rows.wake === undefined ? fresh : await asleep(db, parent, fresh, making), making));
    return stale.length + changes.length + fresh.length > 0;
  }

  /** Those of which no removed row came back. */
  async function asleep(db: Db, parent: Key, items: readonly Item[], making: Making): Promise<readonly Item[]> {
    const open: Item[] = [];
    for (const item of items) if (((await rows.wake?.(db, parent, item, making))?.count ?? 0) === 0) open.push(item);
    return open;
  }

  function newChildren(parent: Key, items: readonly Item[], making: Making): readonly NewChild<Key, Item>[] {
    return items.map((item) => ({ parent, item, making }));
  }

  async function add(db: Db, all: readonly NewChild<Key, Item>[]): Promise<void> {
    if (all.length === 0) return;
    if ("never" in rows.add) throw refuse("invalidValue", `${rows.add.never}: an element has no place here, since this product adds none to the list.`);
    for (let start = 0; start < all.length; start += chunk) await rows.add(db, all.slice(start, start + chunk));
  }

  /** The engine has read each element by the schema, with every declared sub-attribute present or null: the shape of `Item`. */
  function typed(entry: Entry): Item {
    return entry as unknown as Item;
  }
}

function keys<Item extends object>(item: Item): readonly (keyof Item & string)[] {
  return Object.keys(item) as (keyof Item & string)[];
}

function sameItem<Item>(a: Item, b: Item, by: readonly (keyof Item)[]): boolean {
  return by.every((key) => plain(a[key]) === plain(b[key]));
}

function isSameList<Item extends object>(seen: readonly Item[], wanted: readonly Item[]): boolean {
  const open = [...seen];
  return seen.length === wanted.length && wanted.every((item) => take(open, (each) => sameItem(each, item, keys(item))) !== undefined);
}

function plain(value: unknown): unknown {
  // Absent, "" and a primary that is not set are one state (RFC 7643 2.4, 2.5).
  if (value === "" || value === false || value === undefined) return null;
  return value instanceof Date ? value.getTime() : value;
}

function isPrimary(item: object): boolean {
  return "primary" in item && item.primary === true;
}

function take<T>(from: T[], holds: (each: T) => boolean): T | undefined {
  const index = from.findIndex(holds);
  return index < 0 ? undefined : from.splice(index, 1)[0];
}
