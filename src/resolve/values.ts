/** Whether a constant of the mapping is something that a column can hold. */
import type { Attribute, Column, TenantType } from "../provider.js";

type Constant = string | number | boolean;

/** What the column holds instead, in words; undefined: the constant fits. The values of an enum are looked at elsewhere. */
export function misfit(column: Column, value: Constant): string | undefined {
  switch (column.type) {
    case "boolean":
      return typeof value === "boolean" ? undefined : "true or false";
    case "int":
      return typeof value === "number" && Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? undefined : "a whole number";
    case "bigint":
      return Number.isSafeInteger(value) || (typeof value === "string" && whole.test(value)) ? undefined : "a whole number, or its digits";
    case "decimal":
      return typeof value === "number" || (typeof value === "string" && number.test(value)) ? undefined : "a number, or its digits";
    case "float":
      return typeof value === "number" ? undefined : "a number";
    case "dateTime":
      return typeof value === "string" && isInstant(value) ? undefined : "a date and time as ISO 8601 has it, or now()";
    case "uuid":
      return typeof value === "string" && uuid.test(value) ? undefined : "a uuid";
    case "json":
      return "a document";
    case "bytes":
      return "bytes, which a mapping cannot spell";
    case "text":
    case "citext":
    case "enum":
      return typeof value === "string" ? undefined : "text";
  }
}

const whole = /^-?\d{1,19}$/;
const number = /^-?\d+(\.\d+)?$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text));
}

/** What fits those words, as one writes it. */
export function exampleOf(due: string): string {
  const [, word] = /^one of ([^,]+)/.exec(due) ?? [];
  if (word !== undefined) return JSON.stringify(word);
  return /number|digits/.test(due) ? "0" : /boolean|true/.test(due) ? "true" : `"…"`;
}

/** The same for the default of an attribute: a value as SCIM says it, which the column holds in its own form. */
export function misfitOfDefault({ source, definition }: Attribute, value: Constant): string | undefined {
  const wanted = definition.type === "boolean" ? "boolean" : definition.type === "integer" || definition.type === "decimal" ? "number" : "string";
  if (typeof value !== wanted) return `a ${wanted}`;
  if (source.kind === "choice") {
    const listed = source.choices.map((each) => each.value);
    const known = source.other !== undefined || listed.some((each) => each.toLowerCase() === String(value).toLowerCase());
    return known ? undefined : `one of ${[...new Set(listed)].join(", ")}`;
  }
  if (source.kind !== "column" || typeof value === "boolean") return undefined;
  if (typeof value === "number") return misfit(source.place.column, value);
  return misfit(source.place.column, held(source.place.column, value));
}

/** Digits and the words true and false, as the column has them. */
function held({ type }: Column, text: string): Constant {
  if (type === "boolean") return text === "true" || (text === "false" ? false : text);
  return (type === "int" || type === "float") && number.test(text) ? Number(text) : text;
}

/** The TypeScript type of a column's values, in one word; of an enum, its name stands for it. */
export function typeOf(column: Column): string {
  switch (column.type) {
    case "int":
    case "float":
      return "number";
    case "bigint":
      return "bigint";
    case "boolean":
      return "boolean";
    case "dateTime":
      return "Date";
    case "bytes":
      return "Uint8Array";
    case "enum":
      return column.values.join(" | ");
    default:
      return "string";
  }
}

export function holdsTenant(column: Column, tenant: TenantType): boolean {
  return column.type !== "float" && typeOf(column) === tenant;
}
