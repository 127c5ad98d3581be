import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { migrationsOf, noMigrations, readMigrations } from "../../src/read/migrations.js";

describe("unique indexes that fold letters", () => {
  test.each([
    ["as Prisma writes names", `CREATE UNIQUE INDEX "User_email_lower_key" ON "User" (lower("email"));`, { name: "User_email_lower_key", table: "User", column: "email", beside: [] }],
    ["inside a tenant", `create unique index concurrently if not exists u on public."members" using btree ("org_id", lower(email));`, { name: "u", table: "members", column: "email", beside: ["org_id"] }],
    ["with a cast and brackets", `CREATE UNIQUE INDEX "u" ON "core"."users" ((lower("email"::text)));`, { name: "u", table: "users", column: "email", beside: [] }],
  ])("%s", (_title, sql, expected) => {
    expect(migrationsOf([sql]).folded).toEqual([expected]);
  });

  test.each([
    ["one that is dropped later", [`CREATE UNIQUE INDEX "u" ON "User" (lower("email"));`, `DROP INDEX IF EXISTS "public"."u";`]],
    ["one that holds for some rows only", [`CREATE UNIQUE INDEX "u" ON "User" (lower("email")) WHERE "deletedAt" IS NULL;`]],
    ["one that is not unique", [`CREATE INDEX "u" ON "User" (lower("email"));`]],
    ["one over letters as they stand", [`CREATE UNIQUE INDEX "u" ON "User" ("email");`]],
    ["one over another expression", [`CREATE UNIQUE INDEX "u" ON "User" (lower("email"), md5("x"));`]],
    ["a comment", [`-- CREATE UNIQUE INDEX "u" ON "User" (lower("email"));`]],
  ])("passes over %s", (_title, texts) => {
    expect(migrationsOf(texts).folded).toEqual([]);
  });
});

test("row level security: the tables, and the setting that the policies look at", () => {
  const sql = `ALTER TABLE "tenants" ENABLE ROW LEVEL SECURITY; alter table app.users enable row level security;
    CREATE POLICY p ON "tenants" USING (id = current_setting('app.tenant_id', true)::uuid);`;
  expect(migrationsOf([sql])).toEqual({ folded: [], guarded: ["tenants", "users"], setting: "app.tenant_id" });
  expect(migrationsOf(["SELECT current_setting('search_path');"])).toEqual(noMigrations);
});

test("reads them in order, beside the schema's file or inside its folder; no folder is no migration", async () => {
  const root = await mkdtemp(join(tmpdir(), "scim-gen-migrations-"));
  try {
    expect(await readMigrations(join(root, "schema.prisma"))).toEqual(noMigrations);
    for (const [folder, sql] of [["2_drop", "DROP INDEX a;"], ["1_make", "CREATE UNIQUE INDEX a ON t (lower(x)); CREATE UNIQUE INDEX b ON t (lower(x));"]] as const) {
      await mkdir(join(root, "migrations", folder), { recursive: true });
      await writeFile(join(root, "migrations", folder, "migration.sql"), sql);
    }
    await writeFile(join(root, "migrations", "migration_lock.toml"), "");
    const [left] = (await readMigrations(join(root, "schema.prisma"))).folded;
    expect(left?.name).toBe("b");
    expect((await readMigrations(root)).folded).toHaveLength(1);
  } finally {
    await rm(root, { recursive: true });
  }
});
