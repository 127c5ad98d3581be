/** What a write makes of columns that are not one attribute's alone. */
import { othersWritten } from "./others.js";
import type { Draft, Values } from "./resource.js";
import type { Merge, OthersColumn } from "./rows.js";

/** Columns that become something else by a part of them. */
export function merges<Own, Data>(
  rows: { readonly merge?: readonly Merge<Own, Data>[]; readonly others?: OthersColumn<Own, Data> },
  row: Own | undefined,
  values: Values,
  { items, others }: Pick<Draft, "items" | "others">,
): readonly Data[] {
  return [...(rows.merge ?? []).flatMap((each) => each.merge(row, values, items) ?? []), ...othersWritten(rows.others, row, others)];
}
