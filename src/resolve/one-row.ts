/** A value in the one row of another table: a list narrowed to one (key and value), or a table to which no relation leads. */
import type { LooseEntry } from "../config.js";
import type { Assignment, Column, Definition, OneRowSource, Place, RowScope, Source } from "../provider.js";
import type { PrismaModel } from "../read/prisma.js";
import { fitting, modelOf } from "./context.js";
import type { ConfigPath } from "./context.js";
import type { Home } from "./home.js";
import { constantOf, createdBy } from "./lookup.js";
import { keysBehind } from "./holder.js";
import { isUniqueIn, listRelation, modelRef, ownColumn } from "./place.js";
import type { Target } from "./place.js";
import { equalities, literalOf } from "./scope.js";
import { tenantOfHeld, tenantOfRows } from "./tenant.js";
import type { Inside } from "./tenant.js";
import { unmapped } from "./unmapped.js";
import { typeOf } from "./values.js";

/** How a column of the row's model holds an attribute: the resolving of plain columns. */
export type InColumn = (home: Home, target: Extract<Target, { kind: "column" }>) => Source | undefined;

/** `"facts.text"`, `"musician.facts.text"`: rows behind a list relation. */
export function rowOfList(home: Home, definition: Definition, entry: LooseEntry, target: Extract<Target, { kind: "list" }>, inColumn: InColumn, path: ConfigPath, at: ConfigPath): OneRowSource | undefined {
  const { steps: [step, ...more], list: field, model: holder, child, rest } = target;
  if (rest === undefined || rest.includes(".")) {
    if (rest !== undefined) return home.findings.later(at, "A value behind a relation of the row");
    return home.findings.error("not-a-column", at, `"${String(entry.at)}" is a list of ${child.name}, and which column is the value is not said.`, { remedy: `write "${String(entry.at)}." and a column of ${child.name}`, schema: { model: holder.name, field: field.name } });
  }
  if (more.length > 0) return home.findings.later(at, "A list behind more than one relation");
  const behind = step && keysBehind(home, step, holder, at);
  const [parent, key] = step === undefined ? [home.rows.key, home.rows.key] : [behind?.key, behind?.held];
  if (parent === undefined || key === undefined) return undefined;
  const list = listRelation(home, holder, { key, tenant: step === undefined ? home.rows.scope.tenant : undefined }, field, child, at);
  if (list === undefined) return undefined;
  const tenant = step === undefined && entry.tenant === undefined ? { tenant: hanging(home, list.parent, holder) } : step === undefined ? tenantOfRows(home, child, entry.tenant, path) : tenantOfHeld(home, child, list.parent, entry.tenant, path);
  const made = tenant && rowOf(home, definition, entry, { model: child, key: list.key, held: list.tenantKeys, column: rest, inside: tenant }, inColumn, path, at);
  return made && { ...made, parent, by: { holder: step && behind && { step, back: behind.back }, list: list.name, parent: list.parent }, goes: step === undefined && !list.cascades };
}

/** `{ table, key, value }`: rows that hold the SCIM id, and nothing in the schema says so. */
export function rowOfTable(home: Home, definition: Definition, entry: LooseEntry, inColumn: InColumn, path: ConfigPath): OneRowSource | undefined {
  const table = tableOf(home, entry, path);
  if (table === undefined) return undefined;
  if (typeof entry.value !== "string") return home.findings.error("not-a-column", path, `Which column of ${table.model.name} holds the value is not said.`, { remedy: `value: "…"`, schema: { model: table.model.name } });
  const made = rowOf(home, definition, entry, { ...table, held: [], column: entry.value }, inColumn, path, [...path, "value"]);
  return made && { ...made, parent: home.rows.id, by: undefined, goes: true };
}

export interface Table {
  readonly model: PrismaModel;
  readonly key: Column;
  readonly inside: Inside;
}

/** The table that an entry names, and the column of it that holds SCIM ids. */
export function tableOf(home: Home, entry: LooseEntry, path: ConfigPath): Table | undefined {
  const model = modelOf(home, entry.table, [...path, "table"]);
  if (model === undefined) return undefined;
  if (typeof entry.key !== "string") return home.findings.error("not-a-column", path, `Which column of ${model.name} holds the SCIM id is not said.`, { remedy: `key: "…"`, schema: { model: model.name } });
  const key = ownColumn(home, model, entry.key, [...path, "key"]);
  const inside = tenantOfRows(home, model, entry.tenant, path);
  if (key === undefined || inside === undefined) return undefined;
  const { id } = home.rows;
  if (!key.optional && (typeOf(key) === "string" ? key.type !== "uuid" || id.type === "uuid" : typeOf(key) === typeOf(id))) return { model, key, inside };
  return home.findings.error("member-column-not-id", [...path, "key"], `${model.name}.${key.name} cannot hold the ids of ${home.resource}, which are those of ${home.model.name}.${id.name}.`, { ...fitting(home, model, (field) => field.isRequired && !field.isList && field.type === home.model.fields.find((each) => each.name === id.name)?.type, "a required column of the same type"), schema: { model: model.name, field: key.name } });
}

interface Named extends Table {
  /** Columns of the key that hold the tenant. */
  readonly held: readonly Column[];
  /** The one that holds the value. */
  readonly column: string;
}

function rowOf(home: Home, definition: Definition, entry: LooseEntry, { model, key, held, column, inside: { tenant } }: Named, inColumn: InColumn, path: ConfigPath, at: ConfigPath): Omit<OneRowSource, "parent" | "by" | "goes"> | undefined {
  const value = ownColumn(home, model, column, at);
  const field = model.fields.find((each) => each.name === column);
  const inner = value === undefined || field === undefined ? undefined : inColumn({ ...home, model }, { kind: "column", place: { steps: [], column: value }, field, model });
  const condition = entry.where === undefined ? undefined : literalOf(home, model, entry.where, [...path, "where"]);
  if (inner === undefined || (entry.where !== undefined && condition === undefined)) return undefined;
  if (inner.kind !== "column" && inner.kind !== "choice" && inner.kind !== "switch" && inner.kind !== "flag") return home.findings.later(at, "A value of this kind in a row of its own");
  const scope: RowScope = { tenant, where: condition === undefined ? undefined : { constant: constantOf(home, path), condition } };
  const equal = equalities(home, model, entry.where, [...path, "where"], tenant ?? null);
  const fixed = [key.name, ...held.map((each) => each.name), ...(tenant?.steps.length === 0 ? [tenant.column.name] : []), ...equal.map((each) => each.column.name)];
  if (!isUniqueIn(model, fixed)) {
    return home.findings.error("may-be-many", at, `${definition.name} has one value, and no unique key of ${model.name} makes the rows of one ${home.resource} one.`, {
      remedy: `narrow them by where: { … }, or write @@unique([${[...new Set(fixed)].join(", ")}])`,
      schema: { model: model.name },
    });
  }
  const create = makes(home, model, entry, { equal, held, scope }, path);
  const adds = entry.create !== false;
  if (adds && definition.mutability !== "readOnly") unmapped(home, model, [key.name, column, ...create.map((each) => each.column.name)], path);
  return { kind: "oneRow", model: modelRef(model), key, inner, scope, create, adds };
}

function makes(home: Home, model: PrismaModel, entry: LooseEntry, { equal, held, scope }: { readonly equal: readonly Assignment[]; readonly held: readonly Column[]; readonly scope: RowScope }, path: ConfigPath): readonly Assignment[] {
  const tenants = held.map((column): Assignment => ({ column, value: { kind: "tenant" } }));
  const said = createdBy(home, model, entry, equal, scope, path);
  return [...said.filter(({ column }) => !held.some((each) => each.name === column.name)), ...tenants];
}

/** The tenant of rows that hang on the resource's own row. */
function hanging(home: Home, relation: string, model: PrismaModel): Place | undefined {
  const { tenant } = home.rows.scope;
  return tenant && { steps: [{ relation, model: modelRef(model), optional: false, inside: undefined }, ...tenant.steps], column: tenant.column };
}
