/** Values that are written without a client asking: `create`, `stamp`, `set`. */
import type { LooseWritten, Tagged } from "../config.js";
import type { Assignment, Column, Place } from "../provider.js";
import type { PrismaField, PrismaModel } from "../read/prisma.js";
import { suggestion } from "./context.js";
import type { ConfigPath, Scope } from "./context.js";
import { isObject } from "./options.js";
import { isUniqueIn, modelRef, ownColumn } from "./place.js";
import { tenantOfRows } from "./tenant.js";
import { example } from "./unmapped.js";
import { holdsTenant, misfit, typeOf } from "./values.js";

/** `inside`: the tenant's place as seen from the model, where the mapping says it; null where the rows are shared on purpose. */
export function assignments(scope: Scope, model: PrismaModel, written: LooseWritten, path: ConfigPath, inside?: Place | null): readonly Assignment[] {
  return Object.keys(written)
    .sort()
    .flatMap((name) => assignment(scope, model, name, written[name], [...path, name], inside) ?? []);
}

/** The same for rows of a list; false: none is ever added. */
export function listAssignments(scope: Scope, model: PrismaModel, written: LooseWritten | false | undefined, path: ConfigPath, inside?: Place | null): readonly Assignment[] {
  return assignments(scope, model, written === undefined || written === false ? {} : written, path, inside);
}

/** Values of these kinds have no place there. */
export function without(scope: Scope, kinds: readonly ("rule" | "from" | "row" | "document")[], all: readonly Assignment[], where: string, path: ConfigPath): readonly Assignment[] {
  for (const { column, value } of all) {
    if (kinds.some((kind) => kind === value.kind)) scope.findings.later([...path, column.name], `A ${value.kind === "rule" ? "rule" : value.kind === "row" ? "relation" : value.kind === "document" ? "document" : "value of another attribute"} for ${where}`);
  }
  return all;
}

function assignment(scope: Scope, model: PrismaModel, name: string, value: LooseWritten[string] | undefined, path: ConfigPath, inside: Place | null | undefined): Assignment | undefined {
  const relation = model.fields.find((each) => each.name === name && each.kind === "object");
  if (relation !== undefined) return connection(scope, model, relation, value, path, inside);
  const json = model.fields.find((each) => each.name === name && each.type === "Json" && !each.isList);
  if (json !== undefined) return document(scope, model, json, value, path);
  const column = ownColumn(scope, model, name, path);
  if (column === undefined || value === undefined) return undefined;
  if (isTagged(value)) return taggedAssignment(scope, model, column, value, path);
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return fits(scope, model, column, value, path) ? { column, value: { kind: "constant", value } } : undefined;
  }
  return scope.findings.error("value-type-mismatch", path, `${model.name}.${name} cannot hold this value.`, { remedy: `${name}: a constant, now(), tenant(), from("…") or rule("…")`, schema: { model: model.name, field: name } });
}

/** Undefined: a problem. */
export function taggedAssignment(scope: Scope, model: PrismaModel, column: Column, value: Tagged, path: ConfigPath): Assignment | undefined {
  return taggedFits(scope, model, column, value, path) ? { column, value: taggedValue(value) } : undefined;
}

/** A document as it stands. SQL's null and JSON's are two, and a mapping has one word for both. */
function document(scope: Scope, model: PrismaModel, field: PrismaField, value: LooseWritten[string] | undefined, path: ConfigPath): Assignment | undefined {
  if (value === undefined || value === null || isTagged(value)) {
    return scope.findings.error("value-type-mismatch", path, `${model.name}.${field.name} holds a document, and what is written into it is one, as it stands.`, { remedy: `${field.name}: { … }`, schema: { model: model.name, field: field.name } });
  }
  const column: Column = { name: field.name, dbName: field.dbName, type: "json", optional: !field.isRequired, hasDefault: field.hasDefault, values: [] };
  return { column, value: { kind: "document", document: value } };
}

/** A row of another table, named by constants: what is written is the foreign key to it. */
function connection(scope: Scope, model: PrismaModel, relation: PrismaField, value: LooseWritten[string] | undefined, path: ConfigPath, inside: Place | null | undefined): Assignment | undefined {
  const told = { schema: { model: model.name, field: relation.name } };
  const next = scope.schema.models.find((each) => each.name === relation.type);
  if (next === undefined || relation.isList || !isObject(value) || isTagged(value)) {
    return scope.findings.error("value-type-mismatch", path, `${model.name}.${relation.name} is a relation: it is connected to the row that has these values.`, { remedy: `${relation.name}: { column: "…" }`, ...told });
  }
  const terms = assignments(scope, next, value as LooseWritten, path);
  if (terms.length < Object.keys(value).length) return undefined;
  if (terms.some((each) => each.value.kind !== "constant")) return scope.findings.error("value-type-mismatch", path, `The row behind ${model.name}.${relation.name} is named by constants.`, { remedy: `${relation.name}: { column: "…" }`, ...told });
  const [step, ...steps] = inside?.steps ?? [];
  const found = inside && step?.relation === relation.name ? { tenant: { steps, column: inside.column } } : tenantOfRows(scope, next, inside === null ? null : undefined, path);
  if (found === undefined) return undefined;
  const { tenant } = found;
  const pairs = (relation.relation?.fromFields ?? []).map((from, index) => ({ from, to: relation.relation?.toFields[index] }));
  const [pair, ...more] = pairs.filter(({ to }) => tenant?.steps.length !== 0 || to !== tenant.column.name);
  if (pair?.to === undefined || more.length > 0) return scope.findings.later(path, `A relation by several columns (${model.name}.${relation.name})`);
  const [column, id] = [ownColumn(scope, model, pair.from, path), ownColumn(scope, next, pair.to, path)];
  if (column === undefined || id === undefined) return undefined;
  const named = terms.map((each) => each.column.name);
  if (!isUniqueIn(next, [...named, ...(tenant?.steps.length === 0 ? [tenant.column.name] : [])])) {
    scope.findings.warn("lookup-not-unique", path, `More than one ${next.name} may have this ${named.join(" and ")}: a write that meets two is refused.`, { remedy: `@@unique([${named.join(", ")}])`, schema: { model: next.name } });
  }
  return { column, value: { kind: "row", row: { model: modelRef(next), id, terms, scope: { tenant, where: undefined } } } };
}

function taggedValue(value: Tagged): Assignment["value"] {
  switch (value.$) {
    case "rule":
      return { kind: "rule", name: value.name };
    case "from":
      return { kind: "from", key: value.attribute };
    default:
      return { kind: value.$ };
  }
}

function isTagged(value: unknown): value is Tagged {
  return typeof value === "object" && value !== null && "$" in value;
}

function fits(scope: Scope, model: PrismaModel, column: Column, value: string | number | boolean | null, path: ConfigPath): boolean {
  const told = { schema: { model: model.name, field: column.name } };
  if (value === null) {
    if (column.optional) return true;
    scope.findings.error("value-type-mismatch", path, `${model.name}.${column.name} cannot be null.`, { remedy: "leave it out, or make the column optional", ...told });
    return false;
  }
  if (column.type === "enum") {
    if (column.values.includes(String(value))) return true;
    scope.findings.error("enum-value-unknown", path, `${model.name}.${column.name} has no value "${String(value)}".`, { ...suggestion(String(value), column.values), ...told });
    return false;
  }
  const due = misfit(column, value);
  if (due === undefined) return true;
  scope.findings.error("value-type-mismatch", path, `${model.name}.${column.name} holds ${due}, and ${JSON.stringify(value)} is not that.`, { remedy: `${column.name}: ${example(scope, model, column.name)}`, ...told });
  return false;
}

function taggedFits(scope: Scope, model: PrismaModel, column: Column, value: Tagged, path: ConfigPath): boolean {
  const told = { schema: { model: model.name, field: column.name } };
  const where = `${model.name}.${column.name}`;
  if (value.$ === "now" && column.type !== "dateTime") scope.findings.error("value-type-mismatch", path, `now() is a date, and ${where} is not.`, { remedy: `${column.name}: ${example(scope, model, column.name)}`, ...told });
  else if (value.$ === "tenant" && scope.hasTenants === false) scope.findings.error("value-type-mismatch", path, `This product has no tenants (tenant: null), so ${where} cannot hold one.`, { remedy: "leave it out", ...told });
  else if (value.$ === "tenant" && scope.tenantType !== undefined && !holdsTenant(column, scope.tenantType)) {
    scope.findings.error("value-type-mismatch", path, `The tenant's id is a ${scope.tenantType}, and ${where} is not.`, { remedy: "leave it out, or name a column of that type", ...told });
  } else {
    if (value.$ === "rule") scope.findings.rule(value.name, typeOf(column), path);
    return true;
  }
  return false;
}
