/** Operations of PATCH on a multi-valued attribute, as steps over its elements (RFC 7644 3.5.2.1 to 3.5.2.3). */
import type { Attribute } from "./attributes.js";
import { refuse } from "./error.js";
import type { Json } from "./json.js";
import type { Reading } from "./leniencies.js";
import { unchangeable, unremovable } from "./mutability.js";
import { removedValues, unwrapped, unwrappedElement, wrapped, type Op } from "./normalise.js";
import type { Place } from "./patch-target.js";
import { resolveElementFilter } from "./resolve-filter.js";
import type { ResolvedFilter } from "./resolved-filter.js";
import type { Entry, Value } from "./resource.js";
import { complete, elementsIn, isUnassigned, readEntries, readEntry, readGiven, readValue, requireParts, type Given } from "./value.js";

interface OfElements {
  readonly attribute: Attribute;
  /** Undefined: all elements. */
  readonly filter: ResolvedFilter | undefined;
}

export type ElementStep =
  | { readonly kind: "fill"; readonly attribute: Attribute; readonly entries: readonly Entry[] }
  | { readonly kind: "append"; readonly attribute: Attribute; readonly entries: readonly Entry[] }
  /** `only`: of the matches, those that are listed. */
  | (OfElements & { readonly kind: "drop"; readonly only: readonly Entry[] | undefined })
  /** `created`: the element to add when nothing matches; undefined is 400 `noTarget`. */
  | (OfElements & { readonly kind: "merge"; readonly given: Given; readonly created: Entry | undefined })
  /** Undefined: an element that says nothing takes the place of the matches, so they go. */
  | (OfElements & { readonly kind: "swap"; readonly entry: Entry | undefined })
  | (OfElements & { readonly kind: "unset"; readonly sub: string });

export function elementSteps(op: Op, { attribute, filter: text, sub }: Place, value: Json | undefined, reading: Reading): readonly ElementStep[] {
  const filter = text === undefined ? undefined : resolveElementFilter(text, attribute, reading);
  if (sub !== undefined) return [subStep(op, attribute, filter, sub, value ?? null, reading)];
  if (op === "remove") return [removal(attribute, filter, value, reading)];
  const sent = value ?? null;
  if (filter === undefined) {
    const entries = readEntries(attribute, wrapped(attribute, sent, reading), reading);
    if (op === "add") return [{ kind: "append", attribute, entries }];
    return [fill(attribute, entries)];
  }
  const element = unwrappedElement(attribute, sent, reading);
  if (op === "add") {
    if (isUnassigned(element)) return [];
    const given = readGiven(attribute, element, reading);
    return [{ kind: "merge", attribute, filter, given, created: created(attribute, filter, given, reading) }];
  }
  // RFC 7644 3.5.2.3: the value takes the place of the element, `type` included.
  return [{ kind: "swap", attribute, filter, entry: isUnassigned(element) ? undefined : readEntry(attribute, element, reading) }];
}

function fill(attribute: Attribute, entries: readonly Entry[]): ElementStep {
  if (entries.length === 0 && attribute.definition.required) throw unremovable(attribute);
  return { kind: "fill", attribute, entries };
}

function removal(attribute: Attribute, filter: ResolvedFilter | undefined, value: Json | undefined, reading: Reading): ElementStep {
  refuseImmutable(attribute);
  const values = removedValues(attribute, value, reading);
  if (values === undefined) return filter === undefined ? fill(attribute, []) : { kind: "drop", attribute, filter, only: undefined };
  const only = elementsIn(attribute, values, reading).map((each) => complete(attribute, readGiven(attribute, each, reading)));
  if (only.some((entry) => Object.values(entry).every((each) => each === null))) {
    throw refuse("invalidValue", `Each value that is removed from ${attribute.path} must say which element it is.`);
  }
  return { kind: "drop", attribute, filter, only };
}

function subStep(op: Op, attribute: Attribute, filter: ResolvedFilter | undefined, sub: Attribute, value: Json, reading: Reading): ElementStep {
  // `emails.value` without a filter is in no RFC; some clients mean every element by it.
  if (filter === undefined) {
    if (!reading.lenient.subWithoutFilter) {
      throw refuse("invalidPath", `${sub.path} needs a filter that says which element, as in ${attribute.path}[type eq "work"].${sub.definition.name}.`);
    }
    reading.note?.("subWithoutFilter", sub.path);
  }
  const read = op === "remove" ? null : readValue(sub, unwrapped(sub, value, reading), reading);
  const { name, required } = sub.definition;
  if (read === null) {
    if (required) throw unremovable(sub);
    refuseImmutable(attribute);
    refuseImmutable(sub);
    return { kind: "unset", attribute, filter, sub: name };
  }
  const given: Given = new Map([[name, read]]);
  const otherwise = filter === undefined ? complete(attribute, given) : created(attribute, filter, given, reading);
  return { kind: "merge", attribute, filter, given, created: otherwise };
}

function refuseImmutable(attribute: Attribute): void {
  if (attribute.definition.mutability === "immutable") throw unchangeable(attribute);
}

/** createFromFilter: Entra ID writes to `emails[type eq "work"].value` whether there is such an element or not. */
function created(attribute: Attribute, filter: ResolvedFilter, given: Given, { lenient }: Reading): Entry | undefined {
  const literals = lenient.createFromFilter ? typeAndPrimary(filter) : undefined;
  if (literals === undefined) return undefined;
  const entry = complete(attribute, new Map([...literals, ...given]));
  requireParts(attribute, entry);
  return entry;
}

/** What a filter on `type` and `primary` alone says that the element is; undefined for any other filter. */
function typeAndPrimary(filter: ResolvedFilter): ReadonlyMap<string, Value> | undefined {
  switch (filter.kind) {
    case "compare":
      return filter.op === "eq" && (filter.key === "type" || filter.key === "primary") ? new Map([[filter.key, filter.value]]) : undefined;
    case "not":
      // `primary eq false` has become `not (primary eq true)`: a primary that is absent is false (RFC 7643 2.4).
      return filter.term.kind === "compare" && filter.term.key === "primary" && filter.term.value === true ? new Map([["primary", false]]) : undefined;
    case "and": {
      const literals = new Map<string, Value>();
      for (const term of filter.terms) {
        const more = typeAndPrimary(term);
        if (more === undefined || [...more.keys()].some((key) => literals.has(key))) return undefined;
        for (const [key, value] of more) literals.set(key, value);
      }
      return literals;
    }
    default:
      return undefined;
  }
}
