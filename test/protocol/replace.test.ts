import { describe, expect, it } from "vitest";
import { resourceType } from "../../templates/generated/protocol/attributes.js";
import { readResource } from "../../templates/generated/protocol/body.js";
import type { JsonObject } from "../../templates/generated/protocol/json.js";
import { leniently } from "../../templates/generated/protocol/leniencies.js";
import { defaultLimits } from "../../templates/generated/protocol/limits.js";
import type { Mapping } from "../../templates/generated/protocol/mapping.js";
import { planReplace } from "../../templates/generated/protocol/patch.js";
import type { Change } from "../../templates/generated/protocol/resource.js";
import { answerOf } from "./answer-of.js";
import { attribute, groupMapping, userMapping } from "./fixtures.js";

function replace(body: JsonObject, mapping: Mapping): Change {
  const type = resourceType(mapping.type);
  return planReplace(readResource(body, type, mapping, { lenient: leniently(), limits: defaultLimits, mode: "replace" }), type, mapping);
}

function applied(body: JsonObject, mapping: Mapping, now: JsonObject): unknown {
  return answerOf(() => {
    const change = replace(body, mapping);
    return change.kind === "set" ? "set" : change.apply(now).values;
  });
}

const code: Mapping = {
  ...groupMapping,
  type: { ...groupMapping.type, schema: { ...groupMapping.type.schema, attributes: [...groupMapping.type.schema.attributes, attribute("code", "string", { mutability: "immutable" })] } },
};
const full: Mapping = { ...userMapping, collections: [], edits: ["name"] };
const now = { userName: "ann", name: { formatted: "Ann Lee", givenName: "Ann", familyName: "Lee" } };

describe("RFC 7644 3.5.1 PUT as a change", () => {
  it("is a set when nothing of the present state matters; a list is exactly what is sent", () =>
    expect(replace({ displayName: "G", members: [{ value: "1" }] }, groupMapping)).toEqual({
      kind: "set",
      removes: false,
      values: { displayName: "G", externalId: null },
      links: { members: { exactly: ["1"] } },
      input: { displayName: "G", members: [{ value: "1" }] },
    }));
  it("is an edit with collections, which are compared below the seam", () => expect(replace({ userName: "ann" }, userMapping)).toMatchObject({ kind: "edit", reads: 0 }));

  it.each<[string, string | undefined, string | undefined, unknown]>([
    ["left out: stays", undefined, "x", "set"],
    ["the same", "x", "x", { displayName: "G", externalId: null, code: "x" }],
    ["unset so far", "x", undefined, { displayName: "G", externalId: null, code: "x" }],
    ["another", "y", "x", { status: 400, scimType: "mutability" }],
  ])("an immutable value, %s", (_, sent, present, expected) => {
    const got = applied({ displayName: "G", code: sent }, code, { displayName: "G", code: present });
    if (typeof expected === "string") expect(got).toBe(expected);
    else expect(got).toMatchObject(expected as object);
  });

  it("a full name that reads the same is not written", () => {
    expect(applied({ userName: "ann", name: { givenName: "Ann", familyName: "Lee" } }, full, now)).not.toHaveProperty(["name.givenName"]);
    expect(applied({ userName: "ann", name: { givenName: "Bea", familyName: "Lee" } }, full, now)).toMatchObject({ "name.givenName": "Bea", "name.familyName": "Lee" });
    expect(applied({ userName: "ann", name: { givenName: "Bea", familyName: "Lee" } }, full, now)).not.toHaveProperty(["name.formatted"]);
    expect(applied({ userName: "ann" }, full, now)).toMatchObject({ "name.formatted": null, "name.givenName": null, "name.familyName": null });
  });
});
