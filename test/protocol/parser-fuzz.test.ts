/** A million texts for the parsers of filters and PATCH paths: each is taken or refused with a SCIM error, none crashes. How long they take, `npm run bench:parsers` prints. */
import { describe, expect, it } from "vitest";
import { ScimError } from "../../templates/generated/protocol/error.js";
import { parseFilter } from "../../templates/generated/protocol/filter.js";
import { leniently } from "../../templates/generated/protocol/leniencies.js";
import { defaultLimits } from "../../templates/generated/protocol/limits.js";
import { parsePath } from "../../templates/generated/protocol/path.js";

const lenient = leniently();
const inputs = 500_000;

/** Parts of the grammar, and what has broken other parsers: quotes, escapes, lone surrogates, names of prototypes. */
const pieces = [
  "userName", "emails", "name.givenName", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "meta.lastModified", "$ref", "__proto__", "constructor", "and", "or", "not",
  " eq ", " ne ", " co ", " sw ", " ew ", " gt ", " ge ", " lt ", " le ", " pr", " and ", " or ", " not ", " EQ ", "(", ")", "[", "]", ".", ":", " ", "  ", "\t", '"', "\\", '"x"', '"a\\"b"', '"\\u0041"', '"\\ud800"', "true",
  "false", "null", "1", "-1", "1.5e3", "01", ".5", "2026-01-01T00:00:00Z", "é", "\u0000", "\ud800", "😀", "'", ";", "--", "%", "_", "*", "/", "{", "}", "😀eq",
];

/** Numbers that are the same in every run: a failure can be looked at again. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function text(number: (below: number) => number): string {
  let made = "";
  for (let left = number(14); left > 0; left--) made += pieces[number(pieces.length)] ?? "";
  // A letter of it changed, or cut off.
  if (made !== "" && number(4) === 0) made = made.slice(0, number(made.length)) + String.fromCharCode(number(0x10000)) + made.slice(number(made.length));
  return made;
}

const parsers = [
  ["filters (RFC 7644 figure 1)", (each: string) => parseFilter(each, { limits: defaultLimits, lenient })],
  ["PATCH paths (RFC 7644 figure 7)", (each: string) => parsePath(each, { limits: defaultLimits, lenient })],
] as const;

describe("half a million texts each", () => {
  it.each(parsers)("%s: taken, or refused as invalidFilter or invalidPath", (_, parse) => {
    const number = numbers(7);
    const seen = { taken: 0, refused: 0 };
    for (let count = 0; count < inputs; count++) {
      const each = text(number);
      try {
        parse(each);
        seen.taken++;
      } catch (error) {
        if (!(error instanceof ScimError) || (error.scimType !== "invalidFilter" && error.scimType !== "invalidPath")) throw new Error(`${JSON.stringify(each)} ended in ${String(error)}`, { cause: error });
        seen.refused++;
      }
    }
    // Both happen: a parser that took or refused everything would pass otherwise.
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(inputs / 1_000);
  }, 120_000);
});
