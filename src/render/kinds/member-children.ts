/** Members whose own rows hold the group that they are in. */
import type { ChildList, Column, MemberList, Model } from "../../provider.js";
import { finder, found, idCodec, idType, location, object, parameter, quoted, term } from "../expressions.js";
import { scopeTerms, someOf, tenantTypes } from "../scope.js";
import { keyType } from "../view.js";
import { idText } from "./member-list.js";
import type { ListParts, ListSetting } from "./member-list.js";

export function childList(source: ChildList, { resource, variable, hasDisplay }: ListSetting): ListParts {
  const { list, id, scope, to } = source;
  const { model, key } = list;
  const name = parameter(id);
  const inside = scopeTerms(scope);
  const own = term(key.name, "parent");
  return {
    name: list.name,
    select: ownSelect(list.name, id, source),
    printed: ownPrinted(list.name, id, source),
    finder: model.name,
    elements: `find.rows((some: Prisma.${model.name}WhereInput) => ({ ${list.name}: ${someOf(scope)} }), { ${ownFilter(model, id, source, hasDisplay).join(", ")} })`,
    block: {
      template: "member-children.ts.hbs",
      view: {
        variable,
        db: `${resource.name}Db`,
        key: keyType(resource),
        idType: idType(id),
        codec: idCodec(id),
        to: to.name,
        delegate: model.delegate,
        where: [...inside, own].join(", "),
        others: [`${id.name}: { in: ids }`, ...inside, `OR: [{ ${key.name}: { not: parent } }, { ${key.name}: null }]`].join(", "),
        foreignKey: key.name,
        id: id.name,
        idName: name,
        idTerm: term(id.name, name),
      },
    },
    types: [`type ${model.name}RowsWhere = ${[`Prisma.${model.name}WhereInput`, ...tenantTypes(scope).map((each) => `{ ${each} }`)].join(" & ")};`],
    calls: [
      {
        delegate: model.delegate,
        beside: to.name,
        methods: [
          `findMany(args: { where: ${model.name}RowsWhere; select: { ${id.name}: true } }): PromiseLike<{ ${id.name}: ${idType(id)} }[]>;`,
          `updateMany(args: { where: ${model.name}RowsWhere; data: { ${key.name}: ${keyType(resource)} | null } }): PromiseLike<{ count: number }>;`,
        ],
      },
    ],
  };
}

/** How a read asks for members' own rows. */
export function ownSelect(name: string, id: Column, { scope, display }: MemberList): string {
  const inside = scopeTerms(scope);
  const columns = [id, ...(display ? [display] : [])].map((each) => `${each.name}: true`);
  return `{ ${name}: { ${[...(inside.length === 0 ? [] : [`where: ${object(inside)}`]), `select: ${object(columns)}`, `orderBy: { ${id.name}: "asc" }`].join(", ")} } }`;
}

export function ownPrinted(name: string, id: Column, { to, display }: MemberList): string {
  const value = `member.${id.name}`;
  const shown = display === undefined ? "" : `, display: member.${display.name} || undefined`;
  return `row.${name}?.map((member) => ({ value: ${idText(id, value)}, $ref: ${location(to, value)}, type: ${quoted(to.name)}${shown} }))`;
}

/** What a filter can ask of them. */
export function ownFilter(model: Model, id: Column, { to, display }: MemberList, hasDisplay: boolean): readonly string[] {
  const find = `find${model.name}`;
  const letters = display?.type === "citext" ? "citext" : "folded";
  const shown = display === undefined ? `${find}.nothing` : (found({ kind: "column", place: { steps: [], column: display }, letters }, find, "string") ?? "");
  return [`value: ${find}.key(${finder({ steps: [], column: id })}, ${idCodec(id)})`, ...(hasDisplay ? [`display: ${shown}`] : []), `type: ${find}.constant(${quoted(to.name)})`];
}
