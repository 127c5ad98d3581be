/** Writes the specimen's first migration from its schema: `tsx test/postgres/write-migration.ts`. Needs no engine of Prisma's. */
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { schemaSql } from "./ddl.js";
import { startPostgres } from "./server.js";

const specimen = new URL("../../prisma/", import.meta.url);
const folder = new URL("migrations/0001_init/", specimen);

const postgres = await startPostgres();
try {
  const sql = await schemaSql(postgres.url(), fileURLToPath(new URL("schema.prisma", specimen)));
  await mkdir(folder, { recursive: true });
  await writeFile(new URL("migration.sql", folder), sql);
} finally {
  await postgres.stop();
}
