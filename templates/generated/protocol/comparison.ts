/** One comparison of a filter against the schema: may the operator stand there, and what does the literal mean (RFC 7644 3.4.2.2). */
import { parseDateTime } from "./date-time.js";
import { refuse, type ScimError } from "./error.js";
import { isNumberText, type Comparison, type Literal } from "./filter.js";
import { quoted } from "./filter-token.js";
import type { Leniencies, Reading } from "./leniencies.js";
import type { Value } from "./data.js";
import type { AttributeDefinition, AttributeType } from "./schema.js";

/** Throws 400 `invalidFilter` for an operator that the attribute's type does not know. `name`: as an error shall call the attribute. */
export function checkOperator({ type }: AttributeDefinition, op: Comparison, name: string): void {
  if (!operators(type).includes(op)) throw refuse("invalidFilter", `The operator "${op}" cannot be used on ${name}, which holds ${holds[type]}.`);
}

/** The literal as the attribute's type has it. Throws 400 `invalidFilter` for one of another type, whatever a database would make of it. */
export function readLiteral({ type }: AttributeDefinition, literal: Exclude<Literal, null>, reading: Reading, name: string): Exclude<Value, null> {
  const value = typed(type, literal, reading.lenient);
  if (value === undefined) throw mistyped(type, literal, name);
  // Text that stands for something else has been forgiven.
  if (typeof literal === "string" && typeof value === "boolean") reading.note?.("booleanText", name);
  if (typeof literal === "string" && typeof value === "number") reading.note?.("numberText", name);
  return value;
}

const equality: readonly Comparison[] = ["eq", "ne"];
const order: readonly Comparison[] = [...equality, "gt", "ge", "lt", "le"];
const substring: readonly Comparison[] = [...equality, "co", "sw", "ew"];

/** RFC 7644 3.4.2.2 refuses an order on booleans and binaries; parts of what is not text mean nothing. */
function operators(type: AttributeType): readonly Comparison[] {
  switch (type) {
    case "string":
    case "reference":
      return [...order, ...substring];
    case "binary":
      return substring;
    case "integer":
    case "decimal":
    case "dateTime":
      return order;
    case "boolean":
      return equality;
    case "complex":
      return [];
  }
}

function typed(type: AttributeType, literal: Exclude<Literal, null>, lenient: Leniencies): Exclude<Value, null> | undefined {
  switch (type) {
    case "string":
      // Text is stored in this form, so it is looked for in it (RFC 7644 5).
      return typeof literal === "string" ? literal.normalize("NFC") : undefined;
    case "reference":
    case "binary":
      return typeof literal === "string" ? literal : undefined;
    case "boolean":
      return typeof literal === "string" && lenient.booleanText ? booleanText(literal) : typeof literal === "boolean" ? literal : undefined;
    case "integer":
    case "decimal":
      return number(type, literal, lenient);
    case "dateTime":
      return typeof literal === "string" ? parseDateTime(literal) : undefined;
    case "complex":
      return undefined;
  }
}

function booleanText(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return word === "true" ? true : word === "false" ? false : undefined;
}

function number(type: "integer" | "decimal", literal: Exclude<Literal, null>, lenient: Leniencies): number | undefined {
  if (typeof literal === "boolean") return undefined;
  const text = typeof literal === "object" ? literal.number : lenient.numberText && isNumberText(literal) ? literal : undefined;
  if (text === undefined) return undefined;
  const value = Number(text);
  // Text and not value decides: an integer has neither fraction nor exponent (RFC 7643 2.3.4), and 2^53 + 1 would pass for 2^53.
  if (type === "integer") return /^-?[0-9]+$/.test(text) && Number.isSafeInteger(value) ? value : undefined;
  return Number.isFinite(value) ? value : undefined;
}

const holds: Readonly<Record<AttributeType, string>> = {
  string: "text",
  reference: "a reference",
  binary: "binary data",
  boolean: "true or false",
  integer: "a whole number",
  decimal: "a number",
  dateTime: "a date and time",
  complex: "several parts",
};

function mistyped(type: AttributeType, literal: Exclude<Literal, null>, name: string): ScimError {
  const found = typeof literal === "string" ? `the text ${quoted(literal)}` : typeof literal === "object" ? literal.number.slice(0, 60) : String(literal);
  const text = "text in double quotes";
  const wanted = { ...holds, string: text, reference: text, binary: text, dateTime: 'a date and time such as "2026-01-31T08:00:00Z"' }[type];
  return refuse("invalidFilter", `${name} is compared with ${wanted}, not with ${found}.`);
}
