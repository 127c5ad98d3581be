import type { Rules } from "./src/scim/generated/index.js";

export const rules: Rules = {
  // Only the domain of the workspace itself, and of people who are everywhere.
  mayLink: (email, tenant) => email.endsWith(`@${tenant}.example`) || email.endsWith("@both.example"),
};
