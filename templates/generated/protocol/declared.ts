/** `schemas` in bodies (RFC 7644 3.1, 3.3; RFC 7643 3). */
import { refuse, type ScimError } from "./error.js";
import type { Json, JsonObject } from "./json.js";
import type { Reading } from "./leniencies.js";
import { member } from "./names.js";
import type { ResourceTypeDefinition } from "./schema.js";
import { isUnassigned } from "./value.js";

const messages = "urn:ietf:params:scim:api:messages:";
const coreTypes = "urn:ietf:params:scim:schemas:core:";

/** A resource names its own schema, and the extensions of which it holds something. Throws 400 `invalidSyntax`. */
export function checkResourceSchemas(body: JsonObject, type: ResourceTypeDefinition, held: readonly string[], reading: Reading): void {
  const base = type.schema.id.toLowerCase();
  const own = [base, ...type.extensions.map(({ schema }) => schema.id.toLowerCase())];
  const urns = declared(body, type.schema.id, reading);
  const message = urns.find((urn) => urn.startsWith(messages));
  if (message !== undefined) throw refuse("invalidSyntax", `The body is a message and no ${type.name}: its schemas name ${message.slice(0, 100)}.`);
  if (urns.length === 0) return;

  const known = urns.some((urn) => own.includes(urn));
  if (!known && urns.some((urn) => urn.startsWith(coreTypes))) throw missing(type.schema.id);
  const unlisted = held.find((urn) => !urns.includes(urn.toLowerCase()));
  if (unlisted === undefined && urns.includes(base) && urns.every((urn) => own.includes(urn))) return;
  // Microsoft adds URNs of its own, OneLogin leaves out what it uses.
  if (!reading.lenient.missingSchemas) throw refuse("invalidSyntax", `"schemas" must name ${unlisted ?? type.schema.id}, and no schema that a ${type.name} does not have.`);
  reading.note?.("missingSchemas", "schemas");
}

/** A message names itself. Throws 400 `invalidSyntax`. */
export function checkMessageSchemas(body: JsonObject, urn: string, reading: Reading): void {
  const urns = declared(body, urn, reading);
  if (urns.length > 0 && !urns.includes(urn.toLowerCase())) throw missing(urn);
}

/** URNs compare without letter case (RFC 7644 3.10). */
function declared(body: JsonObject, wanted: string, { lenient, note }: Reading): readonly string[] {
  const json = member(body, "schemas");
  if (isUnassigned(json) && json !== "") {
    if (!lenient.missingSchemas) throw missing(wanted);
    note?.("missingSchemas", "schemas");
    return [];
  }
  if (!Array.isArray(json)) throw refuse("invalidSyntax", '"schemas" must be an array of URNs.');
  return (json as readonly Json[]).map((each) => {
    if (typeof each !== "string") throw refuse("invalidSyntax", '"schemas" must be an array of URNs.');
    return each.toLowerCase();
  });
}

function missing(urn: string): ScimError {
  return refuse("invalidSyntax", `"schemas" must name ${urn}.`);
}
