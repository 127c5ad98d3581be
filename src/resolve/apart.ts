/**
 * Rows of one table under several attributes. Each of them has names of its own in the generated file; and a relation that two attributes
 * cross is read by a statement of each, since Prisma selects a relation only once.
 */
import type { Attribute, RowsSource, Source } from "../provider.js";
import { upperFirst } from "./names.js";

/** `all`: every attribute of the resource, these among them. */
export function toldApart(attributes: readonly Attribute[], all: readonly Attribute[]): readonly Attribute[] {
  return attributes.map((attribute) => {
    const { source, key } = attribute;
    if (source.kind !== "rows" || source.apart) return attribute;
    const others = all.filter((each) => each.key !== key);
    const isCrossed = others.some((each) => relationsOf(each.source).includes(source.list.name));
    const isNamed = others.some((each) => modelsOf(each.source).includes(source.list.model.name));
    return isCrossed || isNamed ? { ...attribute, source: { ...named(source, nameOf(key)), apart: isCrossed } } : attribute;
  });
}

function nameOf(key: string): string {
  return key.split(/[^A-Za-z0-9]+/).map((each, index) => (index === 0 ? each : upperFirst(each))).join("");
}

/** With another name for all its declarations. */
export function named(source: RowsSource, name: string): RowsSource {
  const { life } = source;
  return { ...source, name, life: { ...life, where: life.where && { ...life.where, constant: `current${upperFirst(name)}` } } };
}

/** The relations of the resource's own row of which an answer reads all rows. */
function relationsOf(source: Source): readonly string[] {
  switch (source.kind) {
    case "rows":
      return source.table === undefined && source.holder === undefined ? [source.list.name] : [];
    case "ends":
      return [source.ends.name];
    case "members":
      return source.lists.map((each) => (each.kind === "ends" ? each.ends.name : each.list.name));
    case "memberships":
      return source.from.kind === "join" && source.from.person === undefined ? [source.from.list.name] : source.from.kind === "ends" ? [source.from.ends.name] : [];
    default:
      return [];
  }
}

/** The models of whose rows the file has names. */
function modelsOf(source: Source): readonly string[] {
  if (source.kind === "rows") return [source.list.model.name];
  if (source.kind === "rowLists") return source.lists.map(({ rows }) => rows.list.model.name);
  return source.kind === "members" ? source.lists.flatMap((each) => (each.kind === "join" ? [each.list.model.name] : [])) : [];
}
