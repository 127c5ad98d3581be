/** The attributes of one schema, as the mapping and the RFC together say. */
import type { LooseAttribute, LooseAttributes, LooseEntry } from "../config.js";
import type { Attribute, Definition, Slot, Source } from "../provider.js";
import type { PrismaField, PrismaModel } from "../read/prisma.js";
import { taggedAssignment } from "./assignments.js";
import { fitting, isTextField, suggestion } from "./context.js";
import type { ConfigPath } from "./context.js";
import { typeName } from "./names.js";
import { crossesAgain, otherEnd, placesOf } from "./place.js";
import { checkOptions, isObject } from "./options.js";
import { reach, reachColumn } from "./reach.js";
import { codecValue } from "./codec.js";
import { tableOf } from "./one-row.js";
import { ends } from "./ends.js";
import { members } from "./members.js";
import { jsonElements } from "./json.js";
import { scalars } from "./scalars.js";
import { reference } from "./reference.js";
import { rowLists } from "./row-lists.js";
import { rows, tableRows } from "./rows.js";
import { entryOf, isLater, single, traitsOf } from "./source.js";
import type { Home, Resolved } from "./home.js";
import { exampleOf, misfitOfDefault } from "./values.js";

interface Spot {
  /** In front of the key: "" or "enterprise.". */
  readonly prefix: string;
  readonly path: ConfigPath;
}

/** All attributes that the mapping names, in the RFC's order. */
export function attributesOf(home: Home, mapped: LooseAttributes, definitions: readonly Definition[], spot: Spot): readonly Attribute[] {
  // In a schema of the host's own any name is one.
  for (const name of home.isCustom ? [] : Object.keys(mapped)) {
    if (!definitions.some((each) => each.name === name)) {
      home.findings.error("unknown-attribute", [...spot.path, name], `${home.resource} has no attribute "${name}".`, suggestion(name, definitions.map((each) => each.name)));
    }
  }
  return definitions.flatMap((definition) => {
    const entry = mapped[definition.name];
    return entry === undefined ? [] : (attributeOf(home, definition, entry, { prefix: spot.prefix, path: [...spot.path, definition.name] }) ?? []);
  });
}

function attributeOf(home: Home, definition: Definition, entry: LooseAttribute, spot: Spot): Attribute | undefined {
  const key = spot.prefix + definition.name;
  if (key === "groups" && !home.isCustom) {
    if (entry !== false) home.findings.error("type-mismatch", spot.path, "The groups of a User follow from the members of Group.", { remedy: "leave it out, or write groups: false to show none" });
    return undefined;
  }
  if (definition.name === "name" && definition.type === "complex" && !home.isCustom) return nameOf(home, definition, entry, spot);
  if (key === "password" && !home.isCustom && !isCodec(entry)) return handed(home, key, definition, entry, spot);
  if (definition.subAttributes?.some((each) => each.name === "$ref") === true && definition.multiValued) return made(home, key, definition, members(home, definition, entry, spot.path));
  if (definition.multiValued) return multiOf(home, key, definition, entry, spot.path);
  if (isObject(entry) && entry["each"] !== undefined && definition.type === "complex") return complexOf(home, key, definition, entry, spot.path);
  if (definition.type === "complex") return made(home, key, definition, reference(home, "User", definition, entry, spot.path), ["value", "$ref"]);
  const resolved = isCodec(entry) ? codecValue(home, definition, entry, traitsOf(entry, definition), spot.path) : single(home, definition, entry, spot.path);
  const attribute = made(home, key, definition, resolved);
  return attribute === undefined ? undefined : { ...attribute, default: defaultOf(home, attribute, entry, spot.path), ...fallbackOf(entry) };
}

function fallbackOf(entry: LooseAttribute): Pick<Attribute, "fallback"> {
  return isObject(entry) && typeof entry["fallback"] === "string" ? { fallback: entry["fallback"] } : {};
}

function isCodec(entry: LooseAttribute): entry is LooseEntry {
  return isObject(entry) && entry["codec"] !== undefined;
}

/** A password is hashed by a codec into its column, or goes to a hook: as it stands it is kept nowhere. */
function handed(home: Home, key: string, definition: Definition, entry: LooseAttribute, { path }: Spot): Attribute | undefined {
  if (isObject(entry) && entry["hook"] === true) {
    if (!checkOptions(home, entry, "handed", key, path)) return undefined;
    return made(home, key, definition, { source: { kind: "handed" }, traits: traitsOf(entry as LooseEntry, definition) });
  }
  return home.findings.error("type-mismatch", path, "A password is never stored as it stands.", { remedy: `password: { at: "…", codec: "…" } to keep what a function of yours makes of it, or password: { hook: true }` });
}

/** The attribute with the characteristics that the mapping leaves it; of its sub-attributes, those that are there. */
function made(home: Home, key: string, definition: Definition, resolved: Resolved | undefined, subs?: readonly string[]): Attribute | undefined {
  if (resolved === undefined) return undefined;
  const { source, traits } = resolved;
  const there = subs ?? subsOf(source);
  const subAttributes = definition.subAttributes?.filter((sub) => there === undefined || there.includes(sub.name)).map((sub) => ({ ...definitionIn(source, sub), ...(traits?.mutability === "readOnly" ? { mutability: "readOnly" as const } : {}) }));
  return {
    key,
    definition: { ...definition, ...traits, ...(subAttributes === undefined ? {} : { subAttributes }) },
    source,
    typeName: definition.type === "complex" ? typeNameOf(home, definition) : undefined,
    default: undefined,
  };
}

/** A part as the rows hold it. */
function definitionIn(source: Source, sub: Definition): Definition {
  if (source.kind === "rows") return source.each.find((each) => each.definition.name === sub.name)?.definition ?? sub;
  if (source.kind !== "rowLists") return sub;
  const parts = source.lists.flatMap(({ rows }) => rows.each.filter((each) => each.definition.name === sub.name));
  // By a constant an element is told to which list it belongs.
  const isRead = parts.every((each) => each.definition.mutability === "readOnly" && each.source.kind !== "constant");
  return isRead ? (parts[0]?.definition ?? sub) : sub;
}

function typeNameOf(home: Home, definition: Definition): string {
  const name = typeName(home.typePrefix, definition.name, definition.multiValued);
  return home.isCustom ? home.typeNames.take(name) : name;
}

/** One complex value put together from columns. */
function complexOf(home: Home, key: string, definition: Definition, entry: LooseEntry, path: ConfigPath): Attribute | undefined {
  const one = entryOf(home, entry, "complex", path);
  if (one?.each === undefined) return undefined;
  const traits = traitsOf(one, definition);
  const parts = attributesOf(home, one.each, definition.subAttributes ?? [], { prefix: `${key}.`, path: [...path, "each"] });
  const written = traits.mutability === "readOnly" ? parts.map((part) => ({ ...part, definition: { ...part.definition, mutability: "readOnly" as const } })) : parts;
  if (written.length === 0) return undefined;
  const subAttributes = written.map((each) => each.definition);
  // A part that is required is so in a value that is there.
  const of = traits.required === true ? written : written.map(maybeAbsent);
  return { key, definition: { ...definition, ...traits, subAttributes }, source: { kind: "complex", of }, typeName: typeNameOf(home, definition), default: undefined };
}

/** The attribute below the seam, where a resource may be without it whatever the schema requires. */
export function maybeAbsent(attribute: Attribute): Attribute {
  const { source, definition } = attribute;
  return { ...attribute, definition: { ...definition, required: false }, source: source.kind === "complex" ? { ...source, of: source.of.map(maybeAbsent) } : source };
}

function subsOf(source: Source): readonly string[] | undefined {
  switch (source.kind) {
    case "rows":
      return source.each.map((each) => each.definition.name);
    case "rowLists":
      return source.lists.flatMap((list) => list.rows.each.map((each) => each.definition.name));
    case "slots":
      return [...source.slots.flatMap((slot) => slot.parts.map((part) => part.definition.name)), "type", "primary"];
    case "ends":
    case "scalars":
      return ["value"];
    case "members":
      return ["value", "$ref", "type", ...(source.lists.some(({ display }) => display !== undefined) ? ["display"] : [])];
    case "complex":
      return source.of.map((each) => each.definition.name);
    default:
      return undefined;
  }
}

function nameOf(home: Home, definition: Definition, entry: LooseAttribute, spot: Spot): Attribute | undefined {
  const { path } = spot;
  if (typeof entry !== "object" || Array.isArray(entry)) {
    return home.findings.error("type-mismatch", path, "The name is mapped by its parts, or as one column.", { remedy: `name: { givenName: "…", familyName: "…" } or name: { full: "…" }` });
  }
  const parts = entry as LooseEntry;
  if (parts.full !== undefined && !checkOptions(home, parts, "wholeName", "a name in one column", path)) return undefined;
  if (parts.full !== undefined) return fullNameOf(home, definition, parts, parts.full, path);
  const subs = definition.subAttributes ?? [];
  const unknown = Object.keys(parts).find((name) => !subs.some((sub) => sub.name === name));
  if (unknown !== undefined) return home.findings.error("unknown-attribute", [...path, unknown], `A name has no part "${unknown}".`, suggestion(unknown, [...subs.map((sub) => sub.name), "full"]));
  const of = attributesOf(home, parts as LooseAttributes, subs, { prefix: "name.", path });
  if (of.length === 0) return undefined;
  if (of.some((each) => each.definition.name === "givenName") !== of.some((each) => each.definition.name === "familyName")) {
    home.findings.warn("name-half-mapped", path, "Of given and family name only one is mapped, so the other is lost.", { remedy: of.some((each) => each.definition.name === "givenName") ? `familyName: "…"` : `givenName: "…"` });
  }
  const all = [...formattedOf(of, subs), ...of];
  const definitions = all.map((each) => each.definition);
  return { ...base(home, "name", { ...definition, subAttributes: definitions }), source: { kind: "complex", of: all } };
}

/** The parts in the order in which a name is read (RFC 7643 4.1.1). */
const spoken = ["honorificPrefix", "givenName", "middleName", "familyName", "honorificSuffix"];

/** The whole name, where no place holds it: what answers show of the parts, put together. */
function formattedOf(parts: readonly Attribute[], subs: readonly Definition[]): readonly Attribute[] {
  const definition = subs.find(({ name }) => name === "formatted");
  const of = spoken.flatMap((name) => parts.filter(({ definition: { name: own, returned } }) => own === name && (returned === "default" || returned === "always")));
  if (definition === undefined || of.length === 0 || parts.some((each) => each.definition.name === "formatted")) return [];
  return [{ key: "name.formatted", definition: { ...definition, mutability: "readOnly" }, source: { kind: "formatted", of: of.map(({ key }) => key) }, typeName: undefined, default: undefined }];
}

function base(home: Home, key: string, definition: Definition): Omit<Attribute, "source"> {
  return { key, definition, typeName: typeNameOf(home, definition), default: undefined };
}

function fullNameOf(home: Home, definition: Definition, parts: LooseEntry, full: LooseAttribute, path: ConfigPath): Attribute | undefined {
  const one = entryOf(home, full, "whole", [...path, "full"]);
  if (one === undefined || typeof one.at !== "string") return undefined;
  const target = reachColumn(home, one.at, [...path, "full"]);
  if (target === undefined) return undefined;
  const { column } = target.place;
  if (column.type !== "text" && column.type !== "citext") {
    return home.findings.error("type-mismatch", [...path, "full"], `A name is text, and ${target.model.name}.${column.name} is of type ${target.field.type}.`, { ...fitting(home, target.model, isTextField, `name: { givenName: "…", familyName: "…" }`), schema: { model: target.model.name, field: column.name } });
  }
  const shown = ["formatted", "familyName", "givenName"];
  const traits = traitsOf(one, definition);
  const mutability = traits.mutability ?? definition.mutability;
  const subAttributes = (definition.subAttributes ?? []).filter((sub) => shown.includes(sub.name)).map((sub) => ({ ...sub, mutability }));
  const attribute: Attribute = { ...base(home, "name", { ...definition, ...traits, subAttributes }), source: { kind: "fullName", place: target.place, order: parts.order ?? "given-first" } };
  return { ...attribute, default: defaultOf(home, attribute, one, [...path, "full"]) };
}

/** Emails, phone numbers and their kind: rows of a child table, or columns that are one element each. */
function multiOf(home: Home, key: string, definition: Definition, entry: LooseAttribute, path: ConfigPath): Attribute | undefined {
  if (Array.isArray(entry)) return made(home, key, definition, rowLists(home, key, definition, entry as readonly LooseAttribute[], (each, at) => multiOf(home, key, definition, each, at), path));
  const one = entryOf(home, entry, "several", path, ["link", "where", "tenant", "softDelete", "remove"]);
  if (one === undefined) return undefined;
  if (one.table !== undefined) {
    const table = tableOf(home, one, path);
    const each = table && eachOf(home, definition, one, { model: home.model, child: table.model, rest: one.value }, path);
    return table && each && made(home, key, definition, tableRows(home, definition, one, table, each, path));
  }
  if (one.slots === undefined && one.each !== undefined && one.at === undefined) return elementOf(home, key, definition, one, path);
  if (one.slots !== undefined) return slotsOf(home, key, definition, one, one.slots, path);
  if (typeof one.at !== "string") return home.findings.error("type-mismatch", path, `The attribute ${definition.name} needs a place: a column, or a list of rows with "each".`, { remedy: `${definition.name}: "…"` });
  const at = typeof entry === "string" ? path : [...path, "at"];
  const target = reach(home, one.at, at, one.tenant);
  if (target === undefined) return undefined;
  if (target.kind === "list") {
    const back = otherEnd(target.list, target.child, target.model);
    if (back !== undefined) return made(home, key, definition, ends(home, definition, one, target, back, path));
    const isHeld = target.steps.length > 0;
    if (isLater(home, one, path, ["where", "softDelete", "remove", ...(isHeld ? (["tenant"] as const) : [])])) return undefined;
    checkOptions(home, one, isHeld ? "heldRows" : "rows", definition.name, path);
    const each = eachOf(home, definition, one, target, path);
    return each === undefined ? undefined : made(home, key, definition, rows(home, definition, one, target, each, path));
  }
  if (target.kind === "json") {
    const list = jsonElements(home, definition, one, target, traitsOf(one, definition), path, at);
    return list === undefined ? undefined : made(home, key, list.definition, list);
  }
  if (target.kind === "scalars") {
    const list = scalars(home, definition, one, target, path, at);
    return list === undefined ? undefined : made(home, key, list.definition, list);
  }
  if (isLater(home, one, path)) return undefined;
  if (definition.subAttributes?.some((sub) => sub.name === "value") !== true) return home.findings.later(at, `The attribute ${definition.name} in one column`);
  if (!checkOptions(home, one, "element", definition.name, path)) return undefined;
  const { at: place, lower } = one;
  const slot = slotOf(home, key, definition, { type: "work", primary: true, each: { value: lower === undefined ? (place ?? "") : { at: place ?? "", lower } }, readOnly: one.readOnly === true }, path);
  return slot === undefined ? undefined : made(home, key, definition, { source: { kind: "slots", slots: [slot] }, traits: traitsOf(one, definition) });
}

/** Rows that hold elements. */
interface Held {
  readonly model: PrismaModel;
  readonly list?: PrismaField;
  readonly child: PrismaModel;
  readonly rest: string | undefined;
}

/** What the columns of a row are called: `each`, or the one column that the place names. */
function eachOf(home: Home, definition: Definition, entry: LooseEntry, target: Held, path: ConfigPath): readonly Attribute[] | undefined {
  const mapped = entry.each ?? (target.rest === undefined ? undefined : { value: target.rest });
  if (mapped === undefined) {
    return home.findings.error("not-a-column", path, `"${String(entry.at ?? entry.table)}" is a list of ${target.child.name}, and which column is the value is not said.`, {
      remedy: `each: { value: "…", type: "…", primary: "…" }`,
      schema: target.list === undefined ? { model: target.child.name } : { model: target.model.name, field: target.list.name },
    });
  }
  const deeper = Object.entries(entry.each ?? {}).filter(([name, sub]) => {
    const place = isObject(sub) ? (sub as LooseEntry).at : sub;
    return typeof place === "string" && crossesAgain(home, target.child, place, place, [...path, "each", name]);
  });
  if (deeper.length > 0) return undefined;
  const child: Home = { ...home, model: target.child, start: undefined };
  const parts = definition.type === "complex" ? (definition.subAttributes ?? []) : [{ ...definition, name: "value", multiValued: false }];
  const each = attributesOf(child, mapped, parts, { prefix: "", path: entry.each === undefined ? path : [...path, "each"] });
  const deep = each.find((sub) => "place" in sub.source && sub.source.place.steps.length > 0 && sub.definition.mutability !== "readOnly" && entry.readOnly !== true);
  if (deep !== undefined) {
    return home.findings.error("relation-policy-missing", [...path, ...(entry.each === undefined ? [] : ["each", deep.definition.name])], `${deep.definition.name} lies behind a relation of ${target.child.name}, and what a write does to that row is not said.`, {
      remedy: "mark it readOnly: true; this version writes the row's own columns",
      schema: { model: target.child.name },
    });
  }
  const other = each.find(({ source, definition: { returned, type } }) => (source.kind === "json" && type === "dateTime") || (source.kind === "codec" && returned === "never"));
  if (other !== undefined) return home.findings.later([...path, "each", other.definition.name], other.source.kind === "codec" ? "A secret in rows" : "A date in a row's document");
  return each.length === 0 ? undefined : each;
}

function slotsOf(home: Home, key: string, definition: Definition, entry: LooseEntry, slots: LooseAttributes, outer: ConfigPath): Attribute | undefined {
  const { primary } = entry;
  const path = [...outer, "slots"];
  const names = Object.keys(slots).sort();
  if (primary !== undefined && !names.includes(primary)) return home.findings.error("primary-not-a-slot", [...outer, "primary"], `"${primary}" is none of the slots.`, suggestion(primary, names));
  const first = primary ?? names[0];
  const resolved = names.map((type) => slotOf(home, key, definition, { type, primary: type === first, each: slotEach(slots[type] ?? false), readOnly: entry.readOnly === true }, [...path, type]));
  const known = resolved.filter((slot) => slot !== undefined);
  const columns = known.flatMap((slot) => slot.parts.flatMap(placesOf)).map(({ place }) => [...place.steps.map((step) => step.relation), place.column.name].join("."));
  const twice = columns.find((each, index) => columns.indexOf(each) < index);
  if (twice !== undefined) {
    return home.findings.error("slots-collide", path, `Two slots lie in one column, "${twice}".`, { remedy: "give each a column of its own, or leave one out", schema: { model: home.model.name, field: twice.split(".")[0] ?? twice } });
  }
  return known.length < names.length ? undefined : made(home, key, definition, { source: { kind: "slots", slots: known }, traits: traitsOf(entry, definition) });
}

/** One element put together from columns: its type is a constant of the mapping, or `work`. */
function elementOf(home: Home, key: string, definition: Definition, entry: LooseEntry, path: ConfigPath): Attribute | undefined {
  const { type, primary, ...each } = entry.each ?? {};
  const constant = isObject(type) && typeof type["constant"] === "string" ? type["constant"] : undefined;
  if (type !== undefined && constant === undefined) return home.findings.error("type-mismatch", [...path, "each", "type"], "The type of an element that stands in columns of its own is a constant.", { remedy: `type: { constant: "work" }` });
  if (primary !== undefined && !(isObject(primary) && primary["constant"] === true)) return home.findings.error("type-mismatch", [...path, "each", "primary"], "The one element is the primary one.", { remedy: "leave it out" });
  const slot = slotOf(home, key, definition, { type: constant ?? "work", primary: true, each, readOnly: entry.readOnly === true }, [...path, "each"]);
  return slot === undefined ? undefined : made(home, key, definition, { source: { kind: "slots", slots: [slot] }, traits: traitsOf(entry, definition) });
}

/** What a slot holds, by sub-attribute: a place alone is its value. */
export function slotEach(slot: LooseAttribute): LooseAttributes {
  if (!isObject(slot) || "at" in slot || "constant" in slot) return { value: slot };
  return slot as LooseAttributes;
}

interface Asked {
  readonly type: string;
  readonly primary: boolean;
  /** Sub-attributes to the places of their values. */
  readonly each: LooseAttributes;
  readonly readOnly: boolean;
}

function slotOf(home: Home, key: string, definition: Definition, { type, primary, each, readOnly }: Asked, path: ConfigPath): Slot | undefined {
  const subs = (definition.subAttributes ?? []).filter(({ name }) => name !== "type" && name !== "primary" && name !== "$ref");
  const unknown = Object.keys(each).find((name) => !subs.some((sub) => sub.name === name));
  if (unknown !== undefined) {
    const fixed = unknown === "type" || unknown === "primary";
    return home.findings.error("unknown-attribute", [...path, unknown], fixed ? `The ${unknown} of a slot is fixed: the name of the slot, and "primary" beside the slots.` : `${definition.name} has no sub-attribute "${unknown}".`, fixed ? { remedy: unknown === "type" ? "leave it out, and call the slot so" : `leave it out; primary: "${type}", beside "slots", makes this slot the primary one` } : suggestion(unknown, subs.map((sub) => sub.name)));
  }
  const named = subs.filter((sub) => each[sub.name] !== undefined);
  const isOnly = named.length === 1 && named[0]?.name === "value";
  const parts = named.map((sub): Attribute | undefined => {
    const at = isOnly ? path : [...path, sub.name];
    const resolved = single(home, { ...sub, required: false, mutability: readOnly ? "readOnly" : sub.mutability }, each[sub.name] ?? false, at);
    const attribute = made(home, `${key}[${type}].${sub.name}`, sub, resolved);
    return attribute === undefined ? undefined : { ...attribute, definition: { ...attribute.definition, required: false, ...(readOnly ? { mutability: "readOnly" as const } : {}) } };
  });
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length) return undefined;
  if (!known.some((part) => part.definition.name !== "display")) return home.findings.error("type-mismatch", path, "A slot has a value, or parts that make one.", { remedy: `write "…", the column of its value` });
  const wrong = known.find(({ source }) => !["column", "choice", "flag"].includes(source.kind));
  if (wrong !== undefined) return home.findings.later([...path, wrong.definition.name], `A slot of the kind "${wrong.source.kind}"`);
  return { type, primary, parts: known };
}

/** What a cleared boolean becomes where its column cannot be empty: what the schema says of a new row. */
function schemaDefault(home: Home, { key, source, definition }: Attribute): boolean | undefined {
  if (key === "active" || definition.required || source.kind !== "flag" || source.inverted || source.place.steps.length > 0 || source.place.column.optional) return undefined;
  const given = home.model.fields.find((each) => each.name === source.place.column.name)?.default;
  return given?.kind === "literal" && typeof given.value === "boolean" ? given.value : undefined;
}

function defaultOf(home: Home, attribute: Attribute, entry: LooseAttribute, path: ConfigPath): Attribute["default"] {
  const given = (typeof entry === "object" && !Array.isArray(entry) ? (entry as LooseEntry).default : undefined) ?? schemaDefault(home, attribute);
  if (given === undefined || given === null) return undefined;
  if (typeof given === "object") {
    if (given.$ === "from") return { from: given.attribute };
    const { source, definition } = attribute;
    const isPlain = source.kind === "column" && source.place.steps.length === 0 && source.letters !== "lowered" && source.letters !== "trusted";
    if (!isPlain || definition.required) return home.findings.later([...path, "default"], "A default that is made for an attribute that must be sent, or that is not the value of a column of the row itself");
    const made = taggedAssignment(home, home.model, source.place.column, given, [...path, "default"]);
    return made === undefined ? undefined : { made };
  }
  const due = misfitOfDefault(attribute, given);
  if (due === undefined) return { value: given };
  return home.findings.error("value-type-mismatch", [...path, "default"], `The default of ${attribute.definition.name} must be ${due}.`, { remedy: `default: ${exampleOf(due)}` });
}

