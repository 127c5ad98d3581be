/** The store: one algorithm for every mapped resource, over the rows that are generated for it. */
import { writeBeside } from "./beside.js";
import { togetherOf } from "./create-together.js";
import { refuse } from "./error.js";
import type { Moved, ResourceEvents, Turn } from "./events.js";
import { met } from "./existing.js";
import type { Met } from "./existing.js";
import type { FailureContext } from "./failure.js";
import type { JsonObject } from "./json.js";
import { sharedAccount } from "./joined.js";
import { isEmpty, linkedIds } from "./links.js";
import { lookUp } from "./lookup.js";
import { inTurn } from "./queue.js";
import { reader } from "./reader.js";
import { relinking, unknownReference } from "./relinking.js";
import { removed } from "./removal.js";
import type { Change, Draft, Match, Outcome, Parts, Store, Values } from "./resource.js";
import { merged } from "./rows.js";
import type { Begin, Making, Rows } from "./rows.js";
import type { Write } from "./setters.js";
import { single, unit } from "./transaction.js";
import type { Work } from "./transaction.js";
import { merges } from "./writes.js";

/** Thrown inside a transaction to take back the lock's own write when nothing else differed. */
const unchanged = Symbol("unchanged");

export function createStore<Db extends Begin<Db>, New, Row, Own extends Row, Key, Identity extends Where, Where, News extends object, Data extends object>(
  rows: Rows<Db, New, Row, Own, Key, Identity, Where, News, Data>,
  work: Work<NoInfer<Db>>,
  events: ResourceEvents<NoInfer<Db>>,
  /** Names this tenant's rows in the process: writers of one resource take turns. */
  turns: string,
): Store {
  const writing: FailureContext = { constraints: rows.constraints, doing: "write" };
  const { guarded, read, rowOf, list } = reader(rows, work);
  const links = relinking(rows.links, events, guarded);
  const createTogether = togetherOf(rows, work, events);

  return {
    ...(createTogether === undefined ? {} : { createTogether }),

    async get(id, parts) {
      const where = rows.where(id);
      return where === undefined ? undefined : read(work.db, where, parts);
    },

    list,

    async create(draft, parts) {
      const values = rows.shape(draft.values);
      await checkReferences(work.db, values);
      for (const name in draft.links) await links.check(work.db, name, draft.links[name] ?? []);
      const asked = { id: undefined, input: draft.input, now: new Date() };
      const joining = Object.entries(draft.links).map(([attribute, ids]): Moved => ({ attribute, added: [...new Set(ids)], removed: [] }));
      const linked = joining.reduce((sum, { added }) => sum + added.length, 0);

      const adopt = async (tx: Db): Promise<JsonObject | undefined> => {
        if (rows.existing === undefined) return undefined;
        await rows.unguarded?.lock(tx);
        const row = await met(rows, rows.existing, tx, values, asked, await rows.stamp(tx, asked));
        if (row === undefined) return undefined;
        const { id, where, own } = row;
        await claim(tx, values, id);
        await events.beforeCreate?.(tx, draft.input, events.looks ? await read(tx, where, events.everything) : undefined);
        const added = Object.fromEntries(Object.entries(draft.links).map(([name, ids]) => [name, { add: ids, remove: [] }]));
        await writeAll(tx, { id, where, own }, { ...draft, values }, added, { ...asked, id, values: { ...(await lent(tx, where, own)), ...values } }, []);
        const resource = await read(tx, where, events.afterCreate ? parts | events.everything : parts);
        if (resource === undefined) throw lost();
        await events.afterCreate?.(tx, resource);
        return resource;
      };

      const insert = async (tx: Db): Promise<JsonObject> => {
        const adopted = await adopt(tx);
        if (adopted !== undefined) return adopted;
        await claim(tx, values, undefined);
        await events.beforeCreate?.(tx, draft.input, undefined);
        const found = await lookUp(rows.lookups, tx, values, { making: { ...asked, values }, row: undefined });
        const made = [...rows.assign(values).data, ...found.flatMap((each) => each.data), ...merges(rows, undefined, values, draft)];
        const data = merged(made, await rows.stamp(tx, asked));
        // The engine refuses a draft without its required attributes: what it lets through is a `New`.
        const met = new Set<string>();
        const row = await rows.insert(tx, values as New, data, { ...asked, met });
        const [own, key] = [rows.print(row), rows.key(row)];
        const making = { ...asked, id: own.id, values, met };
        await rows.attend?.(tx, row, making);
        for (const name in draft.items) await rows.collections[name]?.insert(tx, key, draft.items[name] ?? [], making);
        for (const moved of joining) {
          await events.members?.before(tx, own.id, moved);
          await links.of(moved.attribute).add(tx, key, moved.added, making);
          await events.members?.after(tx, own.id, moved);
        }
        await writeBeside(rows.beside, tx, row, { values, items: draft.items }, making);
        const where = rows.where(own.id);
        if (where !== undefined) await handPassword(tx, { id: own.id, where }, values, making, draft.keeps);
        // A hook is shown the whole resource, whatever of it the client wants to see.
        const shown = events.afterCreate ? parts | events.everything : parts;
        const resource = (shown === 0 && rows.outside?.insert !== true) || where === undefined ? own : await read(tx, where, shown);
        if (resource === undefined) throw lost();
        await events.afterCreate?.(tx, resource);
        return resource;
      };

      const alone = !rows.joins && rows.attend === undefined && !reachesOut(values) && !(rows.beside ?? []).some(({ keys }) => keys.some((key) => draft.items[key] !== undefined)) && rows.unguarded === undefined && rows.existing === undefined && rows.outside?.insert !== true && !events.creates && linked === 0 && Object.entries(draft.items).every(([name, entries]) => rows.collections[name] === undefined || entries.length === 0);
      const resource = alone && parts === 0 ? await single(work, insert, writing) : await unit(work, insert, writing, linked);
      events.created(resource);
      for (const moved of joining) events.members?.committed(String(resource["id"]), moved);
      return resource;
    },

    async write(id, change, answer, match) {
      const where = rows.where(id);
      if (where === undefined) return { kind: "missing" };
      const { outcome, turn, moved } = match === undefined && isSet(change)
        ? await set(id, where, change, answer)
        : work.inside
          ? await edit(id, where, change, answer, match)
          : await inTurn(`${turns}/${id}`, () => edit(id, where, change, answer, match));
      if (outcome.kind !== "changed") return outcome;
      events.updated(id, outcome.resource);
      turn?.committed(id, outcome.resource);
      for (const each of moved ?? []) events.members?.committed(id, each);
      return outcome;
    },

    async remove(id, match) {
      const where = rows.where(id);
      if (where === undefined || !(await removed(rows, work, events, { id, where }, match))) return false;
      events.deleted(id);
      return true;
    },
  };

  /** Whether no one needs to know what was. `active` alone needs no old value for hooks that come after: the row that changed is the turn. */
  function isSet(change: Change): change is SetChange {
    if (change.kind !== "set" || change.others !== undefined || events.beforeUpdate !== undefined || !isEmpty(change.links) || claims(change.values) || reachesOut(change.values)) return false;
    const turn = events.turn(change.values);
    return turn === undefined || (turn.before === undefined && Object.keys(change.values).length === 1);
  }

  /** Nothing of the present state is needed: a conditional update, whose WHERE says whether anything would change. */
  async function set(id: string, where: Identity, change: SetChange, answer: Parts | undefined): Promise<Written<Db>> {
    const { input } = change;
    const values = rows.shape(change.values);
    const turn = events.turn(values);
    const hooked = turn?.after !== undefined || events.afterUpdate !== undefined;
    await checkReferences(work.db, values);
    const { together, apart } = rows.assign(values);
    const joined = rows.joined.flatMap((each) => each.plan(values, where) ?? []);
    // The row itself is written too when a joined row differs: that locks it, and moves its lastModified.
    const first = { data: together.data, news: [...together.news, ...joined.map((each) => each.news)] };
    const writes = [first, ...apart].filter((each) => each.news.length > 0);
    const [only, ...more] = writes;
    if (only !== undefined) {
      const alone = joined.length === 0 && more.length === 0;
      const update = async (db: Db): Promise<JsonObject | boolean> => {
        const rest = merged([await rows.stamp(db, { id, input, now: new Date() })], rows.touch(where));
        if (answer === 0 && alone && !hooked) {
          const [own] = await rows.update(db, rows.narrow(where, only.news), merged(only.data, rest));
          return own === undefined ? false : rows.print(own);
        }
        const differed = await put(db, where, writes, rest, true);
        if (differed) for (const each of joined) await each.run(db, where);
        if (!differed || !hooked) return differed;
        const resource = await read(db, where, (answer ?? 0) | events.everything);
        if (resource === undefined) return false;
        await turn?.after?.(db, resource);
        await events.afterUpdate?.(db, resource);
        return resource;
      };
      const changed = alone && !hooked ? await single(work, update, writing) : await unit(work, update, writing, 1);
      if (changed !== false) {
        if (answer === undefined) return { outcome: { kind: "changed", resource: undefined }, turn };
        const resource = changed === true ? await read(work.db, where, answer) : changed;
        return { outcome: resource === undefined ? { kind: "missing" } : { kind: "changed", resource }, turn };
      }
    }
    return { outcome: await untouched(where, answer) };
  }

  /** The row is locked first, then read as far as the change asks, and only differences are written. */
  async function edit(id: string, where: Identity, change: Change, answer: Parts | undefined, match: Match | undefined): Promise<Written<Db>> {
    for (const name in change.links) {
      const link = change.links[name];
      if (link !== undefined && "add" in link) await links.check(work.db, name, link.add);
    }
    if (change.kind === "set") await checkReferences(work.db, change.values);

    const run = async (tx: Db): Promise<Written<Db>> => {
      const asked = { id, input: change.input, now: new Date() };
      const stamp = await rows.stamp(tx, asked);
      const [own] = await rows.update(tx, where, merged([stamp], rows.touch(where)));
      if (own === undefined) return gone;

      const reads = (change.kind === "edit" ? change.reads : 0) | (events.beforeUpdate ? events.everything : 0) | (match?.reads ?? 0) | (rows.lends?.parts ?? 0);
      const row = (reads === 0 ? undefined : await rowOf(tx, where, reads)) ?? own;
      const now = rows.print(row);
      match?.check(now);
      await events.beforeUpdate?.(tx, now, change.input);

      const next = change.kind === "edit" ? change.apply(now) : { values: change.values, items: {} };
      const values = rows.shape(next.values);
      if (change.kind === "edit") await checkReferences(tx, values);
      await claim(tx, values, id);
      const making = { ...asked, values: { ...rows.lends?.of(row), ...values } };
      let turn = await turning(tx, where, values, now, reads);
      const moved: Moved[] = [];
      if (!(await writeAll(tx, { id, where, own }, { values, items: next.items, others: change.others, keeps: change.keeps }, change.links, making, moved))) throw unchanged;
      if (leaves(values) && (await rows.find(tx, where, 0)) === null) throw lost();

      // Behind a relation `active` is kept as it is where another tenant owns the row.
      if (turn !== undefined && turn.parts !== 0 && (await read(tx, where, turn.parts))?.["active"] !== turn.to) turn = undefined;
      for (const each of moved) await events.members?.after(tx, id, each);
      const shown = turn?.after || events.afterUpdate ? (answer ?? 0) | events.everything : answer;
      if (shown === undefined) return { outcome: { kind: "changed", resource: undefined }, turn, moved };
      const resource = await read(tx, where, shown);
      if (resource === undefined) return gone;
      await turn?.after?.(tx, resource);
      await events.afterUpdate?.(tx, resource);
      return { outcome: { kind: "changed", resource: answer === undefined ? undefined : resource }, turn, moved };
    };

    try {
      return await unit(work, run, writing, linkedIds(change));
    } catch (error) {
      if (error !== unchanged) throw error;
      return { outcome: await untouched(where, answer) };
    }
  }

  /** Writes what differs, wherever it lives, on a row that is locked. True: something did. */
  async function writeAll(tx: Db, { id, where, own }: Met<Identity, Own>, next: Pick<Draft, "values" | "items" | "others" | "keeps">, moves: Change["links"], making: Making, moved: Moved[]): Promise<boolean> {
    const { values, items } = next;
    const key = rows.key(own);
    let changed = false;
    for (const name in items) {
      if (await rows.collections[name]?.reconcile(tx, key, items[name] ?? [], making)) changed = true;
    }
    for (const name in moves) {
      const link = moves[name];
      if (link !== undefined && (await links.change(tx, { id, key, making }, name, link, moved))) changed = true;
    }
    for (const each of rows.joined) {
      const joint = each.plan(values, where);
      if (joint !== undefined && (await joint.run(tx, where)).count > 0) changed = true;
    }
    const { together, apart } = rows.assign(values);
    const found = await lookUp(rows.lookups, tx, values, { making, row: own });
    if (await put(tx, where, [together, ...apart, ...found], rows.touch(where), false)) changed = true;
    const documents = merges(rows, own, values, next);
    if (documents.length > 0 && (await rows.updateOnly(tx, where, merged(documents, rows.touch(where)), false)).count > 0) changed = true;
    if (await writeBeside(rows.beside, tx, own, { values, items }, making)) changed = true;
    if (await handPassword(tx, { id, where }, values, making, next.keeps)) changed = true;
    return changed;
  }

  /** A password is the person's: one whom another tenant owns keeps it, as every other column of the shared row; and so does one whom nobody owns, once the row is there. */
  async function handPassword(tx: Db, { id, where }: Pick<Met<Identity, Own>, "id" | "where">, values: Values, { met }: Making, keeps: Draft["keeps"]): Promise<boolean> {
    if (events.password?.given(values) !== true) return false;
    const { person } = rows;
    if (person?.refuses === true && met === undefined) throw sharedAccount();
    if ((person !== undefined && met?.has(person.relation) !== false) || !(await isOwn(tx, where))) {
      keeps?.("password");
      return false;
    }
    return events.password.hand(tx, id, values);
  }

  async function isOwn(tx: Db, where: Identity): Promise<boolean> {
    for (const { mine } of rows.joined) {
      const news = mine?.(where);
      if (news !== undefined && (await rows.count(tx, rows.narrow(where, [news]))) === 0) return false;
    }
    return true;
  }

  /** What rows beside this one may take over of it. */
  async function lent(tx: Db, where: Identity, own: Own): Promise<Values> {
    const { lends } = rows;
    return lends === undefined ? {} : lends.of((lends.parts === 0 ? undefined : await rowOf(tx, where, lends.parts)) ?? own);
  }

  /** Who is told that `active` turns: asked only where somebody waits for it, under the lock, before anything is written. */
  async function turning(tx: Db, where: Identity, values: Values, now: JsonObject, known: Parts): Promise<Turn<Db> | undefined> {
    const turn = events.turn(values);
    if (turn === undefined) return undefined;
    const { active } = (turn.parts & ~known) === 0 ? now : ((await read(tx, where, turn.parts)) ?? now);
    if (active === turn.to) return undefined;
    if (turn.before === undefined) return turn;
    const whole = (events.everything & ~known) === 0 ? now : await read(tx, where, events.everything);
    if (whole !== undefined) await turn.before(tx, whole);
    return turn;
  }

  /** Own columns, each group of them where it changes something. True: it did. */
  async function put(db: Db, where: Identity, writes: readonly Write<Data, News>[], rest: Data, raise: boolean): Promise<boolean> {
    let changed = false;
    for (const { data, news } of writes) {
      if (news.length > 0 && (await rows.updateOnly(db, rows.narrow(where, news), merged(data, rest), raise && !changed)).count > 0) changed = true;
    }
    return changed;
  }

  async function untouched(where: Identity, answer: Parts | undefined): Promise<Outcome> {
    const resource = await read(work.db, where, answer ?? 0);
    return resource === undefined ? { kind: "missing" } : { kind: "same", resource: answer === undefined ? undefined : resource };
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

  /** Whether these values need more than a write of the row itself, and so its lock first. */
  function reachesOut(values: Values): boolean {
    const isGiven = (key: string): boolean => values[key] !== undefined;
    return leaves(values) || events.password?.given(values) === true || Object.keys(rows.lookups ?? {}).some(isGiven) || [...(rows.merge ?? []), ...(rows.beside ?? [])].some(({ keys }) => keys.some(isGiven));
  }

  function leaves(values: Values): boolean {
    return rows.outside?.keys.some((key) => values[key] !== undefined) === true;
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
}

type SetChange = Extract<Change, { readonly kind: "set" }>;

/** What a write came to, and which hooks are told of it once it is committed. */
interface Written<Db> {
  readonly outcome: Outcome;
  readonly turn?: Turn<Db> | undefined;
  readonly moved?: readonly Moved[];
}

const gone: { readonly outcome: Outcome } = { outcome: { kind: "missing" } };

/** A row that no request could reach again is not left behind, in this tenant or in another. */
function lost(): Error {
  return refuse("invalidValue", "With these values the resource would be none that this directory manages.");
}
