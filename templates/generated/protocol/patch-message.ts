/** The message of a PATCH (RFC 7644 3.5.2), before its paths are looked at. */
import { checkMessageSchemas } from "./declared.js";
import { refuse, ScimError } from "./error.js";
import { isObject, type Json, type JsonObject } from "./json.js";
import type { Reading } from "./leniencies.js";
import { member } from "./names.js";
import { mayBeEmpty, opName, type Op } from "./normalise.js";

/** One operation as sent; what its path means, the resource type decides. */
export interface PatchOperation {
  readonly op: Op;
  readonly path: string | undefined;
  /** Undefined is not there; null is a value, and means "unassigned" (RFC 7643 2.5). */
  readonly value: Json | undefined;
}

export interface Patch {
  /** The body as it was sent, for rules and hooks. */
  readonly input: JsonObject;
  readonly operations: readonly PatchOperation[];
}

const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** Checks the message alone. Throws 400, and 413 for more operations than the limit. */
export function readPatch(body: JsonObject, reading: Reading): Patch {
  checkMessageSchemas(body, patchOp, reading);
  const operations = member(body, "Operations");
  if (!Array.isArray(operations) || (operations.length === 0 && !mayBeEmpty(reading))) {
    throw refuse("invalidSyntax", 'A PATCH must have "Operations", an array of at least one operation.');
  }
  const most = reading.limits.patchOperations;
  if (operations.length > most) throw new ScimError(413, `A PATCH can hold ${most} operations at most; please send the rest in another.`);
  return { input: body, operations: (operations as readonly Json[]).map((each) => operation(each, reading)) };
}

function operation(json: Json, reading: Reading): PatchOperation {
  if (!isObject(json)) throw refuse("invalidSyntax", "Each operation of a PATCH must be an object.");
  const op = opName(member(json, "op"), reading);
  const path = member(json, "path") ?? undefined;
  if (path !== undefined && typeof path !== "string") throw refuse("invalidPath", "The path of an operation must be text.");
  const value = member(json, "value");
  // RFC 7644 3.5.2.2 and 3.5.2.1.
  if (op === "remove" && path === undefined) throw refuse("noTarget", 'A remove must have a "path".');
  if (op !== "remove" && value === undefined) throw refuse("invalidValue", `Each ${op} must have a "value".`);
  return { op, path, value };
}
