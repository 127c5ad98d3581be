/** What becomes of values once they are all known: columns that several attributes share, and columns that cannot be empty. */
import { refuse } from "./error.js";
import type { Reading } from "./leniencies.js";
import type { Mapping } from "./mapping.js";
import type { Value } from "./resource.js";

export interface SettleOptions {
  /** Whether defaults stand in for keys that are not there, or for cleared ones alone. */
  readonly fill: "absent" | "cleared";
  /** The value of a key that this request does not write. */
  present(key: string): Value | undefined;
}

/** Changes `values` in place. */
export function settle(values: Map<string, Value>, mapping: Mapping, reading: Reading, { fill, present }: SettleOptions): void {
  const passed = new Set(mapping.shared.flatMap((keys) => share(values, keys, reading)));
  for (const key in mapping.defaults) {
    const standIn = mapping.defaults[key];
    if (standIn === undefined || passed.has(key) || !(values.get(key) === null || (fill === "absent" && !values.has(key)))) continue;
    if ("made" in standIn) {
      values.delete(key);
      continue;
    }
    const value = "value" in standIn ? standIn.value : values.has(standIn.from) ? values.get(standIn.from) : present(standIn.from);
    if (value !== undefined && value !== null) values.set(key, value);
  }
}

/** One column, several attributes: the first that has a value is written. Gives the keys that stand back. */
function share(values: Map<string, Value>, keys: readonly string[], { lenient, note }: Reading): readonly string[] {
  const named = keys.filter((key) => values.has(key));
  const assigned = named.filter((key) => values.get(key) !== null);
  const first = assigned[0] ?? named[0];
  if (first === undefined) return [];
  for (const key of assigned) {
    if (values.get(key) === values.get(first)) continue;
    if (!lenient.sharedColumn) throw refuse("invalidValue", `${first} and ${key} are one value here; please send the same for both.`);
    note?.("sharedColumn", key);
  }
  for (const key of named) if (key !== first) values.delete(key);
  return keys.filter((key) => key !== first);
}
