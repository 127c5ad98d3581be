/** What of a body no rule, hook or log sees: passwords. They go where the mapping sends them, and nowhere else. */
import type { ResourceType } from "./attributes.js";
import { isExtension } from "./attributes.js";
import { isObject } from "./json.js";
import type { Json, JsonObject } from "./json.js";

/** Also where the host keeps none: Okta sends one with each new user. */
const password = /^(urn:ietf:params:scim:schemas:core:2\.0:user:)?password$/i;

function isSecret(name: string, type: ResourceType): boolean {
  if (password.test(name)) return true;
  const found = type.find(name);
  return found !== undefined && !isExtension(found) && (found.definition.mutability === "writeOnly" || found.definition.returned === "never");
}

/** A resource as it was sent, without its secrets. */
export function withoutSecrets(body: JsonObject, type: ResourceType, prefix = ""): JsonObject {
  const kept = Object.entries(body).flatMap(([name, value]): readonly (readonly [string, Json | undefined])[] => {
    if (isSecret(prefix + name, type)) return [];
    const found = type.find(name);
    return [[name, isObject(value) && found !== undefined && isExtension(found) ? withoutSecrets(value, type, `${name}:`) : value]];
  });
  return Object.fromEntries(kept);
}

/** The same of a PATCH. */
export function patchWithoutSecrets(body: JsonObject, type: ResourceType): JsonObject {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, name.toLowerCase() === "operations" && Array.isArray(value) ? (value as readonly Json[]).map((each) => operationWithoutSecrets(each, type)) : value] as const),
  );
}

function operationWithoutSecrets(operation: Json, type: ResourceType): Json {
  if (!isObject(operation)) return operation;
  const member = (name: string): readonly [string, Json | undefined] => Object.entries(operation).find(([each]) => each.toLowerCase() === name) ?? [name, undefined];
  const [, path] = member("path");
  const [key, value] = member("value");
  if (typeof path === "string" && isSecret(path, type)) return Object.fromEntries(Object.entries(operation).filter(([name]) => name !== key));
  if (!isObject(value)) return operation;
  const prefix = typeof path === "string" && path.includes(":") ? `${path}:` : "";
  return { ...operation, [key]: withoutSecrets(value, type, prefix) };
}
