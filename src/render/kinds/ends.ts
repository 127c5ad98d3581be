/** A multi-valued attribute that is a column of the rows at the other end of a many-to-many relation. */
import type { EndRelation, Resource, RowScope } from "../../provider.js";
import { found, idType, object, parameter, property, quoted, term } from "../expressions.js";
import { literal, scopeTerms, someOf, tenantTerms, tenantTypes } from "../scope.js";
import { keyType, upperFirst } from "../view.js";
import { handed, madeColumns, makeLine } from "./made.js";
import { namedCalls } from "./named.js";
import { contribution } from "./kind.js";
import type { Calls, Contribution, Of, Setting } from "./kind.js";

export function ends(attribute: Of<"ends">, setting: Setting): Contribution {
  const { resource, tenantType } = setting;
  const { source, definition, key } = attribute;
  const { value, letters, scope, link } = source;
  const { name, model, id } = source.ends;
  const find = `find${model.name}`;
  const variable = `valuesOf${upperFirst(name)}`;
  const inside = [...scopeTerms(scope), ...(value.optional ? [`${value.name}: { not: null }`] : [])];
  const isWritten = definition.mutability !== "readOnly";
  const given = handed(setting, link === "connect" ? [] : source.create);
  const lowered = letters === "lowered" || letters === "trusted";
  const columns = [id, ...(value.name === id.name ? [] : [value])].map((each) => `${each.name}: true`).join(", ");
  const read = `PromiseLike<{ ${[`${id.name}: ${idType(id)}`, ...(value.name === id.name ? [] : [`${value.name}: ${value.optional ? "string | null" : "string"}`])].join("; ")} }[]>`;
  const where = `${key.split(/[^A-Za-z0-9]+/).map(upperFirst).join("")}${model.name}Where`;
  const parameterName = parameter(value);
  return contribution({
    lists: [{ name, select: `{ ${name}: { ${[...(inside.length === 0 ? [] : [`where: ${object(inside)}`]), `select: { ${value.name}: true }`, `orderBy: { ${id.name}: "asc" }`].join(", ")} } }` }],
    printed: definition.type !== "complex" ? `many(row.${name}?.flatMap(({ ${term(value.name, parameterName)} }) => ${parameterName} || []))` : `many(row.${name}?.map(({ ${term(value.name, parameterName)} }) => ({ value: ${parameterName}${value.optional ? ` ?? ""` : ""} })))`,
    finders: [model.name],
    filters: [`${property(key)}: find.rows((some: Prisma.${model.name}WhereInput) => ({ ${name}: ${someOf(scope)} }), { value: ${found({ kind: "column", place: { steps: [], column: value }, letters }, find, "string") ?? ""} }),`],
    selects:
      scope.where === undefined
        ? []
        : [{ template: "condition.ts.hbs", view: { doc: `A row of ${model.name} of which this is not true is none of the ${definition.name}.`, constant: scope.where.constant, condition: literal(scope.where.condition), model: model.name } }],
    blocks: isWritten
      ? [
          {
            template: "ends.ts.hbs",
            view: {
              variable,
              db: `${resource.name}Db`,
              key: keyType(resource),
              idType: idType(id),
              attribute: quoted(definition.name),
              fold: letters === "exact" ? "(value) => value" : "(value) => value.toLowerCase()",
              delegate: model.delegate,
              columns,
              id: id.name,
              idName: parameter(id),
              value: value.name,
              linked: [...inside, linkedTerms(resource, source.ends)].join(", "),
              named: [...scopeTerms(scope), `${value.name}: ${namedBy(letters)}`].join(", "),
              tenant: given.parameter,
              make: link === "connect" ? undefined : makeLine({ delegate: model.delegate, columns: [`${value.name}: ${lowered ? "value.toLowerCase()" : "value"}`, ...(scope.tenant === undefined ? [] : [`${scope.tenant.column.name}: tenant`]), ...madeColumns(source.create, tenantType)], create: source.create }),
              ...linkTerms(resource, source.ends, scope),
            },
          },
        ]
      : [],
    types: isWritten ? [`type ${where} = ${[`Prisma.${model.name}WhereInput`, ...tenantTypes(scope).map((each) => `{ ${each} }`)].join(" & ")};`] : [],
    calls: isWritten
      ? [
          {
            delegate: model.delegate,
            methods: [
              `findMany(args: { where: ${where}; select: { ${columns.replaceAll(", ", "; ")} } }): ${read};`,
              ...(link === "connect" ? [] : [`createMany(args: { data: Prisma.${model.name}CreateManyInput[]; skipDuplicates: true }): PromiseLike<{ count: number }>;`]),
            ],
          },
          linkCalls(resource, source.ends, scope),
          ...(link === "connect" ? [] : namedCalls(source.create)),
        ]
      : [],
    mapping: isWritten ? { collections: [quoted(key)] } : {},
    rows: isWritten ? { collections: [`${property(key)}: ${variable}(${given.argument})`] } : {},
  });
}

function namedBy(letters: Of<"ends">["source"]["letters"]): string {
  if (letters === "exact") return "{ in: values }";
  return letters === "trusted" ? "{ in: values.map((value) => value.toLowerCase()) }" : `{ in: values, mode: "insensitive" }`;
}

/** Rows at the other end that are connected to the row called `parent`. */
export function linkedTerms(resource: Resource, ends: EndRelation): string {
  return `${ends.back}: { some: ${object([term(resource.key.name, "parent"), ...tenantTerms(resource.scope)])} }`;
}

export function linkedType(resource: Resource, ends: EndRelation, scope: RowScope): string {
  const parent = [`${resource.key.name}: ${keyType(resource)}`, ...tenantTypes(resource.scope).map((each) => each.replace(/^readonly /, ""))].join("; ");
  return [`Prisma.${ends.model.name}WhereInput`, ...tenantTypes(scope).map((each) => `{ ${each} }`), `{ readonly ${ends.back}: { some: { ${parent} } } }`].join(" & ");
}

/** What a template prints of the calls that connect: the row that holds the list, and each row at the other end. */
export function linkTerms(resource: Resource, ends: EndRelation, scope: RowScope): object {
  return {
    list: ends.name,
    parentDelegate: resource.model.delegate,
    parentWhere: [term(resource.key.name, "parent"), ...tenantTerms(resource.scope)].join(", "),
    parentKey: resource.key.name,
    end: [term(ends.id.name, parameter(ends.id)), ...tenantTerms(scope)].join(", "),
  };
}

export function linkCalls(resource: Resource, ends: EndRelation, scope: RowScope): Calls {
  const key = resource.key.name;
  const parent = [`readonly ${key}: ${keyType(resource)}`, ...tenantTypes(resource.scope)].join("; ");
  const end = `{ ${[`${ends.id.name}: ${idType(ends.id)}`, ...tenantTypes(scope).map((each) => each.replace(/^readonly /, ""))].join("; ")} }`;
  return {
    delegate: resource.model.delegate,
    methods: [`update(args: { where: { ${parent} }; data: { ${ends.name}: { connect?: ${end}[]; disconnect?: ${end}[] } }; select: { ${key}: true } }): PromiseLike<{ ${key}: ${keyType(resource)} }>;`],
  };
}
