/** A run of new resources in few statements, where each becomes what `create` would make of it (RFC 7644 3.7). */
import { filled } from "./beside.js";
import type { ResourceEvents } from "./events.js";
import type { FailureContext } from "./failure.js";
import type { JsonObject } from "./json.js";
import type { Draft, Parts, Store, Values } from "./resource.js";
import { merged } from "./rows.js";
import type { Begin, NewRow, Rows } from "./rows.js";
import { TakenBack } from "./together.js";
import { unit } from "./transaction.js";
import type { Work } from "./transaction.js";
import { merges } from "./writes.js";

/** Once without what turned out to be in the way; what is still open then is created one by one. */
const attempts = 2;

interface Open {
  readonly index: number;
  readonly draft: Draft;
  readonly values: Values;
}

/** Undefined: each resource of this type has to ask for something of its own, or a hook of the host's stands beside its making. */
export function togetherOf<Db extends Begin<Db>, New, Row, Own extends Row, Key, Identity extends Where, Where, News extends object, Data extends object>(
  rows: Rows<Db, New, Row, Own, Key, Identity, Where, News, Data>,
  work: Work<NoInfer<Db>>,
  events: ResourceEvents<NoInfer<Db>>,
): Store["createTogether"] {
  const { together } = rows;
  if (together === undefined || events.creates) return undefined;
  // Attributes for which somebody has to be asked, and lists that are written for each resource by itself.
  const asks = [...Object.keys(rows.lookups ?? {}), ...(rows.beside ?? []).flatMap(({ keys }) => keys)];
  const lists = Object.keys(rows.collections).filter((name) => rows.collections[name]?.insertAll === undefined);
  const writing: FailureContext = { constraints: rows.constraints, doing: "write" };

  return async (drafts, parts, whole) => {
    let open = drafts.map((draft, index): Open => ({ index, draft, values: rows.shape(draft.values) })).filter(isPlain);
    for (let attempt = 0; attempt < attempts && open.length > 1 && !(whole && open.length < drafts.length); attempt++) {
      const asked = new Map<unknown, Open>();
      try {
        const now = open;
        const made = await unit(work, (tx) => insert(tx, now, parts, whole, asked), writing, open.length);
        const created = drafts.map((_, index) => made.get(index));
        for (const resource of created) if (resource !== undefined) events.created(resource);
        return created;
      } catch (error) {
        if (!(error instanceof TakenBack)) throw error;
        const leftover = new Set([...error.leftover].map((each) => asked.get(each)));
        open = leftover.size === 0 ? [] : open.filter((each) => !leftover.has(each));
      }
    }
    return drafts.map(() => undefined);
  };

  /** Whether nothing but its own row and rows that hang on it is written, and nobody has to be asked. */
  function isPlain({ draft, values }: Open): boolean {
    return (
      asks.every((key) => values[key] === undefined && draft.items[key] === undefined) &&
      lists.every((name) => (draft.items[name] ?? []).length === 0) &&
      Object.values(draft.links).every((ids) => ids.length === 0) &&
      events.password?.given(values) !== true
    );
  }

  async function insert(tx: Db, open: readonly Open[], parts: Parts, whole: boolean, asked: Map<unknown, Open>): Promise<ReadonlyMap<number, JsonObject>> {
    const known = await referring(tx, open);
    const all: NewRow<New, Data>[] = [];
    for (const one of known) {
      const { draft, values } = one;
      const asking = { id: undefined, input: draft.input, now: new Date() };
      const data = merged([...rows.assign(values).data, ...merges(rows, undefined, values, draft)], await rows.stamp(tx, asking));
      // The engine refuses a draft without its required attributes: what it lets through is a `New`.
      const row: NewRow<New, Data> = { ...asking, values: values as New, data, met: new Set() };
      all.push(row);
      asked.set(row, one);
    }
    const inserted = await together?.insert(tx, all);
    const made = known.flatMap((one, at) => {
      const [own, row] = [inserted?.[at], all[at]];
      return own === undefined || row === undefined ? [] : [{ ...one, own, row, resource: rows.print(own) }];
    });
    if (whole && made.length < open.length) throw new TakenBack(all);
    for (const name in rows.collections) {
      const lists = made.flatMap(({ draft, own, row, resource, values }) => {
        const entries = draft.items[name] ?? [];
        return entries.length === 0 ? [] : [{ parent: rows.key(own), entries, making: { id: resource.id, input: row.input, now: row.now, values, met: row.met } }];
      });
      if (lists.length > 0) await rows.collections[name]?.insertAll?.(tx, lists);
    }
    if (parts === 0) return new Map(made.map(({ index, resource }) => [index, resource]));
    const seen = new Map((await readAll(tx, made.map(({ own }) => own), parts)).map((resource) => [resource.id, resource]));
    return new Map(made.map(({ index, row, resource: { id } }) => {
      const resource = seen.get(id);
      if (resource === undefined) throw new TakenBack([row]);
      return [index, resource];
    }));
  }

  /** Those whose references lead to resources of the tenant; who names another one is told so by itself. */
  async function referring(tx: Db, open: readonly Open[]): Promise<readonly Open[]> {
    let known = open;
    for (const key in rows.references) {
      const said = ({ values }: Open): string | undefined => {
        const value = values[key];
        return typeof value === "string" ? value : undefined;
      };
      const ids = [...new Set(known.flatMap((one) => said(one) ?? []))];
      if (ids.length === 0) continue;
      const found = new Set(await rows.references[key]?.(tx, ids));
      known = known.filter((one) => found.has(said(one) ?? "") || said(one) === undefined);
    }
    return known;
  }

  async function readAll(tx: Db, made: readonly Own[], parts: Parts): Promise<readonly (JsonObject & { readonly id: string })[]> {
    if (together === undefined || made.length === 0) return [];
    const page = await rows.page(tx, together.where(made), parts, { sort: undefined, skip: 0, take: made.length });
    return (await filled(rows.beside, tx, page, parts)).map((row) => rows.print(row));
  }
}
