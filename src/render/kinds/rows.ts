/** A multi-valued attribute whose elements are rows of a child table. */
import { idType, nested, object, parameter, property, quoted, term, toOneSelect } from "../expressions.js";
import { someWith, tenantArgument } from "../scope.js";
import { placesIn, selectName, upperFirst } from "../view.js";
import { codecRules, operand } from "./codec.js";
import { documentsInRows } from "./json.js";
import { livingBlocks, livingTerms, removalMethods, removalView } from "./life.js";
import { addEachLine, handed, madeColumns } from "./made.js";
import { namedCalls } from "./named.js";
import { contribution } from "./kind.js";
import type { Block, Calls, Contribution, Of, Setting } from "./kind.js";
import { columnData, filtersOf, identityOf, isCoded, isPart, itemRead, itemType, printElement, printValue } from "./row-columns.js";
import { apartOf } from "./rows-apart.js";
import { heldBy, isHeld } from "./rows-held.js";
import { orderBy, orderByIds } from "./rows-order.js";

export function rows(attribute: Of<"rows">, setting: Setting): Contribution {
  const { source, definition, key } = attribute;
  const { list, life, name, apart, table } = source;
  const isWritten = definition.mutability !== "readOnly";
  const parts = listParts(attribute, setting);
  const { beside } = parts;
  const shown = beside === undefined ? list.name : `$${name}`;
  return contribution({
    ...parts.contribution,
    lists: apart ? [] : [{ name: list.name, select: `{ ${list.name}: { ${life.where === undefined ? "" : `where: ${life.where.constant}, `}select: ${parts.select}, orderBy: ${orderBy(source)} } }` }],
    printed: definition.type === "complex" ? `elementsOf(row.${shown}?.map((row) => (${parts.element})))` : `many(row.${shown}?.flatMap((row) => ${printValue(source.each, { list: name, tenantType: setting.tenantType })}))`,
    beside: beside === undefined ? undefined : { name: `$${name}`, type: `readonly ${parts.payload}[]`, call: beside },
    filters: parts.filter === undefined ? [] : [`${property(key)}: ${parts.filter},`],
    mapping: isWritten ? { collections: [quoted(key)], ...(isHeld(source) ? { held: [quoted(key)] } : {}) } : {},
    rows: {
      ...parts.contribution.rows,
      ...(isWritten && !apart ? { collections: [`${property(key)}: ${rowsName(attribute)}(${parts.given})`] } : {}),
      ...(table === undefined ? {} : { byIds: [`${property(key)}: ${name}ByIds(${tenantArgument(setting.tenantType).argument})`] }),
    },
  });
}

export interface ListParts {
  readonly payload: string;
  readonly select: string;
  /** A row called `row` as an element. */
  readonly element: string;
  /** The call of what reads and writes the rows by statements of their own; undefined: they come with the resource's row. */
  readonly beside: string | undefined;
  /** Undefined: the ids are read first. */
  readonly filter: string | undefined;
  /** What the declarations are called with. */
  readonly given: string;
  readonly contribution: Pick<Contribution, "needs" | "finders" | "selects" | "blocks" | "types" | "calls" | "codecs" | "rows">;
}

/** One list of rows. `shown`: how those that were found stand beside the row. `lacks`: sub-attributes that no element of it has. */
export function listParts(attribute: Of<"rows">, setting: Setting, { shown, lacks = [] }: { readonly shown?: string; readonly lacks?: readonly string[] } = {}): ListParts {
  const { source, definition } = attribute;
  const { list, each, life, name, apart, table, holder } = source;
  const { model } = list;
  const isWritten = definition.mutability !== "readOnly";
  const select = selectName(name);
  const payload = `Prisma.${model.name}GetPayload<{ select: typeof ${select} }>`;
  const given = handed(setting, isWritten ? madeOf(attribute) : [], isWritten && each.some(isCoded));
  const columns = toOneSelect([...[...source.ids, ...(apart ? [list.key] : [])].map((column) => ({ steps: [], column })), ...each.flatMap((sub) => placesIn(sub.source))], []);
  const beside = apart ? apartOf(attribute, setting, { payload, select, rowsName: isWritten ? rowsName(attribute) : undefined, given, ...(shown === undefined ? {} : { shown }) }) : undefined;
  const some = `{ ${list.name}: { ${someWith([...heldBy(attribute, setting).some, ...livingTerms(life)])} } }`;
  const reached = holder === undefined ? some : nested({ steps: [holder.step] }, some);
  const written = isWritten ? writing(attribute, setting, { payload, select }) : undefined;
  const find = `find${model.name}`;
  const columnsOf = object([...filtersOf(each, find, name), ...lacks.map((sub) => `${property(sub)}: ${find}.nothing`)]);
  return {
    payload,
    select,
    element: `{ ${each.map((sub) => `${property(sub.definition.name)}: ${printElement(sub, { list: name, tenantType: setting.tenantType })}`).join(", ")} }`,
    beside: beside && `${name}Beside(${given.argument})`,
    filter: table !== undefined ? undefined : `find.rows((some: Prisma.${model.name}WhereInput) => (${reached}), ${columnsOf})`,
    given: given.argument,
    contribution: {
      needs: holder === undefined ? [] : [holder.key],
      finders: [model.name],
      selects: [...livingBlocks(life, model.name, definition.name), ...documentsOf(source).map((each) => ({ template: "document.ts.hbs", view: { ...each, column: `${each.place.column.name} of ${model.name}` } })), { template: "select.ts.hbs", view: { name: select, columns, model: model.name } }],
      blocks: [...(written?.blocks ?? []), ...(beside === undefined ? [] : [beside.block])],
      types: written?.types ?? [],
      calls: [...(written?.calls ?? []), ...(beside?.calls ?? [])],
      ...codedParts(attribute, setting),
    },
  };
}

function documentsOf({ name, each }: Of<"rows">["source"]): ReturnType<typeof documentsInRows> {
  return documentsInRows(name, each.filter(isPart));
}

/** What a document becomes: nothing of it is written where no part of it differs. One that a column must hold begins empty. */
function documentData({ merge, place: { column } }: ReturnType<typeof documentsInRows>[number]): readonly string[] {
  const must = !column.optional && !column.hasDefault;
  return [...(must ? [`...begins(before, { ${column.name}: {} })`] : []), `...${merge}.merge(before?.row, item, {})`];
}

/** What sub-attributes ask of the host: their functions, and how a filter on one is compared. */
function codedParts({ source, key }: Of<"rows">, { tenantType }: Setting): Pick<Contribution, "codecs" | "rows"> {
  const coded = source.each.filter(isCoded).map((sub) => ({ ...sub, key: `${key}.${sub.definition.name}` }));
  const operands = coded.flatMap((sub) => (sub.source.equals === undefined ? [] : [operand({ equals: sub.source.equals, attribute: sub }, sub.key, tenantType)]));
  return { codecs: coded.flatMap((sub) => codecRules(sub, tenantType)), rows: operands.length === 0 ? {} : { operands } };
}

function rowsName({ source }: Of<"rows">): string {
  return `rowsOf${upperFirst(source.name)}`;
}

/** What reads the rows under the lock of the resource, and makes them say what the elements say. */
function writing(attribute: Of<"rows">, setting: Setting, { payload, select }: { readonly payload: string; readonly select: string }): { readonly blocks: readonly Block[]; readonly types: readonly string[]; readonly calls: readonly Calls[] } {
  const { source, definition } = attribute;
  const { list, life, name } = source;
  const { model } = list;
  const { resource, tenantType } = setting;
  const dataName = `dataOf${upperFirst(name)}`;
  const own = term(list.key.name, "parent");
  const made = madeOf(attribute);
  const isAsked = source.each.some(isCoded);
  const documents = documentsOf(source).filter(({ isWritten, place }) => isWritten && place.steps.length === 0);
  const given = handed(setting, made, isAsked);
  const each = source.each.filter((sub) => sub.definition.mutability !== "readOnly" && placesIn(sub.source).every(({ steps }) => steps.length === 0));
  const held = heldBy(attribute, setting);
  const where = name === list.name && !source.apart ? `${model.name}Where` : `${upperFirst(name)}Where`;
  const living = livingTerms(life);
  return {
    blocks: [
      {
        template: "rows.ts.hbs",
        view: {
          db: `${resource.name}Db`,
          key: held.type,
          item: source.item,
          itemFields: each.map((sub) => `readonly ${property(sub.definition.name)}: ${itemType(sub)};`),
          dataName,
          data: [...each.flatMap((sub) => columnData(sub, tenantType)), ...documents.flatMap(documentData)].join(", "),
          documents: documents.map(({ name: parts, merge, place: { column } }) => ({ parts, merge, column: column.name, quoted: quoted(column.name), value: parameter(column), term: term(column.name, parameter(column)) })),
          asked: isAsked ? { parameters: [`db: ${resource.name}Db`, ...given.parameter.split(", ")], arguments: `db, ${given.argument}` } : undefined,
          rows: rowsName(attribute),
          payload,
          select,
          ...idView(source, payload),
          marks: life.removal !== undefined,
          order: orderByIds(source),
          itemOf: each.map((sub) => `${property(sub.definition.name)}: ${itemRead(sub, { list: name, tenantType })}`).join(", "),
          identity: identityOf(each).map(quoted).join(", "),
          delegate: model.delegate,
          readWhere: [...held.seen, ...living].join(", "),
          where: [...held.written, ...living].join(", "),
          tenant: given.parameter,
          add: !source.adds ? `{ never: ${quoted(definition.name)} }` : addEachLine({ delegate: model.delegate, one: "item", columns: [isAsked ? `...(await ${dataName}(db, ${given.argument}, item, { id, input, now }))` : `...${dataName}(item)`, own, ...list.tenantKeys.map(({ name: key }) => `${key}: tenant`), ...madeColumns(made, tenantType)], create: made, awaits: isAsked }),
          ...removalView(life, held.written, source.wakeBy.map((column) => `${column}: ${isAsked ? "data" : `${dataName}(item)`}.${column}`)),
        },
      },
    ],
    types: [`type ${where} = Prisma.${model.name}WhereInput & { ${held.types.join("; ")} };`],
    calls: [
      {
        delegate: model.delegate,
        methods: [
          `findMany(args: { where: ${where}; select: typeof ${select}; orderBy: ${orderByIds(source)} }): PromiseLike<${payload}[]>;`,
          ...(source.adds ? [`createMany(args: { data: Prisma.${model.name}CreateManyInput[] }): PromiseLike<{ count: number }>;`] : []),
          `updateMany(args: { where: ${where}; data: Partial<Prisma.${model.name}CreateManyInput> }): PromiseLike<{ count: number }>;`,
          ...(life.removal === undefined ? removalMethods(life, model.name, where) : []),
        ],
      },
      ...namedCalls(made),
    ],
  };
}

/** What a new row holds besides its element. */
export function madeOf({ source }: Of<"rows">): Of<"rows">["source"]["create"] {
  const { create, life } = source;
  return [...create, ...life.equal.filter(({ column }) => !create.some((each) => each.column.name === column.name))];
}

/** What a template prints of that by which a row is known: one column, or several in an object. */
function idView({ ids, item }: Of<"rows">["source"], payload: string): object {
  const [id] = ids;
  if (id !== undefined && ids.length === 1) {
    return { keyType: undefined, idType: idType(id), idOf: `row.${id.name}`, idTerm: term(id.name, "id"), idTerms: `${id.name}: { in: ids }` };
  }
  return {
    keyType: `Pick<${payload}, ${ids.map(({ name }) => quoted(name)).join(" | ")}>`,
    idType: `${item}Key`,
    idOf: `({ ${ids.map(({ name }) => `${name}: row.${name}`).join(", ")} })`,
    idTerm: "...id",
    idTerms: "OR: ids",
  };
}
