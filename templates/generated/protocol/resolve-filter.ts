/** From a filter as the client wrote it to one that the rows below can answer (RFC 7644 3.4.2.2). */
import { isExtension, partOf, type Attribute, type ResourceType } from "./attributes.js";
import { checkOperator, readLiteral } from "./comparison.js";
import { elementDefinitions, matches } from "./element-filter.js";
import { refuse } from "./error.js";
import type { Comparison, Filter, Literal } from "./filter.js";
import { quoted } from "./filter-token.js";
import type { Reading } from "./leniencies.js";
import type { ResolvedFilter } from "./resolved-filter.js";
import type { AttributeDefinition, ExtensionDefinition } from "./schema.js";
import { meant, unknownName } from "./unknown-name.js";

export interface ResolveOptions {
  readonly reading: Reading;
  /** An attribute that the type does not have is refused at its own endpoint, and absent in a query over several types (3.4.2.1). */
  readonly unknown: "refuse" | "absent";
}

type Leaf = Exclude<Filter, { readonly kind: "and" | "or" | "not" }>;

const always: ResolvedFilter = { kind: "always" };
const never: ResolvedFilter = { kind: "never" };

/** Throws 400 `invalidFilter`. The result holds `always` and `never` at its root alone. */
export function resolveFilter(filter: Filter, type: ResourceType, { reading, unknown }: ResolveOptions): ResolvedFilter {
  return constantly(connected(filter, leaf));

  function leaf(filter: Leaf): ResolvedFilter {
    const found = type.find(filter.path);
    if (found === undefined) {
      if (unknown === "refuse") throw refuse("invalidFilter", unknownName(filter.path, type));
      return absent(filter);
    }
    if (isExtension(found)) return whole(filter, found);
    switch (filter.kind) {
      case "element":
        return element(filter.filter, found);
      case "present":
        return presence(checked(found, type), type);
      case "compare":
        if (filter.value === null) return unassigned(filter.op, presence(checked(found, type), type), found.path);
        return comparison(valued(found, filter.op, reading), filter.op, filter.value);
    }
  }

  /** The extension named as a whole is a complex attribute (3.10). */
  function whole(filter: Leaf, extension: ExtensionDefinition): ResolvedFilter {
    const present = extensionPresence(extension, type);
    if (filter.kind === "present") return present;
    if (filter.kind === "compare" && filter.value === null) return unassigned(filter.op, present, extension.schema.id);
    throw refuse("invalidFilter", `${extension.schema.id} is a whole extension; please compare one of its attributes.`);
  }

  function comparison(attribute: Attribute, op: Comparison, literal: Exclude<Literal, null>): ResolvedFilter {
    const { definition, key, parent, path } = checked(attribute, type);
    const known = facts(attribute, type);
    if (known) return decided(known, inElement({ kind: "compare", path: "value", op, value: literal }, definition, path, reading, unknown), definition);
    if (parent?.definition.multiValued) return some(parent.key, op, ofElement(definition, op, literal, reading, path));
    return single(definition, key, op, literal, reading, path);
  }

  function element(filter: Filter, attribute: Attribute): ResolvedFilter {
    const { definition, key, path } = checked(attribute, type);
    const known = facts(attribute, type);
    if (definition.multiValued && attribute.parent === undefined) {
      const inner = inElement(filter, definition, path, reading, unknown);
      return known ? decided(known, inner, definition) : { kind: "element", key, filter: inner };
    }
    if (definition.type !== "complex") throw refuse("invalidFilter", `${path} cannot be followed by [ ]: it has no elements.`);
    // One complex value is its own only element, so its parts can be asked by their full names.
    return { kind: "and", terms: [presence(attribute, type), connected(filter, (inner) => leaf({ ...inner, path: `${path}.${inner.path}` }))] };
  }
}

/** The filter of a PATCH path on the elements of one attribute, or on its one complex value. Keys are bare sub-attribute names. */
export function resolveElementFilter(filter: Filter, attribute: Attribute, reading: Reading): ResolvedFilter {
  const { definition, path } = attribute;
  if (!definition.multiValued && definition.type !== "complex") throw refuse("invalidFilter", `${path} cannot be followed by [ ]: it has no elements.`);
  return constantly(inElement(filter, definition, path, reading, "refuse"));
}

/** Settles what is known without the database, so that `always` and `never` are the whole filter or not in it. */
export function constantly(filter: ResolvedFilter): ResolvedFilter {
  switch (filter.kind) {
    case "and":
    case "or": {
      const [idle, decisive] = filter.kind === "and" ? [always, never] : [never, always];
      const terms = filter.terms.map(constantly).filter(({ kind }) => kind !== idle.kind);
      if (terms.some(({ kind }) => kind === decisive.kind)) return decisive;
      const [first] = terms;
      if (first === undefined) return idle;
      return terms.length === 1 ? first : { kind: filter.kind, terms };
    }
    case "not": {
      const term = constantly(filter.term);
      return term.kind === "always" ? never : term.kind === "never" ? always : { kind: "not", term };
    }
    case "element": {
      const inner = constantly(filter.filter);
      if (inner.kind === "never") return never;
      return inner.kind === "always" ? { kind: "present", key: filter.key } : { kind: "element", key: filter.key, filter: inner };
    }
    default:
      return filter;
  }
}

/** The filter with each of its leaves resolved. */
function connected(filter: Filter, leaf: (filter: Leaf) => ResolvedFilter): ResolvedFilter {
  switch (filter.kind) {
    case "and":
    case "or":
      return { kind: filter.kind, terms: filter.terms.map((term) => connected(term, leaf)) };
    case "not":
      return { kind: "not", term: connected(filter.term, leaf) };
    default:
      return leaf(filter);
  }
}

/** Within brackets names are bare; of a simple attribute the element's own name is `value` (erratum 7122). */
function inElement(filter: Filter, attribute: AttributeDefinition, path: string, reading: Reading, unknown: ResolveOptions["unknown"]): ResolvedFilter {
  const definitions = elementDefinitions(attribute);
  return connected(filter, (leaf) => {
    if (leaf.kind === "element") throw refuse("invalidFilter", "[ ] cannot stand inside [ ].");
    const definition = definitions.find(({ name }) => name.toLowerCase() === leaf.path.toLowerCase());
    if (definition === undefined) {
      if (unknown === "absent") return absent(leaf);
      throw refuse("invalidFilter", `${path} has no sub-attribute ${quoted(leaf.path)}.${meant(leaf.path, definitions.map(({ name }) => name))}`);
    }
    const name = attribute.type === "complex" ? `${path}.${definition.name}` : path;
    refuseHidden(definition, name);
    const present: ResolvedFilter = { kind: "present", key: definition.name };
    if (leaf.kind === "present") return present;
    return leaf.value === null ? unassigned(leaf.op, present, name) : ofElement(definition, leaf.op, leaf.value, reading, name);
  });
}

/** `primary` that is not there is false (RFC 7643 2.4), so only `true` is ever looked for. */
function ofElement(definition: AttributeDefinition, op: Comparison, literal: Exclude<Literal, null>, reading: Reading, path: string): ResolvedFilter {
  const test = single(definition, definition.name, op, literal, reading, path);
  if (definition.name !== "primary" || test.kind !== "compare" || typeof test.value !== "boolean") return test;
  const primary: ResolvedFilter = { kind: "compare", key: test.key, op: "eq", value: true };
  return (test.op === "eq") === test.value ? primary : { kind: "not", term: primary };
}

/** One comparison, of any of the values where there are several. */
function single(definition: AttributeDefinition, key: string, op: Comparison, literal: Exclude<Literal, null>, reading: Reading, path: string): ResolvedFilter {
  checkOperator(definition, op, path);
  const value = readLiteral(definition, literal, reading, path);
  return definition.multiValued ? some(key, op, { kind: "compare", key: "value", op, value }) : { kind: "compare", key, op, value };
}

/** Any value will do; `ne` holds where one differs and where there is none, as on a single value. `not (… eq …)` says "none equals". */
function some(key: string, op: Comparison, filter: ResolvedFilter): ResolvedFilter {
  const any: ResolvedFilter = { kind: "element", key, filter };
  return op === "ne" ? { kind: "or", terms: [any, { kind: "not", term: { kind: "present", key } }] } : any;
}

/** The attribute itself or, where it is complex, the `value` that it stands for (3.4.2.2: `emails co "example.com"`). */
function valued(attribute: Attribute, op: Comparison, reading: Reading): Attribute {
  const { definition, subAttributes, path } = attribute;
  if (definition.type !== "complex") return attribute;
  const value = subAttributes.find((each) => each.definition.name === "value");
  // Entra ID looks for `manager eq "id"`.
  if (value && definition.multiValued) return value;
  if (value && reading.lenient.referenceText && (op === "eq" || op === "ne")) {
    reading.note?.("referenceText", path);
    return value;
  }
  const example = value ?? partOf(attribute);
  throw refuse("invalidFilter", `${path} is made of parts; please compare one of them${example ? `, as in ${example.path}` : ""}.`);
}

/** Null is the state of an attribute that has no value (RFC 7643 2.5), so it is asked for like `pr`. */
function unassigned(op: Comparison, present: ResolvedFilter, path: string): ResolvedFilter {
  if (op === "eq") return { kind: "not", term: present };
  if (op === "ne") return present;
  throw refuse("invalidFilter", `${path} can only be eq null or ne null; the operator "${op}" needs a value.`);
}

/** What a filter says of an attribute that is not there. */
function absent(filter: Leaf): ResolvedFilter {
  if (filter.kind !== "compare") return never;
  return filter.value === null ? unassigned(filter.op, never, filter.path) : filter.op === "ne" ? always : never;
}

/** A value that is there; of a complex one, any part of it (3.4.2.2, `pr`). */
function presence(attribute: Attribute, type: ResourceType): ResolvedFilter {
  const { definition, key, parent, subAttributes } = attribute;
  const known = facts(attribute, type);
  if (known) return { kind: "or", terms: known.map(({ holds }) => holds) };
  if (parent?.definition.multiValued) return { kind: "element", key: parent.key, filter: { kind: "present", key: definition.name } };
  if (definition.multiValued || definition.type !== "complex") return { kind: "present", key };
  // What the server adds to a value, `$ref` and the like, is there when the value is.
  const value = subAttributes.find((each) => each.definition.name === "value");
  const added = (each: Attribute): boolean =>
    value !== undefined && each !== value && (each.definition.name === "$ref" || (each.definition.mutability === "readOnly" && definition.mutability !== "readOnly"));
  return { kind: "or", terms: subAttributes.filter((each) => !isHidden(each.definition) && !isMade(each, type) && !added(each)).map((each) => presence(each, type)) };
}

function extensionPresence(extension: ExtensionDefinition, type: ResourceType): ResolvedFilter {
  const attributes = type.attributes.filter((each) => each.extension === extension && !isHidden(each.definition));
  return { kind: "or", terms: attributes.map((each) => presence(each, type)) };
}

/** A value that needs no database, and when the resource has it. */
interface Fact {
  readonly value: string;
  readonly holds: ResolvedFilter;
}

/** `schemas` lists the base URN, and that of each extension of which the resource has data (RFC 7643 3.3). */
function facts(attribute: Attribute, type: ResourceType): readonly Fact[] | undefined {
  if (attribute.extension !== undefined) return undefined;
  const { schema, extensions, name } = type.definition;
  switch (attribute.key) {
    case "schemas":
      return [{ value: schema.id, holds: always }, ...extensions.map((each) => ({ value: each.schema.id, holds: extensionPresence(each, type) }))];
    case "meta.resourceType":
      return [{ value: name, holds: always }];
    default:
      return undefined;
  }
}

function decided(known: readonly Fact[], test: ResolvedFilter, definition: AttributeDefinition): ResolvedFilter {
  const definitions = elementDefinitions(definition);
  return { kind: "or", terms: known.filter(({ value }) => matches(test, { value }, definitions)).map(({ holds }) => holds) };
}

function checked(attribute: Attribute, type: ResourceType): Attribute {
  for (const each of [attribute, attribute.parent]) if (each) refuseHidden(each.definition, each.path);
  if (isMade(attribute, type)) throw refuse("invalidFilter", `${attribute.path} cannot be used in a filter.`);
  return attribute;
}

/** A filter on what no answer shows would let its value be guessed letter by letter (RFC 7643 7, `returned`). */
function refuseHidden(definition: AttributeDefinition, path: string): void {
  if (isHidden(definition)) throw refuse("invalidFilter", `${path} is never shown, so it cannot be used in a filter.`);
}

function isHidden(definition: AttributeDefinition): boolean {
  return definition.returned === "never" || definition.mutability === "writeOnly";
}

/** Made for each answer and stored nowhere: by the server, or from others, as a whole name is from its parts. */
function isMade({ key, path, extension }: Attribute, { definition }: ResourceType): boolean {
  return extension === undefined && (key === "meta.location" || key === "meta.version" || definition.unmapped.includes(path));
}
