/** What attributes hold below the protocol, typed as their schema says. */

/** What one attribute holds, typed as its schema says: a dateTime is a Date, an absent value null. */
export type Value = string | number | boolean | Date | null;

/**
 * Attribute key to value. A key is the attribute's path (`userName`, `name.givenName`), with the alias of an
 * extension in place of its URN (`enterprise.department`). A key that is not there is not written.
 */
export type Values = Readonly<Record<string, Value | undefined>>;

/** One element of a multi-valued complex attribute, every declared sub-attribute present or null. */
export type Entry = Readonly<Record<string, Value>>;
