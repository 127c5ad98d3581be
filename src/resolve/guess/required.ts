/** Columns that a new row must have and SCIM says nothing of: what to put there. */
import type { GuessedRule, SketchEntry, SketchValue } from "../../sketch.js";
import type { Column, Table } from "./tables.js";
import * as words from "./words.js";

export interface Fill {
  readonly entries: readonly SketchEntry[];
  readonly rules: readonly GuessedRule[];
}

/** One entry for each required column of the table that nothing writes. */
export function fill(table: Table, written: ReadonlySet<string>): Fill {
  const entries: SketchEntry[] = [];
  const rules: GuessedRule[] = [];
  for (const column of table.columns) {
    if (column.optional || column.list || column.filled || written.has(column.name)) continue;
    const value = constant(column);
    if (value !== undefined) {
      entries.push({ key: column.name, value: value.value, comment: [] });
      continue;
    }
    if (column.type === "Json" || column.type === "Bytes") {
      entries.push({
        key: column.name,
        value: undefined,
        comment: [`MISSING: ${table.name}.${column.name} is required, and this version writes no ${column.type} column. Give it a default in the schema.`],
      });
      continue;
    }
    const rule = ruleFor(table, column);
    rules.push(rule);
    entries.push({ key: column.name, value: { $: "rule", name: rule.name }, comment: [] });
  }
  return { entries, rules };
}

function constant(column: Column): { readonly value: SketchValue } | undefined {
  if (column.type === "Boolean") return { value: false };
  if (column.type === "DateTime") return { value: { $: "now" } };
  if (column.values.length === 1) return { value: column.values[0] ?? "" };
  const value = words.least.map((word) => column.values.find((each) => words.squashed(each) === word)).find((each) => each !== undefined);
  return value === undefined ? undefined : { value };
}

function ruleFor(table: Table, column: Column): GuessedRule {
  const id = table.key.length === 1 && table.key[0] === column.name;
  const open = `${lower(table.name)}${camel(column.name)}`;
  const common = { column: `${table.name}.${column.name}` };
  if (id && column.type === "String") return { name: `new${camel(table.name)}Id`, kind: "id", ...common };
  if (column.type === "String" && /password|passwd|pwhash/.test(words.squashed(column.name))) return { name: open, kind: "password", ...common };
  return { name: open, kind: "open", ...common };
}

const camel = (name: string): string =>
  name
    .split("_")
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join("");

function lower(name: string): string {
  const text = camel(name);
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}
