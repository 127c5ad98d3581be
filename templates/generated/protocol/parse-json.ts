/** From a body's text to JSON that is safe to walk, to store and to hand to the host (RFC 7644 3.8, 7). */
import { refuse } from "./error.js";
import type { Json } from "./json.js";
import type { Limits } from "./limits.js";

/** Names through which careless code of a host reaches a prototype. No schema has them, and no client sends them. */
export const reserved: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** NUL, which no text column holds, or half of a surrogate pair: with the flag `u` a whole pair is one character and does not match. */
const unstorable = /[\0\ud800-\udfff]/u;

/** Text without any of these holds nothing that the walk looks for: escapes, halves of pairs, reserved names. Most bodies need no walk. */
const suspicious = /\\u|[\ud800-\udfff]|__proto__|constructor|prototype/u;

/** Throws 400 `invalidSyntax` for what is no JSON, and `invalidValue` for text that no database keeps. */
export function parseJson(text: string, limits: Limits): Json {
  if (/^\s*$/.test(text)) throw refuse("invalidSyntax", "The body is empty; a JSON object is expected.");
  // Before JSON.parse and the walks below, which recurse: a body of brackets must not overflow the stack.
  const members = scan(text, limits.bodyDepth);
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch {
    throw refuse("invalidSyntax", "The body is not valid JSON.");
  }
  // JSON.parse keeps the last of two members with one name. Whoever looked at the body before it got here may have kept the first.
  if (count(json) !== members) throw refuse("invalidSyntax", "A name stands twice in one object of the body.");
  if (suspicious.test(text)) walk(json, "The body");
  return json;
}

/** Counts brackets outside of strings, and members by their colons; what else is wrong with the text, JSON.parse finds. */
function scan(text: string, limit: number): number {
  let depth = 0;
  let members = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === 0x5c) at++;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) {
      quoted = true;
    } else if (code === 0x5b || code === 0x7b) {
      if (++depth > limit) throw refuse("invalidSyntax", `The body is nested deeper than ${limit} levels.`);
    } else if (code === 0x5d || code === 0x7d) {
      depth--;
    } else if (code === 0x3a) {
      members++;
    }
  }
  return members;
}

/** The members of all objects. */
function count(json: Json): number {
  if (typeof json !== "object" || json === null) return 0;
  let members = 0;
  if (Array.isArray(json)) {
    for (const each of json as readonly Json[]) members += count(each);
    return members;
  }
  for (const value of Object.values(json)) members += 1 + (value === undefined ? 0 : count(value));
  return members;
}

function walk(json: Json, where: string): void {
  if (typeof json === "string") return refuseUnstorable(json, where);
  if (typeof json !== "object" || json === null) return;
  if (Array.isArray(json)) {
    for (const each of json as readonly Json[]) walk(each, where);
    return;
  }
  for (const [name, value] of Object.entries(json)) {
    refuseUnstorable(name, where);
    if (reserved.has(name)) throw refuse("invalidSyntax", `"${name}" cannot be the name of an attribute.`);
    if (value !== undefined) walk(value, name.slice(0, 100));
  }
}

function refuseUnstorable(text: string, where: string): void {
  if (unstorable.test(text)) throw refuse("invalidValue", `${where} holds a character that cannot be stored (NUL, or half of a surrogate pair).`);
}
