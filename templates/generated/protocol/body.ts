/** The resource of a POST or PUT, read by its schema (RFC 7644 3.3, 3.5.1). */
import type { Attribute, ResourceType } from "./attributes.js";
import { isExtension } from "./attributes.js";
import { checkResourceSchemas } from "./declared.js";
import { refuse, type ScimError } from "./error.js";
import { isObject, type Json, type JsonObject } from "./json.js";
import type { Reading } from "./leniencies.js";
import type { Mapping } from "./mapping.js";
import { membersOf, passOver, twice } from "./names.js";
import type { Draft, Entry, Ids, Value } from "./resource.js";
import type { ExtensionDefinition } from "./schema.js";
import { apart, keepAll } from "./others.js";
import { withoutSecrets } from "./secrets.js";
import { settle } from "./settle.js";
import { assignments, isActive, leavesOf, type Leaf } from "./singular.js";
import { slotValues } from "./slots.js";
import { isUnassigned, readEntries, readIds } from "./value.js";

export interface ResourceOptions extends Reading {
  /** `replace`: what a client may write and leaves out is cleared (RFC 7644 3.5.1). */
  readonly mode: "create" | "replace";
}

/** Throws 400: what it lets through has its required attributes and fits the schema. */
export function readResource(sent: JsonObject, type: ResourceType, mapping: Mapping, options: ResourceOptions): Draft {
  if (mapping.others !== true) return readKnown(sent, type, mapping, options);
  const { known, others } = apart(sent, type);
  return { ...readKnown(known, type, mapping, options), input: withoutSecrets(sent, type), others: keepAll(others, options.limits) };
}

function readKnown(body: JsonObject, type: ResourceType, mapping: Mapping, reading: ResourceOptions): Draft {
  const replacing = reading.mode === "replace";
  checkResourceSchemas(body, type.definition, held(body, type), reading);
  const { sent, extensions } = membersBySchema(body, type, reading);
  for (const { required, schema } of type.definition.extensions) {
    if (required && !extensions.has(schema.id)) throw refuse("invalidValue", `A ${type.definition.name} must have the extension ${schema.id}.`);
  }

  const values = new Map<string, Value>();
  const items: [string, readonly Entry[]][] = [];
  const links: [string, Ids][] = [];
  for (const attribute of type.attributes) {
    const { definition, key, extension } = attribute;
    if (definition.mutability === "readOnly" || key === "schemas") continue;
    const isLeftOut = extension !== undefined && !extension.required && !extensions.has(extension.schema.id);
    const json = sent.get(attribute);
    // One that is not there is not touched: by a POST never, by a PUT when it could not be sent again or not be written.
    if (json === undefined && (!replacing || stays(attribute))) continue;
    const must = <T>(elements: readonly T[]): readonly T[] => (isLeftOut ? elements : filled(attribute, elements));
    const slots = mapping.slots[key];
    if (mapping.links.includes(key)) {
      links.push([key, must(readIds(attribute, json, reading))]);
    } else if (slots !== undefined) {
      for (const [slotKey, value] of slotValues(attribute, must(readEntries(attribute, json, reading)), slots, reading)) values.set(slotKey, value);
    } else if (definition.multiValued) {
      items.push([key, must(readEntries(attribute, json, reading))]);
    } else {
      for (const [leaf, value] of singular(attribute, json ?? null, reading, replacing)) values.set(leaf.key, value);
    }
  }

  const active = type.find("active");
  if (!replacing && active !== undefined && !isExtension(active) && isActive(active) && active.definition.mutability !== "readOnly" && !values.has(active.key)) {
    values.set(active.key, true);
  }
  if (!replacing && mapping.activeWhileThere === true && values.get("active") === false) {
    throw refuse("invalidValue", "A resource of this product is active as long as it is there: it cannot be made inactive.");
  }
  settle(values, mapping, reading, { fill: replacing ? "cleared" : "absent", present: () => undefined });
  checkRequired(type, mapping, sent, values, replacing, extensions);
  return { input: withoutSecrets(body, type), values: Object.fromEntries(values), items: Object.fromEntries(items), links: Object.fromEntries(links) };
}

/** The URNs of the extensions of which the body says something. */
function held(body: JsonObject, type: ResourceType): readonly string[] {
  return Object.keys(body).flatMap((name) => {
    const found = name.includes(":") && !isUnassigned(body[name]) ? type.find(name) : undefined;
    return found !== undefined && isExtension(found) ? [found.schema.id] : [];
  });
}

/** The members of the body by attribute, and the extensions that are there whether `schemas` lists them or not. */
function membersBySchema(body: JsonObject, type: ResourceType, reading: Reading): { readonly sent: Map<Attribute, Json>; readonly extensions: ReadonlySet<string> } {
  const sent = new Map<Attribute, Json>();
  const extensions = new Set<string>();
  for (const name of Object.keys(body)) {
    const json = body[name];
    if (json === undefined) continue;
    const found = type.find(name);
    if (found === undefined) {
      passOver(name, reading);
    } else if (isExtension(found)) {
      if (extensions.has(found.schema.id)) throw twice(found.schema.id);
      extensions.add(found.schema.id);
      for (const [attribute, value] of extensionMembers(found, json, type, reading)) sent.set(attribute, value);
    } else if (found.extension !== undefined || found.definition.name.toLowerCase() !== name.toLowerCase() || found.parent !== undefined) {
      // Paths such as `name.givenName` are PATCH's, and an extension's attributes stand under its URN.
      passOver(name, reading);
    } else if (sent.has(found)) {
      throw twice(found.path);
    } else {
      sent.set(found, json);
    }
  }
  return { sent, extensions };
}

function extensionMembers(extension: ExtensionDefinition, json: Json, type: ResourceType, reading: Reading): ReadonlyMap<Attribute, Json> {
  if (isUnassigned(json)) return new Map();
  const urn = extension.schema.id;
  if (!isObject(json)) throw refuse("invalidValue", `${urn} must be an object of attributes.`);
  const own = type.attributes.filter((attribute) => attribute.extension === extension);
  return membersOf(json, own, (name) => passOver(`${urn}:${name}`, reading));
}

/** RFC 7644 3.5.1: a secret that was never shown, and a value that cannot change, are not cleared by leaving them out. */
function stays(attribute: Attribute): boolean {
  const { mutability } = attribute.definition;
  return mutability === "writeOnly" || mutability === "immutable" || isActive(attribute);
}

function singular(attribute: Attribute, json: Json, reading: Reading, replacing: boolean): readonly (readonly [Leaf, Value])[] {
  const given = new Map(assignments(attribute, json, reading).map(({ leaf, value }) => [leaf.key, value]));
  return leavesOf(attribute).flatMap((leaf): readonly (readonly [Leaf, Value])[] => {
    const value = given.get(leaf.key) ?? null;
    if (value !== null) return [[leaf, value]];
    // Null is absent (RFC 7643 2.5), and an absent part of what is being replaced is cleared.
    const cleared = replacing ? !stays(attribute) && !stays(leaf.attribute) : given.has(leaf.key) && !isActive(attribute);
    return cleared ? [[leaf, null]] : [];
  });
}

function filled<T>(attribute: Attribute, elements: readonly T[]): readonly T[] {
  if (attribute.definition.required && elements.length === 0) throw required(attribute);
  return elements;
}

/** RFC 7644 3.3, RFC 7643 4.1.1: required attributes are there, and not empty. */
function checkRequired(type: ResourceType, mapping: Mapping, sent: ReadonlyMap<Attribute, Json>, values: ReadonlyMap<string, Value>, replacing: boolean, extensions: ReadonlySet<string>): void {
  const stoodBack = new Set(mapping.shared.flatMap((keys) => (keys.some((key) => values.has(key)) ? keys : [])));
  for (const attribute of type.attributes) {
    const { definition, key, extension } = attribute;
    // What an extension requires, a resource without that extension may be without (RFC 7643 6).
    if (extension !== undefined && !extension.required && !extensions.has(extension.schema.id)) continue;
    if (definition.mutability === "readOnly" || key === "schemas" || (replacing && stays(attribute) && !sent.has(attribute))) continue;
    if (definition.multiValued) {
      if (definition.required && !sent.has(attribute)) throw required(attribute);
      continue;
    }
    if (!definition.required && !attribute.subAttributes.some((sub) => sub.definition.required)) continue;
    const leaves = leavesOf(attribute);
    const has = (leaf: Leaf): boolean => (values.get(leaf.key) ?? null) !== null || (stoodBack.has(leaf.key) && !values.has(leaf.key));
    if (definition.required && !leaves.some(has)) throw required(attribute);
    if (definition.type !== "complex" || !leaves.some(has)) continue;
    const missing = leaves.find((leaf) => leaf.attribute.definition.required && !has(leaf) && !(replacing && stays(leaf.attribute)));
    if (missing !== undefined) throw required(missing.attribute);
  }
}

function required({ path }: Attribute): ScimError {
  return refuse("invalidValue", `${path} is required and must not be empty.`);
}
