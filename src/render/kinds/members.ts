/** A list of references kept in a join model. */
import { finder, idCodec, idType, location, object, parameter, property, quoted, term } from "../expressions.js";
import { childTerms, childTypes, scopeTerms } from "../scope.js";
import { keyType, upperFirst } from "../view.js";
import { contribution } from "./kind.js";
import type { Contribution, Of, Setting } from "./kind.js";
import { created } from "./rows.js";

export function members(attribute: Of<"members">, { resource }: Setting): Contribution {
  const { source, definition, key } = attribute;
  const { list, member, memberRelation, memberScope, to } = source;
  const { model } = list;
  const find = `find${model.name}`;
  const name = parameter(member);
  const value = member.type === "int" || member.type === "bigint" ? `String(${name})` : name;
  const variable = `linksOf${upperFirst(definition.name)}`;
  const inside = scopeTerms(memberScope);
  const visible = inside.length === 0 ? [] : [`${memberRelation}: ${object(inside)}`];
  const filter = `{ value: ${find}.key(${finder({ steps: [], column: member })}, ${idCodec(member)}), type: ${find}.constant(${quoted(to.name)}) }`;
  return contribution({
    list: {
      name: list.name,
      select: `{ ${list.name}: { ${[...(visible.length === 0 ? [] : [`where: { ${visible.join(", ")} }`]), `select: { ${member.name}: true }`, `orderBy: { ${member.name}: "asc" }`].join(", ")} } }`,
    },
    printed: `many(row.${list.name}?.map(({ ${term(member.name, name)} }) => ({ value: ${value}, $ref: ${location(to, name)}, type: ${quoted(to.name)} })))`,
    finders: [model.name],
    filters: [`${property(key)}: find.rows((some: Prisma.${model.name}WhereInput) => ({ ${list.name}: { some${visible.length === 0 ? "" : `: { AND: some, ${visible.join(", ")} }`} } }), ${filter}),`],
    blocks: [
      {
        template: "members.ts.hbs",
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
    ],
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
    mapping: { links: [quoted(definition.name)] },
    rows: { links: [`${property(definition.name)}: ${variable}(tenant)`] },
    refersTo: [to.name],
  });
}
