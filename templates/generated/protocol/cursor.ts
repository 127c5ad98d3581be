/**
 * Pages by cursor (RFC 9865). A cursor holds where its page begins and no state of ours: it is signed together with tenant, endpoint
 * and query, so that a forged one, another tenant's and one of another query are the same error.
 */
import { ScimError } from "./error.js";

/** Where a page is: behind the row of this id or just before it, or after so many rows where the client sorts. */
export type Place = { readonly after: string } | { readonly before: string } | { readonly skip: number };

export interface Cursor {
  readonly at: Place;
  readonly count: number;
  readonly total: number;
}

export interface Cursors {
  /** `scope`: all that a cursor is bound to. */
  write(cursor: Cursor, scope: string): Promise<string>;
  /** Throws 400 `invalidCursor`, `expiredCursor`. */
  read(text: string, scope: string): Promise<Cursor>;
}

interface Key {
  sign(text: string): Promise<Uint8Array>;
}

/** WebCrypto, without the DOM's types. */
interface Subtle {
  importKey(format: "raw", data: Uint8Array, algorithm: { name: "HMAC"; hash: "SHA-256" }, extractable: false, uses: readonly ["sign"]): Promise<unknown>;
  sign(algorithm: "HMAC", key: unknown, data: Uint8Array): Promise<ArrayBuffer>;
}

const runtime = globalThis as unknown as {
  readonly crypto: { readonly subtle: Subtle };
  readonly TextEncoder: new () => { encode(text: string): Uint8Array };
};

const shortest = 32;

/** Cursors sign by the first secret and are read by any. Throws at start when one is too short to keep a secret. */
export function cursors(secrets: string | readonly string[], seconds: number, now: () => number = Date.now): Cursors {
  const all = typeof secrets === "string" ? [secrets] : secrets;
  const encode = new runtime.TextEncoder();
  const bytes = all.map((secret) => encode.encode(secret));
  if (bytes.length === 0 || bytes.some(({ length }) => length < shortest)) throw new Error(`cursorSecret must be ${String(shortest)} bytes or more, from a random source.`);
  const keys = bytes.map(keyOf);

  return {
    async write({ at, count, total }, scope) {
      const place = "skip" in at ? `s${String(at.skip)}` : "after" in at ? `a${hex(encode.encode(at.after))}` : `b${hex(encode.encode(at.before))}`;
      const text = [String(Math.floor(now() / 1000) + seconds), String(count), String(total), place].join(".");
      const [key] = keys;
      if (key === undefined) throw new Error("There is no secret for cursors.");
      return `${text}.${hex(await (await key).sign(`${scope}\n${text}`))}`;
    },

    async read(given, scope) {
      const cut = given.lastIndexOf(".");
      const [text, signature] = [given.slice(0, cut), given.slice(cut + 1)];
      const wanted = await Promise.all(keys.map(async (key) => hex(await (await key).sign(`${scope}\n${text}`))));
      if (cut < 0 || !wanted.some((each) => same(each, signature))) throw invalid();
      const [until = "", count = "", total = "", place = ""] = text.split(".");
      if (Number(until) * 1000 < now()) throw new ScimError(400, "The cursor has expired; please begin again without one.", "expiredCursor");
      return { at: placeOf(place.slice(0, 1), place.slice(1)), count: Number(count), total: Number(total) };
    },
  };
}

function placeOf(kind: string, text: string): Place {
  switch (kind) {
    case "s":
      return { skip: Number(text) };
    case "a":
      return { after: unhex(text) };
    case "b":
      return { before: unhex(text) };
    default:
      throw invalid();
  }
}

export function invalid(): ScimError {
  return new ScimError(400, "The cursor is not one of this query; please begin again without one.", "invalidCursor");
}

async function keyOf(secret: Uint8Array): Promise<Key> {
  const encode = new runtime.TextEncoder();
  const { subtle } = runtime.crypto;
  const key = await subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return { sign: async (text) => new Uint8Array(await subtle.sign("HMAC", key, encode.encode(text))) };
}

/** Every letter is looked at, so that the time says nothing of how many are right. */
function same(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index++) difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
}

/** A cursor holds only letters that a URL leaves as they are (RFC 9865 2). */
function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

function unhex(text: string): string {
  return decodeURIComponent(text.replace(/../g, "%$&"));
}
