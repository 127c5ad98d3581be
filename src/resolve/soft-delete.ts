/** `softDelete: column`: which rows are there, seen from a column that marks those that are not. */
import type { LooseResource, LooseWhere } from "../config.js";
import type { PrismaModel } from "../read/prisma.js";
import { suggestion } from "./context.js";
import type { ConfigPath, Scope } from "./context.js";

/** `softDelete` is short for a condition and what contradicts it. */
export function whereOf(model: PrismaModel, { where, softDelete }: Pick<LooseResource, "where" | "softDelete">): LooseWhere | undefined {
  const field = model.fields.find((each) => each.name === softDelete);
  if (softDelete === undefined || field === undefined || !(field.type === "Boolean" || (field.type === "DateTime" && !field.isRequired))) return where;
  const unset = field.type === "Boolean" && field.isRequired ? { [softDelete]: false } : field.type === "Boolean" ? { OR: [{ [softDelete]: false }, { [softDelete]: null }] } : { [softDelete]: null };
  const collides = Object.keys(unset).some((name) => name in (where ?? {}));
  return collides ? { AND: [where, unset] } : { ...where, ...unset };
}

/** Undefined after a problem: the column can be set, but not be found to be unset. */
export function softDeleteFits(scope: Scope, model: PrismaModel, { softDelete }: LooseResource, path: ConfigPath): boolean {
  const field = model.fields.find((each) => each.name === softDelete);
  if (softDelete === undefined) return true;
  const told = { schema: { model: model.name, field: softDelete } };
  if (field === undefined) scope.findings.error("unknown-field", path, `The model ${model.name} has no field "${softDelete}".`, { ...suggestion(softDelete, model.fields.map((each) => each.name)), schema: { model: model.name } });
  else if (field.type === "Boolean") return true;
  else if (field.type !== "DateTime") scope.findings.error("type-mismatch", path, `A soft delete is a boolean or a date, and ${model.name}.${softDelete} is neither.`, { ...told, remedy: `remove: { set: { ${softDelete}: … } }, and a "where" that it contradicts` });
  else if (!field.isRequired) return true;
  else scope.findings.error("soft-delete-not-nullable", path, `${model.name}.${softDelete} is never null, so every row would be deleted already.`, { ...told, remedy: "make the column optional" });
  return false;
}
