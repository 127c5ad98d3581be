/** How lists of ids change under the lock of the row that has them. */
import { refuse } from "./error.js";
import type { Moved, ResourceEvents } from "./events.js";
import type { Ids, LinkChange } from "./resource.js";
import type { LinkRows, Making } from "./rows.js";

export interface Relinking<Db, Key> {
  of(name: string): LinkRows<Db, Key>;
  /** 400 for an id that is none of the tenant's: a 404 would tell the client that the resource itself is gone. */
  check(db: Db, name: string, ids: Ids): Promise<void>;
  /** Deltas go straight in; a whole list is compared with the ids that are there, and only the differences are written. True: something moved. */
  change(tx: Db, row: { readonly id: string; readonly key: Key; readonly making: Making }, name: string, link: LinkChange, told: Moved[]): Promise<boolean>;
}

/** `guarded`: how a statement is run outside of a transaction of ours. */
export function relinking<Db, Key>(
  links: Readonly<Record<string, LinkRows<Db, Key>>>,
  events: ResourceEvents<Db>,
  guarded: <T>(db: Db, run: PromiseLike<T>) => PromiseLike<T>,
): Relinking<Db, Key> {
  return {
    of,
    check,
    async change(tx, { id, key, making }, name, link, told) {
      const list = of(name);
      const { add, drop } = "add" in link ? await deltas(tx, key, list, link) : await differences(tx, key, name, list, link.exactly);
      const moved: Moved = { attribute: name, added: add, removed: drop ?? [] };
      await events.members?.before(tx, id, moved);
      const dropped = drop?.length === 0 ? 0 : await list.drop(tx, key, drop);
      const added = add.length === 0 ? 0 : await list.add(tx, key, add, making);
      told.push(moved);
      return dropped + added > 0;
    },
  };

  function of(name: string): LinkRows<Db, Key> {
    const list = links[name];
    if (list === undefined) throw new Error(`No rows are mapped for ${name}.`);
    return list;
  }

  async function check(db: Db, name: string, ids: Ids): Promise<void> {
    if (ids.length === 0) return;
    const known = new Set(await guarded(db, of(name).known(db, ids)));
    const unknown = ids.find((id) => !known.has(id));
    if (unknown !== undefined) throw unknownReference(name, unknown);
  }

  /** Where a hook waits for the ids that really move, or the list has to know them, those that are there are read first. */
  async function deltas(tx: Db, key: Key, list: LinkRows<Db, Key>, link: Extract<LinkChange, { readonly add: Ids }>): Promise<{ readonly add: Ids; readonly drop: Ids }> {
    const [added, removed] = list.looks ? [true, true] : [events.members?.added ?? false, events.members?.removed ?? false];
    const watched = [...(added ? link.add : []), ...(removed ? link.remove : [])];
    const present = new Set(watched.length === 0 ? [] : await list.present(tx, key, watched));
    return { add: added ? link.add.filter((each) => !present.has(each)) : link.add, drop: removed ? link.remove.filter((each) => present.has(each)) : link.remove };
  }

  /** `drop` undefined: all that are there. */
  async function differences(tx: Db, key: Key, name: string, list: LinkRows<Db, Key>, exactly: Ids): Promise<{ readonly add: Ids; readonly drop: Ids | undefined }> {
    if (exactly.length === 0 && !list.looks && !events.members?.removed) return { add: [], drop: undefined };
    const present = new Set(await list.present(tx, key, undefined));
    const wanted = new Set(exactly);
    const add = [...wanted].filter((each) => !present.has(each));
    await check(tx, name, add);
    return { add, drop: [...present].filter((each) => !wanted.has(each)) };
  }
}

export function unknownReference(name: string, id: string): Error {
  return refuse("invalidValue", `${name}: there is no resource with the id "${id.slice(0, 60)}".`);
}
