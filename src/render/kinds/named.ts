/** Rows that the mapping names by constants, so that new rows are connected to them. */
import type { Assignment } from "../../provider.js";
import { idType } from "../expressions.js";
import { whereType } from "../scope.js";
import type { Calls } from "./kind.js";

/** The calls that find them. */
export function namedCalls(list: readonly Assignment[]): readonly Calls[] {
  return list.flatMap(({ value }) => {
    if (value.kind !== "row") return [];
    const { model, scope, id } = value.row;
    return [{ delegate: model.delegate, methods: [`findMany(args: { where: ${whereType(model, scope)}; select: { ${id.name}: true }; take: 2 }): PromiseLike<{ ${id.name}: ${idType(id)} }[]>;`] }];
  });
}
