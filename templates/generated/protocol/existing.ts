/** A POST that meets a row of the same name in its tenant: the row is taken over, brought back, or in the way (`onExisting` in the mapping). */
import { prismaLogic } from "./columns.js";
import { refuse } from "./error.js";
import { notLinked } from "./joined.js";
import type { ResolvedFilter } from "./resolved-filter.js";
import type { Values } from "./resource.js";
import { merged } from "./rows.js";
import type { Asked, Begin, Existing, Rows } from "./rows.js";
import { toWhere } from "./where.js";

/** A row that a POST found, under its lock. */
export interface Met<Identity, Own> {
  readonly id: string;
  readonly where: Identity;
  readonly own: Own;
}

/**
 * Undefined: there is none that may be taken, and an insert says what is in the way. Of two requests at once the second finds, when it
 * gets the lock, a row that is no longer what it was.
 */
export async function met<Db extends Begin<Db>, New, Row, Own extends Row, Key, Identity extends Where, Where, News extends object, Data extends object>(
  rows: Rows<Db, New, Row, Own, Key, Identity, Where, News, Data>,
  existing: Existing<Db, Where, News, Data>,
  tx: Db,
  values: Values,
  asked: Asked,
  stamp: Data,
): Promise<Met<Identity, Own> | undefined> {
  const name = values[existing.key];
  if (typeof name !== "string") return undefined;
  const named: ResolvedFilter = { kind: "compare", key: existing.key, op: "eq", value: name };
  const active = (value: boolean): ResolvedFilter => ({ kind: "compare", key: "active", op: "eq", value });
  const unmanaged: ResolvedFilter = { kind: "not", term: { kind: "present", key: "externalId" } };

  if (existing.unmanaged === true && typeof values["externalId"] === "string") {
    // In a table of its own it is no term of the condition: the row that is found is looked at.
    const apart = rows.beside?.find(({ keys }) => keys.includes("externalId"));
    const found = await visible([...(apart === undefined ? [unmanaged] : []), ...("active" in rows.columns() ? [active(true)] : [])]);
    const [row] = found === undefined || apart === undefined ? [] : await apart.read(tx, [found.own]);
    if (found !== undefined && (row === undefined || rows.print(row)["externalId"] === undefined)) return found;
  }
  if (existing.inactive === true) {
    const found = await visible([active(false)]);
    if (found !== undefined) return found;
  }
  return existing.removed === undefined ? undefined : hidden(existing.removed);

  async function visible(state: readonly ResolvedFilter[]): Promise<Met<Identity, Own> | undefined> {
    const condition = news([named, ...state]);
    const id = condition === undefined ? undefined : await only(rows.scope(condition));
    const where = id === undefined ? undefined : rows.where(id);
    if (id === undefined || where === undefined || condition === undefined) return undefined;
    const [own] = await rows.update(tx, rows.narrow(where, [condition]), merged([stamp], rows.touch(where)));
    return own === undefined ? undefined : { id, where, own };
  }

  async function hidden({ conflicts, scope, data, mayLink }: NonNullable<Existing<Db, Where, News, Data>["removed"]>): Promise<Met<Identity, Own> | undefined> {
    // What the rule is asked by must be what the row says, and not only the request.
    const known = mayLink === undefined || mayLink.by === existing.key ? undefined : values[mayLink.by];
    const terms: readonly ResolvedFilter[] = [named, ...(mayLink === undefined || known === undefined || known === null ? [] : [{ kind: "compare" as const, key: mayLink.by, op: "eq" as const, value: known }])];
    const condition = news(terms);
    const id = condition === undefined ? undefined : await only(scope(condition), conflicts);
    const one = id === undefined ? undefined : news([...terms, { kind: "compare", key: "id", op: "eq", value: id }]);
    const where = id === undefined ? undefined : rows.where(id);
    if (id === undefined || one === undefined || where === undefined) return undefined;
    if (mayLink !== undefined) {
      const isOwn = mayLink.own !== undefined && (await rows.count(tx, scope(prismaLogic<News>().and([one, mayLink.own])))) > 0;
      if (!isOwn && !(await mayLink.ask(tx, String(known ?? name), asked))) throw notLinked(mayLink.by);
    }
    const [own] = await rows.update(tx, scope(one), merged([...rows.assign({ active: true }).data, stamp], data));
    return own === undefined ? undefined : { id, where, own };
  }

  /** The id of the one row; none of several, since to choose would be to guess whose account it is. */
  async function only(where: Where, conflicts = false): Promise<string | undefined> {
    const [row, other] = await rows.page(tx, where, 0, { sort: undefined, skip: 0, take: 2 });
    if (row !== undefined && (conflicts || other !== undefined)) throw refuse("uniqueness", `The ${existing.key} is already in use by another resource.`);
    return row === undefined ? undefined : rows.print(row).id;
  }

  function news(terms: readonly ResolvedFilter[]): News | undefined {
    const condition = toWhere({ kind: "and", terms }, rows.columns(), prismaLogic<News>());
    return typeof condition === "boolean" ? undefined : condition;
  }
}
