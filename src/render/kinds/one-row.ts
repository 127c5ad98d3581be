/** A value in the one row of another table that belongs to the resource. */
import { access, assigned, found, idCodec, idType, nested, object, printed, property, quoted, setter, term, writtenType } from "../expressions.js";
import { literal, scopeTerms, tenantValue, whereType } from "../scope.js";
import { askedParameter, isAwaited, upperFirst } from "../view.js";
import { claimsOf } from "./claims.js";
import { contribution } from "./kind.js";
import type { Calls, Contribution, Of, Setting } from "./kind.js";
import { namedCalls } from "./named.js";
import { behindHolder } from "./rows-held.js";
import { defaulted } from "./singular.js";

export function oneRow(attribute: Of<"oneRow">, setting: Setting): Contribution {
  const { source, definition, key } = attribute;
  const { model, inner, create } = source;
  const isWritten = definition.mutability !== "readOnly";
  const name = nameOf(key);
  const held = heldOf(attribute, setting);
  const claims = held === undefined || source.by?.holder === undefined || !isWritten ? undefined : claimsOf(source.by.holder, setting);
  const beside = `$${name}`;
  // As if the row stood behind a relation of that name, which no schema can have.
  const place = { steps: [{ relation: beside, model, optional: true, inside: undefined }], column: inner.place.column };
  return contribution({
    needs: [source.parent],
    beside: { name: beside, type: `${upperFirst(name)}Row | undefined`, call: `${name}Row(${argumentsOf(attribute, setting).join(", ")})` },
    printed: printed({ ...inner, place }, "row", definition.type),
    finders: [model.name],
    filters: source.by === undefined || definition.returned === "never" ? [] : [`${property(key)}: ${filter(attribute)},`],
    values: isWritten ? [`readonly ${property(key)}: ${writtenType(attribute)};`] : [],
    blocks: [{ template: "one-row.ts.hbs", view: blockOf(attribute, setting) }],
    types: [`type ${upperFirst(name)}RowWhere = ${whereType(model, source.scope)}${held === undefined ? "" : ` & { ${held.type} }`};`],
    calls: [{ delegate: model.delegate, methods: methodsOf(attribute, setting) }, ...(claims?.calls ?? []), ...idsCalls(attribute), ...namedCalls(isWritten ? create : [])],
    mapping: defaulted(attribute),
    rows: source.by === undefined && definition.returned !== "never" ? { byIds: [`${property(key)}: ${name}ByIds(${argumentsOf(attribute, setting, true).join(", ")})`] } : {},
  });
}

/** Whether the row is removed by hand. One without a relation never outlives the resource, not even one that is only hidden: it would keep its value from others. */
function goes({ source }: Of<"oneRow">, { resource: { removal } }: Setting): boolean {
  return source.goes && (removal.kind === "delete" || (removal.kind === "hide" && source.by === undefined));
}

/** `enterpriseCostCenter`: the key as one word. */
export function nameOf(key: string): string {
  const [first = "", ...more] = key.split(/[^A-Za-z0-9]+/);
  return first + more.map(upperFirst).join("");
}

function terms(attribute: Of<"oneRow">, setting: Setting, own: string, kind: "seen" | "written"): readonly string[] {
  const held = heldOf(attribute, setting);
  return [own, ...(held === undefined ? [] : [held[kind]]), ...scopeTerms(attribute.source.scope)];
}

/** Where the row is one with another that tenants share. */
function heldOf({ source: { by, scope } }: Of<"oneRow">, setting: Setting): ReturnType<typeof behindHolder> | undefined {
  return by?.holder === undefined || scope.tenant !== undefined ? undefined : behindHolder(by.parent, by.holder, setting);
}

function blockOf(attribute: Of<"oneRow">, setting: Setting): object {
  const { source, definition, key } = attribute;
  const { model, inner, scope } = source;
  const { resource } = setting;
  const name = nameOf(key);
  const column = inner.place.column;
  const data = `${upperFirst(name)}RowData`;
  const own = term(source.key.name, "parent");
  const held = heldOf(attribute, setting);
  const claims = held === undefined || source.by?.holder === undefined || definition.mutability === "readOnly" ? undefined : claimsOf(source.by.holder, setting);
  return {
    key,
    quotedKey: quoted(key),
    name,
    type: upperFirst(name),
    model: model.name,
    delegate: model.delegate,
    existing: scope.where === undefined ? undefined : { constant: scope.where.constant, condition: literal(scope.where.condition) },
    columns: [...new Set([source.key.name, column.name])].map((each) => `${each}: true`).join(", "),
    parameters: parametersOf(argumentsOf(attribute, setting), resource.name),
    db: `${resource.name}Db`,
    parentType: idType(source.key),
    parent: parentOf(attribute),
    keyName: source.key.name,
    beside: `$${name}`,
    isWritten: definition.mutability !== "readOnly",
    find: object(terms(attribute, setting, `${source.key.name}: { in: parents }`, "seen")),
    where: object(terms(attribute, setting, own, "written")),
    changed: object([...terms(attribute, setting, own, "written"), "OR: news"]),
    differs: claims && object([...terms(attribute, setting, own, "seen"), "OR: news"]),
    claims,
    written: `${property(key)}: ${setter(inner, `set${upperFirst(name)}Row`, attribute, "tenant") ?? ""}`,
    data,
    add: source.adds ? addLine(attribute, tenantValue(setting.tenantType)) : undefined,
    drops: definition.mutability !== "readOnly" || goes(attribute, setting),
    goes: String(goes(attribute, setting)),
    byIds: source.by === undefined ? byIdsOf(attribute, setting) : undefined,
  };
}

/** What the row's foreign key holds of the resource. */
function parentOf({ source }: Of<"oneRow">): string {
  const column = `row.${source.parent.name}`;
  return idType(source.key) === idType(source.parent) ? column : `String(${column})`;
}

function addLine({ source, key }: Of<"oneRow">, tenant: "tenant" | "null"): string {
  const { column } = source.inner.place;
  const must = column.optional || column.hasDefault ? [] : [`${column.name}: data.${column.name} ?? missing(${quoted(key)})`];
  const made = source.create.map((each) => `${each.column.name}: ${assigned(each, { now: "now", tenant, beside: true })}`);
  const columns = ["...data", ...must, ...made, term(source.key.name, "parent")].join(", ");
  return `${source.create.some(isAwaited) ? "async " : ""}(db, parent, data${askedParameter(columns, true)}) => db.${source.model.delegate}.createMany({ data: [{ ${columns} }], skipDuplicates: true })`;
}

function methodsOf(attribute: Of<"oneRow">, setting: Setting): readonly string[] {
  const { source, definition, key } = attribute;
  const { model } = source;
  const type = upperFirst(nameOf(key));
  const inside = `${type}RowWhere`;
  const one = `where: ${inside} & { readonly ${source.key.name}: ${idType(source.key)} }`;
  const written = [
    `updateMany(args: { ${one}; data: ${type}RowData }): PromiseLike<{ count: number }>;`,
    ...(source.adds ? [`createMany(args: { data: Prisma.${model.name}CreateManyInput[]; skipDuplicates: true }): PromiseLike<{ count: number }>;`] : []),
  ];
  const isWritten = definition.mutability !== "readOnly";
  return [
    `findMany(args: { where: ${inside} & { readonly ${source.key.name}: { in: ${idType(source.key)}[] } }; select: typeof select${type}Row }): PromiseLike<${type}Row[]>;`,
    ...(isWritten ? written : []),
    ...(isWritten && heldOf(attribute, setting) !== undefined ? [`count(args: { ${one} }): PromiseLike<number>;`] : []),
    ...(isWritten || goes(attribute, setting) ? [`deleteMany(args: { ${one} }): PromiseLike<{ count: number }>;`] : []),
  ];
}

/** The ids that a filter reads first. */
function idsCalls({ source, key, definition }: Of<"oneRow">): readonly Calls[] {
  if (source.by !== undefined || definition.returned === "never") return [];
  const { name } = source.key;
  return [{ delegate: source.model.delegate, methods: [`findMany(args: { where: ${upperFirst(nameOf(key))}RowWhere; select: { ${name}: true }; take: number }): PromiseLike<{ ${name}: ${idType(source.key)} }[]>;`] }];
}

/** Behind the relations: the one row that is of these, in the tenant. */
function filter(attribute: Of<"oneRow">): string {
  const { source, definition } = attribute;
  const { model, by, scope } = source;
  const inside = scopeTerms({ ...scope, where: undefined });
  const both = scope.where === undefined ? "AND: some" : `AND: [some, ${scope.where.constant}]`;
  const bare = inside.length === 0 && scope.where === undefined;
  const some = `{ ${by?.list ?? ""}: { ${bare ? "some" : `some: { ${[both, ...inside].join(", ")} }`} } }`;
  const step = by?.holder?.step;
  const reached = step === undefined ? some : nested({ steps: [step] }, some);
  const column = found(source.inner, `find${model.name}`, definition.type) ?? "";
  return `find.one((some: Prisma.${model.name}WhereInput) => (${reached}), ${column}${step?.optional === true ? `, { ${step.relation}: null }` : ""})`;
}

function byIdsOf({ source, definition, key }: Of<"oneRow">, { resource }: Setting): object {
  const { model, scope } = source;
  const name = source.key.name;
  return {
    parameters: parametersOf(scope.tenant === undefined ? [] : ["tenant"], resource.name),
    parent: resource.model.name,
    idType: idType(resource.id),
    codec: idCodec(resource.id),
    column: `${property(key)}: ${found(source.inner, `find${model.name}`, definition.type) ?? ""}`,
    where: object([...(scope.where === undefined ? ["AND: where"] : [`AND: [where, ${scope.where.constant}]`]), ...scopeTerms({ ...scope, where: undefined })]),
    id: idType(source.key) === "string" ? `found${access(name)}` : `String(found${access(name)})`,
    among: `{ ${resource.id.name}: { in: ids } }`,
  };
}

/** What the declarations are handed: the tenant, and rules where a new row asks one. */
function argumentsOf(attribute: Of<"oneRow">, setting: Setting, reads = false): readonly string[] {
  const { source, definition } = attribute;
  const { tenantType } = setting;
  const made = definition.mutability === "readOnly" || reads ? [] : source.create;
  const inside = source.scope.tenant !== undefined || (tenantType !== undefined && heldOf(attribute, setting) !== undefined) || (tenantType !== undefined && made.some(({ value }) => value.kind === "tenant" || value.kind === "rule" || (value.kind === "row" && value.row.scope.tenant !== undefined)));
  return [...(inside ? ["tenant"] : []), ...(made.some(({ value }) => value.kind === "rule") ? ["rules"] : [])];
}

export function parametersOf(given: readonly string[], resource: string): string {
  return given.map((each) => (each === "tenant" ? "tenant: Tenant" : `rules: ${resource}Rules`)).join(", ");
}
