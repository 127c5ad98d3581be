/** What rows of a list hang on, and the terms that keep every statement about them inside the tenant. */
import type { RowsHolder, RowsSource, SharedRow } from "../../provider.js";
import { idType, insideTerms, object, term } from "../expressions.js";
import { childTerms, childTypes, personTerms, tenantTerms, tenantTypes } from "../scope.js";
import { keyType } from "../view.js";
import type { Of, Setting } from "./kind.js";

export interface Held {
  /** The type of what the rows' key holds. */
  readonly type: string;
  /** Of the rows of `parent` that are read, and of those that are written. */
  readonly seen: readonly string[];
  readonly written: readonly string[];
  /** The same as types: without them no query compiles. */
  readonly types: readonly string[];
  /** Terms of a filter that comes from the resource's row: what the way from there does not say by itself. */
  readonly some: readonly string[];
}

export function heldBy({ source }: Of<"rows">, setting: Setting): Held {
  const { list, table, holder } = source;
  const { resource } = setting;
  const own = term(list.key.name, "parent");
  const type = source.table === undefined && holder === undefined ? keyType(resource) : idType(list.key);
  const key = `readonly ${list.key.name}: ${type}`;
  const inside = table ?? (holder?.tenant === undefined ? undefined : { tenant: holder.tenant });
  if (inside !== undefined) {
    const scope = { tenant: inside.tenant, where: undefined };
    const terms = [own, ...tenantTerms(scope)];
    return { type, seen: terms, written: terms, types: [key, ...tenantTypes(scope)], some: tenantTerms(scope) };
  }
  if (holder === undefined) {
    const terms = childTerms(list, resource.scope, own);
    return { type, seen: terms, written: terms, types: childTypes(list, type, resource.scope), some: [] };
  }
  const behind = behindHolder(list.parent, holder, setting);
  return { type, seen: [own, behind.seen], written: [own, behind.written], types: [key, behind.type], some: [] };
}

/** Rows that are one with their holder: its tenants' are those that have a row of the resource there, and its owner may write them. */
export function behindHolder(parent: string, holder: Pick<RowsHolder, "step" | "back">, setting: Setting): { readonly seen: string; readonly written: string; readonly type: string } {
  const person = personTerms(setting.resource.scope, holder.back);
  const shared = sharedOf(holder, setting);
  const owner = shared?.onUpdate === "owned" && shared.owner !== undefined ? [`${shared.owner.name}: tenant`] : [];
  return {
    seen: `${parent}: ${object([...person, ...insideTerms(holder.step)])}`,
    written: `${parent}: ${object([...person, ...insideTerms(holder.step), ...owner])}`,
    type: `readonly ${parent}: { ${holder.back.name}: ${backType(holder, setting)} }`,
  };
}

/** Whether the rows are one with a row that other tenants may share. */
export function isHeld({ holder }: RowsSource): boolean {
  return holder !== undefined && holder.tenant === undefined;
}

/** Who may write the row on which rows hang. */
export function sharedOf({ step }: Pick<RowsHolder, "step">, { resource }: Setting): SharedRow | undefined {
  return resource.shared.find((each) => each.step.relation === step.relation);
}

function backType({ back }: Pick<RowsHolder, "back">, { resource }: Setting): string {
  const terms = tenantTypes(resource.scope).map((each) => each.replace(/^readonly /, ""));
  if (back.isList) return `{ some: ${terms.length === 0 ? "object" : `{ ${terms.join("; ")} }`} }`;
  return terms.length === 0 ? "object" : `{ ${terms.join("; ")} }`;
}
