/** Who may write rows that hang on a row which tenants share: by the policies of `through`. */
import type { RowsHolder, SharedRow } from "../../provider.js";
import { idType, object, quoted, term } from "../expressions.js";
import { soleTerms, tenantTerms } from "../scope.js";
import type { Calls, Setting } from "./kind.js";
import { sharedOf } from "./rows-held.js";

export interface Claims {
  readonly relation: string;
  readonly refuses: boolean;
  readonly onUpdate: string | undefined;
  readonly onLink: string | undefined;
  readonly calls: readonly Calls[];
}

/** How a write makes sure that the row on which these hang is its own to change: by the policies of `through`. */
export function claimsOf(holder: Pick<RowsHolder, "step">, setting: Setting): Claims | undefined {
  const shared = sharedOf(holder, setting);
  if (shared === undefined) return undefined;
  const onUpdate = shared.onUpdate === "keep" || shared.onUpdate === "refuse" ? undefined : claim(shared, shared.onUpdate, setting);
  const onLink = shared.onLink !== "update" || shared.link === "create" ? undefined : claim(shared, shared.onUpdate === "write" || shared.onUpdate === "whenSole" ? shared.onUpdate : shared.owner === undefined ? "write" : "owned", setting);
  const { model } = shared.step;
  const type = idType(shared.id);
  const methods = [onUpdate, onLink].flatMap((each) => (each === undefined ? [] : [`updateMany(args: { where: Prisma.${model.name}WhereInput & { readonly ${shared.id.name}: ${type}; readonly ${shared.back.name}: object }; data: ${each.dataType} }): PromiseLike<{ count: number }>;`]));
  return {
    relation: quoted(holder.step.relation),
    refuses: shared.onUpdate === "refuse",
    onUpdate: onUpdate?.text,
    onLink: onLink?.text,
    calls: [...new Set(methods)].map((method) => ({ delegate: model.delegate, methods: [method] })),
  };
}

/** A column of the row written onto itself: who may write it has its lock then. */
function claim(shared: SharedRow, by: SharedRow["onUpdate"], { resource }: Setting): { readonly text: string; readonly dataType: string } {
  const { back, id, owner, step } = shared;
  const own = object([term(resource.id.name, `row.${resource.id.name}`), ...tenantTerms(resource.scope)]);
  const owned = by === "owned" && owner !== undefined ? owner.name : undefined;
  const linked = by === "whenSole" ? soleTerms(resource, shared, own, `row.${resource.id.name}`) : `${back.name}: { ${back.isList ? "some" : "is"}: ${own} }`;
  const where = object([term(id.name, "parent"), linked, ...(owned === undefined ? [] : [`${owned}: tenant`])]);
  const data = owned === undefined ? object([term(id.name, "parent")]) : `{ ${owned}: tenant }`;
  return {
    text: `(db, parent, row) => db.${step.model.delegate}.updateMany({ where: ${where}, data: ${data} })`,
    dataType: owned === undefined ? `{ ${id.name}: ${idType(id)} }` : `{ ${owned}: Tenant }`,
  };
}
