import type { JsonObject } from "./json.js";

/** Every `scimType` this endpoint answers with, and its HTTP status (RFC 7644 3.12, table 9; 409 for uniqueness by 3.3; RFC 9865 2.1). */
export const scimTypes = {
  invalidFilter: 400,
  tooMany: 400,
  uniqueness: 409,
  mutability: 400,
  invalidSyntax: 400,
  invalidPath: 400,
  noTarget: 400,
  invalidValue: 400,
  invalidVers: 400,
  sensitive: 403,
  invalidCursor: 400,
  expiredCursor: 400,
  invalidCount: 400,
} as const;

export type ScimType = keyof typeof scimTypes;

/**
 * An answer that is not a success. `detail` is a sentence an administrator can act on:
 * identity providers show it. It never holds SQL, a stack or another tenant's data.
 */
export class ScimError extends Error {
  readonly status: number;
  readonly scimType: ScimType | undefined;
  readonly headers: Readonly<Record<string, string>>;

  /** `cause`: what went wrong behind a 503, for the host's log alone. */
  constructor(status: number, detail: string, scimType?: ScimType, headers: Readonly<Record<string, string>> = {}, cause?: unknown) {
    super(detail, { cause });
    this.name = "ScimError";
    this.status = status;
    this.scimType = scimType;
    this.headers = headers;
  }
}

/** An error with one of the RFC's own words for what is wrong. */
export function refuse(scimType: ScimType, detail: string): ScimError {
  return new ScimError(scimTypes[scimType], detail, scimType);
}

/** 404, in the same words for an unknown id and for one of another tenant (RFC 7644 3.12, 6). */
export function notFound(resourceType: string, id: string): ScimError {
  return new ScimError(404, `${resourceType} ${id.slice(0, 100)} was not found.`);
}

/** No request comes as far as this: the router knows that no client writes these resources. */
export function unwritable(resourceType: string): never {
  throw new ScimError(405, `A ${resourceType} is read-only.`);
}

/** 503 with `Retry-After` in seconds: the request may be sent again (RFC 9110 15.6.4). */
export function unavailable(seconds: number, cause?: unknown): ScimError {
  return new ScimError(503, "The directory cannot answer just now. Please try again.", undefined, { "Retry-After": String(seconds) }, cause);
}

/** The body of an error answer; `status` is a string (RFC 7644 3.12). */
export function errorBody(error: ScimError): JsonObject {
  return {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
    status: String(error.status),
    scimType: error.scimType,
    detail: error.message,
  };
}
