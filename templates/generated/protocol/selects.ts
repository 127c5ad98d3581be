import type { Parts } from "./resource.js";

/**
 * The select of one read: own columns always, a relation where its bit is set, in the order of `parts`. Prisma keeps the plan
 * of each shape. `Select` is the select of everything: a relation that the mask leaves out is optional in the type of the row.
 */
export function selected<Select extends object>(own: object, parts: Readonly<Record<string, object>>, mask: Parts): Select {
  let select = own;
  let bit = 1;
  for (const name in parts) {
    if ((mask & bit) !== 0) select = both(select, parts[name]);
    bit *= 2;
  }
  return select as Select;
}

/** Two parts may lie behind one relation: its columns, and a list that it has. */
function both(one: object, other: object = {}): object {
  const all = new Map<string, unknown>(Object.entries(one));
  for (const [name, asked] of Object.entries(other) as [string, unknown][]) {
    const before = all.get(name);
    all.set(name, isAsked(before) && isAsked(asked) ? both(before, asked) : asked);
  }
  return Object.fromEntries(all);
}

function isAsked(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
