/** Members kept in a join model. */
import type { JoinList } from "../../provider.js";
import { finder, idCodec, idType, location, object, parameter, quoted, term } from "../expressions.js";
import { childTerms, childTypes, personTerms, scopeTerms, someWith } from "../scope.js";
import { isAwaited, keyType } from "../view.js";
import { livingBlocks, livingTerms, removalMethods, removalView } from "./life.js";
import { addLine, handed, madeColumns } from "./made.js";
import { namedCalls } from "./named.js";
import { idText } from "./member-list.js";
import type { ListParts, ListSetting } from "./member-list.js";

export function joinList(source: JoinList, { resource, tenantType, variable, hasDisplay, attribute }: ListSetting): ListParts {
  const { list, member, memberRelation, back, scope, to } = source;
  const { model } = list;
  const find = `find${model.name}`;
  const name = parameter(member);
  const inside = back === undefined ? scopeTerms(scope) : personTerms(scope, back);
  const { life } = source;
  const isOptional = member.optional;
  const made = [...source.create, ...life.equal.filter(({ column }) => !source.create.some((each) => each.column.name === column.name))];
  const given = handed({ resource, tenantType }, made);
  const visible = [...(inside.length === 0 ? (isOptional ? [`${member.name}: { not: null }`] : []) : [`${memberRelation}: ${object(inside)}`]), ...livingTerms(life)];
  const own = [term(list.key.name, "parent")].join(", ");
  const element = `{ value: ${idText(member, name)}, $ref: ${location(to, name)}, type: ${quoted(to.name)} }`;
  const destructured = `({ ${term(member.name, name)} })`;
  const filter = [`value: ${find}.key(${finder({ steps: [], column: member })}, ${idCodec(member)})`, ...(hasDisplay ? [`display: ${find}.nothing`] : []), `type: ${find}.constant(${quoted(to.name)})`];
  return {
    name: list.name,
    select: `{ ${list.name}: { ${[...(visible.length === 0 ? [] : [`where: { ${visible.join(", ")} }`]), `select: { ${member.name}: true }`, `orderBy: { ${member.name}: "asc" }`].join(", ")} } }`,
    printed: isOptional ? `row.${list.name}?.flatMap(${destructured} => (${name} === null ? [] : [${element}]))` : `row.${list.name}?.map(${destructured} => (${element}))`,
    finder: model.name,
    elements: `find.rows((some: Prisma.${model.name}WhereInput) => ({ ${list.name}: { ${someWith(visible)} } }), { ${filter.join(", ")} })`,
    selects: livingBlocks(life, model.name, attribute),
    block: {
      template: "member-joins.ts.hbs",
      view: {
        variable,
        db: `${resource.name}Db`,
        key: keyType(resource),
        idType: idType(member),
        codec: idCodec(member),
        to: to.name,
        delegate: model.delegate,
        // A rule is asked for rows that are really made.
        looks: !source.adds || life.where !== undefined || !source.isKeyed || made.some(isAwaited),
        // A member who is hidden, or a person who is none of the tenant, is none by any verb: a whole list that a client sends knows nothing of them, and leaves their rows alone.
        where: [...childTerms(list, resource.scope, own), ...visible].join(", "),
        member: member.name,
        rowIds: isOptional ? `rows.flatMap(${destructured} => (${name} === null ? [] : [${name}]))` : `rows.map(${destructured} => ${name})`,
        ...removalView(life, childTerms(list, resource.scope, own), []),
        tenant: given.parameter,
        add: !source.adds ? undefined : addLine({ delegate: model.delegate, all: "ids", one: name, columns: [term(list.key.name, "parent"), term(member.name, name), ...list.tenantKeys.map((each) => `${each.name}: tenant`), ...madeColumns(made, tenantType)], create: made, skips: true }),
      },
    },
    types: [`type ${model.name}Where = Prisma.${model.name}WhereInput & { ${childTypes(list, keyType(resource), resource.scope).join("; ")} };`],
    calls: [
      {
        delegate: model.delegate,
        methods: [
          `findMany(args: { where: ${model.name}Where; select: { ${member.name}: true } }): PromiseLike<{ ${member.name}: ${idType(member)}${isOptional ? " | null" : ""} }[]>;`,
          ...(source.adds ? [`createMany(args: { data: Prisma.${model.name}CreateManyInput[]; skipDuplicates: true }): PromiseLike<{ count: number }>;`] : []),
          ...removalMethods(life, model.name),
        ],
      },
      ...namedCalls(made),
    ],
    argument: given.argument,
  };
}
