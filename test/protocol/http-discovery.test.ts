import { describe, expect, it } from "vitest";
import { discoverySchemas } from "../../templates/generated/protocol/core-documents.js";
import type { Json, JsonObject } from "../../templates/generated/protocol/json.js";
import { customUrn, enterpriseUrn, groupUrn, userDefinition, userMapping, userUrn } from "./fixtures.js";
import { baseUrl, provider } from "./provider.js";

const { ask } = provider({ limits: { pageMax: 150, pageDefault: 50 } });
const core = (name: string): string => `urn:ietf:params:scim:schemas:core:2.0:${name}`;

describe("RFC 7643 5 /ServiceProviderConfig", () => {
  it("announces what works and nothing more (RFC 7644 4, RFC 9865 4)", async () => {
    const { status, body, headers } = await ask("GET", "/ServiceProviderConfig");
    expect(status).toBe(200);
    expect(headers).toEqual({ "Content-Type": "application/scim+json" });
    expect(body).toMatchObject({
      schemas: [core("ServiceProviderConfig")],
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1000, maxPayloadSize: 10_000_000 },
      filter: { supported: true, maxResults: 150 },
      changePassword: { supported: true },
      sort: { supported: true },
      etag: { supported: true },
      authenticationSchemes: [{ type: "oauthbearertoken" }],
      pagination: { cursor: false, index: true, defaultPaginationMethod: "index", defaultPageSize: 50, maxPageSize: 150 },
      meta: { resourceType: "ServiceProviderConfig", location: `${baseUrl}/ServiceProviderConfig` },
    });
  });

  it.each([["writeOnly", true], ["readWrite", true], ["immutable", false], ["readOnly", false], [undefined, false]] as const)("a password that is %s can be changed: %s", async (mutability, supported) => {
    const attributes = userDefinition.schema.attributes.flatMap((each) => (each.name !== "password" ? [each] : mutability === undefined ? [] : [{ ...each, mutability }]));
    const type = { ...userDefinition, schema: { ...userDefinition.schema, attributes } };
    const { body } = await provider({ mappings: [{ ...userMapping, type }] }).ask("GET", "/ServiceProviderConfig");
    expect(body["changePassword"]).toEqual({ supported });
  });

  it("is readable without login, also where nobody can log in (RFC 7643 5)", async () => {
    const broken = provider({ authenticate: () => Promise.reject(new Error("down")) });
    for (const authorization of ["", "Bearer wrong", "Basic x"]) {
      expect((await broken.ask("GET", "/ServiceProviderConfig", undefined, { authorization })).status).toBe(200);
    }
    expect((await broken.ask("POST", "/ServiceProviderConfig")).status).toBe(503);
  });
});

describe("RFC 7644 4 discovery needs a login elsewhere", () => {
  it.each(["/Schemas", "/ResourceTypes", `/Schemas/${userUrn}`])("%s", async (path) =>
    expect((await ask("GET", path, undefined, { authorization: "" })).status).toBe(401),
  );
});

describe("RFC 7643 6 /ResourceTypes", () => {
  it("lists all of them", async () => {
    const { body } = await ask("GET", "/ResourceTypes");
    expect(body).toEqual({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
      totalResults: 2,
      startIndex: 1,
      itemsPerPage: 2,
      Resources: [
        {
          schemas: [core("ResourceType")],
          id: "User",
          name: "User",
          description: "User Account",
          endpoint: "/Users",
          schema: userUrn,
          schemaExtensions: [
            { schema: enterpriseUrn, required: false },
            { schema: customUrn, required: false },
          ],
          meta: { resourceType: "ResourceType", location: `${baseUrl}/ResourceTypes/User` },
        },
        {
          schemas: [core("ResourceType")],
          id: "Group",
          name: "Group",
          description: "Group",
          endpoint: "/Groups",
          schema: groupUrn,
          meta: { resourceType: "ResourceType", location: `${baseUrl}/ResourceTypes/Group` },
        },
      ],
    });
  });

  it("gives one by its name", async () => expect((await ask("GET", "/ResourceTypes/User")).body).toMatchObject({ name: "User" }));
});

describe("RFC 7643 7 /Schemas", () => {
  it("lists every schema of a resource, those of discovery included, and no message (RFC 7644 3.1)", async () => {
    const { body } = await ask("GET", "/Schemas");
    const ids = (body["Resources"] as readonly JsonObject[]).map((each) => each["id"]);
    expect(ids).toEqual([userUrn, enterpriseUrn, customUrn, groupUrn, core("ServiceProviderConfig"), core("ResourceType"), core("Schema")]);
    expect(body).toMatchObject({ totalResults: 7, itemsPerPage: 7, startIndex: 1 });
    expect(JSON.stringify(body)).not.toContain("null");
  });

  it.each([userUrn, userUrn.toUpperCase(), encodeURIComponent(userUrn)])("gives one by its URN, without letter case: %s", async (urn) => {
    const { status, body } = await ask("GET", `/scim/v2/Schemas/${urn}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      schemas: [core("Schema")],
      id: userUrn,
      name: "User",
      meta: { resourceType: "Schema", location: `${baseUrl}/Schemas/${userUrn}` },
    });
    expect((body["attributes"] as readonly JsonObject[])[0]).toEqual({
      name: "userName",
      type: "string",
      multiValued: false,
      description: "The userName.",
      required: true,
      caseExact: false,
      mutability: "readWrite",
      returned: "default",
      uniqueness: "server",
    });
  });

  it("states no uniqueness for a complex attribute (erratum 6004) and no letter case for what has none", async () => {
    const { body } = await ask("GET", `/Schemas/${userUrn}`);
    const [emails] = (body["attributes"] as readonly JsonObject[]).filter((each) => each["name"] === "emails");
    expect(emails).not.toHaveProperty("uniqueness");
    expect(emails).not.toHaveProperty("caseExact");
    const primary = (emails?.["subAttributes"] as readonly JsonObject[]).find((each) => each["name"] === "primary");
    expect(primary).not.toHaveProperty("caseExact");
  });

  it.each(["/Schemas/urn:none", "/ResourceTypes/Device", `/Schemas/urn:ietf:params:scim:api:messages:2.0:Error`, "/Schemas/constructor"])("404: %s", async (path) => {
    const { status, body } = await ask("GET", path);
    expect([status, body["status"]]).toEqual([404, "404"]);
  });
});

describe("RFC 7644 4 query parameters on discovery", () => {
  const paths = ["/ServiceProviderConfig", "/ResourceTypes", "/Schemas", `/Schemas/${userUrn}`];
  it.each(paths)("passes over paging, sorting and attributes: %s", async (path) => {
    const plain = await ask("GET", path);
    expect((await ask("GET", `${path}?startIndex=2&count=1&sortBy=id&attributes=id&excludedAttributes=id&x=%`)).text).toBe(plain.text);
  });
  it.each(paths)("403 for a filter: %s", async (path) => expect((await ask("GET", `${path}?filter=id%20pr`)).status).toBe(403));
  it.each(paths)("HEAD is GET without its body: %s", async (path) => {
    const [get, head] = [await ask("GET", path), await ask("HEAD", path)];
    expect(head).toMatchObject({ status: 200, text: undefined });
    expect(head.headers).toEqual({ ...get.headers, "Content-Length": String(Buffer.byteLength(get.text ?? "")) });
  });
});

describe("RFC 7643 8.7 the schemas of discovery describe the documents of discovery", () => {
  const [config, resourceType, schema] = discoverySchemas;
  type Described = { readonly name: string; readonly type: string; readonly multiValued: boolean; readonly required: boolean; readonly subAttributes?: readonly Described[] };

  function check(described: readonly Described[], value: JsonObject, at: string): void {
    for (const name of Object.keys(value)) expect(described.map((each) => each.name), at).toContain(name);
    for (const each of described) {
      const held: Json | undefined = value[each.name];
      if (each.required) expect(held, `${at}.${each.name}`).toBeDefined();
      if (held === undefined) continue;
      expect(Array.isArray(held), `${at}.${each.name}`).toBe(each.multiValued);
      for (const one of [held].flat() as readonly Json[]) {
        if (each.type === "complex") check(each.subAttributes ?? [], one as JsonObject, `${at}.${each.name}`);
        else expect(typeof one, `${at}.${each.name}`).toBe({ boolean: "boolean", integer: "number" }[each.type] ?? "string");
      }
    }
  }

  it.each([
    ["ServiceProviderConfig", config, "/ServiceProviderConfig"],
    ["ResourceType", resourceType, "/ResourceTypes"],
    ["Schema", schema, "/Schemas"],
  ])("%s", async (_, definition, path) => {
    const { body } = await ask("GET", path);
    const all = (body["Resources"] as readonly JsonObject[] | undefined) ?? [body as JsonObject];
    // Schema alone has a complex sub-attribute, which its own words, one level deep, cannot describe (RFC 7643 7).
    const documents = all.filter((each) => each["id"] !== core("Schema"));
    for (const document of documents) {
      const { schemas, meta, ...own } = document;
      expect([schemas, meta]).not.toContain(undefined);
      // A document's id is a common attribute, which some of the three do not list (RFC 7643 3.1).
      check(definition?.attributes ?? [], own, String(document["id"]));
    }
  });

  it("applies the verified errata: 5606 and 8435 binary, 8415 no complex sub-attribute, 8475 uniqueness, 7522 many extensions", () => {
    const find = (from: readonly Described[] | undefined, name: string): Described & Record<string, unknown> =>
      from?.find((each) => each.name === name) as Described & Record<string, unknown>;
    const attributes = find(schema?.attributes, "attributes");
    expect(find(attributes.subAttributes, "type")["canonicalValues"]).toContain("binary");
    const below = find(attributes.subAttributes, "subAttributes");
    expect(find(below.subAttributes, "type")["canonicalValues"]).toContain("binary");
    expect(find(below.subAttributes, "type")["canonicalValues"]).not.toContain("complex");
    expect(find(below.subAttributes, "referenceTypes").multiValued).toBe(true);
    expect(find(resourceType?.attributes, "name")["uniqueness"]).toBe("server");
    expect(find(resourceType?.attributes, "endpoint")).toMatchObject({ uniqueness: "server", caseExact: true });
    expect(find(resourceType?.attributes, "schemaExtensions")).toMatchObject({ multiValued: true, required: false });
  });
});
