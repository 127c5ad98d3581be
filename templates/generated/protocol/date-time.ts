/** The dateTime of SCIM: xsd:dateTime, a date and a time (RFC 7643 2.3.5). */

const syntax = /^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,30}))?(?:Z|([+-])([0-9]{2}):([0-9]{2}))?$/;

/** The years of four digits, in UTC: what PostgreSQL takes, and what an answer can show. */
const [first, last] = [Date.parse("0001-01-01T00:00:00.000Z"), Date.parse("9999-12-31T23:59:59.999Z")];

/**
 * The instant, or undefined for text that names none. Without an offset it is UTC. Digits behind the millisecond are cut off:
 * an answer does not show them. `Date.parse` is not asked: it takes bare dates, and reads a missing offset as the host's own.
 */
export function parseDateTime(text: string): Date | undefined {
  const match = syntax.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = "", sign, offsetHours = "0", offsetMinutes = "0"] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  // XML Schema 1.1 part 2, 3.3.7: offsets go as far as 14:00.
  const offset = Number(offsetHours) * 60 + Number(offsetMinutes);
  if (Number(offsetMinutes) > 59 || offset > 14 * 60) return undefined;

  const date = new Date(0);
  // setUTCFullYear and not Date.UTC, which takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  // A 30th of February has become a day of March.
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
  date.setUTCHours(Number(hour), Number(minute) - (sign === "-" ? -offset : offset), Number(second), Number(fraction.slice(0, 3).padEnd(3, "0")));
  return date.getTime() < first || date.getTime() > last ? undefined : date;
}
