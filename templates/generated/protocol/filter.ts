/** The filter language of RFC 7644 3.4.2.2, as a tree. Text in, tree out; names are not looked up here. */
import { refuse, type ScimError } from "./error.js";
import { quoted, tokenAt, unreadable, type Token } from "./filter-token.js";
import type { Reading } from "./leniencies.js";

export type Comparison = "eq" | "ne" | "co" | "sw" | "ew" | "gt" | "ge" | "lt" | "le";

/** A number stays text: a BigInt or a decimal must not pass through a JavaScript number. */
export type Literal = string | boolean | null | { readonly number: string };

export type Filter =
  | { readonly kind: "and" | "or"; readonly terms: readonly Filter[] }
  | { readonly kind: "not"; readonly term: Filter }
  | { readonly kind: "compare"; readonly path: string; readonly op: Comparison; readonly value: Literal }
  | { readonly kind: "present"; readonly path: string }
  /** `emails[type eq "work"]`: one and the same element satisfies the inner filter. */
  | { readonly kind: "element"; readonly path: string; readonly filter: Filter };

/** Throws 400 `invalidFilter`, with the place and what was expected there. */
export function parseFilter(text: string, reading: Reading): Filter {
  const { filter, close } = read(text, 0, false, reading);
  if (close.kind !== "end") throw unclosed(close, "the end of the filter");
  return filter;
}

/** The filter between the brackets of a PATCH path (RFC 7644 3.5.2, figure 7), from behind the opening one; `end` is behind the closing one. */
export function parseElementFilter(text: string, start: number, reading: Reading): { readonly filter: Filter; readonly end: number } {
  const { filter, close } = read(text, start, true, reading);
  if (close.kind !== "]") throw unclosed(close, '"]"');
  return { filter, end: close.end };
}

const comparisons: ReadonlyMap<string, Comparison> = new Map((["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"] as const).map((op) => [op, op]));

/** `ATTRNAME` of figure 1; `$ref` begins with a dollar sign (RFC 7643 erratum 8924). */
const nameSyntax = /^[a-z$][a-z0-9$_-]*$/i;
const pathSyntax = /^[a-z$][a-z0-9$_-]*(\.[a-z$][a-z0-9$_-]*)?$/i;
/** A URN, or a name behind one. Where it ends only the schemas know: it may hold dots and colons itself (RFC 7644 3.10). */
const urnSyntax = /^[!-~]+$/;
/** A number of JSON (RFC 8259 6). */
const numberSyntax = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;

export function isNumberText(text: string): boolean {
  return numberSyntax.test(text);
}

export function isName(text: string): boolean {
  return nameSyntax.test(text);
}

/** A name, a name and a sub-attribute, or either with a URN before it. */
export function isPath(text: string): boolean {
  return (text.includes(":") ? urnSyntax : pathSyntax).test(text);
}

/** One that brackets can follow: an attribute's own name, without a sub-attribute (figure 1, valuePath). */
export function isElementPath(text: string): boolean {
  return isPath(text) && !text.includes(".", text.lastIndexOf(":") + 1);
}

/**
 * Recursive descent. `inside`: between brackets, where names are bare sub-attributes and brackets do not nest. Ends at the
 * first token that continues no filter, and hands it back: the caller knows whether it may stand there.
 */
function read(text: string, start: number, inside: boolean, reading: Reading): { readonly filter: Filter; readonly close: Token } {
  const { limits, lenient, note } = reading;
  if (text.length > limits.filterLength) throw refuse("invalidFilter", `The filter is longer than ${limits.filterLength} characters.`);
  let token = tokenAt(text, start);
  let depth = 0;
  let comparing = 0;
  const filter = or();
  return { filter, close: token };

  function take(): Token {
    const taken = token;
    token = tokenAt(text, taken.end);
    return taken;
  }

  function close(kind: ")" | "]"): Token {
    if (token.kind !== kind) throw unclosed(token, `"${kind}"`);
    return take();
  }

  /** Logical words and operators are without letter case (RFC 7644 3.4.2.2). */
  function at(word: string): boolean {
    return token.kind === "word" && token.text.toLowerCase() === word;
  }

  function or(): Filter {
    return chain("or", () => chain("and", unary));
  }

  function chain(kind: "and" | "or", term: () => Filter): Filter {
    const first = term();
    if (!at(kind)) return first;
    const terms = [first];
    while (at(kind)) {
      take();
      terms.push(term());
    }
    return joined(kind, terms);
  }

  function unary(): Filter {
    if (!at("not")) return token.kind === "(" ? group() : expression();
    const not = take();
    // Figure 1 negates groups alone, and `not userName eq "x"` would read as either of two things.
    if (token.kind !== "(") throw unreadable(not.start, `"not" takes a group in parentheses, as in not (userName eq "x")`);
    return { kind: "not", term: group() };
  }

  function group(): Filter {
    const filter = nested();
    close(")");
    return filter;
  }

  /** A filter behind a parenthesis or bracket. */
  function nested(): Filter {
    if (++depth > limits.filterDepth) throw unreadable(token.start, `it is nested deeper than ${limits.filterDepth} levels`);
    take();
    const filter = or();
    depth--;
    return filter;
  }

  function expression(): Filter {
    const path = take();
    if (path.kind !== "word") throw unreadable(path.start, `the name of an attribute is expected, found ${shown(path)}`);
    if (inside && !isName(path.text)) throw unreadable(path.start, `inside [ ] the bare name of a sub-attribute is expected, found ${shown(path)}`);
    if (!isPath(path.text)) throw unreadable(path.start, `${quoted(path.text)} is not the name of an attribute`);
    return token.kind === "[" && token.start === path.end ? element(path) : test(path.text);
  }

  function element(path: Token): Filter {
    if (inside) throw unreadable(token.start, "[ ] cannot stand inside [ ]");
    if (!isElementPath(path.text)) throw unreadable(path.start, `[ ] follows the name of an attribute, not that of a sub-attribute such as ${quoted(path.text)}`);
    inside = true;
    const filter = nested();
    inside = false;
    const { end } = close("]");

    // `emails[type eq "work"].value eq "x"` is outside figure 1, and how Entra ID looks users up: one and the same element.
    if (!lenient.valuePathSubAttribute || token.kind !== "word" || token.start !== end || !token.text.startsWith(".")) {
      return { kind: "element", path: path.text, filter };
    }
    note?.("valuePathSubAttribute", path.text.slice(0, 100));
    const sub = take();
    if (!isName(sub.text.slice(1))) throw unreadable(sub.start, `the name of a sub-attribute is expected behind ]., found ${shown(sub)}`);
    return { kind: "element", path: path.text, filter: joined("and", [filter, test(sub.text.slice(1))]) };
  }

  /** What is asked of an attribute: `pr`, or an operator and a value. */
  function test(path: string): Filter {
    if (++comparing > limits.filterTerms) throw refuse("invalidFilter", `The filter has more than ${limits.filterTerms} comparisons.`);
    const word = take();
    if (word.kind === "word" && word.text.toLowerCase() === "pr") return { kind: "present", path };
    const op = word.kind === "word" ? comparisons.get(word.text.toLowerCase()) : undefined;
    if (op === undefined) throw unreadable(word.start, `an operator is expected after ${quoted(path)} (eq, ne, co, sw, ew, gt, ge, lt, le or pr), found ${shown(word)}`);
    const value = take();
    const literal = value.kind === "text" ? value.text : value.kind === "word" ? literalWord(value.text, path, reading) : undefined;
    if (literal === undefined) throw unreadable(value.start, `a value is expected after ${op}: text in double quotes, a number, true, false or null; found ${shown(value)}`);
    return { kind: "compare", path, op, value: literal };
  }
}

function literalWord(word: string, path: string, { lenient, note }: Reading): Exclude<Literal, string> | undefined {
  if (word === "null") return null;
  if (isNumberText(word)) return { number: word };
  const text = lenient.booleanText ? word.toLowerCase() : word;
  if (text !== "true" && text !== "false") return undefined;
  if (text !== word) note?.("booleanText", path.slice(0, 100));
  return text === "true";
}

/** A chain in a chain of its own kind is one longer chain, so that trees are no deeper than what they say. */
function joined(kind: "and" | "or", terms: readonly Filter[]): Filter {
  return { kind, terms: terms.flatMap((term) => (term.kind === kind ? term.terms : [term])) };
}

function unclosed(token: Token, close: string): ScimError {
  return unreadable(token.start, `"and", "or" or ${close} is expected, found ${shown(token)}`);
}

function shown(token: Token): string {
  return token.kind === "end" ? "the end" : token.kind === "text" ? `the text ${quoted(token.text)}` : quoted(token.text);
}
