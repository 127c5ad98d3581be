import type { Parts } from "./resource.js";

/**
 * The select of one read: own columns always, a relation where its bit is set, in the order of `parts`. Prisma keeps the plan
 * of each shape. `Select` is the select of everything: a relation that the mask leaves out is optional in the type of the row.
 */
export function selected<Select extends object>(own: object, parts: Readonly<Record<string, object>>, mask: Parts): Select {
  const select: object = { ...own };
  let bit = 1;
  for (const name in parts) {
    if ((mask & bit) !== 0) Object.assign(select, parts[name]);
    bit *= 2;
  }
  return select as Select;
}
