import type { Rules } from "./src/scim/generated/index.js";

export const rules: Rules = {
  // Asks the database in the transaction of the POST, as a host would.
  sourceOfNew: async ({ tenant, tx }) => {
    const setting = await tx.setting.findUnique({ where: { tenantId_key: { tenantId: tenant, key: "source" } } });
    return typeof setting?.value === "string" ? setting.value : "scim";
  },
};
