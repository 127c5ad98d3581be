/** One function for each kind of source: does this column, relation, constant or rule fit this attribute? */
import { exampleOf } from "./values.js";
import type { LooseAttribute, LooseEntry, LooseWritten } from "../config.js";
import type { Assignment, ChoiceSource, Column, Definition, Place, Source, SwitchSource } from "../provider.js";
import type { PrismaModel } from "../read/prisma.js";
import { assignments, without } from "./assignments.js";
import { fitting, isTextField, suggestion } from "./context.js";
import type { ConfigPath } from "./context.js";
import { follow, lettersOf, manyValues } from "./place.js";
import type { Target } from "./place.js";
import type { Home, Resolved } from "./home.js";
import type { Rows } from "./scope.js";
import { jsonValue } from "./json.js";
import { lookup } from "./lookup.js";
import { rowOfList, rowOfTable } from "./one-row.js";
import type { InColumn } from "./one-row.js";
import { surelyHides } from "./condition.js";
import { checkOptions, isObject, options } from "./options.js";
import { reach, reachColumn } from "./reach.js";

/** Options of an entry that belong to kinds of a later version. */
const later: Readonly<Partial<Record<keyof LooseEntry, string>>> = {
  table: "A table without a relation",
  codec: "A codec",
  equals: "A column to compare by",
  hook: "A value that goes to a hook alone",
  link: "A look-up of another row",
  softDelete: "A soft delete of rows",
  remove: "A removal of rows that sets columns",
  where: "A condition on rows",
  tenant: "A tenant of other rows",
};

type EntryKind = "attribute" | "complex" | "reference" | "members" | "several" | "slot" | "whole";

/** `at` and options, whichever way the entry is written; undefined after a problem. `known`: of the options above those that the kind has. */
export function entryOf(home: Home, entry: LooseAttribute, kind: EntryKind, path: ConfigPath, known: readonly (keyof LooseEntry)[] = []): LooseEntry | undefined {
  if (entry === false) return home.findings.error("type-mismatch", path, "`false` is said of `groups` alone.", { remedy: `leave ${called(path)} out` });
  if (Array.isArray(entry)) return home.findings.error("type-mismatch", path, `${called(path)} lies in one place, and a list of them is named.`, { remedy: kind === "attribute" && entry.length > 1 ? `${String(path.at(-1))}: { at: [${entry.map((each) => JSON.stringify(each)).join(", ")}], codec: "…" } makes one value of several columns` : `name one: ${JSON.stringify(entry[0] ?? "…")}` });
  if (typeof entry === "string") return { at: entry };
  if (!isObject(entry)) return home.findings.error("type-mismatch", path, "An attribute is mapped to a place: a string, or an object with options.", { remedy: `${String(path.at(-1))}: "…"` });
  const one = entry as LooseEntry;
  const where = optionsOf(one, kind);
  if (isLater(home, one, path, [...known, ...(Object.keys(options[where]) as (keyof LooseEntry)[])])) return undefined;
  if (Array.isArray(one.at)) return home.findings.error("type-mismatch", [...path, "at"], `${called(path)} lies in one place, and only a codec makes one value of several columns.`, { remedy: kind === "attribute" ? `codec: "…", beside "at"` : "name one of them" });
  return checkOptions(home, one, where, called(path), path) ? one : undefined;
}

export function isLater(home: Home, entry: LooseEntry, path: ConfigPath, known: readonly (keyof LooseEntry)[] = []): boolean {
  const name = (Object.keys(later) as (keyof LooseEntry)[]).find((each) => entry[each] !== undefined && !known.includes(each));
  if (name !== undefined) home.findings.later([...path, name], later[name] ?? name);
  return name !== undefined;
}

function optionsOf(entry: LooseEntry, kind: EntryKind): Parameters<typeof checkOptions>[2] {
  switch (kind) {
    case "attribute":
      return entry.constant !== undefined ? "constant" : entry.exists !== undefined ? "exists" : entry.unless !== undefined ? "unless" : entry.link !== undefined ? "lookup" : entry.table !== undefined ? "table" : hasRowOptions(entry) ? "row" : "column";
    case "several":
      if (entry.table !== undefined) return "tableRows";
      return entry.slots !== undefined ? "slots" : entry.each !== undefined && entry.at === undefined ? "complex" : "many";
    case "whole":
      return "column";
    default:
      return kind;
  }
}

/** Options that only rows of other tables have. */
function hasRowOptions({ where, tenant, create }: LooseEntry): boolean {
  return where !== undefined || tenant !== undefined || create !== undefined;
}

/** How a sentence names what stands there: `emails`, `name.full`. */
function called(path: ConfigPath): string {
  const from = path.findIndex((each) => each === "attributes" || each === "enterprise");
  return path.slice(from + 1).join(".");
}

/** A single-valued attribute. */
export function single(home: Home, definition: Definition, entry: LooseAttribute, path: ConfigPath): Resolved | undefined {
  const one = entryOf(home, entry, "attribute", path);
  if (one === undefined) return undefined;
  const traits = traitsOf(one, definition);
  if (one.constant !== undefined) return constant(home, definition, one, path);
  if (one.exists !== undefined) return exists(home, definition, one, path);
  if (one.unless !== undefined) return only(unless(home, one.unless, [...path, "unless"]), traits);
  const inColumn: InColumn = (child, target) => columnSource(child, { ...definition, ...traits }, one, target, path, at);
  const at = typeof entry === "string" ? path : [...path, "at"];
  if (one.table !== undefined) return only(rowOfTable(home, { ...definition, ...traits }, one, inColumn, path), traits);
  if (typeof one.at !== "string") return home.findings.error("type-mismatch", path, `The attribute ${definition.name} needs a place: a string, or an object with "at".`, { remedy: typeof entry === "object" ? `at: "…"` : `${definition.name}: "…"` });
  const isLookup = one.link !== undefined && traits.mutability !== "readOnly";
  const target = isLookup ? follow(home, home.model, one.at, at) : reach(home, one.at, at, one.tenant);
  if (target === undefined) return undefined;
  if (target.kind === "json") return jsonValue(home, definition, one, target, traits, path, at);
  if (target.kind === "scalars") return manyValues(home, target, at);
  if (target.kind === "list") return only(rowOfList(home, { ...definition, ...traits }, one, target, inColumn, path, at), traits);
  if (one.link === undefined && hasRowOptions(one)) checkOptions(home, one, target.place.steps.length > 0 ? "behind" : "column", called(path), path);
  if (isLookup) return only(lookup(home, { ...definition, ...traits }, one, target, path, at), traits);
  return only(columnSource(home, { ...definition, ...traits }, one, target, path, at), traits);
}

function only(source: Source | undefined, traits: Partial<Definition>): Resolved | undefined {
  return source === undefined ? undefined : { source, traits };
}

export function traitsOf(entry: LooseEntry, definition: Definition): Partial<Definition> {
  return {
    ...(entry.readOnly === true ? { mutability: "readOnly" as const } : entry.immutable === true ? { mutability: "immutable" as const } : {}),
    ...(entry.required === undefined ? {} : { required: entry.required }),
    ...(entry.returned === undefined || definition.returned === "never" ? {} : { returned: entry.returned }),
    ...(entry.caseExact === undefined ? {} : { caseExact: entry.caseExact }),
    ...(Array.isArray(entry.canonicalValues) ? { canonicalValues: entry.canonicalValues } : {}),
    ...(entry.description === undefined ? {} : { description: entry.description }),
  };
}

function constant(home: Home, definition: Definition, entry: LooseEntry, path: ConfigPath): Resolved | undefined {
  const { constant: value } = entry;
  const wanted = definition.type === "boolean" ? "boolean" : definition.type === "integer" || definition.type === "decimal" ? "number" : "string";
  if (typeof value !== wanted || (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean")) {
    return home.findings.error("value-type-mismatch", [...path, "constant"], `${definition.name} is of type ${definition.type}, and the constant is not.`, { remedy: `constant: ${exampleOf(wanted)}` });
  }
  return { source: { kind: "constant", value }, traits: { ...traitsOf(entry, definition), mutability: "readOnly" } };
}

/** True while the row is there. */
function exists(home: Home, definition: Definition, entry: LooseEntry, path: ConfigPath): Resolved | undefined {
  if (definition.name !== "active" || entry.exists !== true) return home.findings.error("type-mismatch", [...path, "exists"], `"exists: true" is said of active alone.`, { remedy: "active: { exists: true }" });
  return { source: { kind: "exists" }, traits: traitsOf(entry, definition) };
}

function unless(home: Home, at: string, path: ConfigPath): Source | undefined {
  const target = reachColumn(home, at, path);
  if (target === undefined) return undefined;
  const { place, model } = target;
  if (place.column.type === "boolean") return { kind: "flag", place, inverted: true };
  if (place.column.type === "dateTime" && place.column.optional) return { kind: "since", place };
  return home.findings.error("type-mismatch", path, `"unless" needs a boolean or a date that may be null, and ${model.name}.${place.column.name} is neither.`, {
    ...fitting(home, model, ({ type, isRequired, isList }) => !isList && (type === "Boolean" || (type === "DateTime" && !isRequired)), "make the date optional"),
    schema: { model: model.name, field: place.column.name },
  });
}

function columnSource(home: Home, definition: Definition, entry: LooseEntry, target: Extract<Target, { kind: "column" }>, path: ConfigPath, at: ConfigPath): Source | undefined {
  const { place, model } = target;
  const { column } = place;
  if (definition.type === "boolean" && entry.values !== undefined) return switchSource(home, entry, target, path);
  if (entry.set !== undefined) return home.findings.error("type-mismatch", [...path, "set"], `"set" goes with "values" on a boolean attribute.`, { remedy: "values: { true: …, false: … }" });
  if (column.type === "enum" || entry.values !== undefined) return choiceSource(home, definition, entry, target, path);
  if (definition.type === "boolean") {
    if (column.type === "boolean") return { kind: "flag", place, inverted: false };
    return home.findings.error("type-mismatch", at, `${definition.name} is a boolean, and ${model.name}.${column.name} is of type ${target.field.type}.`, {
      remedy: column.type === "dateTime" ? `write { unless: "${String(entry.at)}" } if the date says since when it is not so` : `write { at: "${String(entry.at)}", values: { true: …, false: … } }`,
      schema: { model: model.name, field: column.name },
    });
  }
  if (column.type === "bytes" && definition.type !== "binary") {
    return home.findings.error("type-mismatch", at, `${definition.name} is ${definition.type === "string" ? "text" : `of type ${definition.type}`}, and ${model.name}.${column.name} holds bytes.`, { ...fitting(home, model, isTextField, "a column of another type"), schema: { model: model.name, field: column.name } });
  }
  if (entry.lower !== undefined && entry.lower !== false && column.type !== "text") {
    return home.findings.error("type-mismatch", [...path, "lower"], `"lower" is for text columns, and ${model.name}.${column.name} is not one that keeps its case.`, { remedy: "leave it out", schema: { model: model.name, field: column.name } });
  }
  return { kind: "column", place, letters: lettersOf(column, definition.caseExact, entry.lower ?? home.lowers.get(String(entry.at))) };
}

function scalars(value: unknown): readonly (string | number | boolean)[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((each): each is string | number | boolean => typeof each === "string" || typeof each === "number" || typeof each === "boolean");
}

/** Stored values, as the column can hold them. */
function stored(home: Home, place: Place, model: PrismaModel, values: readonly (string | number | boolean)[], path: ConfigPath): readonly (string | number)[] | undefined {
  const { column } = place;
  const fitting = values.filter((each): each is string | number => typeof each === (column.type === "int" ? "number" : "string"));
  if (!["enum", "text", "citext", "int"].includes(column.type) || fitting.length !== values.length) {
    return home.findings.error("value-type-mismatch", path, `These values are not of the type of ${model.name}.${column.name}.`, { remedy: column.type === "int" ? "write numbers: 1" : ["enum", "text", "citext"].includes(column.type) ? `write texts: "…"` : "only text, enum and Int columns hold values that stand for others", schema: { model: model.name, field: column.name } });
  }
  const unknown = column.type === "enum" ? fitting.find((each) => !column.values.includes(String(each))) : undefined;
  if (unknown === undefined) return fitting;
  return home.findings.error("enum-value-unknown", path, `${model.name}.${column.name} has no value "${String(unknown)}".`, {
    ...suggestion(String(unknown), column.values),
    schema: { model: model.name, field: column.name },
  });
}

function switchSource(home: Home, entry: LooseEntry, target: Extract<Target, { kind: "column" }>, path: ConfigPath): SwitchSource | undefined {
  const { place, model } = target;
  if (entry.else !== undefined) home.findings.error("unknown-option", [...path, "else"], `"else" means nothing where there is true and false alone.`, { remedy: "leave it out" });
  const on = stored(home, place, model, scalars(entry.values?.["true"] ?? []), [...path, "values", "true"]);
  const off = stored(home, place, model, scalars(entry.values?.["false"] ?? []), [...path, "values", "false"]);
  if (on === undefined || off === undefined) return undefined;
  if (on.length === 0 || off.length === 0) {
    return home.findings.error("type-mismatch", [...path, "values"], `"values" needs at least one stored value for true and one for false.`, { remedy: `values: { true: "…", false: "…" }` });
  }
  if (standsTwice(home, [...on.map((each) => ({ stored: each, value: "true" })), ...off.map((each) => ({ stored: each, value: "false" }))], target, path)) return undefined;
  const rest = place.column.values.filter((each) => !on.includes(each) && !off.includes(each) && !isHidden(home, target, each));
  if (rest.length > 0) {
    home.findings.warn("enum-value-unmapped", [...path, "values"], `${rest.join(", ")} of ${model.name}.${place.column.name} stands for neither, so it reads as false.`, { remedy: `false: ${JSON.stringify([...off, ...rest])}, or the same of true`, schema: { model: model.name, field: place.column.name } });
  }
  const along = (key: "true" | "false"): readonly Assignment[] => {
    const set: LooseWritten | undefined = entry.set?.[key];
    const at = [...path, "set", key];
    return set === undefined ? [] : without(home, ["rule", "from", "row"], assignments(home, model, set, at), "columns that move with another", at);
  };
  const moved = entry.set === undefined ? undefined : { true: along("true"), false: along("false") };
  return { kind: "switch", place, on, off, along: moved };
}

export function choiceSource(home: Home, definition: Definition, entry: LooseEntry, target: Extract<Target, { kind: "column" }>, path: ConfigPath): ChoiceSource | undefined {
  const { place, model } = target;
  const { column } = place;
  const listed: { stored: string | number; value: string }[] = [];
  if (entry.values === undefined) {
    for (const value of column.values) listed.push({ stored: value, value: canonical(definition, value) });
  } else {
    for (const [scim, given] of inOrder(entry.values, column)) {
      const fitting = stored(home, place, model, scalars(given), [...path, "values", scim]);
      if (fitting === undefined) return undefined;
      for (const each of fitting) listed.push({ stored: each, value: scim });
    }
    if (standsTwice(home, listed, target, path)) return undefined;
    const rest = column.values.filter((value) => !listed.some((each) => each.stored === value) && !isHidden(home, target, value));
    if (rest.length > 0) home.findings.warn("enum-value-unmapped", [...path, "values"], `${rest.join(", ")} of ${model.name}.${column.name} stands for nothing, so it reads as absent.`, { remedy: `values: { …, ${rest.map((value) => `${canonical(definition, value)}: "${value}"`).join(", ")} }`, schema: { model: model.name, field: column.name } });
  }
  const other = entry.else === undefined ? undefined : stored(home, place, model, [entry.else], [...path, "else"])?.[0];
  if (other !== undefined && isHidden(home, target, other)) return elseHides(home, model, column, other, [...path, "else"]);
  return { kind: "choice", place, choices: listed, other, complete: column.type === "enum" && column.values.every((value) => listed.some((each) => each.stored === value)), caseExact: definition.caseExact };
}

/** What is read from a stored value must be one thing. */
function standsTwice(home: Home, listed: readonly { readonly stored: string | number; readonly value: string }[], { place, model }: Extract<Target, { kind: "column" }>, path: ConfigPath): boolean {
  const twice = listed.find((each, index) => listed.some((before, earlier) => earlier < index && before.stored === each.stored));
  if (twice === undefined) return false;
  const values = [...new Set(listed.filter(({ stored: one }) => one === twice.stored).map(({ value }) => value))];
  home.findings.error("else-collides", [...path, "values", twice.value], `${String(twice.stored)} of ${model.name}.${place.column.name} stands for ${values.map((each) => `"${each}"`).join(" and for ")}${values.length === 1 ? " twice" : ""}, and what it reads as must be one.`, {
    remedy: values.length === 1 ? "list it once" : `leave it out of ${values.slice(1).map((each) => `"${each}"`).join(" and ")}`,
    schema: { model: model.name, field: place.column.name },
  });
  return true;
}

/** Whether a row that holds this is none of the resource's, so that nobody ever reads it. */
function isHidden(home: Home, { place, model }: Extract<Target, { kind: "column" }>, value: string | number): boolean {
  const own = home.others.find(({ ref }) => ref.name === home.resource)?.model;
  return own === model && place.steps.length === 0 && surelyHides(home.rows.scope.where?.condition, new Map([[place.column.name, [value]]]));
}

export function elseHides(home: Home, model: PrismaModel, column: Column, value: string | number, path: ConfigPath): undefined {
  return home.findings.error("else-collides", path, `Rows with ${String(value)} in ${model.name}.${column.name} do not exist for SCIM ("where"), so a text that is not listed would take the row away.`, {
    remedy: "name another value, or leave it out: a text that is not listed is 400 then",
    schema: { model: model.name, field: column.name },
  });
}

/** As the enum declares what stands for them, so that the order of keys in a mapping means nothing. */
function inOrder(values: NonNullable<LooseEntry["values"]>, { values: declared }: Column): readonly (readonly [string, unknown])[] {
  const rank = (given: unknown): number => declared.indexOf(String(scalars(given)[0]));
  return Object.entries(values).sort(([a, one], [b, other]) => rank(one) - rank(other) || (a < b ? -1 : 1));
}

/** `MOBILE` reads `mobile` where the RFC has a canonical value of that name, else as it stands. */
function canonical(definition: Definition, value: string): string {
  return definition.canonicalValues?.find((each) => each.toLowerCase() === value.toLowerCase()) ?? value;
}

/** Whether no two rows of a tenant are the same in these columns. */
export function hasUnique(model: PrismaModel, fields: readonly string[], tenant: readonly string[]): boolean {
  const same = (set: readonly string[]): boolean => fields.every((each) => set.includes(each)) && set.every((each) => fields.includes(each) || tenant.includes(each));
  return same(model.primaryKey) || model.uniques.some((each) => same(each.fields));
}

/** What foreign keys to the rows hold. */
export function keysOf({ key, scope }: Rows): { readonly key: Column; readonly tenant: Place | undefined } {
  return { key, tenant: scope.tenant };
}
