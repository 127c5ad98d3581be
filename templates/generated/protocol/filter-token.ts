/** The words of the filter language (RFC 7644 3.4.2.2, figure 1), one at a time. */
import { refuse, type ScimError } from "./error.js";

export interface Token {
  /** `word`: a name, an operator, a number, `true`. `text`: a JSON string. */
  readonly kind: "word" | "text" | "(" | ")" | "[" | "]" | "end";
  /** The word as it stands, or the string without quotes and escapes. */
  readonly text: string;
  /** Where it begins, and the first place behind it. */
  readonly start: number;
  readonly end: number;
}

/** Space, quotation mark, parentheses and brackets: whatever else a word is made of, its reader judges. */
const breaks: ReadonlySet<number> = new Set([0x20, 0x22, 0x28, 0x29, 0x5b, 0x5d]);

/** The token at or behind `from`. Each character is looked at once, so a filter is read in linear time. */
export function tokenAt(text: string, from: number): Token {
  let start = from;
  while (text.charCodeAt(start) === 0x20) start++;
  if (start >= text.length) return { kind: "end", text: "", start, end: start };

  switch (text.charCodeAt(start)) {
    case 0x22:
      return quotedText(text, start);
    case 0x28:
      return { kind: "(", text: "(", start, end: start + 1 };
    case 0x29:
      return { kind: ")", text: ")", start, end: start + 1 };
    case 0x5b:
      return { kind: "[", text: "[", start, end: start + 1 };
    case 0x5d:
      return { kind: "]", text: "]", start, end: start + 1 };
  }
  let end = start + 1;
  while (end < text.length && !breaks.has(text.charCodeAt(end))) end++;
  return { kind: "word", text: text.slice(start, end), start, end };
}

function quotedText(text: string, start: number): Token {
  let end = start + 1;
  for (let code = text.charCodeAt(end); code !== 0x22; code = text.charCodeAt(end)) {
    if (end >= text.length) throw unreadable(start, "the closing quotation mark is missing");
    // A backslash takes the next character with it, so that `\"` does not close.
    end += code === 0x5c ? 2 : 1;
  }
  end++;
  return { kind: "text", text: decoded(text.slice(start, end), start), start, end };
}

/** A value is a JSON string (RFC 7644 3.4.2.2), and one that a database can hold: no NUL, no half of a surrogate pair. */
function decoded(json: string, start: number): string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw unreadable(start, "the text in quotation marks is not JSON; please write a backslash as \\\\ and a control character as \\u and its code");
  }
  if (typeof value !== "string") throw unreadable(start, "text in quotation marks is expected");
  // With the flag `u` a whole pair is one character, so only a lone half matches.
  if (value.includes("\0") || /[\ud800-\udfff]/u.test(value)) throw unreadable(start, "the text holds a character that no value can have");
  return value;
}

/** 400 `invalidFilter` that names the place: columns count from 1, as editors do. */
export function unreadable(at: number, what: string): ScimError {
  return refuse("invalidFilter", `The filter cannot be read at column ${at + 1}: ${what}.`);
}

/** What a client wrote, short enough for an error's sentence. */
export function quoted(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 59)}…` : text}"`;
}
