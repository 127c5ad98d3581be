/** Values that a pair of the host's own functions makes of columns and back: `{ at: "iban", codec: "cipher" }`. */
import type { LooseEntry } from "../config.js";
import type { CodecSource, ColumnType, Definition, Place, Resource, Attribute } from "../provider.js";
import type { ConfigPath } from "./context.js";
import type { Home, Resolved } from "./home.js";
import { checkOptions } from "./options.js";
import { reachColumn } from "./reach.js";
import { typeOf } from "./values.js";

const held: ReadonlySet<ColumnType> = new Set(["text", "citext", "uuid", "int", "bigint", "float", "boolean", "dateTime", "enum"]);

export function codecValue(home: Home, definition: Definition, entry: LooseEntry, traits: Partial<Definition>, path: ConfigPath): Resolved | undefined {
  if (!checkOptions(home, entry, "codec", definition.name, path)) return undefined;
  const { at, codec, equals } = entry;
  if (typeof codec !== "string") return undefined;
  const isReadOnly = traits.mutability === "readOnly";
  const several = Array.isArray(at);
  const texts: readonly unknown[] = several ? (at as readonly unknown[]) : [at];
  if (texts.length === 0) return home.findings.error("type-mismatch", [...path, "at"], `A codec makes ${definition.name} of one column or of several, and none is named.`, { remedy: `at: "…"` });
  const places = texts.map((text, index) => placeOf(home, text, isReadOnly, several ? [...path, "at", index] : [...path, "at"]));
  const known = places.filter((each) => each !== undefined);
  if (known.length < places.length) return undefined;
  const value = valueType(definition);
  home.findings.rule(codec, `codec between ${known.map(({ column }) => typeOf(column)).join(" and ")} and ${value}`, [...path, "codec"]);
  const beside = equals === undefined ? undefined : equalsOf(home, definition, equals, value, known[0], [...path, "equals"]);
  if (equals !== undefined && beside === undefined) return undefined;
  if (definition.uniqueness !== "none") return home.findings.error("type-mismatch", [...path, "codec"], `${definition.name} must be unique and found quickly, and a codec hides it.`, { remedy: `give ${definition.name} a column that holds it as it stands` });
  const required = traits.required ?? definition.required;
  if (required && beside === undefined && definition.returned !== "never") {
    home.findings.warn("codec-without-filter", [...path, "codec"], `${definition.name} is required, and no filter can find it, since a codec hides it.`, { remedy: `equals: { at: "…", codec: "…" }, for a column that a filter compares`, ...(known[0] === undefined ? {} : { schema: { model: known[0].steps.at(-1)?.model.name ?? home.model.name, field: known[0].column.name } }) });
  }
  return {
    source: { kind: "codec", places: known, several, name: codec, sides: { read: definition.returned !== "never", write: !isReadOnly, compare: false }, equals: beside },
    traits,
  };
}

function placeOf(home: Home, text: unknown, isReadOnly: boolean, path: ConfigPath): Place | undefined {
  if (typeof text !== "string") return home.findings.error("type-mismatch", path, "A column is named by a string.", { remedy: `at: "…"` });
  const target = reachColumn(home, text, path);
  if (target === undefined) return undefined;
  const { place, model } = target;
  if (!held.has(place.column.type)) return home.findings.later(path, `A codec of a column of type ${target.field.type} (${model.name}.${place.column.name})`);
  if (place.steps.length > 0 && !isReadOnly) return home.findings.later(path, "A codec behind a relation that a client writes");
  return place;
}

function equalsOf(home: Home, { name }: Definition, equals: NonNullable<LooseEntry["equals"]>, value: string, main: Place | undefined, path: ConfigPath): CodecSource["equals"] {
  if (!checkOptions(home, equals, "equals", `equals of ${name}`, path)) return undefined;
  const place = placeOf(home, equals.at, false, [...path, "at"]);
  if (place === undefined) return undefined;
  if (main?.column.optional === true && !place.column.optional) {
    return home.findings.error("type-mismatch", [...path, "at"], `${place.column.name} must be null where ${main.column.name} is, and cannot be.`, { remedy: "make the column optional", schema: { model: home.model.name, field: place.column.name } });
  }
  home.findings.rule(equals.codec, `codec between ${typeOf(place.column)} and ${value}`, [...path, "codec"]);
  return { place, name: equals.codec, sides: { read: false, write: true, compare: true } };
}

function valueType({ type }: Definition): string {
  return type === "boolean" ? "boolean" : type === "integer" || type === "decimal" ? "number" : type === "dateTime" ? "Date" : "string";
}

/** One function of the host's may serve several attributes, and has the sides that any of them needs. */
export function withOneMeaning<R extends Pick<Resource, "externalId" | "attributes" | "extensions">>(resources: readonly R[]): readonly R[] {
  const sides = new Map<string, CodecSource["sides"]>();
  const add = (name: string, more: CodecSource["sides"]): void => {
    const { read = false, write = false, compare = false } = sides.get(name) ?? {};
    sides.set(name, { read: read || more.read, write: write || more.write, compare: compare || more.compare });
  };
  for (const { source } of resources.flatMap(leavesOf)) {
    if (source.kind !== "codec") continue;
    add(source.name, source.sides);
    if (source.equals !== undefined) add(source.equals.name, source.equals.sides);
  }
  if (sides.size === 0) return resources;
  const told = (attribute: Attribute): Attribute => {
    const { source } = attribute;
    if (source.kind === "complex") return { ...attribute, source: { ...source, of: source.of.map(told) } };
    if (source.kind === "rows") return { ...attribute, source: { ...source, each: source.each.map(told) } };
    if (source.kind === "rowLists") return { ...attribute, source: { ...source, lists: source.lists.map((list) => ({ ...list, rows: { ...list.rows, each: list.rows.each.map(told) } })) } };
    if (source.kind !== "codec") return attribute;
    const { equals } = source;
    return { ...attribute, source: { ...source, sides: sides.get(source.name) ?? source.sides, equals: equals && { ...equals, sides: sides.get(equals.name) ?? equals.sides } } };
  };
  return resources.map((each) => ({
    ...each,
    externalId: each.externalId && told(each.externalId),
    attributes: each.attributes.map(told),
    extensions: each.extensions.map((extension) => ({ ...extension, attributes: extension.attributes.map(told) })),
  }));
}

function leavesOf({ externalId, attributes, extensions }: Pick<Resource, "externalId" | "attributes" | "extensions">): readonly Attribute[] {
  const all = [...(externalId ? [externalId] : []), ...attributes, ...extensions.flatMap((each) => each.attributes)];
  return all.flatMap((each) => {
    if (each.source.kind === "rows") return each.source.each;
    return each.source.kind === "rowLists" ? each.source.lists.flatMap(({ rows }) => rows.each) : each.source.kind === "complex" ? each.source.of : [each];
  });
}
