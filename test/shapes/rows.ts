/** Every row of a database, whatever its schema: what must be gone is gone, and what must stay stays. */
import pg from "pg";
import { expect } from "vitest";
import type { Rows, Shape } from "./shape.js";

export interface Kept {
  readonly table: string;
  /** The tenant whose it is; null: nobody's. */
  readonly tenant: string | null;
  /** Who else sees it. */
  readonly seenBy: readonly string[];
  readonly row: Readonly<Record<string, unknown>>;
}
export type Snapshot = readonly Kept[];

export interface Database {
  readonly url: string;
  all(): Promise<Snapshot>;
  run(sql: string): Promise<void>;
  /** Takes a tenant out of the world, with no reference looked after; ids that are made from then on are far from all others. */
  forget(tenant: string): Promise<void>;
  close(): Promise<void>;
}

/** Past the endpoint, as the owner of the tables. */
export async function openRows(url: string, { whose, seenBy = {} }: Pick<Shape, "whose" | "seenBy">): Promise<Database> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const tables = await client.query<{ schema: string; name: string }>(
    "SELECT table_schema AS schema, table_name AS name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2",
  );
  const names = tables.rows.map(({ schema, name }) => ({ label: schema === "public" ? name : `${schema}.${name}`, sql: `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}` }));
  for (const table of [...Object.keys(whose), ...Object.keys(seenBy)]) if (!names.some(({ label }) => label === table)) throw new Error(`There is no table ${table}.`);
  const everything = names
    .map(({ label, sql }) => `SELECT ${pg.escapeLiteral(label)} AS "table", (${whose[label] ?? "NULL"})::text AS tenant, coalesce((${seenBy[label] ?? "NULL"})::text[], '{}') AS "seenBy", to_jsonb(t) AS row FROM ${sql} t`)
    .join(" UNION ALL ");
  return {
    url,
    all: async () => (await client.query<Kept>(`SELECT * FROM (${everything}) every ORDER BY "table", row::text`)).rows,
    run: async (sql) => void (await client.query(sql)),
    async forget(tenant) {
      await client.query("BEGIN; SET LOCAL session_replication_role = replica");
      const doomed = new Map<string, readonly string[]>();
      for (const { label, sql } of names) {
        const rows = await client.query<{ at: string }>(`SELECT t.ctid::text AS at FROM ${sql} t WHERE (${whose[label] ?? "NULL"})::text = $1`, [tenant]);
        doomed.set(sql, rows.rows.map(({ at }) => at));
      }
      for (const [sql, at] of doomed) await client.query(`DELETE FROM ${sql} WHERE ctid = ANY($1::tid[])`, [at]);
      await client.query("COMMIT");
      await client.query("SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, coalesce(last_value, 0) + 500000) FROM pg_sequences");
    },
    close: () => client.end(),
  };
}

/** What stands in rows that a tenant neither owns nor sees, and nowhere in those that it does or that are nobody's: what no answer may hold. */
export function secretsOf(snapshot: Snapshot, mine: string): readonly string[] {
  const isOpen = ({ tenant, seenBy }: Kept): boolean => tenant === null || tenant === mine || seenBy.includes(mine);
  const open = JSON.stringify(snapshot.filter(isOpen).map(({ row }) => row));
  const hidden = new Set(snapshot.filter((kept) => !isOpen(kept)).flatMap(({ row }) => texts(row)));
  // Short words are everywhere, and a time is no secret.
  return [...hidden].filter((each) => each.length >= 6 && !/^\d{4}-\d\d-\d\dT/.test(each) && !open.includes(each));
}

function texts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** Those of a tenant alone, or of nobody, as text to compare. */
export const printed = (snapshot: Snapshot, of: (kept: Kept) => boolean): string => snapshot.filter(of).map((kept) => text(kept)).join("\n");

const text = ({ table, row }: Kept): string => `${table} ${JSON.stringify(row)}`;

/** What is there now and was not there before. Every row that was there must be as it was. */
export function added(before: Snapshot, now: Snapshot): Snapshot {
  const rows = new Set(now.map(text));
  expect(before.map(text).filter((row) => !rows.has(row)), "rows that were there before, and are gone or changed").toEqual([]);
  const known = new Set(before.map(text));
  return now.filter((kept) => !known.has(text(kept)));
}

/** The columns that differ, as `Table.column`, and the tables with more or fewer rows. */
export function moved(before: Snapshot, now: Snapshot): readonly string[] {
  const was = new Set(before.map(text));
  const is = new Set(now.map(text));
  const old = before.filter((kept) => !is.has(text(kept)));
  const fresh = now.filter((kept) => !was.has(text(kept)));
  const found = [...new Set([...old, ...fresh].map(({ table }) => table))].flatMap((table) => {
    const [left, right] = [old, fresh].map((rows) => rows.filter((kept) => kept.table === table).map(({ row }) => row));
    if (left === undefined || right === undefined || left.length !== right.length) return [`${table}: ${String(right?.length)} for ${String(left?.length)} rows`];
    return left.flatMap((row, n) => Object.keys(row).filter((column) => JSON.stringify(row[column]) !== JSON.stringify(right[n]?.[column])).map((column) => `${table}.${column}`));
  });
  return [...new Set(found)].sort();
}

/** Exactly these rows, as far as they are told. */
export function expectRows(snapshot: Snapshot, expected: Rows, when: string): void {
  const tables = Object.entries(expected).filter(([, rows]) => rows.length > 0);
  const there = [...new Set(snapshot.map(({ table }) => table))].sort();
  expect(there, `${when}: the tables with rows of their own`).toEqual(tables.map(([table]) => table).sort());
  for (const [table, rows] of tables) {
    const actual = snapshot.filter((kept) => kept.table === table).map(({ row }) => row);
    expect(actual, `${when}: ${table}`).toHaveLength(rows.length);
    expect(actual, `${when}: ${table}`).toEqual(expect.arrayContaining(rows.map((row) => expect.objectContaining(row))));
  }
}

/** Several sets of rows in one. */
export function together(...all: readonly (Rows | undefined)[]): Rows {
  const sum: Record<string, readonly object[]> = {};
  for (const rows of all) for (const [table, each] of Object.entries(rows ?? {})) sum[table] = [...(sum[table] ?? []), ...each];
  return sum;
}

/** A table's rows with other values in them, in the order in which they are told. */
export function changed(rows: Rows, change: Rows | undefined): Rows {
  return Object.fromEntries(Object.entries({ ...rows, ...change }).map(([table, each]) => [table, each.map((row, n) => ({ ...rows[table]?.[n], ...row }))]));
}
