/** From bytes to text, for the adapters. */
import { refuse, ScimError } from "./error.js";

/** Every JavaScript runtime has it; declared here so that a host needs neither the DOM's nor node's types to compile. */
declare const TextDecoder: new (label: string, options: { readonly fatal: boolean }) => { decode(bytes: Uint8Array): string };

export interface Collector {
  /** Throws 413 as soon as there are more bytes than the limit. */
  add(chunk: Uint8Array): void;
  /** Throws 400 when the bytes are not UTF-8 (RFC 7644 8.1): a mangled name must not reach the database. */
  text(): string;
}

export function collector(limit: number): Collector {
  let chunks: Uint8Array[] = [];
  let size = 0;
  return {
    add(chunk) {
      size += chunk.byteLength;
      // A size that is no number would let everything through.
      if (size <= limit) return void chunks.push(chunk);
      chunks = [];
      throw tooLarge(limit);
    },
    text: () => decode(joined(chunks, size)),
  };
}

export function tooLarge(limit: number): ScimError {
  return new ScimError(413, `The body is larger than ${limit} bytes; please send less at once.`);
}

export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw refuse("invalidSyntax", "The body is not UTF-8 text.");
  }
}

/** RFC 9110 8.4: nobody has unpacked these bytes, and a small packed body can hold a very large one. */
export function refusePacked(contentEncoding: string | undefined): void {
  if (contentEncoding === undefined || /^\s*(identity)?\s*$/i.test(contentEncoding)) return;
  throw new ScimError(415, "The body is compressed; please send it as it is.");
}

/** Bytes of a text in UTF-8. JSON text holds no half of a surrogate pair, so each half is two of a pair's four bytes. */
export function byteLength(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) length += code >= 0x800 && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return length;
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [only] = chunks;
  if (only && chunks.length === 1) return only;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
