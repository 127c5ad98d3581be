/** Columns that a new row must have and SCIM says nothing of: what to put there. */
import type { GuessedRule, SketchEntry, SketchValue } from "../../sketch.js";
import { foreignKey } from "./tables.js";
import type { Column, Table } from "./tables.js";
import type { Tenant } from "./tenants.js";
import * as words from "./words.js";

export interface Fill {
  readonly entries: readonly SketchEntry[];
  readonly rules: readonly GuessedRule[];
  /** What only a person can say. */
  readonly missing: readonly string[];
}

export interface Filling {
  /** The columns that something writes already. */
  readonly written: ReadonlySet<string>;
  readonly tenant: Tenant | null | undefined;
  /** The column of the e-mail address that is userName, where it stands in another table. */
  readonly address?: Column | undefined;
}

/** One entry for each required column of the table that nothing writes. */
export function fill(table: Table, { written, tenant, address }: Filling): Fill {
  const entries: SketchEntry[] = [];
  const rules: GuessedRule[] = [];
  const missing: string[] = [];
  for (const each of table.columns) {
    if (each.optional || each.list || each.filled || written.has(each.name)) continue;
    const value = holdsTenant(table, each, tenant) ? { value: { $: "tenant" } as const, comment: [] } : (copied(each, address) ?? constant(table, each));
    if (value !== undefined) {
      entries.push({ key: each.name, ...value });
    } else if (each.type === "Json" || each.type === "Bytes") {
      const why = `${table.name}.${each.name} is required, and nothing here says what it is for a new row`;
      missing.push(`${why}.`);
      entries.push({ key: each.name, value: undefined, comment: [`MISSING: ${why}. Give ${each.name} a default in the schema`] });
    } else {
      const rule = ruleFor(table, each);
      rules.push(rule);
      entries.push({ key: each.name, value: { $: "rule", name: rule.name }, comment: [] });
    }
  }
  return { entries, rules, missing };
}

/** `create: {…}` where there is something to write or to say. */
export const created = ({ entries }: Fill): readonly SketchEntry[] => (entries.length === 0 ? [] : [{ key: "create", value: { entries }, comment: [] }]);

function holdsTenant(table: Table, { name, type }: Column, tenant: Filling["tenant"]): boolean {
  if (tenant === null || tenant === undefined) return false;
  const leads = table.relations.some((relation) => relation.to === tenant.table?.name && foreignKey(relation) === name);
  return leads || (type === tenant.column.type && words.squashed(name) === words.squashed(tenant.column.name));
}

/** A membership that repeats the address of the person behind it. */
function copied(column: Column, address: Column | undefined): { readonly value: SketchValue; readonly comment: readonly string[] } | undefined {
  const isAddress = ({ name, type }: Column): boolean => type === "String" && (words.columns.email as readonly string[]).includes(words.squashed(name));
  if (address === undefined || !isAddress(address) || !isAddress(column)) return undefined;
  return { value: { $: "from", attribute: "userName" }, comment: [] };
}

/** Of the values of an enum the one that gives least. */
export const least = (values: readonly string[]): string | undefined => words.least.map((word) => values.find((each) => words.squashed(each) === word)).find((each) => each !== undefined);

function constant(table: Table, { name, type, values }: Column): Pick<SketchEntry, "comment"> & { readonly value: SketchValue } | undefined {
  if (type === "Boolean") return { value: false, comment: [] };
  if (type === "DateTime") return { value: { $: "now" }, comment: [] };
  const isKey = table.key.includes(name) || table.relations.some(({ columns }) => columns.includes(name));
  if (isKey) return undefined;
  if (values.length === 1) return { value: values[0] ?? "", comment: [] };
  const scim = values.find((each) => words.squashed(each) === "scim");
  const given = scim ?? least(values);
  if (given !== undefined) return { value: given, comment: [] };
  if (type === "String" && words.hasWord(name, words.provenance)) return { value: "scim", comment: [`guess: ${name} says who made the row`] };
  if (["Int", "BigInt", "Float", "Decimal"].includes(type) && words.hasWord(name, words.countings)) return { value: 0, comment: [`guess: ${name} begins at nothing`] };
  return undefined;
}

function ruleFor(table: Table, { name, type }: Column): GuessedRule {
  const id = table.key.length === 1 && table.key[0] === name;
  const open = `${lower(table.name)}${camel(name)}`;
  const common = { column: `${table.name}.${name}` };
  const isText = type === "String";
  if (id && isText) return { name: `new${camel(table.name)}Id`, kind: "id", ...common };
  if (isText && /password|passwd|pwhash/.test(words.squashed(name))) return { name: open, kind: "password", ...common };
  if (isText && (words.columns.publicId as readonly string[]).includes(words.squashed(name))) return { name: open, kind: "id", ...common };
  return { name: open, kind: "open", ...common };
}

const camel = (name: string): string =>
  name
    .split("_")
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join("");

function lower(name: string): string {
  const text = camel(name);
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}
