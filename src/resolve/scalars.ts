/** The values of a column that is a list: `entitlements: "langs"`. */
import type { LooseEntry } from "../config.js";
import type { ColumnType, Definition } from "../provider.js";
import { checkOptions } from "./options.js";
import { columnOf } from "./place.js";
import type { Target } from "./place.js";
import { choiceSource, traitsOf } from "./source.js";
import type { ConfigPath } from "./context.js";
import type { Home, Resolved } from "./home.js";

const held: ReadonlySet<ColumnType> = new Set(["text", "uuid", "int", "bigint", "decimal", "float", "boolean", "dateTime", "enum"]);

export interface ResolvedList extends Resolved {
  /** The attribute as a list of plain values has it: without `type`, `primary` and `display`. */
  readonly definition: Definition;
}

export function scalars(home: Home, definition: Definition, entry: LooseEntry, target: Extract<Target, { kind: "scalars" }>, path: ConfigPath, at: ConfigPath): ResolvedList | undefined {
  if (!checkOptions(home, entry, "scalars", definition.name, path)) return undefined;
  const { model, field, steps } = target;
  const told = { schema: { model: model.name, field: field.name } };
  const parts = definition.subAttributes?.filter((each) => each.name === "value");
  if (parts?.length === 0) return home.findings.error("type-mismatch", at, `An element of ${definition.name} has no "value", and ${model.name}.${field.name} is a list of plain values.`, { remedy: "map it to rows of a child table, or to a Json column", ...told });
  const column = columnOf(home, model, field, at);
  if (column === undefined) return undefined;
  if (!held.has(column.type)) return home.findings.later(at, `A list of type ${field.type}`);
  if (steps.length > 0 && entry.readOnly !== true) return home.findings.later(at, "A list behind a relation that a client writes");
  const lower = entry.lower === true || entry.lower === "trusted";
  if (lower && column.type !== "text") return home.findings.error("type-mismatch", [...path, "lower"], `"lower" is for text, and ${model.name}.${column.name} is a list of another type.`, { remedy: "leave it out", ...told });
  const place = { steps, column: { ...column, optional: true } };
  const choice = column.type === "enum" || entry.values !== undefined ? choiceSource(home, parts?.[0] ?? definition, entry, { kind: "column", place, field, model }, path) : undefined;
  if (choice === undefined && (column.type === "enum" || entry.values !== undefined)) return undefined;
  // What a list is asked for by is its elements as they stand, letter for letter.
  const exact = choice === undefined && column.type === "text" && !lower;
  const simple = parts === undefined;
  return {
    definition: {
      ...definition,
      ...(simple && exact ? { caseExact: true } : {}),
      ...(simple ? {} : { subAttributes: parts.map((each) => (exact ? { ...each, caseExact: true } : each)) }),
    },
    source: { kind: "scalars", place, lower, choice: choice && { choices: choice.choices, other: choice.other } },
    traits: traitsOf(entry, definition),
  };
}
