/** DELETE of a person's row in the tenant: the person goes out of the groups of the tenant, and stays in those of others. */
import type { PersonMembers } from "../../provider.js";
import { created, nest, object } from "../expressions.js";
import { literal, scopeTerms, tenantTypes } from "../scope.js";
import type { Calls } from "./kind.js";

/** The statement. `where` is the row that goes: without it there, nobody is taken out of anything. */
export function personRemoval({ list, memberRelation, back, life, groups }: PersonMembers): string {
  const inside = scopeTerms(groups);
  const where = [
    ...(inside.length === 0 ? [] : [`${list.parent}: ${object(inside)}`]),
    nest([memberRelation], `${back.name}: ${back.isList ? "{ some: where }" : "where"}`),
    ...(life.where === undefined ? [] : [`AND: ${literal(life.where.condition)}`]),
  ];
  const [method, data] = life.removal === undefined ? ["deleteMany", ""] : ["updateMany", `, data: ${object(created(life.removal.set))}`];
  return `await db.${list.model.delegate}.${method}({ where: ${object(where)}${data} });`;
}

export function personCalls({ list, memberRelation, back, life, groups }: PersonMembers): Calls {
  const { name, delegate } = list.model;
  const inside = tenantTypes(groups).map((each) => `readonly ${list.parent}: { ${each} }`);
  const where = [`Prisma.${name}WhereInput`, `{ ${[...inside, `readonly ${memberRelation}: { ${back.name}: ${back.isList ? "{ some: Where }" : "Where"} }`].join("; ")} }`].join(" & ");
  const [method, data] = life.removal === undefined ? ["deleteMany", ""] : ["updateMany", `; data: Partial<Prisma.${name}CreateManyInput>`];
  return { delegate, methods: [`${method}(args: { where: ${where}${data} }): PromiseLike<{ count: number }>;`] };
}
