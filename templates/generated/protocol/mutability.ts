/** What a write may not do to an attribute (RFC 7643 7, RFC 7644 3.5.1, 3.5.2). */
import type { Attribute } from "./attributes.js";
import { refuse, type ScimError } from "./error.js";

export function unwritable({ path }: Attribute): ScimError {
  return refuse("mutability", `${path} is read-only and cannot be changed.`);
}

export function unchangeable({ path }: Attribute): ScimError {
  return refuse("mutability", `${path} cannot be changed once it is set.`);
}

/** RFC 7644 3.5.2.2: a required attribute cannot be removed, nor lose its last value. */
export function unremovable({ path }: Attribute): ScimError {
  return refuse("mutability", `${path} is required and cannot be removed or emptied.`);
}
