/** The finding half of a resource's file: its table of filters. */
import type { Attribute, Column, Place, Resource } from "../provider.js";
import { codec, finder, found, idCodec, property, quoted } from "./expressions.js";
import type { Context } from "./view.js";

export interface FindView {
  readonly finders: readonly { readonly variable: string; readonly model: string }[];
  readonly filters: readonly string[];
  readonly filtersArgument: string;
  readonly filtersCall: string;
}

export function findView(context: Context): FindView {
  const { resource } = context;
  const lines = [idFilter(resource), ...context.leaves.flatMap((each) => filtersOf(each)), ...metaFilters(resource)];
  const models = new Map<string, string>([["find", resource.model.name]]);
  for (const { source } of context.leaves) {
    if (source.kind === "rows" || source.kind === "members" || source.kind === "memberships") models.set(`find${source.list.model.name}`, source.list.model.name);
  }
  const needsTenant = lines.some((line) => /\btenant\b/.test(line));
  return {
    finders: [...models].map(([variable, model]) => ({ variable, model })),
    filters: lines,
    filtersArgument: needsTenant ? "tenant: Tenant" : "",
    filtersCall: needsTenant ? "tenant" : "",
  };
}

/** A column of the row itself. */
function own(column: Column): Place {
  return { steps: [], column };
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

function filtersOf(attribute: Attribute): readonly string[] {
  const { source, definition, key } = attribute;
  if (definition.returned === "never") return [];
  switch (source.kind) {
    case "rows": {
      const { list } = source;
      const find = `find${list.model.name}`;
      return [`${property(key)}: find.rows((some: Prisma.${list.model.name}WhereInput) => ({ ${list.name}: { some } }), { ${source.each.flatMap((sub) => subFilter(sub, find)).join(", ")} }),`];
    }
    case "members": {
      const { list, member, memberRelation, memberTenant, to } = source;
      const find = `find${list.model.name}`;
      const value = `value: ${find}.key(${finder(own(member))}, ${idCodec(member)})`;
      return [
        `${property(key)}: find.rows((some: Prisma.${list.model.name}WhereInput) => ({ ${list.name}: { some: { AND: some, ${memberRelation}: { ${memberTenant.name}: tenant } } } }), { ${value}, type: ${find}.constant(${quoted(to.name)}) }),`,
      ];
    }
    case "memberships": {
      const { list, group, groupKey, tenant, display } = source;
      const find = `find${list.model.name}`;
      const value = `value: ${find}.key(${finder(own(groupKey))}, ${idCodec(groupKey)})`;
      const shown = display === undefined ? "" : `, display: ${find}.${display.optional ? "optionalText" : "text"}(${finder({ steps: [group], column: display })})`;
      return [
        `${property(key)}: find.rows((some: Prisma.${list.model.name}WhereInput) => ({ ${list.name}: { some: { AND: some, ${group.relation}: { ${tenant.name}: tenant } } } }), { ${value}${shown}, type: ${find}.constant("direct") }),`,
      ];
    }
    case "slots": {
      const slots = source.slots.map(
        (slot) =>
          `{ type: ${quoted(slot.type)}, primary: ${String(slot.primary)}, of: { value: ${found({ kind: "column", place: slot.place, letters: slot.letters }, "find", "string") ?? ""} } }`,
      );
      return [`${property(key)}: find.slots(${slots.join(", ")}),`];
    }
    case "reference":
      return [`${quoted(`${key}.value`)}: ${found(source, "find", "string") ?? ""},`];
    case "fullName":
      return [
        `"name.formatted": ${found(source, "find", "string") ?? ""},`,
        ...["givenName", "familyName"].map((part) => `"name.${part}": find.partOf(${found(source, "find", "string") ?? ""}),`),
      ];
    default: {
      const text = found(source, "find", definition.type);
      return text === undefined ? [] : [`${property(key)}: ${text},`];
    }
  }
}

function subFilter(sub: Attribute, find: string): readonly string[] {
  const text = found(sub.source, find, sub.definition.type);
  return text === undefined ? [] : [`${property(sub.definition.name)}: ${text}`];
}

