/** Databases for test files, each its own, copied from one that was filled before. */
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../../prisma/src/db/client.js";
import { seed } from "../../prisma/seed.js";
import { applyMigrations } from "./ddl.js";
import { postgresAt } from "./server.js";
import type { Address, Postgres } from "./server.js";
import { recordedPool } from "./statements.js";
import type { Statements } from "./statements.js";

declare module "vitest" {
  interface ProvidedContext {
    /** From `test/global-setup.ts` to the workers. */
    readonly postgres: Address;
  }
}

export interface Specimen {
  readonly prisma: PrismaClient;
  readonly url: string;
  /** All that went through `prisma`, BEGIN and COMMIT included. */
  readonly statements: Statements;
  close(): Promise<void>;
}

/** The database that `openSpecimen` copies. */
export const template = "specimen";

const migrations = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));

/** Gives an empty database the specimen's tables and its two tenants. */
export async function fillSpecimen(url: string): Promise<void> {
  await applyMigrations(url, migrations);
  const { prisma, close } = connectSpecimen(url);
  try {
    await seed(prisma);
  } finally {
    await close();
  }
}

/** A client of a database that is there. */
export function connectSpecimen(url: string): Specimen {
  const { pool, statements } = recordedPool({ connectionString: url });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });
  return { prisma, url, statements, close: () => prisma.$disconnect() };
}

/** The specimen in a database of the test file's own. For vitest; the server drops the database when it ends. */
export async function openSpecimen(): Promise<Specimen> {
  const postgres = await testPostgres();
  return connectSpecimen(await postgres.createDatabase(freshName(), { template }));
}

/** An empty database of the test file's own, for hosts of another shape: then `createSchema(url, schemaPath)`. */
export async function openDatabase(): Promise<string> {
  const postgres = await testPostgres();
  return postgres.createDatabase(freshName());
}

/** The server of this test run. */
export async function testPostgres(): Promise<Postgres> {
  // Imported late: demo and benchmark use this file too, and vitest is not there for them.
  const { inject } = await import("vitest");
  return postgresAt(inject("postgres"));
}

const freshName = (): string => `t${randomBytes(6).toString("hex")}`;
