/** Whether a row can be inserted at all. */
import type { PrismaModel } from "../read/prisma.js";
import type { ConfigPath, Scope } from "./context.js";

/** Required columns that nothing fills on an insert. */
export function unmapped(home: Scope, model: PrismaModel, covered: readonly string[], path: ConfigPath): void {
  for (const field of model.fields) {
    if (field.kind === "object" || !field.isRequired || field.hasDefault || field.isUpdatedAt || field.isList || covered.includes(field.name)) continue;
    const made = field.isId && field.type === "String";
    home.findings.error(
      made ? "key-made-by-application" : "required-unmapped",
      path,
      made ? `${model.name}.${field.name} has no default: your application makes these keys.` : `${model.name}.${field.name} is required, and nothing in the mapping fills it.`,
      { remedy: field.type === "Json" ? `map an attribute into it, or write @default("{}") behind it` : `map an attribute to it, or write create: { ${field.name}: ${made ? `rule("…")` : example(home, model, field.name)} }`, schema: { model: model.name, field: field.name } },
    );
  }
}

/** A value of the field's type, to show how one is written. */
export function example({ schema }: Scope, model: PrismaModel, name: string): string {
  const field = model.fields.find((each) => each.name === name);
  if (field?.kind === "enum") return JSON.stringify(schema.enums.find((each) => each.name === field.type)?.values[0]?.name ?? "…");
  return { Int: "0", BigInt: "0", Float: "0", Decimal: "0", Boolean: "false", DateTime: "now()", Bytes: `rule("…")`, Json: "{}" }[field?.type ?? ""] ?? `"…"`;
}
