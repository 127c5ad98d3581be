/** Members kept in a join model. */
import type { JoinList } from "../../provider.js";
import { finder, idCodec, idType, location, object, parameter, quoted, term } from "../expressions.js";
import { childTerms, childTypes, scopeTerms } from "../scope.js";
import { keyType } from "../view.js";
import { idText } from "./member-list.js";
import type { ListParts, ListSetting } from "./member-list.js";
import { created } from "./rows.js";

export function joinList(source: JoinList, { resource, variable, hasDisplay }: ListSetting): ListParts {
  const { list, member, memberRelation, scope, to } = source;
  const { model } = list;
  const find = `find${model.name}`;
  const name = parameter(member);
  const inside = scopeTerms(scope);
  const visible = inside.length === 0 ? [] : [`${memberRelation}: ${object(inside)}`];
  const filter = [`value: ${find}.key(${finder({ steps: [], column: member })}, ${idCodec(member)})`, ...(hasDisplay ? [`display: ${find}.nothing`] : []), `type: ${find}.constant(${quoted(to.name)})`];
  return {
    name: list.name,
    select: `{ ${list.name}: { ${[...(visible.length === 0 ? [] : [`where: { ${visible.join(", ")} }`]), `select: { ${member.name}: true }`, `orderBy: { ${member.name}: "asc" }`].join(", ")} } }`,
    printed: `row.${list.name}?.map(({ ${term(member.name, name)} }) => ({ value: ${idText(member, name)}, $ref: ${location(to, name)}, type: ${quoted(to.name)} }))`,
    finder: model.name,
    elements: `find.rows((some: Prisma.${model.name}WhereInput) => ({ ${list.name}: { some${visible.length === 0 ? "" : `: { AND: some, ${visible.join(", ")} }`} } }), { ${filter.join(", ")} })`,
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
        where: childTerms(list, resource.scope, term(list.key.name, "parent")).join(", "),
        member: member.name,
        memberName: name,
        memberTerm: term(member.name, name),
        create: [term(list.key.name, "parent"), term(member.name, name), ...list.tenantKeys.map((each) => `${each.name}: tenant`), ...created(source.create)].join(", "),
      },
    },
    types: [`type ${model.name}Where = Prisma.${model.name}WhereInput & { ${childTypes(list, keyType(resource), resource.scope).join("; ")} };`],
    calls: [
      {
        delegate: model.delegate,
        methods: [
          `findMany(args: { where: ${model.name}Where; select: { ${member.name}: true } }): PromiseLike<{ ${member.name}: ${idType(member)} }[]>;`,
          `createMany(args: { data: Prisma.${model.name}CreateManyInput[]; skipDuplicates: true }): PromiseLike<{ count: number }>;`,
          `deleteMany(args: { where: ${model.name}Where }): PromiseLike<{ count: number }>;`,
        ],
      },
    ],
  };
}
