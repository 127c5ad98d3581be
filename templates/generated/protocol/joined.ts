/** Columns behind a to-one relation: a row that other resources, and other tenants, may share. */
import { refuse } from "./error.js";
import type { Values } from "./resource.js";
import type { Joined } from "./rows.js";
import { assign } from "./setters.js";
import type { Setters, Write } from "./setters.js";

export interface JoinedRows<Db, V, Identity, News, JointNews, JointData> {
  readonly setters: Setters<V, JointData, JointNews>;
  /** Rows of the resource whose joined row is one of these, and may be written by this tenant. */
  within(news: JointNews[], where: Identity): News;
  /** Updates the row that this resource joins, under the same conditions. */
  update(db: Db, where: Identity, news: JointNews[], data: JointData): PromiseLike<{ readonly count: number }>;
}

export function joined<Db, V, Identity, News, JointNews extends object, JointData extends object>(
  rows: JoinedRows<Db, V, Identity, News, JointNews, JointData>,
): Joined<Db, Identity, News> {
  return {
    plan(values, where) {
      const writes = writesOf(rows.setters, values);
      if (writes.length === 0) return undefined;
      return {
        news: rows.within(writes.flatMap(({ news }) => news), where),
        run: (db) => writeEach(writes, (news, data) => rows.update(db, where, news, data)),
      };
    },
    mine(where) {
      // Whatever the row says differs from one of the two; of alternatives without a condition Prisma finds nothing.
      const any = ["0", "1"].flatMap((userName) => writesOf(rows.setters, { userName }).flatMap(({ news }) => news));
      return any.length === 0 ? undefined : rows.within(any, where);
    },
  };
}

export interface RefusedRows<Db, V, Identity, News, JointNews, JointData> extends Pick<JoinedRows<Db, V, Identity, News, JointNews, JointData>, "setters" | "within"> {
  /** Whether the row that this resource joins is one of these: 1, or 0. */
  differs(db: Db, where: Identity, news: JointNews[]): PromiseLike<number>;
}

/** A request that would change the joined row is 400, and nothing of it is written. */
export function refused<Db, V, Identity, News, JointNews extends object, JointData extends object>(
  rows: RefusedRows<Db, V, Identity, News, JointNews, JointData>,
): Joined<Db, Identity, News> {
  return {
    plan(values, where) {
      const news = writesOf(rows.setters, values).flatMap((each) => each.news);
      if (news.length === 0) return undefined;
      return {
        news: rows.within(news, where),
        async run(db) {
          if ((await rows.differs(db, where, news)) > 0) throw sharedAccount();
          return { count: 0 };
        },
      };
    },
  };
}

export function sharedAccount(): Error {
  return refuse("mutability", "This account is shared with other directories, and what is the same for all of them cannot be changed here.");
}

/** What these values say of the joined row, written as far as `update` lets it. */
export async function relink<V, JointNews extends object, JointData extends object>(
  setters: Setters<V, JointData, JointNews>,
  values: Values,
  update: (news: JointNews[], data: JointData) => PromiseLike<{ readonly count: number }>,
): Promise<void> {
  await writeEach(writesOf(setters, values), update);
}

function writesOf<V, JointNews extends object, JointData extends object>(setters: Setters<V, JointData, JointNews>, values: Values): readonly Write<JointData, JointNews>[] {
  const { together, apart } = assign(setters, values);
  return [together, ...apart].filter(({ news }) => news.length > 0);
}

async function writeEach<JointNews, JointData extends object>(
  writes: readonly Write<JointData, JointNews>[],
  update: (news: JointNews[], data: JointData) => PromiseLike<{ readonly count: number }>,
): Promise<{ readonly count: number }> {
  let count = 0;
  for (const { data, news } of writes) count += (await update([...news], Object.assign({}, ...data) as JointData)).count;
  return { count };
}

export interface SharedRows<Shared> {
  /** The one look-up without a tenant: a person is one row for all of them. */
  find(): PromiseLike<readonly Shared[]>;
  /** Inserts unless the row is there by now; gives nothing back when it was. */
  make(): PromiseLike<readonly Shared[]>;
  /** Whether this tenant may connect to a row that is there already (rule `mayLink`). */
  mayLink(): Promise<boolean>;
  /** Told of a row that was there already. */
  met?(): unknown;
  /** Writes what the request says of a row that was there already; undefined: it is left as it is. */
  update?(found: Shared): Promise<void>;
  readonly policy: "connectOrCreate" | "connect" | "create";
  /** The attribute that names the row, for errors. */
  readonly attribute: string;
}

/** A person whom rule `mayLink` keeps from the tenant, be it for the first time or again. */
export function notLinked(attribute: string): Error {
  return refuse("uniqueness", `The ${attribute} belongs to an account that this directory may not use.`);
}

/** Finds or makes the shared row that a new resource joins. Safe when two tenants do so at once: the database lets one insert win. */
export async function link<Shared>(rows: SharedRows<Shared>): Promise<Shared> {
  const found = await connect(rows);
  if (found !== undefined) return found;
  if (rows.policy === "connect") throw refuse("invalidValue", `There is no account with this ${rows.attribute}, and this product does not create one.`);
  // Twice: between the insert that met a row and the look at it, that row may have gone.
  for (let attempt = 0; attempt < 2; attempt++) {
    const [made] = await rows.make();
    const linked = made ?? (await connect(rows));
    if (linked !== undefined) return linked;
  }
  // Another value of the row is another person's, and would be so at each repetition.
  throw refuse("uniqueness", `An account with another ${rows.attribute} has a value of this request that only one may have.`);
}

async function connect<Shared>(rows: SharedRows<Shared>): Promise<Shared | undefined> {
  const [found, ...others] = await rows.find();
  if (found === undefined) return undefined;
  // Two rows that differ in letter case alone: to choose one would be to guess whose account this is.
  if (rows.policy === "create" || others.length > 0 || !(await rows.mayLink())) {
    throw notLinked(rows.attribute);
  }
  rows.met?.();
  await rows.update?.(found);
  return found;
}
