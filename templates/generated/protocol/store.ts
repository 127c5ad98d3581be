/** The store: one algorithm for every mapped resource, over the rows that are generated for it. */
import { notFound, refuse } from "./error.js";
import type { FailureContext } from "./failure.js";
import type { ResourceEvents } from "./hooks.js";
import type { JsonObject } from "./json.js";
import { prismaLogic } from "./columns.js";
import { inTurn } from "./queue.js";
import type { Change, Ids, LinkChange, Outcome, Parts, Store, Values } from "./resource.js";
import { merged } from "./rows.js";
import type { Begin, LinkRows, Rows } from "./rows.js";
import type { Write } from "./setters.js";
import { reading, single, unit } from "./transaction.js";
import type { Work } from "./transaction.js";
import { toWhere } from "./where.js";

/** Thrown inside a transaction to take back the lock's own write when nothing else differed. */
const unchanged = Symbol("unchanged");

export function createStore<Db extends Begin<Db>, New, Row, Own extends Row, Identity extends Where, Where, News extends object, Data extends object>(
  rows: Rows<Db, New, Row, Own, Identity, Where, News, Data>,
  work: Work<NoInfer<Db>>,
  events: ResourceEvents<NoInfer<Db>>,
  /** Names this tenant's rows in the process: writers of one resource take turns. */
  turns: string,
): Store {
  const { constraints } = rows;
  const writing: FailureContext = { constraints, doing: "write" };

  return {
    async get(id, parts) {
      const where = rows.where(id);
      return where === undefined ? undefined : read(work.db, where, parts);
    },

    async list(query, parts) {
      const filter = query.filter === undefined ? true : toWhere(query.filter, rows.columns(), prismaLogic<News>());
      if (filter === false) return { total: 0, resources: [] };
      const where = rows.scope(filter === true ? undefined : filter);
      const found = query.take === 0 ? [] : await reading(rows.page(work.db, where, parts, query.skip, query.take), { constraints });
      // A page that is not full is the last one and says how many there are; only a full or an empty one has to count.
      const last = found.length < query.take && (found.length > 0 || query.skip === 0);
      const total = last ? query.skip + found.length : await reading(rows.count(work.db, where), { constraints });
      return { total, resources: found.map((row) => rows.print(row)) };
    },

    async create(draft, parts) {
      const values = rows.shape(draft.values);
      await checkReferences(work.db, values);
      for (const name in draft.links) await checkKnown(work.db, name, linkRows(name), draft.links[name] ?? []);
      const asked = { input: draft.input, now: new Date() };
      const linked = Object.values(draft.links).reduce((sum, ids) => sum + ids.length, 0);

      const insert = async (tx: Db): Promise<JsonObject> => {
        await claim(tx, values, undefined);
        await events.beforeCreate?.(tx, draft.input);
        const data = merged(rows.assign(values).data, await rows.stamp(tx, asked));
        // The engine refuses a draft without its required attributes: what it lets through is a `New`.
        const own = rows.print(await rows.insert(tx, values as New, data, asked));
        for (const name in draft.items) await rows.collections[name]?.insert(tx, own.id, draft.items[name] ?? []);
        for (const name in draft.links) await linkRows(name).add(tx, own.id, draft.links[name] ?? []);
        const where = rows.where(own.id);
        // A hook is shown the whole resource, whatever of it the client wants to see.
        const shown = events.afterCreate ? parts | events.everything : parts;
        const resource = shown === 0 || where === undefined ? own : await read(tx, where, shown);
        if (resource === undefined) throw notFound(rows.name, own.id);
        await events.afterCreate?.(tx, resource);
        return resource;
      };

      const alone = !rows.joins && rows.unguarded === undefined && !events.creates && linked === 0 && Object.values(draft.items).every((entries) => entries.length === 0);
      const resource = alone && parts === 0 ? await single(work, insert, writing) : await unit(work, insert, writing, linked);
      events.created(resource);
      return resource;
    },

    async write(id, change, answer) {
      const where = rows.where(id);
      if (where === undefined) return { kind: "missing" };
      const outcome =
        change.kind === "set" && !events.updates && isEmpty(change.links) && !claims(change.values)
          ? await set(id, where, rows.shape(change.values), change.input, answer)
          : work.inside
            ? await edit(id, where, change, answer)
            : await inTurn(`${turns}/${id}`, () => edit(id, where, change, answer));
      if (outcome.kind === "changed") events.updated(id, outcome.resource);
      return outcome;
    },

    async remove(id) {
      const where = rows.where(id);
      if (where === undefined) return false;
      const removed = await unit(
        work,
        async (tx) => {
          const resource = events.deletes ? await read(tx, where, events.everything) : undefined;
          if (resource !== undefined) await events.beforeDelete?.(tx, resource);
          const { count } = await rows.remove(tx, where);
          if (resource !== undefined && count > 0) await events.afterDelete?.(tx, resource);
          return count > 0;
        },
        { constraints, doing: "remove" },
        1,
      );
      if (removed) events.deleted(id);
      return removed;
    },
  };

  /** Inside a transaction of ours errors go up as they are: who began it decides whether to run it again. */
  function guarded<T>(db: Db, run: PromiseLike<T>): PromiseLike<T> {
    return db === work.db ? reading(run, { constraints }) : run;
  }

  async function read(db: Db, where: Identity, parts: Parts): Promise<JsonObject | undefined> {
    const row = await guarded(db, rows.find(db, where, parts));
    return row === null ? undefined : rows.print(row);
  }

  /** Nothing of the present state is needed: a conditional update, whose WHERE says whether anything would change. */
  async function set(id: string, where: Identity, values: Values, input: JsonObject, answer: Parts | undefined): Promise<Outcome> {
    await checkReferences(work.db, values);
    const { together, apart } = rows.assign(values);
    const joined = rows.joined.flatMap((each) => each.plan(values) ?? []);
    // The row itself is written too when a joined row differs: that locks it, and moves its lastModified.
    const first = { data: together.data, news: [...together.news, ...joined.map((each) => each.news)] };
    const writes = [first, ...apart].filter((each) => each.news.length > 0);
    const [only, ...more] = writes;
    if (only !== undefined) {
      const alone = joined.length === 0 && more.length === 0;
      const update = async (db: Db): Promise<JsonObject | boolean> => {
        const rest = merged([await rows.stamp(db, { input, now: new Date() })], rows.touch);
        if (answer === 0 && alone) {
          const [own] = await rows.update(db, rows.narrow(where, only.news), merged(only.data, rest));
          return own === undefined ? false : rows.print(own);
        }
        const differed = await put(db, where, writes, rest);
        if (differed) for (const each of joined) await each.run(db, id);
        return differed;
      };
      const changed = alone ? await single(work, update, writing) : await unit(work, update, writing, 1);
      if (changed !== false) {
        if (answer === undefined) return { kind: "changed", resource: undefined };
        const resource = changed === true ? await read(work.db, where, answer) : changed;
        return resource === undefined ? { kind: "missing" } : { kind: "changed", resource };
      }
    }
    return untouched(where, answer);
  }

  /** The row is locked first, then read as far as the change asks, and only differences are written. */
  async function edit(id: string, where: Identity, change: Change, answer: Parts | undefined): Promise<Outcome> {
    for (const name in change.links) {
      const link = change.links[name];
      if (link !== undefined && "add" in link) await checkKnown(work.db, name, linkRows(name), link.add);
    }
    if (change.kind === "set") await checkReferences(work.db, change.values);

    const run = async (tx: Db): Promise<Outcome> => {
      const stamp = await rows.stamp(tx, { input: change.input, now: new Date() });
      const [own] = await rows.update(tx, where, merged([stamp], rows.touch));
      if (own === undefined) return { kind: "missing" };

      const reads = (change.kind === "edit" ? change.reads : 0) | (events.beforeUpdate ? events.everything : 0);
      const row = reads === 0 ? own : await rows.find(tx, where, reads);
      const now = rows.print(row ?? own);
      await events.beforeUpdate?.(tx, now, change.input);

      const next = change.kind === "edit" ? change.apply(now) : { values: change.values, items: {} };
      const values = rows.shape(next.values);
      if (change.kind === "edit") await checkReferences(tx, values);
      await claim(tx, values, id);
      let changed = false;
      for (const name in next.items) {
        if (await rows.collections[name]?.reconcile(tx, id, next.items[name] ?? [])) changed = true;
      }
      for (const name in change.links) {
        const link = change.links[name];
        if (link !== undefined && (await relink(tx, id, name, link))) changed = true;
      }
      for (const each of rows.joined) {
        const write = each.plan(values);
        if (write !== undefined && (await write.run(tx, id)).count > 0) changed = true;
      }
      const { together, apart } = rows.assign(values);
      if (await put(tx, where, [together, ...apart], rows.touch)) changed = true;
      if (!changed) throw unchanged;

      const shown = events.afterUpdate ? (answer ?? 0) | events.everything : answer;
      if (shown === undefined) return { kind: "changed", resource: undefined };
      const resource = await read(tx, where, shown);
      if (resource === undefined) return { kind: "missing" };
      await events.afterUpdate?.(tx, resource);
      return { kind: "changed", resource: answer === undefined ? undefined : resource };
    };

    try {
      return await unit(work, run, writing, linkedIds(change));
    } catch (error) {
      if (error !== unchanged) throw error;
      return untouched(where, answer);
    }
  }

  /** Own columns, each group of them where it changes something. True: it did. */
  async function put(db: Db, where: Identity, writes: readonly Write<Data, News>[], rest: Data): Promise<boolean> {
    let changed = false;
    for (const { data, news } of writes) {
      if (news.length > 0 && (await rows.updateOnly(db, rows.narrow(where, news), merged(data, rest))).count > 0) changed = true;
    }
    return changed;
  }

  async function untouched(where: Identity, answer: Parts | undefined): Promise<Outcome> {
    const resource = await read(work.db, where, answer ?? 0);
    return resource === undefined ? { kind: "missing" } : { kind: "same", resource: answer === undefined ? undefined : resource };
  }

  /** Deltas go straight in; a whole list is compared with the ids that are there, and only the differences are written. */
  async function relink(tx: Db, id: string, name: string, link: LinkChange): Promise<boolean> {
    const list = linkRows(name);
    if ("add" in link) {
      const dropped = link.remove.length === 0 ? 0 : await list.drop(tx, id, link.remove);
      const added = link.add.length === 0 ? 0 : await list.add(tx, id, link.add);
      return dropped + added > 0;
    }
    if (link.exactly.length === 0) return (await list.drop(tx, id, undefined)) > 0;
    const present = new Set(await list.present(tx, id, undefined));
    const wanted = new Set(link.exactly);
    const missing = [...wanted].filter((each) => !present.has(each));
    const surplus = [...present].filter((each) => !wanted.has(each));
    await checkKnown(tx, name, list, missing);
    if (surplus.length > 0) await list.drop(tx, id, surplus);
    if (missing.length > 0) await list.add(tx, id, missing);
    return surplus.length + missing.length > 0;
  }

  /** A reference to nothing in the tenant is 400: a 404 would tell the client that the resource itself is gone. */
  async function checkReferences(db: Db, values: Values): Promise<void> {
    for (const key in rows.references) {
      const value = values[key];
      const known = rows.references[key];
      if (typeof value !== "string" || known === undefined) continue;
      if ((await guarded(db, known(db, [value]))).length === 0) throw unknownReference(key, value);
    }
  }

  async function checkKnown(db: Db, name: string, list: LinkRows<Db>, ids: Ids): Promise<void> {
    if (ids.length === 0) return;
    const known = new Set(await guarded(db, list.known(db, ids)));
    const unknown = ids.find((id) => !known.has(id));
    if (unknown !== undefined) throw unknownReference(name, unknown);
  }

  function claims(values: Values): boolean {
    return rows.unguarded !== undefined && typeof values[rows.unguarded.key] === "string";
  }

  /** RFC 7644 3.3: a value that is taken is 409, also where the database has no index to say so. */
  async function claim(tx: Db, values: Values, id: string | undefined): Promise<void> {
    const { unguarded } = rows;
    const value = unguarded === undefined ? undefined : values[unguarded.key];
    if (unguarded === undefined || typeof value !== "string") return;
    await unguarded.lock(tx);
    if ((await unguarded.taken(tx, value, id)) > 0) throw refuse("uniqueness", `The ${unguarded.key} is already in use by another resource.`);
  }

  function linkRows(name: string): LinkRows<Db> {
    const list = rows.links[name];
    if (list === undefined) throw new Error(`No rows are mapped for ${name}.`);
    return list;
  }
}

function unknownReference(name: string, id: string): Error {
  return refuse("invalidValue", `${name}: there is no resource with the id "${id.slice(0, 60)}".`);
}

function isEmpty(links: Change["links"]): boolean {
  for (const name in links) if (links[name] !== undefined) return false;
  return true;
}

function linkedIds(change: Change): number {
  return Object.values(change.links).reduce((sum, link) => sum + ("add" in link ? link.add.length + link.remove.length : link.exactly.length), 0);
}
