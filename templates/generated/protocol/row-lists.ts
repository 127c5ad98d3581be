/** A multi-valued attribute whose elements are rows of several lists: each is read and written by its own rule. */
import { elementsOf } from "./collection.js";
import { refuse } from "./error.js";
import type { Entry } from "./resource.js";
import type { Unplaced } from "./rows-beside.js";

export interface RowList<Db, Row, Own> {
  readonly rows: Unplaced<Db, Row, Own>;
  /** The elements of a row of the resource that has been read. */
  elements(row: Row): readonly object[];
  /** What is the same in each of its elements: `type: "work"`. */
  readonly constant: Readonly<Record<string, string | number | boolean>>;
  readonly isWritten: boolean;
  /** Whether an element may come to be there. */
  readonly takes: boolean;
}

export function rowLists<Db, Row, Own extends Row>(key: string, lists: readonly RowList<Db, Row, Own>[]): Unplaced<Db, Row, Own> {
  const removing = lists.filter(({ rows }) => rows.remove !== undefined);

  async function read(db: Db, rows: readonly Row[]): Promise<readonly Row[]> {
    let all = rows;
    for (const list of lists) all = await list.rows.read(db, all);
    return all;
  }

  return {
    keys: [key],
    read,

    async write(db, row, { values, items }, making) {
      const entries = items[key];
      if (entries === undefined) return false;
      const [now = row] = await read(db, [row]);
      const present = lists.map((list) => list.elements(now));
      if (isSame(elementsOf(present.flat()) ?? [], entries)) return false;
      const shares = shared(entries, present);
      let changed = false;
      for (const [index, list] of lists.entries()) {
        if (list.isWritten && (await list.rows.write(db, row, { values, items: { [key]: shares[index] ?? [] } }, making))) changed = true;
      }
      return changed;
    },

    ...(removing.length === 0
      ? {}
      : {
          async remove(db: Db, row: Own): Promise<void> {
            for (const { rows } of removing) await rows.remove?.(db, row);
          },
        }),
  };

  /** The entries of each list. One that is there stays where it is; another goes to the first list that takes its like. */
  function shared(entries: readonly Entry[], present: readonly (readonly object[])[]): readonly (readonly Entry[])[] {
    const shares = lists.map((): Entry[] => []);
    const open = present.map((elements) => [...elements]);
    for (const entry of entries) {
      const there = open.findIndex((elements) => take(elements, entry));
      const index = there >= 0 ? there : placeOf(entry);
      if (index < 0) throw refuse("invalidValue", `${key}: an element of this kind has no place in this product.`);
      shares[index]?.push(without(entry, lists[index]?.constant ?? {}));
    }
    return shares;
  }

  function placeOf(entry: Entry): number {
    const exact = lists.findIndex(({ takes, constant }) => takes && Object.keys(constant).every((name) => folded(part(entry, name)) === folded(constant[name] ?? null)));
    return exact >= 0 ? exact : lists.findIndex(({ takes, constant }) => takes && Object.keys(constant).every((name) => [null, folded(constant[name] ?? null)].includes(folded(part(entry, name)))));
  }
}

/** What is a constant of the list is no column of its rows. */
function without(entry: Entry, constant: object): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => !(name in constant)));
}

/** Takes the element out that is the same by value and type; where there is no value, by all. */
function take(elements: object[], entry: Entry): boolean {
  const names = part(entry, "value") === null ? Object.keys(entry) : ["value", "type"];
  const index = elements.findIndex((each) => names.every((name) => part(each, name) === part(entry, name)));
  if (index >= 0) elements.splice(index, 1);
  return index >= 0;
}

function isSame(seen: readonly object[], wanted: readonly Entry[]): boolean {
  const open = [...seen];
  const equal = (element: object, entry: Entry): boolean => Object.keys(entry).every((name) => part(element, name) === part(entry, name));
  return seen.length === wanted.length && wanted.every((entry) => {
    const index = open.findIndex((each) => equal(each, entry));
    if (index >= 0) open.splice(index, 1);
    return index >= 0;
  });
}

function part(element: object, name: string): unknown {
  const value = (element as Readonly<Record<string, unknown>>)[name];
  // Absent, "" and a primary that is not set are one state (RFC 7643 2.4, 2.5).
  if (value === undefined || value === "" || value === false) return null;
  return value instanceof Date ? value.toISOString() : value;
}

/** What only tells elements apart compares without letter case. */
function folded(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}
