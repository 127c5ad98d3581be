import { describe, expect, test } from "vitest";
import { enterpriseUserSchema, groupSchema, userSchema } from "../../src/scim/core-schemas.js";
import type { CoreSchema, Definition } from "../../src/scim/core-schemas.js";

const schemas: readonly CoreSchema[] = [userSchema, groupSchema, enterpriseUserSchema];

function everyAttribute(schema: CoreSchema): readonly (readonly [path: string, definition: Definition])[] {
  return schema.attributes.flatMap((definition) => [
    [definition.name, definition] as const,
    ...(definition.subAttributes ?? []).map((part) => [`${definition.name}.${part.name}`, part] as const),
  ]);
}

const all = schemas.flatMap((schema) => everyAttribute(schema).map(([path, definition]) => ({ path: `${schema.name} ${path}`, definition })));
const find = (path: string): Definition | undefined => all.find((attribute) => attribute.path === path)?.definition;

describe("RFC 7643 2, 7: every attribute", () => {
  test.each(all)("$path agrees with itself", ({ definition }) => {
    const { type, subAttributes, referenceTypes, mutability, returned, multiValued, uniqueness, description } = definition;

    expect(subAttributes !== undefined).toBe(type === "complex");
    expect(referenceTypes !== undefined).toBe(type === "reference");
    expect(mutability === "writeOnly").toBe(returned === "never");
    if (type === "complex" || type === "boolean") expect([definition.caseExact, uniqueness]).toEqual([false, "none"]);
    if (type === "reference" || type === "binary") expect(definition.caseExact).toBe(true);
    expect(description).toMatch(/^[A-Z].*\.$/);
    expect(multiValued && subAttributes === undefined).toBe(false);
  });

  test.each(all)("$path is named as an attribute may be (2.1), and its parts are not complex (2.3.8)", ({ definition }) => {
    expect(definition.name).toMatch(/^(?:\$ref|[A-Za-z][\w-]*)$/);
    for (const part of definition.subAttributes ?? []) expect([part.type === "complex", part.multiValued]).toEqual([false, false]);
  });

  test("a name stands once in its schema and in its attribute, without case", () => {
    for (const schema of schemas) {
      const paths = everyAttribute(schema).map(([path]) => path.toLowerCase());
      expect(new Set(paths).size).toBe(paths.length);
    }
  });

  test("a list that has values has at most one primary, and says so by the same three parts (2.4)", () => {
    const lists = userSchema.attributes.filter((attribute) => attribute.multiValued && attribute.mutability === "readWrite");
    for (const { name, subAttributes = [] } of lists) {
      const parts = subAttributes.map((part) => part.name);
      expect([name, parts]).toEqual([name, expect.arrayContaining(["display", "type", "primary"])]);
    }
  });
});

describe("RFC 7643 4, 8.7.1 with the verified errata", () => {
  test("the attributes of each schema, in the order of the RFC", () => {
    expect(schemas.map((schema) => [schema.id, schema.attributes.map(({ name }) => name).join(" ")])).toEqual([
      [
        "urn:ietf:params:scim:schemas:core:2.0:User",
        "userName name displayName nickName profileUrl title userType preferredLanguage locale timezone active password emails " +
          "phoneNumbers ims photos addresses groups entitlements roles x509Certificates",
      ],
      ["urn:ietf:params:scim:schemas:core:2.0:Group", "displayName members"],
      ["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "employeeNumber costCenter organization division department manager"],
    ]);
  });

  test("what must be there, and what is unique", () => {
    expect(all.filter(({ definition }) => definition.required).map(({ path }) => path)).toEqual(["User userName", "Group displayName"]);
    expect(all.filter(({ definition }) => definition.uniqueness !== "none").map(({ path }) => path)).toEqual(["User userName"]);
  });

  test("what holds an id, a URI or a certificate compares exact; all else does not", () => {
    expect(all.filter(({ definition }) => definition.caseExact).map(({ path }) => path)).toEqual([
      "User profileUrl",
      "User photos.value",
      "User groups.value",
      "User groups.$ref",
      "User x509Certificates.value",
      "Group members.value",
      "Group members.$ref",
      "EnterpriseUser manager.value",
      "EnterpriseUser manager.$ref",
    ]);
  });

  test("what no client writes", () => {
    const closed = all.filter(({ definition }) => definition.mutability !== "readWrite");
    expect(closed.map(({ path, definition }) => `${path}: ${definition.mutability}`)).toEqual([
      "User password: writeOnly",
      "User groups: readOnly",
      "User groups.value: readOnly",
      "User groups.$ref: readOnly",
      "User groups.display: readOnly",
      "User groups.type: readOnly",
      "Group members.value: immutable",
      "Group members.$ref: immutable",
      "Group members.type: immutable",
      "Group members.display: readOnly",
      "EnterpriseUser manager.displayName: readOnly",
    ]);
  });

  test("what the printed JSON has otherwise or not at all", () => {
    expect(find("User groups.$ref")?.referenceTypes).toEqual(["Group"]);
    expect(find("User ims.type")?.canonicalValues).toContain("other");
    expect([find("User addresses.primary")?.type, find("User addresses.display")?.type, find("Group members.display")?.type]).toEqual([
      "boolean",
      "string",
      "string",
    ]);
  });
});
