/** What an operation of PATCH points at (RFC 7644 3.5.2, figure 7). */
import { isExtension, type Attribute, type ResourceType } from "./attributes.js";
import { refuse } from "./error.js";
import type { Filter } from "./filter.js";
import type { Json } from "./json.js";
import type { Reading } from "./leniencies.js";
import { unwritable } from "./mutability.js";
import { named, passOver } from "./names.js";
import { objectOf, passOverReadOnly, keyAsPath, type Op } from "./normalise.js";
import type { PatchOperation } from "./patch-message.js";
import { parsePath } from "./path.js";
import type { ExtensionDefinition } from "./schema.js";
import { unknownName } from "./unknown-name.js";
import { isUnassigned } from "./value.js";

/** A place in the resource. */
export interface Place {
  /** A top-level attribute. */
  readonly attribute: Attribute;
  /** Which of its elements. */
  readonly filter: Filter | undefined;
  readonly sub: Attribute | undefined;
}

/** One operation on one place, or the removal of a whole extension. */
export type Target =
  | { readonly kind: "place"; readonly op: Op; readonly place: Place; readonly value: Json | undefined }
  | { readonly kind: "extension"; readonly extension: ExtensionDefinition };

/** The places of an operation: the one that its path names, or one for each key of its value. */
export function targets({ op, path, value }: PatchOperation, type: ResourceType, reading: Reading): readonly Target[] {
  if (path === undefined) return keys(op, objectOf(value, "The value of an operation without a path"), undefined, type, reading);
  const found = resolvePath(path, type, reading);
  if (found === undefined) return [];
  if (!("attribute" in found)) return whole(op, found, value, type, reading);
  const readOnly = [found.attribute, found.sub].find((each) => each?.definition.mutability === "readOnly");
  if (readOnly !== undefined) throw unwritable(readOnly);
  return [{ kind: "place", op, place: found, value }];
}

/** Undefined: the host does not keep the attribute, and the operation is passed over. */
function resolvePath(text: string, type: ResourceType, reading: Reading): Place | ExtensionDefinition | undefined {
  const { attribute: name, filter, sub: subName } = parsePath(text, reading);
  if (reading.lenient.unknownAttributes && isUnmapped(subName === undefined ? name : `${name}.${subName}`, type)) return void passOver(name, reading);
  const found = type.find(name);
  if (found === undefined) throw refuse("invalidPath", unknownName(name, type));
  if (isExtension(found)) {
    if (filter === undefined && subName === undefined) return found;
    throw refuse("invalidPath", `${found.schema.id} is a whole extension; please name one of its attributes behind a colon.`);
  }
  if (found.parent !== undefined) {
    if (filter === undefined && subName === undefined) return { attribute: found.parent, filter, sub: found };
    throw refuse("invalidPath", `${found.path} is a sub-attribute and has no parts.`);
  }
  if (subName === undefined) return { attribute: found, filter, sub: undefined };
  const sub = named(found.subAttributes, subName);
  if (sub === undefined) throw refuse("invalidPath", `${found.path} has no sub-attribute "${subName.slice(0, 60)}".`);
  return { attribute: found, filter, sub };
}

function isUnmapped(name: string, { definition }: ResourceType): boolean {
  const core = `${definition.schema.id}:`.toLowerCase();
  const path = name.toLowerCase();
  const bare = path.startsWith(core) ? path.slice(core.length) : path;
  return definition.unmapped.some((each) => {
    const known = each.toLowerCase();
    return bare === known || bare.startsWith(`${known}.`) || bare.startsWith(`${known}:`);
  });
}

/** Each attribute of an object on its own (RFC 7644 3.5.2.1, 3.5.2.3): what is not named stays as it is. */
function keys(op: Op, value: Readonly<Record<string, Json | undefined>>, extension: ExtensionDefinition | undefined, type: ResourceType, reading: Reading): readonly Target[] {
  return Object.keys(value).flatMap((key): readonly Target[] => {
    const json = value[key];
    if (json === undefined) return [];
    const place = keyPlace(key, extension, type, reading);
    if (place === undefined) {
      passOver(extension === undefined ? key : `${extension.schema.id}:${key}`, reading);
      return [];
    }
    if (!("attribute" in place)) return whole(op, place, json, type, reading);
    const readOnly = [place.attribute, place.sub].find((each) => each?.definition.mutability === "readOnly" || each?.key === "schemas");
    if (readOnly === undefined) return [{ kind: "place", op, place, value: json }];
    passOverReadOnly(readOnly, reading);
    return [];
  });
}

/** Entra ID's keys are paths: `name.givenName`, `emails[type eq "work"].value`, URN:attribute. Undefined: nobody knows the name. */
function keyPlace(key: string, extension: ExtensionDefinition | undefined, type: ResourceType, reading: Reading): Place | ExtensionDefinition | undefined {
  const path = extension === undefined ? key : `${extension.schema.id}:${key}`;
  const found = type.find(path);
  const bracket = path.indexOf("[");
  // A foreign URN with a bracket is an unknown name, not a bad path.
  const known = found ?? (bracket > 0 ? type.find(path.slice(0, bracket)) : undefined);
  if (known === undefined) return undefined;
  if (isExtension(known)) return found === undefined || extension !== undefined ? undefined : known;
  const plain = found !== undefined && known.parent === undefined && known.extension === extension && known.definition.name.toLowerCase() === key.toLowerCase();
  if (!plain) keyAsPath(key, reading);
  return resolvePath(path, type, reading);
}

/** An extension is a complex attribute: an object is merged into it, and without a value it goes (RFC 7644 3.5.2, 3.10). */
function whole(op: Op, extension: ExtensionDefinition, value: Json | undefined, type: ResourceType, reading: Reading): readonly Target[] {
  if (op === "remove" || (op === "replace" && isUnassigned(value))) return [{ kind: "extension", extension }];
  if (isUnassigned(value)) return [];
  return keys(op, objectOf(value, extension.schema.id), extension, type, reading);
}
