/** The body of a request: of a type that is taken, and JSON (RFC 7644 3.8, 8.1). */
import type { ScimRequest } from "./engine.js";
import { refuse, ScimError } from "./error.js";
import { isObject, type JsonObject } from "./json.js";
import type { Limits } from "./limits.js";
import { parseJson } from "./parse-json.js";

export async function content(request: ScimRequest, limits: Limits): Promise<JsonObject> {
  const type = request.header("content-type");
  if (!isTaken(type)) throw new ScimError(415, "The body must be application/scim+json or application/json, in UTF-8.");
  const json = parseJson(await request.body(limits), limits);
  if (isObject(json)) return json;
  throw refuse("invalidSyntax", "The body must be a JSON object.");
}

/** With any parameters, or without a type at all; another charset than UTF-8 would be read as something it is not. */
function isTaken(type: string | undefined): boolean {
  if (type === undefined || type.trim() === "") return true;
  const [media = "", ...parameters] = type.toLowerCase().split(";").map((part) => part.trim());
  if (media !== "application/scim+json" && media !== "application/json") return false;
  return parameters.every((each) => !each.startsWith("charset=") || /^charset="?(utf-?8|us-ascii)"?$/.test(each));
}
