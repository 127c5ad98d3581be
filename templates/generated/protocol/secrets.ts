/** What of a body no rule, hook or log sees: passwords. They go where the mapping sends them, and nowhere else. */
import type { ResourceType } from "./attributes.js";
import { isExtension } from "./attributes.js";
import { isObject } from "./json.js";
import type { Json, JsonObject } from "./json.js";

/** Also where the host keeps none: Okta sends one with each new user. */
const password = /^(urn:ietf:params:scim:schemas:core:2\.0:user:)?password$/i;

export function isSecret(name: string, type: ResourceType): boolean {
  if (password.test(name)) return true;
  const found = type.find(name);
  return found !== undefined && !isExtension(found) && (found.definition.mutability === "writeOnly" || found.definition.returned === "never");
}

/** A resource as it was sent, without its secrets: the same object where it holds none. */
export function withoutSecrets(body: JsonObject, type: ResourceType, prefix = ""): JsonObject {
  const kept = Object.entries(body).flatMap(([name, value]): readonly (readonly [string, Json | undefined])[] => {
    if (isSecret(prefix + name, type)) return [];
    return [[name, isHolder(value, name, type) ? withoutSecrets(value, type, `${name}:`) : value]];
  });
  const isSame = kept.length === Object.keys(body).length && kept.every(([name, value]) => body[name] === value);
  return isSame ? body : Object.fromEntries(kept);
}

/** The members of a known extension. */
function isHolder(value: Json | undefined, name: string, type: ResourceType): value is JsonObject {
  const found = isObject(value) ? type.find(name) : undefined;
  return found !== undefined && isExtension(found);
}

/** The same of a PATCH. */
export function patchWithoutSecrets(body: JsonObject, type: ResourceType): JsonObject {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, name.toLowerCase() === "operations" && Array.isArray(value) ? (value as readonly Json[]).map((each) => operationWithoutSecrets(each, type)) : value] as const),
  );
}

/** Whatever is called `value` in some letter case goes: the engine would read one of them. */
function operationWithoutSecrets(operation: Json, type: ResourceType): Json {
  if (!isObject(operation)) return operation;
  const entries = Object.entries(operation);
  const paths = entries.flatMap(([name, value]) => (name.toLowerCase() === "path" && typeof value === "string" ? [value] : []));
  const prefix = paths.find((path) => path.includes(":"));
  return Object.fromEntries(
    entries.flatMap(([name, value]): readonly (readonly [string, Json | undefined])[] => {
      if (name.toLowerCase() !== "value") return [[name, value]];
      if (paths.some((path) => isSecret(path, type))) return [];
      return [[name, isObject(value) ? withoutSecrets(value, type, prefix === undefined ? "" : `${prefix}:`) : value]];
    }),
  );
}
