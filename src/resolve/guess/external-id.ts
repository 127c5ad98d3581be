/** The column that holds what a directory calls a row. */
import { columnNamed, isText } from "./tables.js";
import type { Column, Table } from "./tables.js";
import * as words from "./words.js";

/** By its name, or by a comment that speaks of a directory. */
export function externalIdOf(table: Table): Column | undefined {
  const keys = new Set(table.relations.flatMap(({ columns }) => columns));
  const isTold = (each: Column): boolean => isText(each) && !each.list && each.optional && !keys.has(each.name) && words.saysExternalId(each.said) && /(?:id|ref|key)$/.test(words.squashed(each.name));
  return columnNamed(table, words.columns.externalId, isText) ?? table.columns.find(isTold);
}
