/** Which options stand where. What the mapping language does not know is never passed over: a slip would be a weaker mapping than the one that was meant. */
import { closest } from "../closest.js";
import type { ConfigPath, Scope } from "./context.js";

/** A list: one of these words. `made`: what new rows hold, or false. */
type Kind = "text" | "texts" | "object" | "made" | "flag" | "lower" | "count" | "any" | readonly string[];
type Table = Readonly<Record<string, Kind>>;

const traits = { readOnly: "flag", immutable: "flag", required: "flag", returned: ["always", "default", "request", "never"], caseExact: "flag", canonicalValues: "texts", description: "text" } as const;

const everyResource: Table = {
  model: "text", tenant: "any", id: "text", where: "object", create: "object", stamp: "object", through: "object", onExisting: "object", softDelete: "text",
  remove: "any", sideRows: "any", meta: "object", constraints: "object", others: "text", attributes: "object", extensions: "object",
};

/** Options by what holds them. */
export const options = {
  config: {
    User: "object", Group: "object", resources: "object", client: "text", output: "text", owned: "texts", transaction: ["client", "host"], imports: ["", ".js", ".ts"],
    features: "object", leniencies: "object",
  },
  user: { ...everyResource, enterprise: "object" },
  group: everyResource,
  custom: { ...everyResource, schema: "text", endpoint: "text", description: "text" },
  extension: { name: "text", description: "text", required: "flag", attributes: "object" },
  valueGroup: { valuesOf: "text", leave: "text", locked: "texts" },
  features: { bulk: "flag", sort: "flag", etag: "flag", cursor: "flag", page: "object" },
  page: { default: "count", max: "count" },
  meta: { created: "text", lastModified: "text", version: "text" },
  onExisting: { unmanaged: ["conflict", "adopt"], inactive: ["conflict", "restore"], removed: ["create", "restore", "conflict"] },
  through: {
    match: "text", link: ["connectOrCreate", "connect", "create"], create: "object", owner: "text", onLink: ["keep", "update"], onUpdate: ["owned", "keep", "whenSole", "write", "refuse"],
    onDelete: ["keep", "deleteOrphan"],
  },
  column: { at: "text", lower: "lower", values: "object", else: "any", set: "object", default: "any", fallback: "text", ...traits },
  // The same behind a relation.
  behind: { at: "text", lower: "lower", values: "object", else: "any", set: "object", default: "any", fallback: "text", tenant: "any", ...traits },
  lookup: { at: "text", link: "text", where: "object", tenant: "any", create: "object", lower: "lower", default: "any", ...traits },
  row: { at: "text", where: "object", tenant: "any", create: "made", lower: "lower", values: "object", else: "any", default: "any", ...traits },
  table: { table: "text", key: "text", value: "text", where: "object", tenant: "any", create: "made", lower: "lower", values: "object", else: "any", default: "any", ...traits },
  constant: { constant: "any", ...traits },
  exists: { exists: "any", ...traits },
  unless: { unless: "text", default: "any", ...traits },
  // One value made of columns.
  complex: { each: "object", ...traits },
  reference: { at: "text", ref: "text", ...traits },
  members: { at: "text", ref: "text", create: "made", where: "object", softDelete: "text", remove: "any", ...traits },
  rows: { at: "text", each: "object", create: "made", where: "object", softDelete: "text", remove: "any", ...traits },
  heldRows: { at: "text", each: "object", create: "made", where: "object", tenant: "any", softDelete: "text", remove: "any", ...traits },
  json: { at: "text", lower: "lower", default: "any", fallback: "text", ...traits },
  codec: { at: "any", codec: "text", equals: "object", default: "any", fallback: "text", ...traits },
  equals: { at: "text", codec: "text" },
  handed: { hook: "flag", required: "flag", description: "text" },
  jsonList: { at: "text", each: "object", lower: "lower", ...traits },
  scalars: { at: "text", lower: "lower", values: "object", else: "any", ...traits },
  tableRows: { table: "text", key: "text", value: "text", each: "object", where: "object", tenant: "any", create: "made", softDelete: "text", remove: "any", ...traits },
  sideRow: { at: "text", create: "any" },
  // A column that is one element.
  element: { at: "text", lower: "lower", ...traits },
  // One of the two: which, only the place tells.
  many: { at: "text", each: "object", create: "made", lower: "lower", values: "object", else: "any", link: "text", where: "object", tenant: "any", softDelete: "text", remove: "any", ...traits },
  ends: { at: "text", create: "made", lower: "lower", link: "text", where: "object", tenant: "any", ...traits },
  slots: { slots: "object", primary: "text", ...traits },
  slot: { at: "text", lower: "lower" },
  wholeName: { full: "any", order: ["given-first", "family-first"] },
} as const satisfies Readonly<Record<string, Table>>;

/** Every option that some entry has, or will have. */
const anywhere: ReadonlySet<string> = new Set(
  Object.values<Table>(options)
    .flatMap((table) => Object.keys(table))
    .concat("table", "key", "value", "hook", "exists", "codec", "equals", "fallback", "link", "where", "tenant", "softDelete", "remove", "type"),
);

/** Tells what is not known, or of the wrong kind. False: one has another shape, and nothing more can be read here. */
export function checkOptions(scope: Scope, holder: object, where: keyof typeof options, called: string, path: ConfigPath): boolean {
  const table: Table = options[where];
  const wrong = Object.entries(holder).filter(([name, value]) => value !== undefined && !isRight(table[name], value));
  for (const [name] of wrong) {
    const kind = table[name];
    if (kind !== undefined) scope.findings.error("type-mismatch", [...path, name], `"${name}" of ${called} must be ${due(kind)}.`, { remedy: written(name, kind, holder[name as keyof typeof holder]) });
    else scope.findings.error("unknown-option", [...path, name], anywhere.has(name) ? `"${name}" means nothing for ${called}.` : `There is no option "${name}" for ${called}.`, remedy(name, Object.keys(table)));
  }
  return wrong.every(([name]) => table[name] !== "text" && table[name] !== "object" && table[name] !== "made");
}

/** What each kind is, in words, and how one writes it. */
const kinds = {
  text: { due: "a string", example: `"…"`, holds: (value: unknown) => typeof value === "string" },
  texts: { due: "a list of strings", example: `["…"]`, holds: (value: unknown) => Array.isArray(value) && value.every((each) => typeof each === "string") },
  object: { due: "an object", example: "{ … }", holds: isObject },
  made: { due: "an object, or false", example: "{ … }", holds: (value: unknown) => value === false || isObject(value) },
  flag: { due: "true or false", example: "true", holds: (value: unknown) => typeof value === "boolean" },
  lower: { due: `true, false or "trusted"`, example: "true", holds: (value: unknown) => typeof value === "boolean" || value === "trusted" },
  count: { due: "a whole number of at least 1", example: "100", holds: (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 1 },
  any: { due: "", example: "", holds: () => true },
} as const;

function due(kind: Kind): string {
  return typeof kind === "string" ? kinds[kind].due : oneOf(kind);
}

/** `"a", "b" or "c"`. */
function oneOf(words: readonly string[]): string {
  const quoted = words.map((each) => `"${each}"`);
  return [quoted.slice(0, -1).join(", "), quoted.at(-1) ?? ""].join(" or ");
}

function written(name: string, kind: Kind, value: unknown): string {
  const near = typeof kind === "string" || typeof value !== "string" ? undefined : closest(value, kind);
  if (near !== undefined) return `did you mean "${near}"?`;
  return `${name}: ${typeof kind !== "string" ? `"${kind[0] ?? ""}"` : kinds[kind].example}`;
}

function isRight(kind: Kind | undefined, value: unknown): boolean {
  if (kind === undefined) return false;
  return typeof kind === "string" ? kinds[kind].holds(value) : typeof value === "string" && kind.includes(value);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function remedy(name: string, names: readonly string[]): { readonly remedy: string } {
  const near = closest(name, names);
  return { remedy: near === undefined ? `it has: ${names.join(", ")}` : `did you mean "${near}"?` };
}
