/** Which attributes an answer shows: `attributes`, `excludedAttributes` and `returned` (RFC 7644 3.4.2.5, 3.9; RFC 7643 7). */
import type { Attribute, ResourceType } from "./attributes.js";
import { refuse } from "./error.js";
import { isObject, type Json, type JsonObject } from "./json.js";
import type { Mapping } from "./mapping.js";
import type { Parts } from "./resource.js";
import type { ExtensionDefinition } from "./schema.js";

export interface Projection {
  /** What a read has to cross for it: what is not shown is not read. */
  readonly parts: Parts;
  /** The client named no attributes. */
  readonly whole: boolean;
  /** Whether the answer shows `meta.version`. */
  readonly version: boolean;
  /** The resource as the answer shows it: the same object where nothing in it has to be left out. */
  print(resource: JsonObject): JsonObject;
}

export interface Selection {
  readonly attributes?: readonly string[] | undefined;
  readonly excludedAttributes?: readonly string[] | undefined;
}

/**
 * Names are of any letter case, with or without URN; the URN of an extension names all of it, an unknown name nothing, an empty
 * list is none. Throws 400 `invalidValue` when both lists name something: they exclude each other (3.9).
 */
export function projection(query: Selection, type: ResourceType, mapping: Mapping): Projection {
  const { attributes = [], excludedAttributes = [] } = query;
  if (attributes.length > 0 && excludedAttributes.length > 0) {
    throw refuse("invalidValue", "attributes and excludedAttributes cannot be used together; please send one of them.");
  }
  const lists = (names: readonly string[], name: string): boolean => names.some((each) => each.toLowerCase() === name.toLowerCase());
  if (attributes.length > 0) return projected({ shows: onlyNamed(named(attributes, type)), keeps: (name) => lists(attributes, name) }, false, type, mapping);
  if (excludedAttributes.length > 0) return projected({ shows: allBut(named(excludedAttributes, type)), keeps: (name) => !lists(excludedAttributes, name) }, false, type, mapping);
  return projected({ shows: allBut(new Set()), keeps: () => true }, true, type, mapping);
}

/** What is named, as far as the type has it. */
type Names = ReadonlySet<Attribute | ExtensionDefinition>;

function named(names: readonly string[], type: ResourceType): Names {
  const found = new Set<Attribute | ExtensionDefinition>();
  for (const name of names) {
    const one = type.find(name);
    if (one !== undefined) found.add(one);
  }
  return found;
}

/** Whether the answer holds a value: a top-level attribute without parts, or one part of a complex attribute. */
type Shows = (attribute: Attribute) => boolean;

/** `attributes`: what is named, `returned: request` too, and what is always returned. A part that is always returned comes with any other. */
function onlyNamed(names: Names): Shows {
  const whole = (attribute: Attribute): boolean => {
    const { definition, extension } = attribute;
    return definition.returned === "always" || names.has(attribute) || (extension !== undefined && names.has(extension) && isUsual(attribute));
  };
  return (attribute) => {
    const { definition, parent } = attribute;
    if (parent === undefined) return whole(attribute);
    if (names.has(attribute)) return true;
    return whole(parent) ? isUsual(attribute) : definition.returned === "always" && parent.subAttributes.some((each) => names.has(each));
  };
}

/** `excludedAttributes`: what is returned by default without what is named; on what is always returned it has no effect. */
function allBut(names: Names): Shows {
  const whole = (attribute: Attribute): boolean => {
    const { definition, extension } = attribute;
    const out = names.has(attribute) || (extension !== undefined && names.has(extension));
    return isUsual(attribute) && (definition.returned === "always" || !out);
  };
  return (attribute) => {
    const { definition, parent } = attribute;
    if (parent === undefined) return whole(attribute);
    return whole(parent) && isUsual(attribute) && (definition.returned === "always" || !names.has(attribute));
  };
}

function isUsual({ definition }: Attribute): boolean {
  return definition.returned === "always" || definition.returned === "default";
}

/** What stays of a value: all of it, or these members of it. */
type Mask = "all" | ReadonlyMap<string, Mask>;

interface Shown {
  readonly shows: Shows;
  /** Whether the answer holds an attribute that no schema knows, where the mapping keeps such. */
  keeps(name: string): boolean;
}

function projected({ shows, keeps }: Shown, whole: boolean, type: ResourceType, mapping: Mapping): Projection {
  let parts: Parts = 0;
  let version = false;
  const core = new Map<string, Mask>();
  const extensions = new Map<ExtensionDefinition, Map<string, Mask>>();
  for (const attribute of type.attributes) {
    const values = attribute.subAttributes.length === 0 ? [attribute] : attribute.subAttributes;
    const shown = values.filter((each) => !isSecret(each) && !isSecret(attribute) && shows(each));
    if (shown.length === 0) continue;
    version ||= shown.some(({ key }) => key === "meta.version");
    parts |= reads(attribute, shown, mapping);
    const mask = shown.length === values.length ? "all" : new Map(shown.map(({ definition }) => [definition.name, "all"] as const));
    const { extension, definition } = attribute;
    if (extension === undefined) core.set(definition.name, mask);
    else extensions.set(extension, (extensions.get(extension) ?? new Map<string, Mask>()).set(definition.name, mask));
  }
  for (const [extension, members] of extensions) {
    const all = members.size === extension.schema.attributes.length && [...members.values()].every((mask) => mask === "all");
    core.set(extension.schema.id, all ? "all" : members);
  }

  // Most answers hold nothing that must go, and are not copied: no password is read, nor the members of a group that leaves them out.
  const names = type.attributes.map(({ extension, definition }) => extension?.schema.id ?? definition.name);
  const limited = [...new Set(names)].filter((name) => core.get(name) !== "all");
  const known = new Set(names);
  const beside = (name: string): boolean => mapping.others === true && !known.has(name) && keeps(name);
  return {
    parts,
    whole,
    version,
    print: (resource) => (limited.some((name) => resource[name] !== undefined) || (mapping.others === true && !whole) ? members(resource, core, beside) : resource),
  };
}

/** Neither a name nor a default brings these into an answer. */
function isSecret({ definition }: Attribute): boolean {
  return definition.returned === "never" || definition.mutability === "writeOnly";
}

/** The relations behind what is shown of an attribute. A part without an entry of its own is where the attribute is. */
function reads(attribute: Attribute, shown: readonly Attribute[], mapping: Mapping): Parts {
  const own = mapping.reads[attribute.key] ?? 0;
  let parts = shown.length === attribute.subAttributes.length ? own : 0;
  for (const { key } of shown) parts |= mapping.reads[key] ?? own;
  // Whether there is an element at all, its columns tell together.
  for (const slot of mapping.slots[attribute.key] ?? []) {
    for (const key of Object.values(slot.keys)) parts |= mapping.reads[key] ?? 0;
  }
  return parts;
}

function members(value: JsonObject, mask: ReadonlyMap<string, Mask>, besides: (name: string) => boolean = () => false): JsonObject {
  const kept: Record<string, Json> = {};
  for (const name in value) {
    const inner = mask.get(name) ?? (besides(name) ? "all" : undefined);
    const member = inner === undefined ? undefined : masked(value[name], inner);
    if (member !== undefined) kept[name] = member;
  }
  return kept;
}

/** Undefined: nothing is left. An empty object or list would be a value of its own to some clients (RFC 7643 2.5). */
function masked(value: Json | undefined, mask: Mask): Json | undefined {
  if (mask === "all") return value;
  if (isList(value)) {
    const kept = value.map((each) => masked(each, mask)).filter((each): each is Json => each !== undefined);
    return kept.length === 0 ? undefined : kept;
  }
  if (!isObject(value)) return undefined;
  const kept = members(value, mask);
  return Object.keys(kept).length === 0 ? undefined : kept;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
