/** Rows of a list that are there, and those that are marked as removed. */
import type { RowLife } from "../../provider.js";
import { created, object } from "../expressions.js";
import { literal } from "../scope.js";
import type { Block } from "./kind.js";

/** The term that only rows that are there fulfil. */
export function livingTerms({ where }: Pick<RowLife, "where">): readonly string[] {
  return where === undefined ? [] : [`AND: ${where.constant}`];
}

/** The constant of the condition. */
export function livingBlocks({ where }: Pick<RowLife, "where">, model: string, attribute: string): readonly Block[] {
  if (where === undefined) return [];
  return [{ template: "condition.ts.hbs", view: { doc: `A row of ${model} of which this is not true is none of the ${attribute}.`, constant: where.constant, condition: literal(where.condition), model } }];
}

export interface RemovalView {
  readonly drop: string;
  readonly dropData: string;
  readonly woken: string | undefined;
  readonly marked: string | undefined;
}

/** How a row goes, and how one that went comes back: `deleteMany`, or an update that marks it. */
export function removalView({ removal }: RowLife, inside: readonly string[], more: readonly string[]): RemovalView {
  if (removal === undefined) return { drop: "deleteMany", dropData: "", woken: undefined, marked: undefined };
  const { set, wake } = removal;
  return {
    drop: "updateMany",
    dropData: `, data: ${object(created(set))}`,
    woken: wake === undefined ? undefined : created(wake.data).join(", "),
    marked: wake === undefined ? undefined : [...inside, `AND: ${literal(wake.marked)}`, ...more].join(", "),
  };
}

/** The calls that do so. */
export function removalMethods({ removal }: RowLife, model: string, where = `${model}Where`): readonly string[] {
  if (removal === undefined) return [`deleteMany(args: { where: ${where} }): PromiseLike<{ count: number }>;`];
  return [`updateMany(args: { where: ${where}; data: Partial<Prisma.${model}CreateManyInput> }): PromiseLike<{ count: number }>;`];
}
