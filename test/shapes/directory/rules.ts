import type { Rules } from "./src/scim/generated/index.js";

export const rules: Rules = {
  freeLocker: async ({ tx }) => 1 + (await tx.locker.count()),
};
