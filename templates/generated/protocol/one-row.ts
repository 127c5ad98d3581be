/** An attribute whose value lies in the one row of another table that belongs to the resource. */
import { refuse } from "./error.js";
import { mayWrite } from "./holder.js";
import type { Holder } from "./holder.js";
import type { Value, Values } from "./resource.js";
import { readBeside } from "./rows-beside.js";
import type { ReadBeside, Unplaced } from "./rows-beside.js";
import type { Making } from "./rows.js";
import { assign } from "./setters.js";
import type { Setters } from "./setters.js";

export interface FoundRow<Db, Row, Parent, Found> extends Omit<ReadBeside<Db, Row, Parent, Found>, "with"> {
  /** The resource's row with what was found beside it. */
  with(row: Row, found: Found | undefined): Row;
}

export interface OneRow<Db, Row, Parent, V, Found, Data, News> extends FoundRow<Db, Row, Parent, Found> {
  /** The attribute's key. */
  readonly key: string;
  readonly written: Setters<V, Data, News>;
  /** Updates the row, if it is one of `news`. */
  change(db: Db, parent: Parent, news: News[], data: Data): PromiseLike<{ readonly count: number }>;
  /** Inserts it, unless a unique key is taken by now. Undefined: no row is ever made, and a value that has none is refused. */
  add?(db: Db, parent: Parent, data: Data, making: Making): PromiseLike<{ readonly count: number }>;
  drop(db: Db, parent: Parent): PromiseLike<{ readonly count: number }>;
  /** Whether it goes with the resource by our hand. */
  readonly goes: boolean;
  /** Given where it hangs on a row that other resources, and other tenants, may share; and whether it is one of `news`: 1, or 0. */
  readonly holder?: Holder<Db, Row, Parent>;
  differs?(db: Db, parent: Parent, news: News[]): PromiseLike<number>;
}

/** A value that the host alone writes. */
export function readRow<Db, Row, Own extends Row, Parent, Found>(rows: FoundRow<Db, Row, Parent, Found>): Unplaced<Db, Row, Own> {
  return readBeside<Db, Row, Own, Parent, Found>({ ...rows, with: (row, [found]) => rows.with(row, found) });
}

export function oneRow<Db, Row, Own extends Row, Parent, V, Found, Data extends object, News>(rows: OneRow<Db, Row, Parent, V, Found, Data, News>): Unplaced<Db, Row, Own> {
  const { key } = rows;
  const { parent, find, parentOf, with: put, drop } = rows;
  const reading = { parent, find, parentOf, with: put };

  return {
    ...readRow<Db, Row, Own, Parent, Found>(rows.goes ? { ...reading, drop } : reading),
    keys: [key],

    async write(db, row, { values }, making) {
      const value = values[key];
      if (value === undefined) return false;
      const holder = rows.parent(row);
      if (holder !== null && rows.holder !== undefined && (!(await isNew(db, holder, value)) || !(await mayWrite(rows.holder, db, holder, row, making)))) return false;
      if (value !== null && holder !== null) return store(db, holder, { [key]: value }, making);
      if (holder !== null) return (await rows.drop(db, holder)).count > 0;
      if (value === null) return false;
      throw unstored();
    },
  };

  /** Whether the row says something else. */
  async function isNew(db: Db, holder: Parent, value: Value): Promise<boolean> {
    const isThere = (await rows.find(db, [holder])).length > 0;
    if (value === null || !isThere) return value !== null || isThere;
    const { together, apart } = assign(rows.written, { [key]: value });
    return ((await rows.differs?.(db, holder, [together, ...apart].flatMap((each) => each.news))) ?? 1) > 0;
  }

  function unstored(): Error {
    return refuse("invalidValue", `${key} cannot be stored for this resource.`);
  }

  async function store(db: Db, holder: Parent, values: Values, making: Making): Promise<boolean> {
    const { data, together, apart } = assign(rows.written, values);
    const news = [together, ...apart].flatMap((each) => each.news);
    const whole = Object.assign({}, ...data) as Data;
    const change = async (): Promise<boolean> => (await rows.change(db, holder, [...news], whole)).count > 0;
    const isThere = async (): Promise<boolean> => (await rows.find(db, [holder])).length > 0;
    if (await change()) return true;
    if (await isThere()) return false;
    if (rows.add === undefined) throw unstored();
    if ((await rows.add(db, holder, whole, making)).count > 0) return true;
    // Another writer made the row meanwhile, or another resource has the value.
    if (await change()) return true;
    if (await isThere()) return false;
    throw refuse("uniqueness", `The ${key} is already in use by another resource.`);
  }
}
