/** The SQL that `init` prints does to a database what its Prisma lines do to a schema. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { noMigrations } from "../../src/read/migrations.js";
import { guess } from "../../src/resolve/guess.js";
import type { Addition } from "../../src/sketch.js";
import { schemaOf, shapes, textOf, withLines } from "../init/schema.js";
import { createSchema } from "../postgres/ddl.js";
import { execute, postgresAt } from "../postgres/server.js";

const postgres = postgresAt(inject("postgres"));
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "scim-gen-lines-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

let made = 0;
async function databaseOf(text: string): Promise<string> {
  const url = await postgres.createDatabase(`init_lines_${String(++made)}`);
  const path = join(folder, "schema.prisma");
  await writeFile(path, text);
  await createSchema(url, path);
  return url;
}

const additionsOf = async (text: string): Promise<readonly Addition[]> => guess(await schemaOf(text), noMigrations).additions;

async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<readonly Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Columns, indexes and foreign keys. Prisma knows no index over an expression, so those are the SQL's alone. */
async function shapeOf(url: string): Promise<readonly string[]> {
  const rows = await query<{ line: string }>(
    url,
    `SELECT concat_ws(' ', table_schema, table_name, column_name, data_type, datetime_precision, is_nullable, column_default) AS line FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
     UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND indexdef NOT LIKE '%lower(%'
     UNION ALL SELECT conname || ' ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f'
     ORDER BY 1`,
  );
  return rows.map(({ line }) => line);
}

describe("the lines of each shape", () => {
  test.each(shapes)("%s", async (shape) => {
    const before = textOf(shape);
    const additions = (await additionsOf(before)).filter(({ replaces }) => replaces !== true);
    const url = await databaseOf(before);
    for (const statement of additions.flatMap(({ sql }) => sql)) await execute(url, statement);
    let after = before;
    for (const { models } of additions) for (const { name, lines } of models) after = withLines(after, name, lines);

    expect(await shapeOf(url)).toEqual(await shapeOf(await databaseOf(after)));
  });
});

test("a many-to-many relation becomes memberships, each of the right person in the right organization", async () => {
  const text = textOf("many-to-many-tenant");
  const url = await databaseOf(text);
  await execute(url, `
    INSERT INTO "User" ("id", "email") VALUES ('u', 'u@example.com');
    INSERT INTO "Organization" ("id", "name") VALUES ('o', 'O');
    INSERT INTO "_OrganizationToUser" ("A", "B") VALUES ('o', 'u');`);
  for (const { sql } of await additionsOf(text)) for (const statement of sql) await execute(url, statement);

  expect(await query(url, 'SELECT "organizationId", "userId", "externalId", "deactivatedAt" FROM "OrganizationMembership"')).toEqual([{ organizationId: "o", userId: "u", externalId: null, deactivatedAt: null }]);
});
