/** What DELETE does: hide the row where the schema has a mark for it, switch it off where the database would keep it, else remove it. */
import type { SketchEntry } from "../../sketch.js";
import type { ActiveGuess } from "./active.js";
import type { People } from "./people.js";
import { columnNamed, referring } from "./tables.js";
import type { Column, Table } from "./tables.js";
import * as words from "./words.js";

export interface Removal {
  readonly name: "softDelete" | "set" | "deactivate" | "delete";
  /** What a person is told who may choose. */
  readonly why: string;
  /** Entries of the resource, `where` apart. */
  readonly entries: readonly SketchEntry[];
  readonly where: readonly SketchEntry[];
  /** Values of the status that are hidden, so that `active` does not speak of them. */
  readonly hidden: readonly string[];
  /** The column that it writes. */
  readonly column: string | undefined;
}

/** Every way that this schema has, the likeliest first. `emptied`: tables that are emptied before a user is removed. */
export function removals(tables: readonly Table[], { table, person }: People, active: ActiveGuess | undefined, emptied: ReadonlySet<string>): readonly Removal[] {
  const entry = (key: string, value: SketchEntry["value"], comment: readonly string[] = []): SketchEntry => ({ key, value, comment });
  const mark = columnNamed(table, person === undefined ? words.softDelete : words.former, (each) => isMark(each) && each.name !== active?.column.name);
  const [gone] = active?.gone ?? [];
  const held = holders(tables, table, emptied);
  const soft: Removal | undefined = mark && {
    name: "softDelete", why: `${mark.name} marks the row, which nobody sees from then on`, entries: [entry("softDelete", mark.name)], where: [], hidden: [], column: mark.name,
  };
  const status = active?.column.name ?? "";
  const set: Removal | undefined =
    gone === undefined
      ? undefined
      : {
          name: "set", why: `${status} becomes ${gone}, and nobody sees the row from then on`, column: undefined, hidden: active?.gone ?? [],
          entries: [entry("remove", { entries: [entry("set", { entries: [entry(status, gone)] })] }, [`guess: who is removed is ${gone}, and does not exist for SCIM`])],
          where: [entry(status, { entries: [(active?.gone ?? []).length === 1 ? entry("not", gone) : entry("notIn", active?.gone ?? [])] })],
        };
  const refused = held === undefined ? undefined : `the database keeps a row of ${table.name} while ${held}`;
  const off: Removal | undefined = active && {
    name: "deactivate", why: refused ?? "active becomes false, and the row stays to be seen", where: [], hidden: [], column: undefined,
    entries: [entry("remove", "deactivate", refused === undefined ? [] : [`guess: ${refused}, so DELETE makes the user inactive`])],
  };
  const gives: Removal = {
    name: "delete", why: refused === undefined ? "the row is removed" : `the row is removed, or 409: ${refused}`, where: [], hidden: [], column: undefined,
    entries: refused === undefined ? [] : [entry("remove", undefined, [`${refused}, so DELETE answers 409 until those are gone; a column for active would let it switch the user off instead`])],
  };
  const order = held === undefined ? [soft, set, gives, off] : [soft, set, off, gives];
  return order.filter((each) => each !== undefined);
}

const isMark = ({ type, optional }: Column): boolean => (type === "DateTime" ? optional : type === "Boolean");

/** Rows that would make the database refuse. */
function holders(tables: readonly Table[], table: Table, emptied: ReadonlySet<string>): string | undefined {
  const held = referring(tables, table)
    .filter(({ from, relation }) => from !== table && (relation.onDelete === "Restrict" || relation.onDelete === "NoAction") && !emptied.has(from.name))
    .map(({ from, relation }) => `${from.name}.${relation.name}`)
    .sort();
  if (held.length === 0) return undefined;
  const shown = held.length > 4 ? `${held.slice(0, 4).join(", ")} and ${String(held.length - 4)} more` : held.join(", ");
  return `${shown} ${held.length === 1 ? "points" : "point"} at it`;
}

/** Rows of the same model that are no people: robots and system accounts. Plain equalities, so that they are written on create too. */
export function onlyPeople(table: Table): readonly SketchEntry[] {
  const kind = columnNamed(table, words.kinds, ({ values }) => values.length > 1);
  const human = kind?.values.find((value) => words.human.has(words.squashed(value)));
  const others = kind?.values.filter((value) => words.hasWord(value, words.robots)) ?? [];
  const robot = table.columns.find(({ name, type }) => type === "Boolean" && /^(?:is)?(?:bot|robot|system|systemuser|serviceaccount|machine|apiuser)$/.test(words.squashed(name)));
  return [
    ...(kind === undefined || human === undefined || others.length === 0 ? [] : [{ key: kind.name, value: human, comment: [] }]),
    ...(robot === undefined ? [] : [{ key: robot.name, value: false, comment: [] }]),
  ];
}
