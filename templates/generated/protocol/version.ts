/** Versions of resources (RFC 7644 3.14): what a client saw, and whether it is still so. */
import { ScimError } from "./error.js";
import { isObject, type Json, type JsonObject } from "./json.js";
import type { Match, Parts } from "./resource.js";

/**
 * A weak tag of what an answer shows. The rows' own code does not know a version, and a person or a list behind the row has a life of its own: so
 * the tag is made of the answer itself, and tells the truth whoever wrote. A column that the mapping names as the version comes before it.
 */
export function versionOf(resource: JsonObject): string {
  const { meta } = resource;
  const own = isObject(meta) ? meta["version"] : undefined;
  return typeof own === "string" ? own : `W/"${digest(resource)}"`;
}

/** The resource with its version in `meta`. `whole`: as an answer shows all of it. */
export function versioned(resource: JsonObject, whole: JsonObject = resource): JsonObject {
  const { meta } = resource;
  if (!isObject(meta) || meta["version"] !== undefined) return resource;
  return { ...resource, meta: { ...meta, version: versionOf(whole) } };
}

/** The header, when the answer holds a version. */
export function tagged(resource: JsonObject): Readonly<Record<string, string>> {
  const { meta } = resource;
  const version = isObject(meta) ? meta["version"] : undefined;
  return typeof version === "string" ? { ETag: version } : {};
}

/** Whether one of the tags is this version. SCIM means "the same text": weak tags are equal too, also under If-Match. */
export function isAmong(version: string, header: string): boolean {
  if (header.trim() === "*") return true;
  return tags(header).includes(opaque(version));
}

/** What a request asks of the version that is there (RFC 9110 13.1). */
export interface Conditions {
  readonly match: string | undefined;
  readonly noneMatch: string | undefined;
}

/** Of a write; undefined where the client asks for nothing. `print` gives the resource as the client saw it. */
export function matching(asked: Conditions, reads: Parts, print: (resource: JsonObject) => JsonObject): Match | undefined {
  const { match, noneMatch } = asked;
  if ((match === undefined || match.trim() === "*") && noneMatch === undefined) return undefined;
  return {
    reads,
    check(resource) {
      const version = versionOf(print(resource));
      checkMatch(version, match);
      if (noneMatch !== undefined && isAmong(version, noneMatch)) throw new ScimError(412, "The resource is there, in a version that the request does not want to find.");
    },
  };
}

/** `If-Match`. Throws 412. */
export function checkMatch(version: string, match: string | undefined): void {
  if (match !== undefined && !isAmong(version, match)) throw new ScimError(412, "The resource has changed since it was read; please read it again.");
}

/** The tags of a list; a comma may stand inside one. A bare word is taken for a tag whose quotes were forgotten. */
function tags(header: string): readonly string[] {
  return [...header.matchAll(/(?:W\/)?"([^"]*)"|[^\s,"]+/g)].map(([bare, quoted]) => quoted ?? bare);
}

function opaque(tag: string): string {
  return tags(tag)[0] ?? tag;
}

/** 64 bits of all that the resource holds but `meta`, which moves with every write before anything is compared. */
function digest(resource: JsonObject): string {
  // FNV-1a over the letters, in two halves that begin differently. No secret: a client that finds two resources with one tag has fooled itself.
  let [one, other] = [0x811c9dc5, 0x1b873593];
  const text = (letters: string): void => {
    for (let index = 0; index < letters.length; index++) {
      const code = letters.charCodeAt(index);
      one = Math.imul(one ^ code, 0x01000193);
      other = Math.imul(other ^ code, 0x85ebca6b);
    }
    // What stands between two texts, so that they cannot be cut elsewhere.
    one = Math.imul(one ^ 0x10000, 0x01000193);
    other = Math.imul(other ^ 0x10000, 0x85ebca6b);
  };
  const value = (json: Json): void => {
    if (typeof json === "string") text(json);
    else if (typeof json !== "object" || json === null) text(`\u0000${String(json)}`);
    else if (Array.isArray(json)) {
      text("\u0000[");
      for (const each of json as readonly Json[]) value(each);
      text("\u0000]");
    } else members(json as JsonObject);
  };
  const members = (object: JsonObject, without?: string): void => {
    text("\u0000{");
    for (const name in object) {
      const member = object[name];
      if (member === undefined || name === without) continue;
      text(name);
      value(member);
    }
    text("\u0000}");
  };
  members(resource, "meta");
  return (one >>> 0).toString(36) + (other >>> 0).toString(36);
}
