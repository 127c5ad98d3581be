/** Bytes as SCIM writes them (RFC 7643 2.3.6; RFC 4648 4). By hand: what the runtimes offer goes by text of one byte a letter, or is not everywhere. */

/** As the compiler of the host calls the bytes that Prisma takes: newer ones tell where they lie. */
export type Bytes = ReturnType<Uint8Array["slice"]>;

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const places: ReadonlyMap<string, number> = new Map([...letters].map((letter, place) => [letter, place]));

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const filled = Math.min(bytes.length - at, 3) + 1;
    for (let place = 0; place < 4; place++) text += place < filled ? letters.charAt((group >> (18 - 6 * place)) & 63) : "=";
  }
  return text;
}

/** The padding may be missing. Undefined for text that is not base64. */
export function fromBase64(text: string): Bytes | undefined {
  const digits = text.replace(/={1,2}$/, "");
  if (digits.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4)).slice();
  let [group, bits, at] = [0, 0, 0];
  for (const letter of digits) {
    const place = places.get(letter);
    if (place === undefined) return undefined;
    group = ((group << 6) | place) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (group >> bits) & 0xff;
  }
  return bytes;
}
