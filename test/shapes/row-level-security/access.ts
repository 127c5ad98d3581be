import type { PrismaClient } from "./src/db/client.js";
import type { ScimOptions } from "./src/scim/generated/index.js";

/** Each request in a transaction that says whose rows it may see. */
export const access = (db: PrismaClient): Pick<ScimOptions, "transaction"> => ({
  transaction: (auth, run) =>
    db.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT set_config('app.org', ${auth.tenant}, true)`;
      return run(tx);
    }),
});
