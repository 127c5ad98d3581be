/** PATCH and PUT become a change: a set where nothing of the present state is needed, else an edit under the row's lock (RFC 7644 3.5.1, 3.5.2). */
import type { ResourceType } from "./attributes.js";
import type { JsonObject } from "./json.js";
import type { Reading } from "./leniencies.js";
import type { Mapping } from "./mapping.js";
import { unchangeable } from "./mutability.js";
import { edited, needsPresent, reads, type Edited } from "./patch-edit.js";
import { foldLinks, type LinkStep } from "./patch-links.js";
import { operationsApart } from "./others.js";
import type { Patch } from "./patch-message.js";
import { columnsAfter } from "./patch-slots.js";
import { steps, type Context, type Step } from "./patch-steps.js";
import { targets } from "./patch-target.js";
import { compose, isImmutable, isMade, keepsImmutable, partsOf, presentEntries, presentValue } from "./present.js";
import type { Change, Draft, Parts, Value, Values } from "./resource.js";
import { patchWithoutSecrets } from "./secrets.js";
import { settle } from "./settle.js";
import { leavesOf } from "./singular.js";
import { fingerprint } from "./value.js";

export { readPatch } from "./patch-message.js";

/** Throws 400 for all that can be told without the database. */
export function planPatch(patch: Patch, type: ResourceType, mapping: Mapping, reading: Reading): Change {
  const context: Context = { type, mapping, reading };
  const { operations, keep } = mapping.others === true ? operationsApart(patch.operations, type, reading.limits) : { operations: patch.operations, keep: undefined };
  const kept = keep === undefined ? {} : { others: keep };
  const all = operations.flatMap((operation) => targets(operation, type, reading)).flatMap((target) => steps(target, context));
  const input = patchWithoutSecrets(patch.input, type);
  const links = foldLinks(all.filter((step): step is LinkStep => step.kind === "link"));
  const removes = mapping.activeWhileThere === true && deactivates(all);
  const values = assigned(all, context);
  if (values !== undefined) return { kind: "set", values, links, input, removes, ...kept };
  return { kind: "edit", reads: reads(all, context), apply: (now) => edited(all, now, context), links, input, removes, ...kept };
}

/** Whether the last that is said of `active` is false. */
function deactivates(all: readonly Step[]): boolean {
  let active: Value = true;
  for (const step of all) if (step.kind === "assign" && step.leaf.key === "active") active = step.value;
  return active === false;
}

/** What the steps write when nothing needs to be known of the present state; undefined when something does. The last one wins. */
function assigned(all: readonly Step[], { mapping, reading }: Context): Values | undefined {
  const values = new Map<string, Value>();
  for (const step of all) {
    if (step.kind === "link") continue;
    if (step.kind === "assign" || step.kind === "clear") {
      if (step.kind === "clear" || needsPresent(step, mapping)) return undefined;
      values.set(step.leaf.key, step.value);
      continue;
    }
    const slots = mapping.slots[step.attribute.key];
    const columns = slots === undefined || step.attribute.definition.mutability === "immutable" ? undefined : columnsAfter(step, slots, reading);
    if (columns === undefined) return undefined;
    for (const [key, value] of columns) values.set(key, value);
  }
  let asked = false;
  const present = (): undefined => void (asked = true);
  settle(values, mapping, reading, { fill: "cleared", present });
  return asked ? undefined : Object.fromEntries(values);
}

/** A PUT. The draft is whole, so that only what cannot change, or is made of what is there, has to be looked at. */
export function planReplace(draft: Draft, type: ResourceType, mapping: Mapping): Change {
  const { input, values, items, others } = draft;
  const kept = others === undefined ? {} : { others };
  const links = Object.fromEntries(Object.entries(draft.links).map(([name, ids]) => [name, { exactly: ids }]));
  const leaves = type.attributes.filter(({ definition }) => !definition.multiValued).flatMap(leavesOf).filter(({ key }) => values[key] !== undefined);
  const removes = mapping.activeWhileThere === true && values["active"] === false;
  const fixed = leaves.filter(isImmutable);
  const fixedItems = type.attributes.filter(({ key, definition }) => definition.mutability === "immutable" && items[key] !== undefined);
  const made = leaves.filter((leaf) => isMade(leaf, mapping));
  if (fixed.length === 0 && made.length === 0 && Object.keys(items).length === 0) return { kind: "set", values, links, input, removes, ...kept };

  const parts: Parts = [...[...fixed, ...made].map(({ top }) => top), ...fixedItems].reduce((sum, attribute) => sum | partsOf(attribute, mapping), 0);
  return { kind: "edit", reads: parts, apply, links, input, removes, ...kept };

  function apply(now: JsonObject): Edited {
    const next = new Map<string, Value>();
    for (const key of Object.keys(values)) next.set(key, values[key] ?? null);
    for (const leaf of fixed) {
      if (!keepsImmutable(leaf, next.get(leaf.key) ?? null, presentValue(now, leaf))) throw unchangeable(leaf.attribute);
    }
    for (const attribute of fixedItems) {
      const before = presentEntries(now, attribute);
      const after = items[attribute.key] ?? [];
      if (before.length > 0 && before.map(fingerprint).join() !== after.map(fingerprint).join()) throw unchangeable(attribute);
    }
    compose(next, now, type, mapping);
    return { values: Object.fromEntries(next), items };
  }
}
