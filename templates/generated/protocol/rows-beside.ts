/** A multi-valued attribute whose elements are rows that a statement of their own reads, for a whole page at once. */
import type { RowCollection } from "./collection.js";
import { refuse } from "./error.js";
import { mayWrite } from "./holder.js";
import type { Holder } from "./holder.js";
import type { Beside } from "./rows.js";

/** Rows that are only read, and go with the resource. */
export interface ReadBeside<Db, Row, Parent, Found> {
  /** What the rows hold of the resource; null: it has nothing for them to hang on. */
  parent(row: Row): Parent | null;
  /** The rows of these in the tenant, in the order of an answer, each with its parent. */
  find(db: Db, parents: Parent[]): PromiseLike<readonly Found[]>;
  parentOf(found: Found): Parent | null;
  /** The resource's row with what was found beside it. */
  with(row: Row, found: readonly Found[]): Row;
  /** Given where the rows go with the resource. */
  drop?(db: Db, parent: Parent): PromiseLike<unknown>;
}

export interface RowsBeside<Db, Row, Own, Parent, Found> extends ReadBeside<Db, Row, Parent, Found> {
  /** The attribute's key. */
  readonly key: string;
  /** Undefined: no client writes them. */
  readonly collection?: RowCollection<Db, Parent>;
  /** Given where they hang on a row that other resources, and other tenants, may share. */
  readonly holder?: Holder<Db, Own, Parent>;
}

/** What lies beside a resource without a place of its own in an answer's parts. */
export type Unplaced<Db, Row, Own> = Omit<Beside<Db, Row, Own>, "part">;

export function readBeside<Db, Row, Own extends Row, Parent, Found>(rows: ReadBeside<Db, Row, Parent, Found>): Unplaced<Db, Row, Own> {
  const { drop } = rows;
  return {
    keys: [],

    async read(db, all) {
      const parents = [...new Set(all.map((row) => rows.parent(row)))].filter((parent): parent is NonNullable<typeof parent> => parent !== null);
      const found = new Map<Parent | null, Found[]>();
      for (const each of parents.length === 0 ? [] : await rows.find(db, parents)) {
        const parent = rows.parentOf(each);
        const siblings = found.get(parent);
        if (siblings === undefined) found.set(parent, [each]);
        else siblings.push(each);
      }
      return all.map((row) => {
        const parent = rows.parent(row);
        return rows.with(row, parent === null ? [] : (found.get(parent) ?? []));
      });
    },

    write: () => Promise.resolve(false),

    ...(drop === undefined
      ? {}
      : {
          async remove(db: Db, row: Own): Promise<void> {
            const parent = rows.parent(row);
            if (parent !== null) await drop(db, parent);
          },
        }),
  };
}

export function rowsBeside<Db, Row, Own extends Row, Parent, Found>(rows: RowsBeside<Db, Row, Own, Parent, Found>): Unplaced<Db, Row, Own> {
  const { key, holder, collection } = rows;
  return {
    ...readBeside<Db, Row, Own, Parent, Found>(rows),
    keys: collection === undefined ? [] : [key],

    async write(db, row, { items }, making) {
      const entries = items[key];
      if (collection === undefined || entries === undefined) return false;
      const parent = rows.parent(row);
      if (parent === null) {
        if (entries.length === 0) return false;
        throw refuse("invalidValue", `${key} cannot be stored for this resource.`);
      }
      if (holder === undefined) return collection.reconcile(db, parent, entries, making);
      if (!(await collection.differs(db, parent, entries)) || !(await mayWrite(holder, db, parent, row, making))) return false;
      return collection.reconcile(db, parent, entries, making);
    },
  };
}
