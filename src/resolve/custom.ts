/** Schemas of the host's own: what an attribute is follows from the column it lies in (RFC 7643 2.3, 7). */
import type { LooseAttribute, LooseAttributes, LooseEntry, LooseExtension, LooseResource } from "../config.js";
import type { Attribute, Column, ColumnType, Definition, Extension } from "../provider.js";
import { enterpriseUserSchema, groupSchema, userSchema } from "../scim/core-schemas.js";
import { attributesOf, maybeAbsent, slotEach } from "./attributes.js";
import { Findings } from "./context.js";
import type { ConfigPath } from "./context.js";
import { aliasOf, isAttributeName, sentence, upperFirst } from "./names.js";
import { checkOptions, isObject } from "./options.js";
import { columnOf, follow } from "./place.js";
import type { Target } from "./place.js";
import { isUnique } from "./scope.js";
import type { Home } from "./home.js";

type Type = Definition["type"];

/** What a column is in a schema and, behind it, what else it may be called there. */
const types: Readonly<Record<ColumnType, readonly [Type, ...Type[]]>> = {
  text: ["string", "reference", "binary"],
  citext: ["string", "reference"],
  uuid: ["string"],
  enum: ["string"],
  int: ["integer", "string"],
  // A number of JSON passes through a double, which has no room for 64 bits: digits in text keep them all.
  bigint: ["string"],
  decimal: ["decimal", "string"],
  float: ["decimal", "string"],
  boolean: ["boolean", "string"],
  dateTime: ["dateTime", "string"],
  bytes: ["binary"],
  // A part of a document is what the mapping says it is.
  json: ["string"],
};

const plain = { multiValued: false, required: false, caseExact: false, mutability: "readWrite", returned: "default", uniqueness: "none" } as const;

/** The short names that stand for the URNs of a resource's extensions, by URN. */
export function aliasesOf(resource: LooseResource, attributes: readonly string[], name: string): ReadonlyMap<string, string> {
  const taken = new Set(["enterprise", "core", ...attributes]);
  const aliases = new Map<string, string>();
  for (const urn of Object.keys(resource.extensions ?? {}).sort()) {
    const alias = aliasOf(resource.extensions?.[urn]?.name ?? "", taken, name);
    taken.add(alias);
    aliases.set(urn, alias);
  }
  return aliases;
}

export function extensionsOf(home: Home, resource: LooseResource, path: ConfigPath): readonly Extension[] {
  return [...home.aliases].flatMap(([urn, alias]) => {
    const extension = resource.extensions?.[urn];
    return extension === undefined ? [] : (extensionOf(home, urn, alias, extension, [...path, "extensions", urn]) ?? []);
  });
}

function extensionOf(home: Home, urn: string, alias: string, extension: LooseExtension, path: ConfigPath): Extension | undefined {
  if (!isObject(extension)) return home.findings.error("type-mismatch", path, "An extension is an object with a name and attributes.", { remedy: `{ name: "…", attributes: { … } }` });
  if (!checkOptions(home, extension, "extension", `the extension ${urn}`, path)) return undefined;
  if (typeof extension.name !== "string" || !isObject(extension.attributes)) {
    return home.findings.error("config-invalid", path, "An extension has a name and maps attributes.", { remedy: `{ name: "…", attributes: { … } }` });
  }
  const typePrefix = home.typeNames.take(home.resource + upperFirst(alias));
  const required = extension.required === true;
  const attributes = customAttributes({ ...home, typePrefix, isCustom: true }, extension.attributes, `${alias}.`, [...path, "attributes"]);
  // What a resource must have of an extension that it may be without, it may be without (RFC 7643 6).
  const held = required ? attributes : attributes.map((each) => ({ ...maybeAbsent(each), ...(each.definition.required ? { requiredByExtension: true } : {}) }));
  return { alias, typeName: typePrefix, urn, name: extension.name, description: extension.description ?? extension.name, required, attributes: held };
}

/** Attributes by the names that the mapping gives them, in the order of the alphabet: that of keys means nothing. */
export function customAttributes(home: Home, mapped: LooseAttributes, prefix: string, path: ConfigPath): readonly Attribute[] {
  const names = Object.keys(mapped).sort();
  const definitions = definitionsOf(home, mapped, names, path, "attribute");
  const entries = Object.fromEntries(definitions.map(({ name, type }) => [name, withoutType(mapped[name], type)]));
  return attributesOf(home, entries, definitions, { prefix, path });
}

function definitionsOf(home: Home, mapped: LooseAttributes, names: readonly string[], path: ConfigPath, what: "attribute" | "part"): readonly Definition[] {
  return names.flatMap((name) => {
    const at = [...path, name];
    const twin = names.find((other) => other < name && other.toLowerCase() === name.toLowerCase());
    if (!isAttributeName(name)) {
      home.findings.error("name-not-valid", at, `"${name}" cannot be the name of an attribute: a letter, then letters, digits, "-" and "_", and no word that every object of JavaScript has.`, { remedy: `another name for it, such as ${suggested(name)}` });
      return [];
    }
    if (twin !== undefined) {
      home.findings.error("name-taken", at, `"${twin}" and "${name}" are one name: SCIM compares names without letter case.`, { remedy: "leave one of them out, or give it another name" });
      return [];
    }
    return definitionOf(home, name, mapped[name] ?? false, at, what) ?? [];
  });
}

/** The name without what a name cannot hold. */
function suggested(name: string): string {
  const short = name.replace(/[^A-Za-z0-9_-]+(.?)/g, (_, next: string) => next.toUpperCase()).replace(/^[^A-Za-z]+/, "");
  return `"${short === "" || !isAttributeName(short) ? `${short}Value`.replace(/^V/, "v") : short}"`;
}

/** The options that say what an attribute is have been heard: what is left says how it is stored. */
function withoutType(entry: LooseAttribute | undefined, type: Type): LooseAttribute {
  if (!isObject(entry)) return entry ?? false;
  const { type: named, ref, ...rest } = entry as LooseEntry;
  const stored: LooseEntry = { ...rest, ...(type === "complex" && named === undefined && ref !== undefined ? { ref } : {}) };
  return stored.each === undefined ? stored : { ...stored, each: Object.fromEntries(Object.entries(stored.each).map(([name, each]) => [name, withoutType(each, "string")])) };
}

function definitionOf(home: Home, name: string, entry: LooseAttribute, path: ConfigPath, what: "attribute" | "part"): Definition | undefined {
  if (Array.isArray(entry)) return pointing({ ...plain, name, description: sentence(name), type: "complex", multiValued: true }, entry.map((each: LooseAttribute) => (isObject(each) && typeof each["ref"] === "string" ? each["ref"] : "User")), "many");
  const one: LooseEntry = typeof entry === "string" ? { at: entry } : isObject(entry) ? entry : {};
  const base = { ...plain, name, description: sentence(name) };
  if (what === "part" && (one.slots !== undefined || one.each !== undefined || (one.ref !== undefined && one.type !== "reference"))) {
    return home.findings.error("type-mismatch", path, `"${name}" is a part of an attribute, and a part has one simple value (RFC 7643 2.3.8).`, { remedy: `make it an attribute of its own, or name a column: ${name}: "…"` });
  }
  if (one.slots !== undefined) return { ...base, type: "complex", multiValued: true, subAttributes: slotParts(home, one, path) };
  if (one.each !== undefined && one.at === undefined) return { ...base, type: "complex", subAttributes: partsOf(home, one.each, [...path, "each"]) };
  if (one.constant !== undefined) return { ...base, type: typeOfConstant(one.constant) };
  if (one.unless !== undefined) return { ...base, type: "boolean" };
  const place = typeof one.at === "string" ? quietly(home, one.at) : undefined;
  if (place?.kind === "scalars") {
    const column = columnOf({ ...home, findings: new Findings() }, place.model, place.field, path);
    const many = { ...base, multiValued: true };
    return column === undefined ? { ...many, type: "string" } : simple(home, many, one, { ...place, kind: "column", place: { steps: place.steps, column } }, path);
  }
  if (place?.kind === "list") return listed(home, base, one, place, path);
  if (place?.kind === "json") return one.each === undefined ? { ...base, type: one.type ?? "string", caseExact: one.type === "reference" || one.type === "binary" } : { ...base, type: "complex", multiValued: true, subAttributes: jsonParts(one.each) };
  if (one.ref !== undefined && one.type !== "reference") return pointing({ ...base, type: "complex" }, [one.ref], "one");
  return place === undefined ? { ...base, type: one.type ?? "string" } : simple(home, base, one, place, path);
}

/** Where the place leads; what is wrong with it is told when the attribute itself is resolved. */
function quietly(home: Home, at: string): Target | undefined {
  return follow({ ...home, findings: new Findings() }, home.model, at, []);
}

type Named = Omit<Definition, "type">;

/** A reference to a resource, as `manager` and `members` are. */
function pointing(base: Definition, refs: readonly string[], how: "one" | "many"): Definition {
  const known = how === "one" ? enterpriseUserSchema.attributes.find((each) => each.name === "manager") : groupSchema.attributes.find((each) => each.name === "members");
  const parts = known?.subAttributes?.filter((each) => each.name !== "displayName" && each.name !== "display") ?? [];
  const ref = refs.join(" or ");
  const description: Readonly<Record<string, string>> = { value: `The id of the ${ref}.`, $ref: `The URI of the ${ref}.`, type: "What it refers to." };
  return {
    ...base,
    subAttributes: parts.map(({ canonicalValues, ...each }) => ({
      ...each,
      description: description[each.name] ?? each.description,
      ...(canonicalValues === undefined ? {} : { canonicalValues: refs }),
      ...(each.referenceTypes === undefined ? {} : { referenceTypes: refs }),
    })),
  };
}

/** Rows of a list: complex elements, ids of another resource, or one value of each. */
function listed(home: Home, base: Named, one: LooseEntry, { child, rest }: Extract<Target, { kind: "list" }>, path: ConfigPath): Definition | undefined {
  const many = { ...base, multiValued: true };
  if (one.ref !== undefined && one.each === undefined) return pointing({ ...many, type: "complex" }, [one.ref], "many");
  const row: Home = { ...home, model: child };
  if (one.each !== undefined) return { ...many, type: "complex", subAttributes: partsOf(row, one.each, [...path, "each"]) };
  const place = rest === undefined ? undefined : quietly(row, rest);
  return place?.kind === "column" ? simple(row, many, one, place, path) : { ...many, type: "complex", subAttributes: [] };
}

/** `type` and `primary` are what RFC 7643 2.4 says, and every other part is as its column. */
function partsOf(home: Home, each: LooseAttributes, path: ConfigPath): readonly Definition[] {
  const known = userSchema.attributes.find(({ name }) => name === "phoneNumbers")?.subAttributes ?? [];
  return definitionsOf(home, each, Object.keys(each).sort(), path, "part").map((part) => {
    if (part.name === "primary" && part.type !== "boolean") home.findings.error("type-mismatch", [...path, "primary"], `"primary" is true or false (RFC 7643 2.4).`, { remedy: "name a Boolean column, or give the part another name" });
    const description = known.find(({ name }) => name === part.name)?.description ?? part.description;
    return { ...part, description };
  });
}

/** What elements of a document are made of: text, and the one boolean that every list may have. */
function jsonParts(each: LooseAttributes): readonly Definition[] {
  return Object.keys(each).sort().filter(isAttributeName).map((name) => ({ ...plain, name, type: name === "primary" ? "boolean" : "string", description: sentence(name) }));
}

function slotParts(home: Home, { slots = {} }: LooseEntry, path: ConfigPath): readonly Definition[] {
  const known = userSchema.attributes.find(({ name }) => name === "phoneNumbers")?.subAttributes ?? [];
  const fixed = known.flatMap((each) => (each.name === "type" ? [{ ...each, canonicalValues: Object.keys(slots).sort() }] : each.name === "primary" ? [each] : []));
  const parts = new Map<string, Definition>();
  for (const type of Object.keys(slots).sort()) {
    for (const part of partsOf(home, slotEach(slots[type] ?? ""), [...path, "slots", type])) {
      if (part.name !== "type" && part.name !== "primary" && !parts.has(part.name)) parts.set(part.name, part);
    }
  }
  return [...[...parts.values()].sort((a, b) => rank(a) - rank(b)), ...fixed];

  function rank({ name }: Definition): number {
    return name === "value" ? 0 : 1;
  }
}

function typeOfConstant(value: unknown): Type {
  return typeof value === "boolean" ? "boolean" : typeof value === "number" ? (Number.isInteger(value) ? "integer" : "decimal") : "string";
}

function simple(home: Home, base: Named, one: LooseEntry, { place, field, model }: Extract<Target, { kind: "column" }>, path: ConfigPath): Definition | undefined {
  const { column } = place;
  // A row is found by text, whatever its column holds.
  if (one.link !== undefined) return { ...base, type: "string", caseExact: column.type !== "text" && column.type !== "citext" };
  const listed = Object.keys(one.values ?? {});
  const isSwitch = listed.length > 0 && listed.every((each) => each === "true" || each === "false") && one.type !== "string";
  const possible: readonly Type[] = isSwitch ? ["boolean"] : listed.length > 0 ? ["string"] : types[column.type];
  const type = one.type ?? possible[0] ?? "string";
  if (!possible.includes(type)) {
    return home.findings.error("type-mismatch", [...path, "type"], `${model.name}.${column.name} is of type ${field.type}, and cannot be ${type} for a client.`, {
      remedy: `leave "type" out, or write ${possible.map((each) => `"${each}"`).join(" or ")}`,
      schema: { model: model.name, field: column.name },
    });
  }
  const canonicalValues = listed.length > 0 ? listed.sort() : column.values;
  const caseExact = type === "reference" || type === "binary" || column.type === "uuid" || column.type === "bigint";
  return {
    ...base,
    type,
    caseExact,
    ...(type === "string" && canonicalValues.length > 0 ? { canonicalValues } : {}),
    ...(type === "reference" ? { referenceTypes: [one.ref ?? "external"] } : {}),
    uniqueness: place.steps.length === 0 && !base.multiValued && isGuarded(home, column, one, type, caseExact) ? "server" : "none",
  };
}

/** Whether an index keeps the value unique as SCIM compares it: one that minds letter case does not where SCIM does not. */
function isGuarded(home: Home, column: Column, { caseExact, lower }: LooseEntry, type: Type, exact: boolean): boolean {
  const folds = type === "string" && column.type === "text" && !(caseExact ?? exact) && lower === undefined;
  const tenant = home.rows.scope.tenant;
  const inTenant = tenant?.steps.length === 0 ? [[tenant.column.name, column.name]] : [];
  return !folds && [[column.name], ...inTenant].some((fields) => isUnique(home.model, fields));
}
