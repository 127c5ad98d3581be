/** The id of another resource, in a foreign key of the model. */
import type { LooseAttribute } from "../config.js";
import type { Column, Definition, Place, ResourceRef, SeenRow } from "../provider.js";
import type { PrismaField, PrismaModel } from "../read/prisma.js";
import { isAlwaysKnown } from "./condition.js";
import { suggestion } from "./context.js";
import type { ConfigPath } from "./context.js";
import type { Home, Other, Resolved } from "./home.js";
import { backToRows, byPerson } from "./person.js";
import { ownColumn } from "./place.js";
import { entryOf, traitsOf } from "./source.js";

export function reference(home: Home, to: string, definition: Definition, entry: LooseAttribute, path: ConfigPath): Resolved | undefined {
  const one = entryOf(home, entry, "reference", path);
  if (one === undefined) return undefined;
  if (typeof one.at !== "string") return home.findings.error("type-mismatch", path, "A reference needs the foreign key that holds it, as a string.", { remedy: `${definition.name}: "…"` });
  const at = typeof entry === "string" ? path : [...path, "at"];
  const column = ownColumn(home, home.model, one.at, at);
  if (column === undefined) return undefined;
  const target = home.others.find((each) => each.ref.name === (one.ref ?? to));
  if (target === undefined) return home.findings.error("member-column-not-id", at, `There is no resource ${one.ref ?? to} for "${one.at}" to refer to.`, suggestion(one.ref ?? to, home.others.map(({ ref }) => ref.name)));
  const place = { steps: [], column };
  const relation = relationTo(home.model, column.name, target);
  if (relation !== undefined) return { source: { kind: "reference", place, to: target.ref, seen: seenRow(home, relation, target) }, traits: traitsOf(one, definition) };
  const person = byPerson(home, home.model, column.name, target);
  if (person === undefined) return notAnId(home, one.at, home.model, column, target.ref, at);
  const back = backToRows(home, person, target.model, home.model, at);
  if (back === undefined) return undefined;
  const seen = { relation: person.relation.name, back, scope: target.rows.scope, around: undefined };
  return { source: { kind: "reference", place, to: target.ref, seen }, traits: traitsOf(one, definition) };
}

function seenRow(home: Home, relation: PrismaField, { model, rows: { scope } }: Other): SeenRow | undefined {
  if (home.schema.hasForeignKeys && scope.where === undefined && isInTenant(home, relation, scope.tenant)) return undefined;
  const back = model.fields.find((each) => each.kind === "object" && each.isList && each.type === home.model.name && each.relation?.name === relation.relation?.name && each !== relation);
  const around = isAlwaysKnown(home.schema.models, model, scope.where?.condition) ? undefined : back?.name;
  return { relation: relation.name, back: undefined, scope, around };
}

/** Whether no row of another tenant can be pointed to: the foreign key holds the tenant, too, or the row has its tenant from the one that it points to. */
function isInTenant({ rows: { scope } }: Home, { name, relation }: PrismaField, tenant: Place | undefined): boolean {
  if (tenant === undefined) return true;
  if (scope.tenant === undefined) return false;
  const own = pathOf(scope.tenant);
  if (own.length > 1) return own.join(".") === [name, ...pathOf(tenant)].join(".");
  return tenant.steps.length === 0 && relation?.fromFields[relation.toFields.indexOf(tenant.column.name)] === own[0];
}

function pathOf({ steps, column }: Place): readonly string[] {
  return [...steps.map(({ relation }) => relation), column.name];
}

/** The relation of a model through which a column of it holds the SCIM id of another resource: of several the one that proves the most. */
export function relationTo(model: PrismaModel, key: string, target: Other): PrismaField | undefined {
  const size = (each: PrismaField): number => each.relation?.fromFields.length ?? 0;
  const [first] = model.fields
    .filter((each) => each.kind === "object" && !each.isList && each.type === target.model.name && each.relation?.toFields[each.relation.fromFields.indexOf(key)] === target.rows.id.name)
    .sort((a, b) => size(b) - size(a) || (a.name < b.name ? -1 : 1));
  return first;
}

export function notAnId(home: Home, written: string, model: PrismaModel, column: Column, to: ResourceRef, path: ConfigPath): undefined {
  return home.findings.error("member-column-not-id", path, `"${written}" does not hold the id of a ${to.name}: ${model.name}.${column.name} is no foreign key to its model.`, {
    remedy: keysTo(model, to, home),
    schema: { model: model.name, field: column.name },
  });
}

/** Which columns of a model do hold the ids of a resource. */
function keysTo(model: PrismaModel, to: ResourceRef, { others }: Home): string {
  const target = others.find(({ ref }) => ref.name === to.name);
  const names = target === undefined ? [] : model.fields.filter((each) => each.kind !== "object" && relationTo(model, each.name, target) !== undefined).map(({ name }) => `"${name}"`);
  if (names.length > 0) return `of ${model.name} would do: ${names.join(", ")}`;
  return target === undefined ? "name a foreign key" : `add a relation to ${target.model.name} that references [${target.rows.id.name}]`;
}
