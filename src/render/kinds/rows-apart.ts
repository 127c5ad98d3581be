/** Rows that a statement of their own reads for a whole page: those of a table without a relation, of another row, or of a relation that several attributes cross. */
import { idCodec, idType, object, quoted, term } from "../expressions.js";
import { tenantArgument, tenantTerms, whereType } from "../scope.js";
import { claimsOf } from "./claims.js";
import { livingTerms, removalView } from "./life.js";
import type { Block, Calls, Of, Setting } from "./kind.js";
import { filtersOf } from "./row-columns.js";
import { orderBy } from "./rows-order.js";
import { heldBy } from "./rows-held.js";

interface Declared {
  readonly payload: string;
  readonly select: string;
  /** Undefined: no client writes them. */
  readonly rowsName: string | undefined;
  /** How what was found stands beside the row. */
  readonly shown?: string;
  readonly given: { readonly parameter: string; readonly argument: string };
}

export function apartOf(attribute: Of<"rows">, setting: Setting, { payload, select, rowsName, given, shown }: Declared): { readonly name: string; readonly block: Block; readonly calls: readonly Calls[] } {
  const { source, key } = attribute;
  const { list, life, name, table, holder } = source;
  const { resource, tenantType } = setting;
  const held = heldBy(attribute, setting);
  const [, ...inside] = held.seen;
  const terms = [...inside, ...livingTerms(life)];
  const claims = holder === undefined || holder.tenant !== undefined || rowsName === undefined ? undefined : claimsOf(holder, setting);
  const types = held.types.slice(1).map((each) => ` & { ${each} }`).join("");
  return {
    name: `$${name}`,
    block: {
      template: "rows-apart.ts.hbs",
      view: {
        name,
        model: list.model.name,
        doc: table === undefined ? (holder === undefined ? `The rows of ${list.model.name} that hold ${key}, in a statement of their own: the relation is read for another attribute too.` : `The rows of ${list.model.name} hang on the row behind ${holder.step.relation}.`) : `The rows of ${list.model.name} are found by the SCIM id: no relation leads to them.`,
        tenant: given.parameter,
        argument: given.argument,
        plainTenant: tenantArgument(tenantType).parameter,
        db: `${resource.name}Db`,
        key: held.type,
        payload,
        quotedKey: quoted(key),
        rows: rowsName,
        parent: parentOf(attribute),
        delegate: list.model.delegate,
        found: object([`${list.key.name}: { in: parents }`, ...terms]),
        select,
        shownOrder: orderBy(source),
        keyName: list.key.name,
        beside: shown ?? `$${name}: found`,
        where: [term(list.key.name, "parent"), ...terms].join(", "),
        ...removalView(life, [], []),
        // A resource that is only inactive keeps them.
        goes: table !== undefined && resource.removal.kind !== "deactivate",
        claims,
        byIds: table === undefined ? undefined : byIdsOf(attribute, setting),
      },
    },
    calls: [
      { delegate: list.model.delegate, methods: [`findMany(args: { where: Prisma.${list.model.name}WhereInput${types} & { readonly ${list.key.name}: { in: ${held.type}[] } }; select: typeof ${select}; orderBy: ${orderBy(source)} }): PromiseLike<${payload}[]>;`] },
      ...(table === undefined ? [] : [{ delegate: list.model.delegate, methods: [`findMany(args: { where: ${whereType(list.model, { tenant: table.tenant, where: undefined })}; select: { ${list.key.name}: true }; take: number }): PromiseLike<{ ${list.key.name}: ${idType(list.key)} }[]>;`] }]),
      ...(claims === undefined ? [] : claims.calls),
    ],
  };
}

/** What the rows' key holds of the resource's row. */
function parentOf({ source: { list, table, holder } }: Of<"rows">): string {
  if (holder !== undefined) return `row.${holder.key.name}`;
  const column = `row.${list.parentKey.name}`;
  return table === undefined || idType(list.key) === idType(list.parentKey) ? column : `String(${column})`;
}

/** No relation leads from the resource to these rows, so a filter reads their ids first. */
function byIdsOf({ source }: Of<"rows">, { resource }: Setting): object {
  const { list, life, each, table } = source;
  const { name } = list.key;
  return {
    idType: idType(resource.id),
    parentModel: resource.model.name,
    columns: object(filtersOf(each, `find${list.model.name}`, source.name)),
    sought: object([life.where === undefined ? "AND: where" : `AND: [where, ${life.where.constant}]`, ...tenantTerms({ tenant: table?.tenant })]),
    id: idType(list.key) === "string" ? `found.${name}` : `String(found.${name})`,
    codec: idCodec(resource.id),
    among: `{ ${resource.id.name}: { in: ids } }`,
  };
}
