/** Rows at the other end of a many-to-many relation that Prisma keeps by itself: connected and disconnected, never made twice. */
import { refuse } from "./error.js";
import { joinRows } from "./links.js";
import type { JoinRows } from "./links.js";
import type { Collection, LinkRows, Making } from "./rows.js";

interface Connects<Db, Key, Id> {
  /** Rows that are connected already stay so. */
  connect(db: Db, parent: Key, ids: Id[]): PromiseLike<unknown>;
  disconnect(db: Db, parent: Key, ids: Id[]): PromiseLike<unknown>;
}

/** Prisma writes each row of one call as a condition of its own. */
const connected = 500;

/** The ends as a list of ids (Group members). */
export function endRows<Db, Key, Id>(rows: Pick<JoinRows<Db, Key, Id>, "stored" | "known" | "present"> & Connects<Db, Key, Id>): LinkRows<Db, Key> {
  return joinRows({
    ...rows,
    // Prisma does not say how many rows it connected.
    looks: true,
    add: (db, parent, ids) => counted(ids, (some) => rows.connect(db, parent, some)),
    async drop(db, parent, ids) {
      return counted(ids ?? (await rows.present(db, parent, undefined)), (some) => rows.disconnect(db, parent, some));
    },
  });
}

async function counted<Id>(ids: readonly Id[], write: (some: Id[]) => PromiseLike<unknown>): Promise<{ readonly count: number }> {
  for (let start = 0; start < ids.length; start += connected) await write(ids.slice(start, start + connected));
  return { count: ids.length };
}

/** A row at the other end, and what the client knows it by. */
export interface End<Id> {
  readonly id: Id;
  readonly value: string | null;
}

export interface NamedEnds<Db, Key, Id> extends Connects<Db, Key, Id> {
  /** For errors: "roles". */
  readonly attribute: string;
  /** Values of which this is the same are one value. */
  readonly fold: (value: string) => string;
  /** The ends that are connected and visible. */
  present(db: Db, parent: Key): PromiseLike<readonly End<Id>[]>;
  /** The visible rows with these values, connected or not. */
  find(db: Db, values: string[]): PromiseLike<readonly End<Id>[]>;
  /** Makes rows that nobody has made yet. Left out: an unknown value is refused. */
  make?(db: Db, values: string[], making: Making): PromiseLike<unknown>;
}

/** The ends as a multi-valued attribute: each is found by one of its columns. */
export function valuesOfEnds<Db, Key, Id>(ends: NamedEnds<Db, Key, Id>): Collection<Db, Key> {
  return {
    insert: async (db, parent, entries, making) => connect(db, parent, valuesOf(entries), making),

    async reconcile(db, parent, entries, making) {
      const wanted = valuesOf(entries);
      const there = new Set<string>();
      const gone: Id[] = [];
      for (const { id, value } of await ends.present(db, parent)) {
        const folded = ends.fold(value ?? "");
        if (wanted.has(folded)) there.add(folded);
        else if (value) gone.push(id);
      }
      if (gone.length > 0) await counted(gone, (some) => ends.disconnect(db, parent, some));
      const fresh = new Map([...wanted].filter(([folded]) => !there.has(folded)));
      await connect(db, parent, fresh, making);
      return gone.length + fresh.size > 0;
    },
  };

  /** By what makes two of them the same. */
  function valuesOf(entries: Parameters<Collection<Db, Key>["insert"]>[2]): ReadonlyMap<string, string> {
    return new Map(entries.flatMap(({ value }) => (typeof value === "string" ? [[ends.fold(value), value] as const] : [])));
  }

  async function connect(db: Db, parent: Key, values: ReadonlyMap<string, string>, making: Making): Promise<void> {
    if (values.size === 0) return;
    const found = await look(db, values);
    const open = [...values].filter(([folded]) => !found.has(folded)).map(([, value]) => value);
    if (open.length > 0) {
      if (ends.make === undefined) throw refuse("invalidValue", `${ends.attribute}: there is no "${String(open[0]).slice(0, 60)}" in this product.`);
      await ends.make(db, open, making);
      for (const [folded, id] of await look(db, new Map(open.map((value) => [ends.fold(value), value])))) found.set(folded, id);
      // The row is there, and hidden: its key keeps another one out.
      const hidden = [...values].find(([folded]) => !found.has(folded));
      if (hidden !== undefined) throw refuse("invalidValue", `${ends.attribute}: "${hidden[1].slice(0, 60)}" is not in use in this product.`);
    }
    await counted([...found.values()], (some) => ends.connect(db, parent, some));
  }

  async function look(db: Db, values: ReadonlyMap<string, string>): Promise<Map<string, Id>> {
    const found = new Map<string, Id>();
    const asked = [...values.values()];
    const rows: End<Id>[] = [];
    for (let start = 0; start < asked.length; start += connected) rows.push(...(await ends.find(db, asked.slice(start, start + connected))));
    for (const { id, value } of rows) {
      const folded = ends.fold(value ?? "");
      // To choose one of two would be to guess what the client means.
      if (found.has(folded)) throw refuse("invalidValue", `${ends.attribute}: "${String(value).slice(0, 60)}" means more than one row of this product.`);
      if (values.has(folded)) found.set(folded, id);
    }
    return found;
  }
}
