import type { Rules } from "./src/scim/generated/index.js";

export const rules: Rules = { mayLink: (email, tenant) => email.endsWith(`@${tenant}.example`) };
