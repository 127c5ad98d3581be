/** Steps over the elements of a multi-valued attribute, done on what is there (RFC 7644 3.5.2). Pure. */
import type { Attribute } from "./attributes.js";
import { elementDefinitions, matches } from "./element-filter.js";
import { among, identifying, identity, partOf } from "./elements.js";
import { refuse } from "./error.js";
import type { Reading } from "./leniencies.js";
import type { Slot } from "./mapping.js";
import { unchangeable, unremovable } from "./mutability.js";
import type { ElementStep } from "./patch-elements.js";
import type { ResolvedFilter } from "./resolved-filter.js";
import type { Entry } from "./resource.js";
import { slotEntries, slotOf } from "./slots.js";
import { fingerprint, hasMeaning, isPrimary, sameValue, type Given } from "./value.js";

/** The elements after the step. Throws 400 `noTarget`, `mutability` and `invalidValue`. `slots`: where each type is kept at most once. */
export function afterStep(step: ElementStep, entries: readonly Entry[], slots: readonly Slot[] | undefined, reading: Reading): readonly Entry[] {
  const { attribute } = step;
  const raw = done(step, entries, slots, reading);
  const next = slots === undefined ? raw : slotEntries(attribute, raw, slots, reading);
  if (next.length === 0 && entries.length > 0 && attribute.definition.required) throw unremovable(attribute);
  const { values: most } = reading.limits;
  // What the host itself has put there may be more, and can be made less.
  if (next.length > most && next.length > entries.length) throw refuse("invalidValue", `${attribute.path} has more than ${String(most)} elements.`);
  return next;
}

function done(step: ElementStep, entries: readonly Entry[], slots: readonly Slot[] | undefined, { note }: Reading): readonly Entry[] {
  const { attribute } = step;
  switch (step.kind) {
    case "fill":
      return step.entries;
    case "append":
      return appended(attribute, entries, step.entries, slots);
    case "drop": {
      const listed = step.only === undefined ? () => true : among(attribute, step.only);
      return entries.filter((entry) => !(holds(attribute, step.filter, entry) && listed(entry)));
    }
    case "unset":
      // An element that is left with nothing but its type is no element any more.
      return entries.flatMap((entry) => {
        if (!holds(attribute, step.filter, entry)) return [entry];
        const rest = { ...entry, [step.sub]: null };
        return hasMeaning(rest) ? [rest] : [];
      });
    case "merge": {
      const at = entries.findIndex((entry) => holds(attribute, step.filter, entry));
      if (at < 0) {
        if (step.created === undefined) throw noTarget(attribute);
        if (step.filter !== undefined) note?.("createFromFilter", attribute.path);
        const all = [...entries, step.created];
        return isPrimary(step.created) ? primaryAt(all, all.length - 1) : all;
      }
      const merged = entries.map((entry) => (holds(attribute, step.filter, entry) ? withGiven(attribute, entry, step.given) : entry));
      return step.given.get("primary") === true ? primaryAt(merged, at) : merged;
    }
    case "swap": {
      const at = entries.findIndex((entry) => holds(attribute, step.filter, entry));
      if (at < 0) throw noTarget(attribute);
      const { entry: instead } = step;
      const swapped = entries.flatMap((entry) => (!holds(attribute, step.filter, entry) ? [entry] : instead === undefined ? [] : [instead]));
      return different(instead !== undefined && isPrimary(instead) ? primaryAt(swapped, at) : swapped);
    }
  }
}

function holds(attribute: Attribute, filter: ResolvedFilter | undefined, entry: Entry): boolean {
  return filter === undefined || matches(filter, entry, elementDefinitions(attribute.definition));
}

/** RFC 7644 3.5.2.1: what is there already is not added again. The same value and type is the same element: what is new about it is merged in. */
function appended(attribute: Attribute, entries: readonly Entry[], more: readonly Entry[], slots: readonly Slot[] | undefined): readonly Entry[] {
  let all = [...entries];
  const key = (entry: Entry): string => identity(attribute, entry, identifying(attribute, entry, "all"));
  const places = new Map(all.map((entry, index) => [key(entry), index]));
  for (const entry of more) {
    const at = places.get(key(entry));
    const there = at === undefined ? undefined : all[at];
    if (at !== undefined && there !== undefined) {
      all[at] = withGiven(attribute, there, assigned(entry));
      if (isPrimary(entry)) all = primaryAt(all, at);
      continue;
    }
    if (slots !== undefined) {
      // A column holds one value: the one that is added takes the place of the one that is there.
      const slot = slotOf(slots, entry["type"]);
      all = all.filter((other) => slot === undefined || slotOf(slots, other["type"]) !== slot);
      places.clear();
      all.forEach((other, index) => places.set(key(other), index));
    }
    places.set(key(entry), all.length);
    all.push(entry);
    if (isPrimary(entry)) all = primaryAt(all, all.length - 1);
  }
  return all;
}

function assigned(entry: Entry): Given {
  return new Map(Object.entries(entry).filter(([, value]) => value !== null));
}

function withGiven(attribute: Attribute, entry: Entry, given: Given): Entry {
  for (const [name, value] of given) {
    const part = partOf(attribute, name);
    const now = entry[name] ?? null;
    if (part.definition.mutability === "immutable" && now !== null && !sameValue(part, now, value)) throw unchangeable(part);
  }
  return { ...entry, ...Object.fromEntries(given) };
}

/** RFC 7644 3.5.2: the one that becomes primary takes it from the others. */
function primaryAt(entries: readonly Entry[], at: number): Entry[] {
  return entries.map((entry, index) => (index !== at && isPrimary(entry) ? { ...entry, primary: false } : entry));
}

function different(entries: readonly Entry[]): readonly Entry[] {
  return [...new Map(entries.map((entry) => [fingerprint(entry), entry])).values()];
}

function noTarget({ path }: Attribute): Error {
  return refuse("noTarget", `No element of ${path} matches the filter in the path.`);
}
