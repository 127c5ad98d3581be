/** Which rows of a list are there for SCIM, and what becomes of one that goes. */
import type { LooseEntry } from "../config.js";
import type { Assignment, Column, Literal, RowLife } from "../provider.js";
import type { PrismaModel } from "../read/prisma.js";
import { assignments, without } from "./assignments.js";
import { heldBy, surelyHides } from "./condition.js";
import { fitting } from "./context.js";
import type { ConfigPath } from "./context.js";
import type { Home } from "./home.js";
import { upperFirst } from "./names.js";
import { isObject } from "./options.js";
import { ownColumn } from "./place.js";
import { equalities, literalOf } from "./scope.js";

/** Undefined: a problem. `isKeyed`: no two rows are the same, removed ones included, so that a removed one stands in the way of a new one. */
export function rowLife(home: Home, model: PrismaModel, entry: LooseEntry, list: string, create: readonly Assignment[], isKeyed: boolean, path: ConfigPath): RowLife | undefined {
  if (entry.softDelete !== undefined && entry.remove !== undefined) return home.findings.error("unknown-option", [...path, "remove"], `"softDelete" says already what becomes of a removed row.`, { remedy: "leave one of them out" });
  const mark = entry.softDelete === undefined ? undefined : markOf(home, model, entry.softDelete, [...path, "softDelete"]);
  const own = entry.where === undefined ? {} : literalOf(home, model, entry.where, [...path, "where"]);
  if (own === undefined || (entry.softDelete !== undefined && mark === undefined)) return undefined;
  const condition = { ...(own as Readonly<Record<string, Literal>>), ...mark?.unset };
  const equal = [...equalities(home, model, entry.where, [...path, "where"]), ...(mark?.equal ?? [])];
  const where = Object.keys(condition).length === 0 ? undefined : { constant: `current${upperFirst(list)}`, condition };
  const set = mark?.set ?? removedBy(home, model, entry, path);
  if (set === undefined) return { where, equal, removal: undefined };
  if (mark === undefined && !surelyHides(condition, heldBy(set))) {
    return home.findings.error("removal-does-not-hide", [...path, "remove", "set"], `A row of ${model.name} that is removed like this is seen still: "where" does not say otherwise.`, { remedy: `where: { ${set[0]?.column.name ?? "…"}: … }`, ...(set[0] === undefined ? {} : { schema: { model: model.name, field: set[0].column.name } }) });
  }
  const woken = set.flatMap(({ column }) => [...equal, ...create].find((each) => each.column.name === column.name) ?? []);
  without(home, ["rule", "from", "row", "document"], woken, "rows that come back", [...path, "create"]);
  const lost = set.find(({ column }) => !woken.some((each) => each.column.name === column.name));
  if (lost !== undefined && isKeyed) {
    return home.findings.error("removal-does-not-hide", [...path, "remove", "set", lost.column.name], `What ${lost.column.name} is when a removed row of ${model.name} comes back is not said.`, { remedy: `where: { ${lost.column.name}: … }, or create: { ${lost.column.name}: … }`, schema: { model: model.name, field: lost.column.name } });
  }
  const rest = Object.entries(condition).filter(([name]) => !set.some(({ column }) => column.name === name));
  const marked = Object.fromEntries([...rest, ...set.map((each) => [each.column.name, markedBy(each)] as const)]);
  return { where, equal, removal: { set, wake: isKeyed ? { marked, data: woken } : undefined } };
}

interface Mark {
  readonly unset: Readonly<Record<string, Literal>>;
  readonly equal: readonly Assignment[];
  readonly set: readonly Assignment[];
}

/** A flag that is raised, or the moment of the removal. */
function markOf(home: Home, model: PrismaModel, name: string, path: ConfigPath): Mark | undefined {
  const column = ownColumn(home, model, name, path);
  if (column === undefined) return undefined;
  const told = { schema: { model: model.name, field: column.name } };
  if (column.type === "boolean") {
    const unset = column.optional ? { OR: [{ [name]: false }, { [name]: null }] } : { [name]: false };
    return { unset, equal: [{ column, value: { kind: "constant", value: false } }], set: [{ column, value: { kind: "constant", value: true } }] };
  }
  if (column.type !== "dateTime") return home.findings.error("type-mismatch", path, `A removed row is marked by a date or a boolean, and ${model.name}.${name} is neither.`, { ...fitting(home, model, ({ type, isRequired, isList }) => !isList && (type === "Boolean" || (type === "DateTime" && !isRequired)), "removedAt DateTime?"), ...told });
  if (!column.optional) return home.findings.error("soft-delete-not-nullable", path, `${model.name}.${name} cannot be null, so every row would be a removed one.`, { remedy: `write DateTime? behind ${model.name}.${name}`, ...told });
  return { unset: { [name]: null }, equal: [{ column, value: { kind: "constant", value: null } }], set: [{ column, value: { kind: "now" } }] };
}

function removedBy(home: Home, model: PrismaModel, { remove }: LooseEntry, path: ConfigPath): readonly Assignment[] | undefined {
  if (!isObject(remove) || !isObject(remove["set"])) return undefined;
  const at = [...path, "remove", "set"];
  return without(home, ["rule", "from", "row", "document"], assignments(home, model, remove.set, at), "rows of a list", at);
}

function markedBy({ column, value }: Assignment): Literal {
  return value.kind === "constant" ? constantOf(column, value.value) : { not: null };
}

function constantOf({ type }: Column, value: string | number | boolean | null): Literal {
  return type === "bigint" && value !== null ? Number(value) : value;
}
