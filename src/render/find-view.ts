/** The finding half of a resource's file: its table of filters. */
import type { Column, Place, Resource } from "../provider.js";
import type { Context } from "./context.js";
import { codec, finder, idCodec, order, quoted } from "./expressions.js";

export interface FindView {
  readonly finders: readonly { readonly variable: string; readonly model: string }[];
  readonly filters: readonly string[];
  readonly filtersArgument: string;
  readonly filtersCall: string;
  readonly orders: readonly string[];
}

export function findView({ resource, leaves }: Context): FindView {
  const filters = [idFilter(resource), ...leaves.flatMap((each) => each.filters), ...metaFilters(resource)];
  const models = new Set(leaves.flatMap((each) => each.finders));
  const needsTenant = filters.some((line) => /\btenant\b/.test(line));
  return {
    finders: [{ variable: "find", model: resource.model.name }, ...[...models].map((model) => ({ variable: `find${model}`, model }))],
    filters,
    filtersArgument: needsTenant ? "tenant: Tenant" : "",
    filtersCall: needsTenant ? "tenant" : "",
    orders: [order("id", own(resource.id)), ...leaves.flatMap((each) => each.orders), ...metaOrders(resource)],
  };
}

/** A column of the row itself. */
function own(column: Column): Place {
  return { steps: [], column };
}

function metaOrders({ created, lastModified }: Resource): readonly string[] {
  return [...(created ? [order("meta.created", own(created))] : []), ...(lastModified ? [order("meta.lastModified", own(lastModified))] : [])];
}

function idFilter({ id }: Resource): string {
  const by = idCodec(id);
  if (by !== "textKey") return `id: find.key(${finder(own(id))}, ${by}),`;
  return `id: find.text(${finder(own(id))}, ${quoted(id.type === "citext" ? "citext" : "exact")}),`;
}

function metaFilters({ created, lastModified }: Resource): readonly string[] {
  const one = (name: string, column: typeof created): readonly string[] =>
    column === undefined ? [] : [`"meta.${name}": find.${column.optional ? "optionalOrdered" : "ordered"}(${finder(own(column))}, ${codec(column, "dateTime") ?? "dateTime"}),`];
  return [...one("created", created), ...one("lastModified", lastModified)];
}
