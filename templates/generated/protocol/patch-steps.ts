/** An operation of PATCH as steps that know types and mutability (RFC 7644 3.5.2.1 to 3.5.2.3). What needs no state to be refused is refused here. */
import type { Attribute, ResourceType } from "./attributes.js";
import { refuse } from "./error.js";
import { isObject, type Json } from "./json.js";
import type { Reading } from "./leniencies.js";
import type { Mapping } from "./mapping.js";
import { unchangeable, unremovable } from "./mutability.js";
import { removedValues, unwrapped, wrapped, type Op } from "./normalise.js";
import { elementSteps, type ElementStep } from "./patch-elements.js";
import { linkStep, namedValues, type LinkStep } from "./patch-links.js";
import type { Place, Target } from "./patch-target.js";
import type { ExtensionDefinition } from "./schema.js";
import type { Value } from "./resource.js";
import { assignments, isActive, isReference, leafOf, leavesOf, type Leaf } from "./singular.js";
import { elementsIn, readValue } from "./value.js";

export type Step =
  | { readonly kind: "assign"; readonly leaf: Leaf; readonly value: Value }
  /** Clears a reference if it points at one of these. */
  | { readonly kind: "clear"; readonly leaf: Leaf; readonly ids: ReadonlySet<string> }
  | LinkStep
  | ElementStep;

export interface Context {
  readonly type: ResourceType;
  readonly mapping: Mapping;
  readonly reading: Reading;
}

export function steps(target: Target, context: Context): readonly Step[] {
  if (target.kind === "extension") return withoutExtension(target.extension, context);
  const { op, place, value } = target;
  const { attribute } = place;
  if (attribute.key === "schemas") return schemasSteps(op, place, value, context);
  if (context.mapping.links.includes(attribute.key)) return [linkStep(op, place, value, context.reading)];
  if (attribute.definition.multiValued) return elementSteps(op, place, value, context.reading);
  return place.filter === undefined ? singularSteps(op, place, value, context.reading) : filteredSteps(op, place, context.reading);
}

function singularSteps(op: Op, { attribute, sub }: Place, value: Json | undefined, reading: Reading): readonly Step[] {
  const leaf = sub === undefined ? undefined : leafOf(attribute, sub);
  // `$ref` of a reference follows from its id.
  if (sub !== undefined && leaf === undefined) throw refuse("mutability", `${sub.path} is made by the server; please change ${attribute.path}.value.`);
  if (op === "remove") return (leaf === undefined ? leavesOf(attribute) : [leaf]).map((each) => assign(each, null, op, leaf !== undefined));
  const sent = unwrapped(sub ?? attribute, value ?? null, reading);
  // `name.givenName`, `manager.value`: the value is the sub-attribute's own.
  if (sub !== undefined && leaf !== undefined) return [assign(leaf, readValue(sub, sent, reading), op, true)];
  return assignments(attribute, sent, reading).map((each) => assign(each.leaf, each.value, op, isObject(sent)));
}

/** `part`: the sub-attribute itself is cleared, and not with the whole that holds it. */
function assign(leaf: Leaf, value: Value, op: Op, part: boolean): Step {
  const { attribute, top } = leaf;
  if (value !== null) return { kind: "assign", leaf, value };
  if (isActive(top)) {
    throw op === "remove"
      ? refuse("mutability", "active cannot be removed; please set it to true or false.")
      : refuse("invalidValue", "active must be true or false.");
  }
  // RFC 7644 3.5.2.2: a required attribute stays, and an immutable one does too once it has a value.
  const emptied = part && !isReference(top) ? [attribute] : [top, ...(part ? [attribute] : [])];
  const required = emptied.find(({ definition }) => definition.required);
  if (required !== undefined) throw unremovable(required);
  const immutable = [top, attribute].find(({ definition }) => definition.mutability === "immutable");
  if (immutable !== undefined) throw unchangeable(immutable);
  return { kind: "assign", leaf, value };
}

/** referenceText. `manager[value eq "id"]` as the path of a remove: Entra ID's. A single value has no other use for a filter. */
function filteredSteps(op: Op, { attribute, filter, sub }: Place, { lenient, note }: Reading): readonly Step[] {
  const [leaf] = isReference(attribute) ? leavesOf(attribute) : [];
  const ids = filter === undefined ? undefined : namedValues(filter);
  if (!lenient.referenceText || op !== "remove" || sub !== undefined || ids === undefined || leaf === undefined) {
    throw refuse("invalidPath", `${attribute.path} holds one value; please name it without a filter.`);
  }
  assign(leaf, null, op, true);
  note?.("referenceText", attribute.path);
  return [{ kind: "clear", leaf, ids: new Set(ids) }];
}

/** All that the extension holds; with it its URN leaves `schemas`. */
function withoutExtension(extension: ExtensionDefinition, context: Context): readonly Step[] {
  if (extension.required) throw refuse("mutability", `The extension ${extension.schema.id} is required and cannot be removed.`);
  return context.type.attributes.flatMap((attribute) => (attribute.extension !== extension || attribute.definition.mutability === "readOnly" ? [] : cleared(attribute, context)));
}

/** What an extension requires goes with it, what is immutable stays and the extension with it (RFC 7644 3.5.2.2). */
function cleared(attribute: Attribute, { mapping, reading }: Context): readonly Step[] {
  if (attribute.definition.mutability === "immutable") throw unchangeable(attribute);
  if (mapping.links.includes(attribute.key)) return [linkStep("remove", { attribute, filter: undefined, sub: undefined }, undefined, reading)];
  if (attribute.definition.multiValued) return [{ kind: "fill", attribute, entries: [] }];
  return leavesOf(attribute).map((leaf) => ({ kind: "assign", leaf, value: null }));
}

/** RFC 7644 3.5.2: `schemas` can be a target. An extension's URN comes and goes with its data, so adding one needs nothing. */
function schemasSteps(op: Op, { attribute, filter, sub }: Place, value: Json | undefined, context: Context): readonly Step[] {
  const { definition } = context.type;
  if (sub !== undefined || (filter !== undefined && op !== "remove")) throw refuse("invalidPath", "schemas is a list of URNs; please name it without a filter.");
  const urns = urnsNamed();
  const base = definition.schema.id.toLowerCase();
  const known = [base, ...definition.extensions.map(({ schema }) => schema.id.toLowerCase())];
  const foreign = urns?.find((urn) => !known.includes(urn));
  if (foreign !== undefined) throw refuse("invalidValue", `"${foreign.slice(0, 100)}" is no schema of a ${definition.name}.`);
  if (op === "add") return [];
  const gone = op === "remove" ? (urns ?? known) : known.filter((urn) => urns?.includes(urn) !== true);
  if (gone.includes(base)) throw refuse("mutability", `${definition.schema.id} cannot be removed from schemas.`);
  return definition.extensions.filter(({ schema }) => gone.includes(schema.id.toLowerCase())).flatMap((extension) => withoutExtension(extension, context));

  function urnsNamed(): readonly string[] | undefined {
    const listed = op === "remove" ? removedValues(attribute, value, context.reading) : wrapped(attribute, value ?? null, context.reading);
    const filtered = filter === undefined ? undefined : namedValues(filter);
    if (filter !== undefined && filtered === undefined) throw refuse("invalidFilter", 'Elements of schemas are named by their value, as in schemas[value eq "urn:…"].');
    const list = filtered ?? listed;
    if (list === undefined) return undefined;
    return elementsIn(attribute, list, context.reading).map((each) => {
      if (typeof each !== "string") throw refuse("invalidValue", "schemas must be an array of URNs.");
      return each.toLowerCase();
    });
  }
}
