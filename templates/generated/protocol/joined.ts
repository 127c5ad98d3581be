/** Columns behind a to-one relation: a row that other resources, and other tenants, may share. */
import { refuse, unavailable } from "./error.js";
import type { Values } from "./resource.js";
import type { Joined } from "./rows.js";
import { assign } from "./setters.js";
import type { Setters } from "./setters.js";

export interface JoinedRows<Db, V, Identity, News, JointNews, JointData> {
  readonly setters: Setters<V, JointData, JointNews>;
  /** Rows of the resource whose joined row is one of these, and may be written by this tenant. */
  within(news: JointNews[]): News;
  /** Updates the row that this resource joins, under the same conditions. */
  update(db: Db, where: Identity, news: JointNews[], data: JointData): PromiseLike<{ readonly count: number }>;
}

export function joined<Db, V, Identity, News, JointNews extends object, JointData extends object>(
  rows: JoinedRows<Db, V, Identity, News, JointNews, JointData>,
): Joined<Db, Identity, News> {
  return {
    plan(values: Values) {
      const { together, apart } = assign(rows.setters, values);
      const writes = [together, ...apart].filter(({ news }) => news.length > 0);
      if (writes.length === 0) return undefined;
      return {
        news: rows.within(writes.flatMap(({ news }) => news)),
        async run(db, where) {
          let count = 0;
          for (const { data, news } of writes) count += (await rows.update(db, where, [...news], Object.assign({}, ...data) as JointData)).count;
          return { count };
        },
      };
    },
  };
}

export interface SharedRows<Shared> {
  /** The one look-up without a tenant: a person is one row for all of them. */
  find(): PromiseLike<readonly Shared[]>;
  /** Inserts unless the row is there by now; gives nothing back when it was. */
  make(): PromiseLike<readonly Shared[]>;
  /** Whether this tenant may connect to a row that is there already (rule `mayLink`). */
  mayLink(): Promise<boolean>;
  readonly policy: "connectOrCreate" | "connect" | "create";
  /** The attribute that names the row, for errors. */
  readonly attribute: string;
}

/** Finds or makes the shared row that a new resource joins. Safe when two tenants do so at once: the database lets one insert win. */
export async function link<Shared>(rows: SharedRows<Shared>): Promise<Shared> {
  const found = await connect(rows);
  if (found !== undefined) return found;
  if (rows.policy === "connect") throw refuse("invalidValue", `There is no account with this ${rows.attribute}, and this product does not create one.`);
  const [made] = await rows.make();
  const linked = made ?? (await connect(rows));
  if (linked === undefined) throw unavailable(1);
  return linked;
}

async function connect<Shared>(rows: SharedRows<Shared>): Promise<Shared | undefined> {
  const [found, ...others] = await rows.find();
  if (found === undefined) return undefined;
  // Two rows that differ in letter case alone: to choose one would be to guess whose account this is.
  if (rows.policy === "create" || others.length > 0 || !(await rows.mayLink())) {
    throw refuse("uniqueness", `The ${rows.attribute} belongs to an account that this directory may not use.`);
  }
  return found;
}
