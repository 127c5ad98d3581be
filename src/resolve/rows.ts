/** Elements that are rows: of a child table, of a row that the resource points to, or of a table to which no relation leads. */
import type { LooseEntry } from "../config.js";
import type { Attribute, Column, Definition, ListRelation, RowsHolder, RowsSource, Step } from "../provider.js";
import type { PrismaModel } from "../read/prisma.js";
import { listAssignments } from "./assignments.js";
import { surelyHides } from "./condition.js";
import type { ConfigPath } from "./context.js";
import { keysBehind } from "./holder.js";
import type { Home, Resolved } from "./home.js";
import { checkTenantOfNew, constantOf } from "./lookup.js";
import { singular, typeName, upperFirst } from "./names.js";
import type { Table } from "./one-row.js";
import { listRelation, modelRef, ownColumn, placesOf } from "./place.js";
import type { Target } from "./place.js";
import { rowLife } from "./row-life.js";
import { elseHides, keysOf, traitsOf } from "./source.js";
import { tenantOfHeld } from "./tenant.js";
import { unmapped } from "./unmapped.js";

type List = Extract<Target, { kind: "list" }>;

/** What is known of the rows before their columns are looked at. */
interface Found extends Pick<RowsSource, "list" | "name" | "apart" | "table" | "holder"> {
  readonly child: PrismaModel;
}

/** `path`: of the attribute. */
export function rows(home: Home, definition: Definition, entry: LooseEntry, target: List, each: readonly Attribute[], path: ConfigPath): Resolved | undefined {
  const [step, ...more] = target.steps;
  const at = typeof entry.at === "string" && Object.keys(entry).length === 1 ? path : [...path, "at"];
  if (more.length > 0) return home.findings.later(at, "A list behind more than one relation");
  if (step !== undefined) return rowsBehind(home, definition, entry, target, step, each, path);
  const list = listRelation(home, home.model, keysOf(home.rows), target.list, target.child, at);
  return list && rowsIn(home, definition, entry, { list, name: list.name, apart: false, child: target.child, table: undefined, holder: undefined }, each, path);
}

/** Rows of a row that the resource points to. */
function rowsBehind(home: Home, definition: Definition, entry: LooseEntry, target: List, step: Step, each: readonly Attribute[], path: ConfigPath): Resolved | undefined {
  const keys = keysBehind(home, step, target.model, path);
  const list = keys && listRelation(home, target.model, { key: keys.held, tenant: undefined }, target.list, target.child, path);
  const inside = list && tenantOfHeld(home, target.child, list.parent, entry.tenant, path);
  if (keys === undefined || list === undefined || inside === undefined) return undefined;
  const holder: RowsHolder = { step, key: keys.key, back: keys.back, tenant: inside.tenant };
  const tenantKeys = inside.tenant?.steps.length === 0 ? [inside.tenant.column] : [];
  const found = rowsIn(home, definition, entry, { list: { ...list, tenantKeys }, name: nameAt(home, path), apart: true, child: target.child, table: undefined, holder }, each, path);
  if (found?.source.kind === "rows" && found.source.adds && found.traits?.mutability !== "readOnly") checkTenantOfNew(home, target.child, inside.tenant, found.source.create, path);
  return found;
}

/** Elements that are rows of a table to which no relation leads. */
export function tableRows(home: Home, definition: Definition, entry: LooseEntry, { model, key, inside: { tenant } }: Table, each: readonly Attribute[], path: ConfigPath): Resolved | undefined {
  const name = nameAt(home, path);
  const list: ListRelation = { name, model: modelRef(model), key, parentKey: home.rows.id, parent: "", tenantKeys: tenant?.steps.length === 0 ? [tenant.column] : [], cascades: true };
  const found = rowsIn(home, definition, entry, { list, name, apart: true, child: model, table: { tenant }, holder: undefined }, each, path);
  if (found?.source.kind === "rows" && found.source.adds && found.traits?.mutability !== "readOnly") checkTenantOfNew(home, model, tenant, found.source.create, path);
  return found;
}

/** The attribute as one word. */
function nameAt(home: Home, path: ConfigPath): string {
  return constantOf(home, path).replace(/Rows$/, "");
}

function rowsIn(home: Home, definition: Definition, entry: LooseEntry, { child, ...target }: Found, each: readonly Attribute[], path: ConfigPath): Resolved | undefined {
  const { list, name, table, holder } = target;
  const names = child.primaryKey.length > 0 ? child.primaryKey : (child.uniques[0]?.fields ?? []);
  const ids = names.map((one) => ownColumn(home, child, one, path)).filter((one) => one !== undefined);
  if (ids.length === 0 || ids.length < names.length) return home.findings.later(path, `Rows of a model without a key (${child.name})`);
  const adds = entry.create !== false;
  const traits = traitsOf(entry, definition);
  const isWritten = traits.mutability !== "readOnly";
  if (adds && isWritten && !hasKey(home, child, entry, ids, each, path)) return undefined;
  const create = listAssignments(home, child, entry.create, [...path, "create"], table ? (table.tenant ?? null) : holder ? (holder.tenant ?? null) : undefined);
  const written = each.filter((sub) => sub.definition.mutability !== "readOnly" && placesOf(sub).every(({ place }) => place.steps.length === 0));
  const covered = written.flatMap((sub) => placesOf(sub).map(({ place }) => place.column.name));
  const wakeBy = keyOf(child, list, written);
  const life = rowLife(home, child, entry, name, create, wakeBy.length > 0, path);
  if (life === undefined) return undefined;
  const part = life.removal?.wake === undefined ? undefined : written.find((sub) => sub.source.kind === "json");
  if (part !== undefined) return home.findings.later([...path, "each", part.definition.name], "A part of a document in rows that come back after they were removed");
  for (const sub of each) {
    if (sub.source.kind !== "choice" || sub.source.other === undefined || !surelyHides(life.where?.condition, new Map([[sub.source.place.column.name, [sub.source.other]]]))) continue;
    elseHides(home, child, sub.source.place.column, sub.source.other, [...path, "each", sub.definition.name, "else"]);
  }
  if (adds && isWritten) unmapped(home, child, [list.key.name, ...list.tenantKeys.map((one) => one.name), ...covered, ...[...create, ...life.equal].map((one) => one.column.name)], path);
  if (isWritten) checkMust(home, child, written, path);
  return { source: { kind: "rows", ...target, ids, each, create, adds, life, wakeBy, item: home.isCustom ? home.typeNames.take(`${typeName(home.typePrefix, definition.name, true)}Item`) : upperFirst(singular(definition.name)) }, traits };
}

/** Whether a new row gets a key; where it does not, that is told. */
function hasKey(home: Home, child: PrismaModel, { create }: LooseEntry, ids: readonly Column[], each: readonly Attribute[], path: ConfigPath): boolean {
  const [id, ...more] = ids;
  if (id === undefined || more.length > 0 || id.hasDefault || (typeof create === "object" && id.name in create) || each.some((sub) => "place" in sub.source && sub.source.place.column.name === id.name)) return true;
  home.findings.error("key-made-by-application", path, `${child.name}.${id.name} has no default, so a new row has no key.`, { remedy: `@default(cuid()) behind ${child.name}.${id.name}`, schema: { model: child.name, field: id.name } });
  return false;
}

/** Columns of elements that must hold something, and that a client may leave out. */
function checkMust(home: Home, child: PrismaModel, written: readonly Attribute[], path: ConfigPath): void {
  for (const sub of written) {
    const { definition, source } = sub;
    const held = source.kind === "codec" ? placesOf(sub).find(({ place: { column } }) => !column.optional && !column.hasDefault && column.type !== "text" && column.type !== "citext")?.place : "place" in source && mustHold(source) ? source.place : undefined;
    if (definition.name === "value" || held === undefined) continue;
    home.findings.error("required-unmapped", [...path, "each", definition.name], `${child.name} requires a ${definition.name}, and a client may leave it out.`, {
      remedy: `else: … for what it is then, or a default in the schema`,
      schema: { model: child.name, field: held.column.name },
    });
  }
}

/** Whether a sub-attribute lies in a column that has no value for "absent". */
function mustHold(source: Extract<Attribute["source"], { readonly place: unknown }>): boolean {
  // A document begins empty.
  if (source.kind === "flag" || source.kind === "json") return false;
  const { column } = source.place;
  const isPlain = source.kind === "column" && (column.type === "text" || column.type === "citext" || column.type === "boolean");
  return !isPlain && !column.optional && !column.hasDefault && (source.kind !== "choice" || source.other === undefined);
}

/** The columns of elements that, with the parent's, no two rows share, whatever has become of them; none where there is no such key. */
function keyOf(model: PrismaModel, list: ListRelation, each: readonly Attribute[]): readonly string[] {
  // A column that an insert leaves to the schema's default is not known to be equal to anything.
  const written = each.flatMap(({ definition, source }) => ("place" in source && (definition.name === "value" || source.place.column.optional || !source.place.column.hasDefault) ? [source.place.column.name] : []));
  const inside = [list.key.name, ...list.tenantKeys.map(({ name }) => name)];
  const key = [model.primaryKey, ...model.uniques.map(({ fields }) => fields)].find((fields) => fields.includes(list.key.name) && fields.length > 1 && fields.every((name) => inside.includes(name) || written.includes(name)));
  return (key ?? []).filter((name) => !inside.includes(name));
}
