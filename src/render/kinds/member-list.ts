/** What each way of keeping members adds to the file of its resource. */
import type { Column } from "../../provider.js";
import type { Block, Calls, Setting } from "./kind.js";

/** What one list adds. */
export interface ListParts {
  /** The list on the group's model, and how a read asks for it. */
  readonly name: string;
  readonly select: string;
  /** The members, from a row called `row`; undefined where they were not read. */
  readonly printed: string;
  readonly finder: string;
  /** The elements that a filter looks at. */
  readonly elements: string;
  /** Declarations that stand before the table of relations. */
  readonly selects?: readonly Block[];
  readonly block: Block;
  readonly types: readonly string[];
  readonly calls: readonly Calls[];
  /** What its constant is called with, where that is more than the tenant. */
  readonly argument?: string;
}

/** Of the list that is printed. */
export interface ListSetting extends Setting {
  /** The constant that holds its rows. */
  readonly variable: string;
  /** The attribute's name. */
  readonly attribute: string;
  /** Whether a filter can ask for `display`, since some list has it. */
  readonly hasDisplay: boolean;
}

/** A column that holds an id, as an answer shows it. */
export function idText(column: Column, value: string): string {
  return column.type === "int" || column.type === "bigint" ? `String(${value})` : value;
}
