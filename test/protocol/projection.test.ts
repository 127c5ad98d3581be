import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resourceType } from "../../templates/generated/protocol/attributes.js";
import { ScimError } from "../../templates/generated/protocol/error.js";
import type { JsonObject } from "../../templates/generated/protocol/json.js";
import type { Mapping } from "../../templates/generated/protocol/mapping.js";
import { projection, type Projection, type Selection } from "../../templates/generated/protocol/projection.js";
import { attribute, customUrn, enterpriseUrn, groupMapping, userDefinition, userMapping, userUrn } from "./fixtures.js";

const user = resourceType(userMapping.type);
const group = resourceType(groupMapping.type);
const all = 1 | 2 | 4 | 8;

const ann: JsonObject = {
  schemas: [userUrn, enterpriseUrn, customUrn],
  id: "1",
  externalId: "e1",
  userName: "ann",
  name: { formatted: "Ann Lee", familyName: "Lee", givenName: "Ann" },
  nickName: undefined,
  active: true,
  emails: [
    { value: "a@x", type: "work", primary: true },
    { value: "b@x", type: "home" },
  ],
  groups: [{ value: "g1", $ref: "https://x/Groups/g1", display: "Sales", type: "direct" }],
  [enterpriseUrn]: { department: "R&D", manager: { value: "7", $ref: "https://x/Users/7" } },
  [customUrn]: { level: 5, tags: ["a", "b"] },
  meta: { resourceType: "User", created: "2026-01-01T00:00:00.000Z", lastModified: "2026-01-01T00:00:00.000Z", location: "https://x/Users/1" },
};
const least = { schemas: ann["schemas"], id: "1" };

function without(...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(ann).filter(([name]) => !names.includes(name)));
}

const only = (...attributes: string[]): Projection => projection({ attributes }, user, userMapping);
const but = (...excludedAttributes: string[]): Projection => projection({ excludedAttributes }, user, userMapping);

describe("RFC 7644 3.9: attributes", () => {
  it.each<[readonly string[], JsonObject, number]>([
    [["userName"], { userName: "ann" }, 0],
    [["USERNAME", "Active"], { userName: "ann", active: true }, 0],
    [[`${userUrn}:userName`], { userName: "ann" }, 0],
    [["id"], {}, 0],
    [["name"], { name: { formatted: "Ann Lee", familyName: "Lee", givenName: "Ann" } }, 1],
    [["name.givenName"], { name: { givenName: "Ann" } }, 1],
    [["name.givenName", "name.familyName"], { name: { familyName: "Lee", givenName: "Ann" } }, 1],
    [["name.givenName", "name"], { name: { formatted: "Ann Lee", familyName: "Lee", givenName: "Ann" } }, 1],
    [["emails.value"], { emails: [{ value: "a@x" }, { value: "b@x" }] }, 2],
    [["emails.primary"], { emails: [{ primary: true }] }, 2],
    [["emails.display"], {}, 2],
    [["groups"], { groups: ann["groups"] }, 4],
    [["department"], { [enterpriseUrn]: { department: "R&D" } }, 0],
    [[`${enterpriseUrn}:manager.value`], { [enterpriseUrn]: { manager: { value: "7" } } }, 0],
    [[enterpriseUrn], { [enterpriseUrn]: ann[enterpriseUrn] }, 0],
    [[customUrn.toUpperCase()], { [customUrn]: ann[customUrn] }, 8],
    [["level"], { [customUrn]: { level: 5 } }, 0],
    [["tags"], { [customUrn]: { tags: ["a", "b"] } }, 8],
    [["meta.location"], { meta: { location: "https://x/Users/1" } }, 0],
    [["meta"], { meta: ann["meta"] }, 0],
    [["title"], {}, 0],
    [["password"], {}, 0],
    [["nothing", "emails.nothing", "urn:other", "", "constructor", "__proto__"], {}, 0],
    [["userName", "nothing"], { userName: "ann" }, 0],
  ])("%j", (attributes, shown, parts) => {
    const { print, parts: read, whole } = only(...attributes);
    expect(print({ ...ann, password: "secret" })).toEqual({ ...least, ...shown });
    expect(read).toBe(parts);
    expect(whole).toBe(false);
  });
});

describe("RFC 7644 3.9: excludedAttributes", () => {
  const { name, emails, meta } = ann as unknown as { name: JsonObject; emails: JsonObject[]; meta: JsonObject };
  it.each<[readonly string[], JsonObject, number]>([
    [["groups"], without("groups"), all & ~4],
    [["GROUPS", `${userUrn}:emails`], without("groups", "emails"), 1 | 8],
    [["id", "schemas"], ann, all],
    [["name.formatted"], { ...ann, name: { familyName: name["familyName"], givenName: name["givenName"] } }, all],
    [["name.formatted", "name.familyName", "name.givenName"], without("name"), all & ~1],
    [["emails.type", "emails.primary"], { ...ann, emails: emails.map(({ value }) => ({ value })) }, all],
    [["meta.location"], { ...ann, meta: { ...meta, location: undefined } }, all],
    [[enterpriseUrn], without(enterpriseUrn), all],
    [[`${enterpriseUrn}:manager`], { ...ann, [enterpriseUrn]: { department: "R&D" } }, all],
    [["level", "tags"], without(customUrn), all & ~8],
    [["nothing"], ann, all],
  ])("%j", (excluded, shown, parts) => {
    const { print, parts: read, whole } = but(...excluded);
    expect(print({ ...ann, password: "secret" })).toEqual(shown);
    expect(read).toBe(parts);
    expect(whole).toBe(false);
  });

  it("spec 11.6: the members of a group are not read, and its answer is not copied", () => {
    const { parts, print } = projection({ excludedAttributes: ["members"] }, group, groupMapping);
    const sales = { schemas: [], id: "1", displayName: "Sales", members: undefined };
    expect(parts).toBe(0);
    expect(print(sales)).toBe(sales);
    expect(print({ ...sales, members: [{ value: "1" }] })).toEqual({ schemas: [], id: "1", displayName: "Sales" });
  });
});

describe("nothing named", () => {
  it.each<Selection>([{}, { attributes: undefined, excludedAttributes: undefined }, { attributes: [], excludedAttributes: [] }])("%j", (query) => {
    const { parts, whole, print } = projection(query, user, userMapping);
    expect(parts).toBe(all);
    expect(whole).toBe(true);
    expect(print(ann)).toBe(ann);
    expect(print({ ...ann, password: "secret" })).toEqual(ann);
  });

  it("spec 11.1: both lists are refused", () => {
    const both = (): unknown => projection({ attributes: ["userName"], excludedAttributes: ["title"] }, user, userMapping);
    expect(both).toThrow(ScimError);
    expect(both).toThrow(expect.objectContaining({ status: 400, scimType: "invalidValue" }));
    expect(() => projection({ attributes: [], excludedAttributes: ["title"] }, user, userMapping)).not.toThrow();
  });
});

describe("RFC 7643 7: returned", () => {
  const mapping: Mapping = {
    ...userMapping,
    type: {
      ...userDefinition,
      extensions: [],
      schema: {
        ...userDefinition.schema,
        attributes: [
          attribute("userName", "string", { returned: "always" }),
          attribute("photo", "binary", { returned: "request" }),
          attribute("secret", "complex", { returned: "never", subAttributes: [attribute("value", "string")] }),
          attribute("keys", "complex", {
            multiValued: true,
            subAttributes: [
              attribute("value", "string", { returned: "always" }),
              attribute("label", "string"),
              attribute("print", "string", { returned: "request" }),
              attribute("pin", "string", { returned: "never" }),
            ],
          }),
        ],
      },
    },
    reads: { photo: 1, "keys.print": 2, keys: 4 },
    slots: {},
  };
  const type = resourceType(mapping.type);
  const stored: JsonObject = { schemas: [], id: "1", userName: "ann", photo: "YQ==", secret: { value: "s" }, keys: [{ value: "k", label: "l", print: "p", pin: "1" }] };

  it.each<[Selection, JsonObject, number]>([
    [{}, { userName: "ann", keys: [{ value: "k", label: "l" }] }, 4],
    [{ attributes: ["photo"] }, { userName: "ann", photo: "YQ==" }, 1],
    [{ attributes: ["keys"] }, { userName: "ann", keys: [{ value: "k", label: "l" }] }, 4],
    [{ attributes: ["keys.print"] }, { userName: "ann", keys: [{ value: "k", print: "p" }] }, 2 | 4],
    [{ attributes: ["keys.pin", "secret", "secret.value"] }, { userName: "ann", keys: [{ value: "k" }] }, 4],
    [{ attributes: ["id"] }, { userName: "ann" }, 0],
    [{ excludedAttributes: ["userName", "keys.value"] }, { userName: "ann", keys: [{ value: "k", label: "l" }] }, 4],
    [{ excludedAttributes: ["keys"] }, { userName: "ann" }, 0],
  ])("%j", (query, shown, parts) => {
    const { print, parts: read } = projection(query, type, mapping);
    expect(print(stored)).toEqual({ schemas: [], id: "1", ...shown });
    expect(read).toBe(parts);
  });
});

describe("parts", () => {
  const mapping: Mapping = { ...userMapping, reads: { name: 3, "name.givenName": 1, "enterprise.manager.displayName": 4, "phoneNumbers[work].value": 8, "phoneNumbers[mobile].value": 16 } };

  it.each<[readonly string[], number]>([
    [["name"], 3],
    [["name.givenName"], 1],
    [["name.formatted"], 3],
    [["manager"], 4],
    [["manager.value"], 0],
    [["manager.displayName"], 4],
    [["phoneNumbers"], 24],
    [["phoneNumbers.type"], 24],
  ])("%j", (attributes, parts) => expect(projection({ attributes }, user, mapping).parts).toBe(parts));
});

describe("properties", () => {
  const names = user.attributes.flatMap((each) => [each.path, ...each.subAttributes.map(({ path }) => path)]);

  it("every attribute is either among the named ones or in what is left without them", () => {
    const tops = user.attributes.filter(({ definition }) => definition.returned === "default");
    const values = (resource: JsonObject): JsonObject => ({ ...resource, ...(resource[enterpriseUrn] as JsonObject), ...(resource[customUrn] as JsonObject) });
    fc.assert(
      fc.property(fc.subarray(tops, { minLength: 1 }), (some) => {
        const paths = some.map(({ path }) => path);
        const [named, left] = [values(only(...paths).print(ann)), values(but(...paths).print(ann))];
        for (const { definition: { name } } of tops) {
          const [there, gone] = some.some(({ definition }) => definition.name === name) ? [named, left] : [left, named];
          expect(there[name]).toEqual(values(ann)[name]);
          expect(gone[name]).toBeUndefined();
        }
      }),
    );
  });

  it("no list of names lets a password through, or hides schemas and id", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...names, "password"), fc.string()), { minLength: 1 }), fc.boolean(), (some, keep) => {
        const shown = (keep ? only(...some) : but(...some)).print({ ...ann, password: "secret" });
        expect(shown).toMatchObject(least);
        expect(shown).not.toHaveProperty("password");
      }),
      { numRuns: 2_000 },
    );
  });
});
