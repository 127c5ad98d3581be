/** Rows of other tables that are found by what they hold: the one that an attribute names, and those that the mapping names. */
import { refuse } from "./error.js";
import type { Values } from "./resource.js";
import type { Lookup, Making } from "./rows.js";
import { hold, missing } from "./setters.js";
import type { Write } from "./setters.js";
import type { Stored } from "./stored.js";

export interface LookedUp<Db, Own, Data, News, Found, Key, Held> {
  /** The attribute's key, for errors. */
  readonly name: string;
  readonly stored: Pick<Stored<Held>, "store">;
  /** The foreign key as it stands. */
  linked(row: Own): Key | null;
  /** Rows of the tenant that hold the value and may be linked; two tell as much as many. */
  find(db: Db, value: Held): PromiseLike<readonly Found[]>;
  /** The row of this key, if it holds the value, whether or not it may be linked anew. */
  still(db: Db, key: Key, value: Held): PromiseLike<readonly Found[]>;
  key(found: Found): Key;
  /** Inserts the row unless it is there by now, and then gives nothing back. Undefined: a value that no row has is refused. */
  make?(db: Db, value: Held, making: Making): PromiseLike<readonly Found[]>;
  link(key: Key): Write<Data, News>;
  /** Undefined: the foreign key must hold something. */
  readonly clear: Write<Data, News> | undefined;
}

/** What names the row that is linked already changes nothing, not even when the row may not be linked anew. */
export function lookup<Db, Own, Data, News, Found, Key, Held>(rows: LookedUp<Db, Own, Data, News, Found, Key, Held>): Lookup<Db, Own, Data, News> {
  const { name } = rows;

  return async (db, value, making, row) => {
    if (value === null) return rows.clear ?? missing(name);
    const held = hold(rows.stored, value, name);
    const linked = row === undefined ? null : rows.linked(row);
    const found = await keys(rows.find(db, held));
    if (linked !== null && (found.includes(linked) || (await rows.still(db, linked, held)).length > 0)) return undefined;
    const key = one(found) ?? (rows.make === undefined ? undefined : (one(await keys(rows.make(db, held, making))) ?? one(await keys(rows.find(db, held)))));
    if (key !== undefined) return rows.link(key);
    throw refuse("invalidValue", rows.make === undefined ? `${name}: this product has nothing that is called "${shown(value)}".` : `${name}: "${shown(value)}" is there already, and cannot be linked.`);
  };

  async function keys(found: PromiseLike<readonly Found[]>): Promise<readonly Key[]> {
    return (await found).map((each) => rows.key(each));
  }

  /** To choose one of two would be to guess. */
  function one([key, ...more]: readonly Key[]): Key | undefined {
    if (more.length > 0) throw refuse("invalidValue", `${name}: more than one thing of this product has that name.`);
    return key;
  }
}

/** What must be asked of the database or of the host before the row can be written. */
export async function lookUp<Db, Own, Data, News>(
  lookups: Readonly<Record<string, Lookup<Db, Own, Data, News>>> | undefined,
  db: Db,
  values: Values,
  { making, row }: { readonly making: Making; readonly row: Own | undefined },
): Promise<readonly Write<Data, News>[]> {
  const found: Write<Data, News>[] = [];
  for (const key in lookups) {
    const value = values[key];
    const write = value === undefined ? undefined : await lookups[key]?.(db, value, making, row);
    if (write !== undefined) found.push(write);
  }
  return found;
}

function shown(value: unknown): string {
  return String(value).slice(0, 60);
}

/** The one row that the mapping names by its columns; `what` is its model. */
export async function only<Found>(rows: PromiseLike<readonly Found[]>, what: string): Promise<Found> {
  const [found, ...more] = await rows;
  if (found !== undefined && more.length === 0) return found;
  throw refuse("invalidValue", `This product lacks something that it stores this value by: ${found === undefined ? "no" : "more than one"} ${what} fits. Please ask those who run it.`);
}
