/** Attributes of many values: rows of a child table, a list, Json, or one column for each kind. */
import type { GuessedRule, SketchEntry, SketchValue } from "../../sketch.js";
import { created, fill } from "./required.js";
import { backOf, columnNamed, foreignKey, isText, tableNamed } from "./tables.js";
import type { Column, Table } from "./tables.js";
import type { Tenant } from "./tenants.js";
import * as words from "./words.js";

/** A column of the user's own row, or of the person behind it. */
export interface Found {
  readonly place: string;
  readonly column: Column;
  readonly table: Table;
}
export type Find = (names: readonly string[], fits?: (column: Column) => boolean) => Found | undefined;

export interface Elements {
  readonly value: SketchValue;
  readonly comment: readonly string[];
  readonly found: readonly Found[];
}

/** One column for each kind of address or number. */
export function slotted(slots: readonly { readonly type: string; readonly found: Found | undefined }[]): Elements | undefined {
  const filled = slots.flatMap(({ type, found }) => (found === undefined ? [] : [{ type, found }]));
  const [first, ...others] = filled;
  if (first === undefined) return undefined;
  const found = filled.map((slot) => slot.found);
  if (first.type === "work" && others.length === 0) return { value: first.found.place, comment: [], found };
  const entries: SketchEntry[] = filled.map((slot) => ({ key: slot.type, value: slot.found.place, comment: [] }));
  return { found, comment: [], value: { entries: [{ key: "slots", value: { entries }, comment: [] }, { key: "primary", value: first.type, comment: [] }] } };
}

/** A column that holds all values at once. */
export function listed(find: Find, names: readonly string[]): Elements | undefined {
  const list = find(names, ({ type, list: isList }) => isList && type === "String");
  if (list !== undefined) return { value: list.place, comment: [], found: [list] };
  const json = find(names, ({ type, list: isList }) => type === "Json" && !isList);
  if (json === undefined) return undefined;
  return { value: json.place, comment: [`guess: ${json.column.name} holds a list of elements named as SCIM names them; each: { value: "…" } says otherwise`], found: [json] };
}

export interface ChildRows {
  readonly table: Table;
  readonly value: SketchValue;
  readonly rules: readonly GuessedRule[];
  readonly missing: readonly string[];
}

/** A table of e-mail addresses or phone numbers below the user's own row. */
export function childRows(tables: readonly Table[], parent: Table, tenant: Tenant | null | undefined, kind: "email" | "phone", valueNames: readonly string[]): ChildRows | undefined {
  for (const relation of parent.relations) {
    if (!relation.list) continue;
    const table = tableNamed(tables, relation.to);
    const back = table && backOf(tables, parent, relation);
    const key = back && foreignKey(back);
    if (table === undefined || back === undefined || key === undefined || back.optional || table.key.length !== 1) continue;
    const isNamed = words.hasWord(table.name, words.set(kind === "email" ? "email mail" : "phone telephone"));
    if (!isNamed || words.hasWord(table.name, words.errands)) continue;
    const value = columnNamed(table, valueNames, isText);
    if (value === undefined) continue;
    return rowsOf(table, relation.name, key, value, tenant);
  }
  return undefined;
}

function rowsOf(table: Table, at: string, key: string, value: Column, tenant: Tenant | null | undefined): ChildRows {
  const parts = [
    ["value", value],
    ["type", columnNamed(table, ["type", "kind", "label", "use", "usage"], (each) => isText(each) || each.values.length > 0)],
    ["primary", columnNamed(table, ["primary", "isprimary", "main", "ismain", "default", "isdefault", "preferred"], ({ type }) => type === "Boolean")],
    ["display", columnNamed(table, ["display", "displayname"], isText)],
  ] as const;
  const found = parts.flatMap(([name, column]) => (column === undefined ? [] : [{ name, column }]));
  const each = found.map(({ name, column }): SketchEntry => ({ key: name, value: name === "type" ? typeOf(column) : column.name, comment: [] }));
  const filled = fill(table, { written: new Set([key, ...found.map(({ column }) => column.name)]), tenant });
  return { table, rules: filled.rules, missing: filled.missing, value: { entries: [{ key: "at", value: at, comment: [] }, { key: "each", value: { entries: each }, comment: [] }, ...created(filled)] } };
}

/** A required type of an enum needs a value for an element that comes without one. */
function typeOf(column: Column): SketchValue {
  const needed = column.values.length > 0 && !column.optional && !column.filled;
  const other = ["other", "unknown", "default", "work"].map((word) => column.values.find((value) => words.squashed(value) === word)).find((value) => value !== undefined);
  return needed && other !== undefined ? { entries: [{ key: "at", value: column.name, comment: [] }, { key: "else", value: other, comment: [] }] } : column.name;
}
