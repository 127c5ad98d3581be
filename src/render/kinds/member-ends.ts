/** Members at the other end of a many-to-many relation that Prisma keeps by itself. */
import type { EndList } from "../../provider.js";
import { idCodec, idType, parameter, term } from "../expressions.js";
import { scopeTerms, someOf } from "../scope.js";
import { keyType } from "../view.js";
import { linkCalls, linkedTerms, linkedType, linkTerms } from "./ends.js";
import { ownFilter, ownPrinted, ownSelect } from "./member-children.js";
import type { ListParts, ListSetting } from "./member-list.js";

export function endList(source: EndList, { resource, variable, hasDisplay }: ListSetting): ListParts {
  const { ends, scope, to } = source;
  const { model, id, name } = ends;
  return {
    name,
    select: ownSelect(name, id, source),
    printed: ownPrinted(name, id, source),
    finder: model.name,
    elements: `find.rows((some: Prisma.${model.name}WhereInput) => ({ ${name}: ${someOf(scope)} }), { ${ownFilter(model, id, source, hasDisplay).join(", ")} })`,
    block: {
      template: "member-ends.ts.hbs",
      view: {
        variable,
        db: `${resource.name}Db`,
        key: keyType(resource),
        idType: idType(id),
        codec: idCodec(id),
        to: to.name,
        delegate: model.delegate,
        where: [...scopeTerms(scope), linkedTerms(resource, ends)].join(", "),
        id: id.name,
        idName: parameter(id),
        idTerm: term(id.name, parameter(id)),
        ...linkTerms(resource, ends, scope),
      },
    },
    types: [`type ${model.name}Where = ${linkedType(resource, ends, scope)};`],
    calls: [
      { delegate: model.delegate, beside: to.name, methods: [`findMany(args: { where: ${model.name}Where; select: { ${id.name}: true } }): PromiseLike<{ ${id.name}: ${idType(id)} }[]>;`] },
      linkCalls(resource, ends, scope),
    ],
  };
}
