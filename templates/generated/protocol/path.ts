/** Where an operation of PATCH points (RFC 7644 3.5.2, figure 7). Names are not looked up here. */
import { refuse } from "./error.js";
import { isElementPath, isName, isPath, parseElementFilter, type Filter } from "./filter.js";
import { quoted } from "./filter-token.js";
import type { Reading } from "./leniencies.js";

export interface PatchPath {
  /** As the client wrote it: with a URN or without and, where there is no filter, with a sub-attribute or without. */
  readonly attribute: string;
  /** Which elements of the attribute. */
  readonly filter: Filter | undefined;
  /** The sub-attribute behind the brackets. */
  readonly sub: string | undefined;
}

/** Throws 400 `invalidPath`, or `invalidFilter` for what stands between the brackets. */
export function parsePath(text: string, reading: Reading): PatchPath {
  const { limits } = reading;
  const bracket = text.indexOf("[");
  if (bracket < 0 && text.length > limits.filterLength) throw refuse("invalidPath", `The path is longer than ${limits.filterLength} characters.`);
  const attribute = bracket < 0 ? text : text.slice(0, bracket);
  if (attribute === "") throw refuse("invalidPath", `The path ${quoted(text)} does not begin with the name of an attribute.`);
  if (!isPath(attribute)) throw refuse("invalidPath", `The path ${quoted(text)} is malformed: ${quoted(attribute)} is not the name of an attribute.`);
  if (bracket < 0) return { attribute, filter: undefined, sub: undefined };

  if (!isElementPath(attribute)) throw refuse("invalidPath", `The path ${quoted(text)} is malformed: [ ] follows an attribute, not a sub-attribute.`);
  const { filter, end } = parseElementFilter(text, bracket + 1, reading);
  const rest = text.slice(end);
  if (rest === "") return { attribute, filter, sub: undefined };
  const sub = rest.slice(1);
  if (!rest.startsWith(".") || !isName(sub)) {
    throw refuse("invalidPath", `The path is malformed: behind ] only a dot and the name of a sub-attribute can stand, not ${quoted(rest)}.`);
  }
  return { attribute, filter, sub };
}
