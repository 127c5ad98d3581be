/** Attributes that are a part of a Json column: `nickName: "sheet->nick"`, `addresses: "sheet->addresses"`. */
import type { LooseEntry } from "../config.js";
import type { Column, Definition, JsonLetters, Place } from "../provider.js";
import { fieldOf, fitting, suggestion } from "./context.js";
import type { ConfigPath } from "./context.js";
import type { PrismaField } from "../read/prisma.js";
import type { Home, Resolved } from "./home.js";
import { checkOptions } from "./options.js";
import type { Target } from "./place.js";

type Traits = Partial<Definition>;
type JsonTarget = Extract<Target, { kind: "json" }>;

/** The value under a key. */
export function jsonValue(home: Home, definition: Definition, entry: LooseEntry, target: JsonTarget, traits: Traits, path: ConfigPath, at: ConfigPath): Resolved | undefined {
  const { model, field } = target;
  const told = { schema: { model: model.name, field: field.name } };
  if (!checkOptions(home, entry, "json", definition.name, path)) return undefined;
  if (target.path.length === 0) {
    return home.findings.error("type-mismatch", at, `${model.name}.${field.name} is a whole document, and ${definition.name} is one value.`, { remedy: `name its key: "${String(entry.at)}->…"`, ...told });
  }
  if (definition.uniqueness !== "none") return home.findings.error("type-mismatch", at, `${definition.name} must be unique and found quickly, which nothing inside a document is.`, { remedy: `give ${definition.name} a column`, ...told });
  const place = placeOf(home, entry, target, at);
  if (place === undefined) return undefined;
  const lower = entry.lower ?? home.lowers.get(String(entry.at));
  return { source: { kind: "json", place, path: target.path, letters: lettersOf({ ...definition, ...traits }, lower) }, traits };
}

/** A column of the model itself, for attributes that no schema knows: nothing else may lie in it. */
export function othersColumn(home: Home, name: string, covered: readonly string[], path: ConfigPath): Column | undefined {
  const field = fieldOf(home, home.model, name, path);
  if (field === undefined) return undefined;
  const told = { schema: { model: home.model.name, field: name } };
  if (field.type !== "Json" || field.isList) return home.findings.error("json-expected", path, `${home.model.name}.${name} is no Json column, and "others" keeps attributes of any form.`, { ...fitting(home, home.model, ({ type, isList }) => type === "Json" && !isList, `others Json? in ${home.model.name}`), ...told });
  if (covered.includes(name)) return home.findings.error("shared-column-options-differ", path, `${home.model.name}.${name} is mapped to attributes, and a PUT would take them away with the rest.`, { remedy: `give "others" a column of its own`, ...told });
  return jsonColumn(field);
}

function jsonColumn(field: PrismaField): Column {
  return { name: field.name, dbName: field.dbName, optional: !field.isRequired, hasDefault: field.hasDefault, type: "json", values: [] };
}

export interface ResolvedElements extends Resolved {
  readonly definition: Definition;
}

/** The elements of a list. `each` gives keys other names; a sub-attribute that it does not name has the key of its own name. */
export function jsonElements(home: Home, definition: Definition, entry: LooseEntry, target: JsonTarget, traits: Traits, path: ConfigPath, at: ConfigPath): ResolvedElements | undefined {
  if (!checkOptions(home, entry, "jsonList", definition.name, path)) return undefined;
  const place = placeOf(home, entry, target, at);
  const subs = (definition.subAttributes ?? []).filter((sub) => sub.name !== "$ref" && sub.type !== "complex" && !sub.multiValued);
  const each = entry.each ?? {};
  const unknown = Object.keys(each).filter((name) => !subs.some((sub) => sub.name === name));
  for (const name of unknown) home.findings.error("unknown-attribute", [...path, "each", name], `${definition.name} has no sub-attribute "${name}".`, suggestion(name, subs.map((sub) => sub.name)));
  const wrong = Object.entries(each).filter(([, key]) => typeof key !== "string" || key === "" || key.includes("->"));
  for (const [name] of wrong) home.findings.error("type-mismatch", [...path, "each", name], "What stands here is the name of a key in the element.", { remedy: `${name}: "${name}"` });
  if (subs.length === 0) return home.findings.error("type-mismatch", at, `${definition.name} has no sub-attributes, so its values are no objects.`, { remedy: `name a list of plain values, or say what the elements hold: each: { … }`, schema: { model: target.model.name, field: target.field.name } });
  if (place === undefined || unknown.length + wrong.length > 0) return undefined;
  const exact = entry.caseExact === true;
  const subAttributes = subs.map((sub) => (exact && isText(sub) ? { ...sub, caseExact: true } : sub));
  return {
    definition: { ...definition, subAttributes },
    source: {
      kind: "elements",
      place,
      path: target.path,
      parts: subAttributes.map((sub) => ({ name: sub.name, key: keyOf(each[sub.name], sub.name), type: sub.type, letters: lettersOf(sub, isTold(sub) ? entry.lower : undefined) })),
    },
    traits,
  };
}

function keyOf(given: unknown, name: string): string {
  return typeof given === "string" ? given : name;
}

/** What tells elements apart; to lower the rest would spoil it. */
function isTold({ name }: Definition): boolean {
  return name === "value" || name === "type";
}

function isText({ type }: Definition): boolean {
  return type === "string" || type === "reference" || type === "binary";
}

function lettersOf(definition: Definition, lower: LooseEntry["lower"]): JsonLetters {
  if (lower !== undefined && lower !== false && isText(definition)) return "lowered";
  return definition.caseExact || !isText(definition) ? "exact" : "folded";
}

function placeOf(home: Home, entry: LooseEntry, { steps, field, model }: JsonTarget, at: ConfigPath): Place | undefined {
  if (steps.length > 0 && entry.readOnly !== true) return home.findings.later(at, "A document behind a relation that a client writes");
  if (field.isList) return home.findings.later(at, `A list of documents (${model.name}.${field.name})`);
  return { steps, column: jsonColumn(field) };
}
