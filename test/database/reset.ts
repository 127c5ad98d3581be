import { seed } from "../../prisma/seed.js";
import type { PrismaClient } from "../../prisma/src/db/client.js";

/** The two tenants as they were seeded, for files whose every test writes: a fraction of the time of another database. */
export async function reset(prisma: PrismaClient): Promise<void> {
  await prisma.$executeRawUnsafe('TRUNCATE "Organization", "User" CASCADE');
  await seed(prisma);
}
