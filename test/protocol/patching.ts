/** How the tests of PATCH ask: operations in, the plan out, and what an edit makes of a resource. */
import { resourceType } from "../../templates/generated/protocol/attributes.js";
import type { JsonObject } from "../../templates/generated/protocol/json.js";
import { leniently, type Leniency, type Leniencies } from "../../templates/generated/protocol/leniencies.js";
import { defaultLimits } from "../../templates/generated/protocol/limits.js";
import type { Mapping } from "../../templates/generated/protocol/mapping.js";
import { planPatch, readPatch } from "../../templates/generated/protocol/patch.js";
import type { Change } from "../../templates/generated/protocol/resource.js";
import { answerOf } from "./answer-of.js";
import { userMapping } from "./fixtures.js";

export const patchUrn = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

export interface Asked {
  readonly mapping?: Mapping;
  readonly lenient?: Leniencies;
  readonly used?: Leniency[];
}

export function plan(operations: readonly JsonObject[], { mapping = userMapping, lenient = leniently(), used }: Asked = {}): Change {
  const reading = { lenient, limits: defaultLimits, note: (rule: Leniency) => used?.push(rule) };
  return planPatch(readPatch({ schemas: [patchUrn], Operations: operations }, reading), resourceType(mapping.type), mapping, reading);
}

/** What a set writes; for an edit or an error a word, so that a test fails readably. */
export function set(operations: readonly JsonObject[], asked?: Asked): unknown {
  return answerOf(() => {
    const change = plan(operations, asked);
    return change.kind === "set" ? { ...change.values, ...change.links } : `edit, reads ${change.reads}`;
  });
}

/** What an edit makes of a resource. */
export function edit(operations: readonly JsonObject[], now: JsonObject, asked?: Asked): unknown {
  return answerOf(() => {
    const change = plan(operations, asked);
    if (change.kind === "set") return "set";
    const before = JSON.stringify(now);
    const { values, items } = change.apply(now);
    if (before !== JSON.stringify(now)) throw new Error("The resource was changed in place.");
    return { ...values, ...items };
  });
}
