/** Groups that are the values of one column of the users: fixed, few, and compared in memory; only their members are asked of the database. */
import { prismaLogic } from "./columns.js";
import { matches } from "./element-filter.js";
import { refuse, ScimError, unavailable } from "./error.js";
import type { Moved, ResourceEvents } from "./events.js";
import type { FailureContext } from "./failure.js";
import type { JsonObject } from "./json.js";
import type { Ids, LinkChange, Parts, Query, Sort, Store, Values } from "./resource.js";
import type { ResolvedFilter } from "./resolved-filter.js";
import type { Begin } from "./rows.js";
import { attribute } from "./schema.js";
import { unsortable } from "./sort.js";
import { fitting } from "./stored.js";
import type { Stored } from "./stored.js";
import { reading, unit } from "./transaction.js";
import type { Work } from "./transaction.js";
import { toWhere } from "./where.js";
import type { Columns } from "./where.js";

/** Below the seam: the users of one tenant by the value that they hold. */
export interface ValueGroups<Db extends Begin<Db>, Where extends object, Id, Value extends string> {
  readonly values: readonly Value[];
  /** What a user holds who is taken out of a group. */
  readonly leave: Value;
  /** Values that no client gives or takes. */
  readonly locked: readonly Value[];
  readonly stored: Stored<Id, string>;
  /** How a filter finds a member. */
  readonly columns: Columns<Where>;
  /** `members` undefined: they were not read. */
  print(value: Value, members: readonly Id[] | undefined): JsonObject & { readonly id: string };
  members(db: Db, value: Value): PromiseLike<readonly Id[]>;
  /** One of the members that the condition holds of. */
  some(db: Db, value: Value, where: Where | undefined): PromiseLike<object | null>;
  /** Which of these are visible users of the tenant, and what they hold. */
  held(db: Db, ids: Id[]): PromiseLike<readonly Held<Id, Value>[]>;
  /** Gives a value to those who hold one of others, or none. */
  move(db: Db, ids: Id[], from: Value[], to: Value): PromiseLike<{ readonly count: number }>;
}

export interface Held<Id, Value> {
  readonly id: Id;
  readonly value: Value | null;
}

/** Prisma fails above 32,000 parameters. */
const listed = 5_000;

const attempts = 4;

const unchanged = Symbol("unchanged");
const context: FailureContext = { constraints: {}, doing: "write" };
const names = [attribute({ name: "id", description: "", caseExact: true }), attribute({ name: "displayName", description: "" })];

export function createValueStore<Db extends Begin<Db>, Where extends object, Id, Value extends string>(
  rows: ValueGroups<Db, Where, Id, Value>,
  work: Work<NoInfer<Db>>,
  events: ResourceEvents<NoInfer<Db>>,
): Store {
  const valueOf = (id: string): Value | undefined => rows.values.find((each) => each === id);

  return {
    async get(id, parts) {
      const value = valueOf(id);
      return value === undefined ? undefined : reading(work, read(work.db, value, parts), context);
    },

    async list(query, parts) {
      const found: Value[] = [];
      for (const value of ordered(query.sort)) if (query.filter === undefined || (await holds(query.filter, value))) found.push(value);
      const { after } = query;
      const start = (after === undefined ? 0 : found.findIndex((each) => each === after) + 1) + query.skip;
      const resources: JsonObject[] = [];
      for (const value of found.slice(start, start + query.take)) resources.push(await reading(work, read(work.db, value, parts), context));
      return { total: found.length, resources };
    },

    create: () => Promise.reject(new ScimError(403, "The groups of this product are fixed: none can be added.")),

    async write(id, change, answer, match) {
      const value = valueOf(id);
      if (value === undefined) return { kind: "missing" };
      const moved: Moved[] = [];
      const run = async (tx: Db): Promise<JsonObject | undefined> => {
        moved.length = 0;
        const reads = (match?.reads ?? 0) | (change.kind === "edit" ? change.reads : 0) | (events.beforeUpdate ? events.everything : 0);
        const now = await read(tx, value, reads);
        match?.check(now);
        await events.beforeUpdate?.(tx, now, change.input);
        refuseNewName(value, change.kind === "edit" ? change.apply(now).values : change.values);
        for (const name in change.links) {
          const link = change.links[name];
          if (link !== undefined) moved.push(...(await relink(tx, value, name, link)));
        }
        if (moved.length === 0) throw unchanged;
        const resource = answer === undefined && !events.afterUpdate ? undefined : await read(tx, value, (answer ?? 0) | (events.afterUpdate ? events.everything : 0));
        if (resource !== undefined) await events.afterUpdate?.(tx, resource);
        return answer === undefined ? undefined : resource;
      };
      try {
        const resource = await unit(work, run, context, 1);
        events.updated(id, resource);
        for (const each of moved) events.members?.committed(id, each);
        return { kind: "changed", resource };
      } catch (error) {
        if (error !== unchanged) throw error;
        return { kind: "same", resource: answer === undefined ? undefined : await reading(work, read(work.db, value, answer), context) };
      }
    },

    async remove(id) {
      if (valueOf(id) === undefined) return false;
      throw new ScimError(403, `The groups of this product are fixed: ${id} cannot be deleted.`);
    },
  };

  async function read(db: Db, value: Value, parts: Parts): Promise<JsonObject> {
    return rows.print(value, parts === 0 ? undefined : await rows.members(db, value));
  }

  /** In the order in which the product declares them, or by name: id and name are the same. */
  function ordered(sort: Query["sort"]): readonly Value[] {
    if (sort === undefined) return rows.values;
    if (!isNamed(sort)) throw unsortable(sort.path);
    const way = sort.descending ? -1 : 1;
    return [...rows.values].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -way : way));
  }

  async function holds(filter: ResolvedFilter, value: Value): Promise<boolean> {
    switch (filter.kind) {
      case "always":
      case "never":
        return filter.kind === "always";
      case "not":
        return !(await holds(filter.term, value));
      case "and":
      case "or":
        for (const term of filter.terms) if ((await holds(term, value)) === (filter.kind === "or")) return filter.kind === "or";
        return filter.kind === "and";
      case "present":
        return isNamed(filter) || (filter.key === "members" && (await hasMember(value, undefined)));
      case "element": {
        const where = toWhere(filter.filter, rows.columns, prismaLogic<Where>());
        return typeof where === "boolean" ? where && hasMember(value, undefined) : hasMember(value, where);
      }
      case "compare":
        if (!isNamed(filter)) throw refuse("invalidFilter", `${filter.key} cannot be used in a filter here.`);
        return matches(filter, { id: value, displayName: value }, names);
    }
  }

  async function hasMember(value: Value, where: Where | undefined): Promise<boolean> {
    return (await reading(work, rows.some(work.db, value, where), context)) !== null;
  }

  /** What comes of it: nothing where nobody moves. */
  async function relink(tx: Db, value: Value, name: string, link: LinkChange): Promise<readonly Moved[]> {
    const there = "add" in link ? undefined : await rows.members(tx, value);
    const wanted = new Set("add" in link ? link.add : link.exactly);
    const leaving = "add" in link ? link.remove : (there ?? []).map((id) => rows.stored.read(id)).filter((id) => !wanted.has(id));
    const joining = await held(tx, name, [...wanted]);
    const coming = joining.filter((each) => each.value !== value);
    // Who leaves the group that leavers go to is in it again.
    const going = value === rows.leave ? [] : (await known(tx, leaving)).filter((each) => each.value === value);
    if (coming.length + going.length === 0) return [];
    refuseLocked([value, ...coming.map((each) => each.value)]);
    const ids = (all: readonly Held<Id, Value>[]): Ids => all.map(({ id }) => rows.stored.read(id));
    const moved: Moved = { attribute: name, added: ids(coming), removed: ids(going) };
    await events.members?.before(tx, value, moved);
    await give(tx, value, coming);
    await each(going, (some) => rows.move(tx, some, [value], rows.leave));
    await events.members?.after(tx, value, moved);
    return [moved];
  }

  /** Somebody may have been given another value since it was looked at: whether that one may be taken is decided anew. */
  async function give(tx: Db, value: Value, coming: readonly Held<Id, Value>[]): Promise<void> {
    const open = rows.values.filter((each) => each !== value && !rows.locked.includes(each));
    let left = coming;
    for (let tries = 0; left.length > 0; tries++) {
      if (tries === attempts) throw unavailable(1);
      if ((await each(left, (some) => rows.move(tx, some, open, value))) === left.length) return;
      left = (await known(tx, left.map(({ id }) => rows.stored.read(id)))).filter((each) => each.value !== value);
      refuseLocked(left.map((each) => each.value));
    }
  }

  function refuseLocked(values: readonly (Value | null)[]): void {
    const fixed = values.find((each) => each !== null && rows.locked.includes(each));
    if (fixed !== undefined) throw new ScimError(403, `Who is in ${String(fixed)} is decided in this product alone.`);
  }

  /** An id that is nobody's in this tenant is 400: a 404 would say that the group is gone. */
  async function held(tx: Db, name: string, ids: Ids): Promise<readonly Held<Id, Value>[]> {
    const found = await known(tx, ids);
    const there = new Set(found.map(({ id }) => rows.stored.read(id)));
    const unknown = ids.find((id) => !there.has(id));
    if (unknown !== undefined) throw refuse("invalidValue", `${name}: there is no resource with the id "${unknown.slice(0, 60)}".`);
    return found;
  }

  async function known(tx: Db, ids: Ids): Promise<readonly Held<Id, Value>[]> {
    const asked = ids.flatMap((id) => fitting(rows.stored, id) ?? []);
    const found: Held<Id, Value>[] = [];
    for (let start = 0; start < asked.length; start += listed) found.push(...(await rows.held(tx, asked.slice(start, start + listed))));
    return found;
  }

  async function each(all: readonly Held<Id, Value>[], write: (some: Id[]) => PromiseLike<{ readonly count: number }>): Promise<number> {
    let count = 0;
    for (let start = 0; start < all.length; start += listed) count += (await write(all.slice(start, start + listed).map(({ id }) => id))).count;
    return count;
  }
}

function isNamed({ key }: Pick<Sort, "key">): boolean {
  return key === "id" || key === "displayName";
}

/** The name that it has may be sent again, as Okta does before each change of members. */
function refuseNewName(value: string, { displayName }: Values): void {
  if (displayName === undefined || (typeof displayName === "string" && displayName.toLowerCase() === value.toLowerCase())) return;
  throw new ScimError(403, `The groups of this product are fixed: ${value} cannot be renamed.`);
}
