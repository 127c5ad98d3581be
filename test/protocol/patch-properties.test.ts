import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resourceType } from "../../templates/generated/protocol/attributes.js";
import { readResource } from "../../templates/generated/protocol/body.js";
import { ScimError } from "../../templates/generated/protocol/error.js";
import { isObject, type Json, type JsonObject } from "../../templates/generated/protocol/json.js";
import { leniently } from "../../templates/generated/protocol/leniencies.js";
import { defaultLimits } from "../../templates/generated/protocol/limits.js";
import type { Mapping } from "../../templates/generated/protocol/mapping.js";
import { parseJson } from "../../templates/generated/protocol/parse-json.js";
import { edited } from "../../templates/generated/protocol/patch-edit.js";
import { foldLinks, type LinkStep } from "../../templates/generated/protocol/patch-links.js";
import { planPatch, planReplace, readPatch } from "../../templates/generated/protocol/patch.js";
import { steps } from "../../templates/generated/protocol/patch-steps.js";
import { targets } from "../../templates/generated/protocol/patch-target.js";
import type { Entry, Value } from "../../templates/generated/protocol/resource.js";
import { jsonOf, leavesOf, valueOf } from "../../templates/generated/protocol/singular.js";
import { customUrn, enterpriseUrn, groupMapping, userMapping, userUrn } from "./fixtures.js";
import { patchUrn } from "./patching.js";

/** Slots with a second column, so that the paths that have to look are taken too. */
const twoColumns: Mapping = {
  ...userMapping,
  slots: {
    phoneNumbers: [
      { type: "work", primary: true, keys: { value: "phoneNumbers[work].value", display: "phoneNumbers[work].display" } },
      { type: "mobile", primary: false, keys: { value: "phoneNumbers[mobile].value" } },
    ],
  },
};
const reading = { lenient: leniently(), limits: defaultLimits };
const type = resourceType(userMapping.type);

const word = fc.constantFrom("a", "b", "A", "c d", "é");
const blank = fc.constantFrom(null, "", "x");
const phoneType = fc.constantFrom("work", "mobile", "WORK", "fax");
const phone = fc.record({ value: word, type: phoneType, primary: fc.boolean(), display: blank }, { requiredKeys: [] });
const filter = fc.oneof(
  phoneType.map((each) => `type eq "${each}"`),
  fc.boolean().map((each) => `primary eq ${each}`),
  fc.tuple(phoneType, fc.boolean()).map(([each, primary]) => `type eq "${each}" and primary eq ${primary}`),
  word.map((each) => `value eq "${each}"`),
  fc.constantFrom("type pr", "not (type eq \"work\")"),
);

const resource: fc.Arbitrary<JsonObject> = fc
  .record({
    title: word,
    given: word,
    department: word,
    manager: word,
    work: fc.option(fc.record({ value: word, display: word }, { requiredKeys: ["value"] })),
    mobile: fc.option(fc.record({ value: word })),
    emails: fc.array(fc.record({ value: word, type: phoneType, primary: fc.boolean() }, { requiredKeys: ["value"] }), { maxLength: 3 }),
  })
  .map(({ title, given, department, manager, work, mobile, emails }) => ({
    schemas: [userUrn],
    id: "1",
    userName: "ann",
    title,
    name: { givenName: given },
    emails,
    phoneNumbers: [...(work ? [{ ...work, type: "work", primary: true }] : []), ...(mobile ? [{ ...mobile, type: "mobile", primary: false }] : [])],
    [enterpriseUrn]: { department, manager: { value: manager, $ref: `https://x/Users/${manager}` } },
  }));

const write = fc.constantFrom("add", "replace");
const single: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record({ op: write, path: fc.constantFrom("title", "nickName", "name.givenName", `${enterpriseUrn}:department`), value: fc.oneof(word, blank) }),
  fc.record({ op: fc.constant("remove"), path: fc.constantFrom("title", "name", "name.givenName", enterpriseUrn, `${enterpriseUrn}:manager`) }),
  fc.record({ op: write, path: fc.constant(`${enterpriseUrn}:manager`), value: fc.oneof(word, word.map((value) => ({ value }))) }),
  fc.record({ op: write, path: fc.constant("name"), value: fc.record({ givenName: blank, familyName: word }, { requiredKeys: [] }) }),
  fc.record({ op: write, value: fc.record({ title: blank, "name.familyName": word, active: fc.boolean(), [enterpriseUrn]: fc.record({ department: blank }) }, { requiredKeys: [] }) }),
);
const phones: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record({ op: write, path: fc.constant("phoneNumbers"), value: fc.array(phone, { maxLength: 3 }) }),
  fc.record({ op: write, path: filter.map((each) => `phoneNumbers[${each}]`), value: phone }),
  fc.record({ op: write, path: fc.tuple(filter, fc.constantFrom("value", "display", "type")).map(([each, sub]) => `phoneNumbers[${each}].${sub}`), value: fc.oneof(word, phoneType, blank) }),
  fc.record({ op: write, path: filter.map((each) => `phoneNumbers[${each}].primary`), value: fc.boolean() }),
  fc.record({ op: fc.constant("remove"), path: filter.map((each) => `phoneNumbers[${each}]`) }),
  fc.record({ op: fc.constant("remove"), path: fc.tuple(filter, fc.constantFrom("value", "display", "type")).map(([each, sub]) => `phoneNumbers[${each}].${sub}`) }),
  fc.record({ op: fc.constant("remove"), path: fc.constant("phoneNumbers"), value: fc.array(phone, { maxLength: 2 }) }),
  fc.constant({ op: "remove", path: "phoneNumbers" }),
);

/** The values of a printed resource by key, as the columns hold them. */
function held(now: JsonObject, mapping: Mapping): Map<string, Value> {
  const values = new Map<string, Value>();
  for (const attribute of type.attributes) {
    for (const slot of mapping.slots[attribute.key] ?? []) {
      const list = jsonOf(now, attribute);
      const element = Array.isArray(list) ? (list as Json[]).find((each) => isObject(each) && each["type"] === slot.type) : undefined;
      for (const [sub, key] of Object.entries(slot.keys)) values.set(key, isObject(element) ? ((element[sub] as Value | undefined) ?? null) : null);
    }
    if (attribute.definition.multiValued || attribute.key === "meta") continue;
    for (const leaf of leavesOf(attribute)) values.set(leaf.key, valueOf(now, leaf, reading));
  }
  return values;
}

function after(now: JsonObject, mapping: Mapping, written: Readonly<Record<string, Value | undefined>>): object {
  const values = held(now, mapping);
  for (const [key, value] of Object.entries(written)) values.set(key, value ?? null);
  return Object.fromEntries(values);
}

describe("the short cut of a set (seam-notes 2)", () => {
  it.each([
    ["one column a slot", userMapping],
    ["two columns a slot", twoColumns],
  ])("writes what all steps in order would: %s", (_, mapping) => {
    let sets = 0;
    fc.assert(
      fc.property(resource, fc.array(fc.oneof(single, phones), { minLength: 1, maxLength: 4 }), (now, operations) => {
        const context = { type, mapping, reading };
        try {
          const patch = readPatch({ schemas: [patchUrn], Operations: operations }, reading);
          const change = planPatch(patch, type, mapping, reading);
          if (change.kind !== "set") return;
          sets++;
          const all = patch.operations.flatMap((each) => targets(each, type, reading)).flatMap((each) => steps(each, context));
          expect(after(now, mapping, change.values)).toEqual(after(now, mapping, edited(all, now, context).values));
        } catch (error) {
          if (!(error instanceof ScimError)) throw error;
        }
      }),
      { numRuns: 5_000 },
    );
    expect(sets).toBeGreaterThan(1_000);
  });
});

describe("RFC 7644 3.5.2.1 what is done once is done", () => {
  const emailFilter = filter.map((each) => `emails[${each}]`);
  const repeatable: fc.Arbitrary<JsonObject> = fc.oneof(
    fc.record({ op: write, path: fc.constant("emails"), value: fc.array(phone, { maxLength: 3 }) }),
    fc.record({ op: fc.constant("remove"), path: emailFilter }),
    fc.record({ op: fc.constant("add"), path: phoneType.map((each) => `emails[type eq "${each}"].value`), value: word }),
    fc.record({ op: fc.constant("remove"), path: fc.constant("emails"), value: fc.array(fc.record({ value: word }), { maxLength: 2 }) }),
  );
  it("a repeated operation changes nothing more", () => {
    fc.assert(
      fc.property(resource, repeatable, (now, operation) => {
        const run = (resource: JsonObject): readonly Entry[] | undefined => {
          const change = planPatch(readPatch({ Operations: [operation] }, reading), type, userMapping, reading);
          return change.kind === "edit" ? change.apply(resource).items["emails"] : undefined;
        };
        const once = run(now);
        if (once === undefined) return;
        // Two new primaries in one value take the place from each other; the first stays, also the second time.
        expect(run({ ...now, emails: once as unknown as Json })).toEqual(once);
      }),
      { numRuns: 3_000 },
    );
  });
  it("at most one element is primary after a write that sets one", () => {
    fc.assert(
      fc.property(resource, fc.record({ op: write, path: emailFilter.map((each) => `${each}.primary`), value: fc.constant(true) }), (now, operation) => {
        const change = planPatch(readPatch({ Operations: [operation] }, reading), type, userMapping, reading);
        try {
          const items = change.kind === "edit" ? (change.apply(now).items["emails"] ?? []) : [];
          expect(items.filter((each) => each["primary"] === true).length).toBeLessThanOrEqual(1);
        } catch (error) {
          if (!(error instanceof ScimError)) throw error;
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("folding of link operations (seam-notes 2)", () => {
  const ids: fc.Arbitrary<string[]> = fc.array(fc.constantFrom("1", "2", "3", "4", "5"), { maxLength: 3 });
  const step: fc.Arbitrary<LinkStep> = fc.record({ kind: fc.constant("link" as const), name: fc.constant("members"), how: fc.constantFrom("add" as const, "remove" as const, "exactly" as const), ids });
  it("comes to what one after the other comes to", () => {
    fc.assert(
      fc.property(ids, fc.array(step, { maxLength: 6 }), (start, all) => {
        const sequential = new Set(start);
        for (const { how, ids } of all) {
          if (how === "exactly") sequential.clear();
          for (const id of ids) if (how === "remove") sequential.delete(id);
          else sequential.add(id);
        }
        const link = foldLinks(all)["members"] ?? { add: [], remove: [] };
        const folded = new Set("exactly" in link ? link.exactly : [...start.filter((id) => !link.remove.includes(id)), ...link.add]);
        expect([...folded].sort()).toEqual([...sequential].sort());
        if ("add" in link) expect(link.add.filter((id) => link.remove.includes(id))).toEqual([]);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe("RFC 7644 3.12 whatever is sent, the answer is a SCIM error", () => {
  const names = fc.constantFrom(
    ...["schemas", "id", "userName", "USERNAME", "name", "givenName", "emails", "value", "type", "primary", "active", "phoneNumbers", "members", "groups", "meta", "password", "displayName"],
    ...["Operations", "op", "path", "toString", "hasOwnProperty", "constructor", "__proto__", "name.givenName", 'emails[type eq "work"].value', enterpriseUrn, customUrn, "manager", "level", "since", "tags", "urn:x[", "$ref", ""],
  );
  const leaf = fc.oneof(fc.constantFrom(null, "", "true", "x", "add", "remove", "Replace", "emails", 'members[value eq "1"]', "schemas", userUrn, enterpriseUrn, 0, 1.5, -1e300, true, false), fc.string());
  const { json } = fc.letrec<{ json: unknown; list: unknown; object: unknown }>((tie) => ({
    json: fc.oneof({ maxDepth: 4 }, leaf, tie("list"), tie("object")),
    list: fc.array(tie("json"), { maxLength: 3 }),
    object: fc.dictionary(names, tie("json"), { maxKeys: 5 }),
  }));
  const object = fc.dictionary(names, json, { maxKeys: 6 }) as fc.Arbitrary<JsonObject>;
  const operation = fc.record({ op: fc.constantFrom("add", "Replace", "remove"), path: fc.oneof(names, fc.constantFrom(undefined, "emails.value", "emails[value eq 1]")), value: json }) as unknown as fc.Arbitrary<JsonObject>;

  const quietly = (run: () => unknown): void => {
    try {
      run();
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
    }
  };
  const pairs = [userMapping, groupMapping].flatMap((mapping) => [leniently(), leniently({}, false)].map((lenient) => ({ mapping, type: resourceType(mapping.type), lenient })));
  const now: JsonObject = { id: "1", userName: "ann", displayName: "G", emails: [{ value: "a", type: "work" }], [customUrn]: { tags: ["a"] } };

  it("POST and PUT", () => {
    fc.assert(
      fc.property(object, (body) => {
        for (const { mapping, type, lenient } of pairs) {
          for (const mode of ["create", "replace"] as const) {
            quietly(() => {
              const safe = parseJson(JSON.stringify({ ...body, userName: "ann", displayName: "G" }), defaultLimits);
              if (!isObject(safe)) return;
              const change = planReplace(readResource(safe, type, mapping, { lenient, limits: defaultLimits, mode }), type, mapping);
              if (change.kind === "edit") change.apply(now);
            });
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("PATCH", () => {
    fc.assert(
      fc.property(fc.oneof(object, fc.array(operation, { minLength: 1, maxLength: 3 }).map((Operations): JsonObject => ({ Operations }))), (body) => {
        for (const { mapping, type, lenient } of pairs) {
          quietly(() => {
            const safe = parseJson(JSON.stringify({ schemas: [patchUrn], ...body }), defaultLimits);
            if (!isObject(safe)) return;
            const asked = { lenient, limits: defaultLimits };
            const change = planPatch(readPatch(safe, asked), type, mapping, asked);
            if (change.kind === "edit") change.apply(now);
          });
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it("text that is no JSON", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => quietly(() => parseJson(text, defaultLimits))), { numRuns: 1_000 });
  });
});
