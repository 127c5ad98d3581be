/** `/ServiceProviderConfig`, `/ResourceTypes` and `/Schemas` (RFC 7644 4; RFC 7643 5, 6, 7), printed once at start. */
import { resourceTypeSchema, schemaSchema, serviceProviderConfigSchema } from "./core-documents.js";
import type { Engine } from "./engine.js";
import { many, type Json, type JsonObject } from "./json.js";
import { listResponse } from "./list.js";
import type { Discovery } from "./router.js";
import type { AttributeDefinition, ResourceTypeDefinition, SchemaDefinition } from "./schema.js";

/** The JSON text of one document or, without a name, of all of a kind; undefined when there is no such document. */
export type Documents = (kind: Discovery, name: string | undefined) => string | undefined;

export function documents<TenantId, Session>(engine: Engine<TenantId, Session>): Documents {
  const { baseUrl } = engine;
  const config = JSON.stringify(serviceProviderConfig(engine, baseUrl));
  const all = {
    ResourceTypes: collection(engine.endpoints.map(({ mapping }) => [mapping.type.name, resourceType(mapping.type, baseUrl)])),
    Schemas: collection(engine.schemas.map((each) => [each.id, schema(each, baseUrl)])),
  };
  return (kind, name) => {
    if (kind === "ServiceProviderConfig") return config;
    // URNs compare without letter case (RFC 7644 3.10).
    return name === undefined ? all[kind].list : all[kind].byName.get(name.toLowerCase());
  };
}

/** The list is never cut into pages, whatever a client asks for (RFC 7644 4). */
function collection(named: readonly (readonly [string, JsonObject])[]): { readonly list: string; readonly byName: ReadonlyMap<string, string> } {
  return {
    list: JSON.stringify(listResponse(named.map(([, document]) => document), named.length, 1)),
    byName: new Map(named.map(([name, document]) => [name.toLowerCase(), JSON.stringify(document)])),
  };
}

/** Says what works here and nothing more: a client acts on every word of it. */
export function serviceProviderConfig({ endpoints, limits, features, cursors }: Pick<Engine<unknown, never>, "endpoints" | "limits" | "features" | "cursors">, baseUrl: string): JsonObject {
  return {
    schemas: [serviceProviderConfigSchema.id],
    patch: { supported: true },
    // The two numbers are required even when bulk is off (RFC 7643 5).
    bulk: features.bulk ? { supported: true, maxOperations: limits.bulkOperations, maxPayloadSize: limits.bulkBytes } : { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: limits.pageMax },
    changePassword: { supported: endpoints.some(({ mapping }) => changesPassword(mapping.type)) },
    sort: { supported: features.sort },
    etag: { supported: features.etag },
    authenticationSchemes: [
      {
        type: "oauthbearertoken",
        name: "OAuth Bearer Token",
        description: "An access token in the Authorization header, as RFC 6750 says.",
        specUri: "https://www.rfc-editor.org/info/rfc6750",
        primary: true,
      },
    ],
    pagination: {
      cursor: cursors !== undefined,
      index: true,
      defaultPaginationMethod: "index",
      defaultPageSize: Math.min(limits.pageDefault, limits.pageMax),
      maxPageSize: limits.pageMax,
      cursorTimeout: cursors && limits.cursorSeconds,
    },
    meta: { resourceType: "ServiceProviderConfig", location: `${baseUrl}/ServiceProviderConfig` },
  };
}

/** A password that can be set on POST alone, or never, is none that a client changes. */
function changesPassword({ name, schema }: ResourceTypeDefinition): boolean {
  return name === "User" && schema.attributes.some((each) => each.name === "password" && (each.mutability === "writeOnly" || each.mutability === "readWrite"));
}

export function resourceType(type: ResourceTypeDefinition, baseUrl: string): JsonObject {
  return {
    schemas: [resourceTypeSchema.id],
    id: type.name,
    name: type.name,
    description: type.description,
    endpoint: type.endpoint,
    schema: type.schema.id,
    schemaExtensions: many(type.extensions.map((each): Json => ({ schema: each.schema.id, required: each.required }))),
    meta: { resourceType: "ResourceType", location: `${baseUrl}/ResourceTypes/${encodeURIComponent(type.name)}` },
  };
}

export function schema(definition: SchemaDefinition, baseUrl: string): JsonObject {
  return {
    schemas: [schemaSchema.id],
    id: definition.id,
    name: definition.name,
    description: definition.description,
    attributes: definition.attributes.map(attribute),
    meta: { resourceType: "Schema", location: `${baseUrl}/Schemas/${definition.id}` },
  };
}

/** Letter case means something for text alone, and uniqueness nothing for what has no value of its own (RFC 7643 7, erratum 6004). */
function attribute(definition: AttributeDefinition): JsonObject {
  const { type, canonicalValues, referenceTypes, subAttributes } = definition;
  const text = type === "string" || type === "reference" || type === "binary";
  return {
    name: definition.name,
    type,
    multiValued: definition.multiValued,
    description: definition.description,
    required: definition.required,
    canonicalValues: canonicalValues && many(canonicalValues),
    caseExact: text ? definition.caseExact : undefined,
    mutability: definition.mutability,
    returned: definition.returned,
    uniqueness: type === "complex" || type === "boolean" ? undefined : definition.uniqueness,
    referenceTypes: referenceTypes && many(referenceTypes),
    subAttributes: subAttributes && many(subAttributes.map(attribute)),
  };
}
