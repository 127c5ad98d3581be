/** Pages by index, and the answer that holds one (RFC 7644 3.4.2, 3.4.2.4). */
import { refuse } from "./error.js";
import type { Json, JsonObject } from "./json.js";
import type { Limits } from "./limits.js";

export interface Window {
  /** From 1. */
  readonly startIndex: number;
  /** Resources at most; 0 asks for the total alone. */
  readonly count: number;
}

/** No table has more rows, and every database takes it as an offset: behind it lies the same empty page. */
const farthest = 2 ** 31 - 1;

/** The edges of table 6: `startIndex` below 1 means 1, a negative `count` means 0, a large one is cut to the page's limit. */
export function readWindow(startIndex: string | undefined, count: string | undefined, limits: Limits): Window {
  return {
    startIndex: Math.min(Math.max(integer("startIndex", startIndex) ?? 1, 1), farthest),
    count: Math.min(Math.max(integer("count", count) ?? limits.pageDefault, 0), limits.pageMax),
  };
}

function integer(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  // Number() alone would take "", "0x10" and "1e3".
  if (/^\s*[+-]?\d+\s*$/.test(text)) return Number(text);
  throw refuse("invalidValue", `${name} must be a whole number.`);
}

/**
 * All four members always: the RFC lets some be left out, and clients count on them (3.4.2). `itemsPerPage` is what is in this
 * page, whatever was asked for. A page by cursor has no index (RFC 9865 2).
 */
export function listResponse(resources: readonly Json[], totalResults: number, startIndex: number | undefined): JsonObject {
  return {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    totalResults,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}
