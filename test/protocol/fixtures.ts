/** One User and one Group for the tests of the protocol: every type, both extensions, a collection, slots and a link list. */
import type { Mapping } from "../../templates/generated/protocol/mapping.js";
import type { AttributeDefinition, AttributeType, ExtensionDefinition, ResourceTypeDefinition } from "../../templates/generated/protocol/schema.js";

export const userUrn = "urn:ietf:params:scim:schemas:core:2.0:User";
export const groupUrn = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const enterpriseUrn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
export const customUrn = "urn:example:Custom";

/** An attribute with the characteristics that RFC 7643 2.2 gives where none are stated. */
export function attribute(name: string, type: AttributeType, more: Partial<AttributeDefinition> = {}): AttributeDefinition {
  return {
    name,
    type,
    multiValued: false,
    description: `The ${name}.`,
    required: false,
    // References and binaries are case exact by their type (RFC 7643 2.3.6, 2.3.7).
    caseExact: type === "reference" || type === "binary",
    mutability: "readWrite",
    returned: "default",
    uniqueness: "none",
    ...more,
  };
}

function typed(name: string, types: readonly string[]): AttributeDefinition {
  return attribute(name, "complex", {
    multiValued: true,
    subAttributes: [
      attribute("value", "string"),
      attribute("type", "string", { canonicalValues: types }),
      attribute("primary", "boolean"),
      attribute("display", "string"),
    ],
  });
}

const enterprise: ExtensionDefinition = {
  alias: "enterprise",
  required: false,
  schema: {
    id: enterpriseUrn,
    name: "EnterpriseUser",
    description: "Enterprise User",
    attributes: [
      attribute("employeeNumber", "string"),
      attribute("department", "string"),
      attribute("manager", "complex", {
        subAttributes: [
          attribute("value", "string", { caseExact: true }),
          attribute("$ref", "reference", { referenceTypes: ["User"] }),
          attribute("displayName", "string", { mutability: "readOnly" }),
        ],
      }),
    ],
  },
};

const custom: ExtensionDefinition = {
  alias: "custom",
  required: false,
  schema: {
    id: customUrn,
    name: "Custom",
    description: "One attribute of each simple type",
    attributes: [
      attribute("level", "integer"),
      attribute("score", "decimal"),
      attribute("since", "dateTime"),
      attribute("flag", "boolean"),
      attribute("tags", "string", { multiValued: true }),
    ],
  },
};

export const userDefinition: ResourceTypeDefinition = {
  name: "User",
  endpoint: "/Users",
  description: "User Account",
  externalId: true,
  unmapped: [],
  schema: {
    id: userUrn,
    name: "User",
    description: "User Account",
    attributes: [
      attribute("userName", "string", { required: true, uniqueness: "server" }),
      attribute("name", "complex", {
        subAttributes: [attribute("formatted", "string"), attribute("familyName", "string"), attribute("givenName", "string")],
      }),
      attribute("displayName", "string"),
      attribute("nickName", "string"),
      attribute("title", "string"),
      attribute("active", "boolean"),
      attribute("password", "string", { mutability: "writeOnly", returned: "never" }),
      typed("emails", ["work", "home", "other"]),
      typed("phoneNumbers", ["work", "mobile"]),
      attribute("groups", "complex", {
        multiValued: true,
        mutability: "readOnly",
        subAttributes: [
          attribute("value", "string", { caseExact: true, mutability: "readOnly" }),
          attribute("$ref", "reference", { mutability: "readOnly", referenceTypes: ["Group"] }),
          attribute("display", "string", { mutability: "readOnly" }),
          attribute("type", "string", { mutability: "readOnly", canonicalValues: ["direct", "indirect"] }),
        ],
      }),
    ],
  },
  extensions: [enterprise, custom],
};

export const groupDefinition: ResourceTypeDefinition = {
  name: "Group",
  endpoint: "/Groups",
  description: "Group",
  externalId: true,
  unmapped: [],
  schema: {
    id: groupUrn,
    name: "Group",
    description: "Group",
    attributes: [
      attribute("displayName", "string", { required: true }),
      attribute("members", "complex", {
        multiValued: true,
        subAttributes: [
          attribute("value", "string", { caseExact: true, mutability: "immutable" }),
          attribute("$ref", "reference", { mutability: "immutable", referenceTypes: ["User", "Group"] }),
          attribute("type", "string", { mutability: "immutable", canonicalValues: ["User", "Group"] }),
        ],
      }),
    ],
  },
  extensions: [],
};

/** `name` behind a relation, e-mails and tags in child tables, two phone numbers in columns, groups derived. */
export const userMapping: Mapping = {
  type: userDefinition,
  reads: { name: 1, emails: 2, groups: 4, "custom.tags": 8 },
  collections: ["emails", "custom.tags"],
  links: [],
  slots: {
    phoneNumbers: [
      { type: "work", primary: true, keys: { value: "phoneNumbers[work].value" } },
      { type: "mobile", primary: false, keys: { value: "phoneNumbers[mobile].value" } },
    ],
  },
  edits: [],
  defaults: {},
  shared: [],
};

export const groupMapping: Mapping = {
  type: groupDefinition,
  reads: { members: 1 },
  collections: [],
  links: ["members"],
  slots: {},
  edits: [],
  defaults: {},
  shared: [],
};
