/** A column of another row, by which a write finds that row and links it. */
import type { Column, Letters } from "../../provider.js";
import { assigned, found, idCodec, idType, object, order, orderWithin, parameter, printed, property, quoted, term, writtenType } from "../expressions.js";
import { literal, scopeTerms, tenantTerms, tenantValue, whereType } from "../scope.js";
import { askedParameter, isAwaited, upperFirst } from "../view.js";
import { contribution } from "./kind.js";
import type { Contribution, Of, Setting } from "./kind.js";
import { namedCalls } from "./named.js";
import { defaulted } from "./singular.js";

export function lookup(attribute: Of<"lookup">, { resource, tenantType }: Setting): Contribution {
  const { source, definition, key } = attribute;
  const { at, id, scope, create } = source;
  const model = at.steps.at(-1)?.model ?? resource.model;
  const column = { kind: "column", place: at, letters: source.letters } as const;
  const variable = `lookup${key.split(/[^A-Za-z0-9]+/).map(upperFirst).join("")}`;
  const value = parameter(at.column);
  const select = `select: { ${id.name}: true }`;
  const found_ = `PromiseLike<{ ${id.name}: ${idType(id)} }[]>`;
  const make = source.link === "connect" ? undefined : makeLine(attribute, tenantValue(tenantType), select);
  const fk = source.key.name;
  const holds = term(at.column.name, tested(at.column, value, source.letters));
  const block = {
    key,
    quotedKey: quoted(key),
    model: model.name,
    delegate: model.delegate,
    existing: scope.where === undefined ? undefined : { constant: scope.where.constant, condition: literal(scope.where.condition) },
    variable,
    db: `${resource.name}Db`,
    parent: resource.model.name,
    found: `{ ${id.name}: ${idType(id)} }`,
    keyType: idType(source.key),
    heldType: idType(at.column),
    stored: idCodec(at.column),
    foreignKey: fk,
    value,
    where: object([holds, ...scopeTerms(scope)]),
    still: object([`${id.name}: linked`, holds, ...tenantTerms(scope)]),
    select,
    idName: id.name,
    make,
    link: `(key) => ({ data: [{ ${fk}: key }], news: [{ ${fk}: { not: key } }${source.key.optional ? `, { ${fk}: null }` : ""}] })`,
    clear: source.key.optional ? `{ data: [{ ${fk}: null }], news: [{ ${fk}: { not: null } }] }` : "undefined",
  };
  const given = [...(needs([block.where, make ?? ""], "tenant") ? ["tenant"] : []), ...(needs([make ?? ""], "rules") ? ["rules"] : [])];
  return contribution({
    places: [at, { steps: [], column: source.key }],
    printed: printed(column, "row", definition.type),
    filters: [`${property(key)}: ${found(column, "find", definition.type) ?? ""},`],
    orders: [order(key, at)],
    values: [`readonly ${property(key)}: ${writtenType(attribute)};`],
    blocks: [{ template: "lookup.ts.hbs", view: { ...block, parameters: given.map((each) => (each === "tenant" ? "tenant: Tenant" : `rules: ${resource.name}Rules`)).join(", ") } }],
    calls: [
      {
        delegate: model.delegate,
        methods: [
          `findMany(args: { where: ${whereType(model, scope)}; ${select}; take: 2 }): ${found_};`,
          ...(make === undefined ? [] : [`createManyAndReturn(args: { data: Prisma.${model.name}CreateManyInput[]; skipDuplicates: true; ${select} }): ${found_};`]),
        ],
      },
      ...namedCalls(create),
    ],
    mapping: defaulted(attribute),
    rows: { lookups: [`${property(key)}: ${variable}(${given.join(", ")})`], ordersWithin: orderWithin(key, at) },
  });
}

function needs(texts: readonly string[], variable: string): boolean {
  return texts.some((text) => new RegExp(`\\b${variable}\\b`).test(text));
}

/** How a value of the column is found, as the attribute compares. */
function tested({ type }: Column, value: string, letters: Letters): string {
  if (type !== "text") return value;
  // `equals` with this mode would be an ILIKE, in which `_` and `%` find strangers.
  if (letters === "folded" || letters === "lowered") return `{ in: [${value}], mode: "insensitive" }`;
  return letters === "trusted" ? `${value}.toLowerCase()` : value;
}

function makeLine({ source: { at, letters, create } }: Of<"lookup">, tenant: "tenant" | "null", select: string): string {
  const { column, steps } = at;
  const value = parameter(column);
  const held = letters === "lowered" || letters === "trusted" ? `${value}.toLowerCase()` : value;
  const columns = [...create.map((each) => `${each.column.name}: ${assigned(each, { now: "now", tenant, beside: true })}`), term(column.name, held)].join(", ");
  const awaits = create.some(isAwaited);
  return `${awaits ? "async " : ""}(db, ${value}${askedParameter(columns, true)}) => db.${steps.at(-1)?.model.delegate ?? ""}.createManyAndReturn({ data: [{ ${columns} }], skipDuplicates: true, ${select} })`;
}
