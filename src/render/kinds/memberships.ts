/** `groups` of a User: the members of Group, read from the other end. */
import { finder, found, idCodec, location, object, parameter, property, term } from "../expressions.js";
import { scopeTerms, someOf, someWith } from "../scope.js";
import { contribution } from "./kind.js";
import type { Contribution, Of } from "./kind.js";
import { livingBlocks, livingTerms } from "./life.js";
import { idText } from "./member-list.js";

type Memberships = Of<"memberships">["source"];
type From<Kind> = Extract<Memberships["from"], { readonly kind: Kind }>;

export function memberships({ source, key }: Of<"memberships">): Contribution {
  const { list, model, printed, filter, selects = [] } = parts(source);
  return contribution({ lists: [list], printed: `many(${printed})`, finders: [model], selects, filters: [`${property(key)}: ${filter},`] });
}

interface Parts {
  readonly list: Contribution["lists"][number];
  readonly model: string;
  readonly printed: string;
  readonly filter: string;
  readonly selects?: Contribution["selects"];
}

function parts(source: Memberships): Parts {
  switch (source.from.kind) {
    case "join":
      return joined(source, source.from);
    case "ends":
      return linked(source, source.from);
    case "parent":
      return only(source, source.from);
  }
}

function joined(source: Memberships, { list, group, groupKey, where, person }: From<"join">): Parts {
  const { scope, display } = source;
  const find = `find${list.model.name}`;
  const name = parameter({ name: group.relation });
  const inside = scopeTerms(scope);
  const isOptional = group.optional;
  const visible = [...(inside.length === 0 ? (isOptional ? [`${groupKey.name}: { not: null }`] : []) : [`${group.relation}: ${object(inside)}`]), ...livingTerms({ where })];
  const destructured = `({ ${term(group.relation, name)} })`;
  const elements = [
    `value: ${find}.key(${finder({ steps: [], column: groupKey })}, ${idCodec(groupKey)})`,
    ...(display === undefined ? [] : [`display: ${find}.${display.optional ? "optionalText" : "text"}(${finder({ steps: [group], column: display })})`]),
    `type: ${find}.constant("direct")`,
  ];
  const rows = `row.${person === undefined ? "" : `${person.relation}?.`}${list.name}`;
  const selected = (inner: string): string => (person === undefined ? `{ ${inner} }` : `{ ${person.relation}: { select: { ${inner} } } }`);
  const having = `{ ${list.name}: { ${someWith(visible)} } }`;
  return {
    list: {
      name: person === undefined ? list.name : `${person.relation}.${list.name}`,
      select: selected(`${list.name}: { ${[...(visible.length === 0 ? [] : [`where: { ${visible.join(", ")} }`]), `select: { ${group.relation}: { select: ${columns(source)} } }`, `orderBy: { ${groupKey.name}: "asc" }`].join(", ")} }`),
    },
    model: list.model.name,
    printed: isOptional ? `${rows}?.flatMap(${destructured} => (${name} === null ? [] : [${element(source, name)}]))` : `${rows}?.map(${destructured} => (${element(source, name)}))`,
    filter: `find.rows((some: Prisma.${list.model.name}WhereInput) => (${person === undefined ? having : `{ ${person.relation}: { is: ${having} } }`}), { ${elements.join(", ")} })`,
    selects: livingBlocks({ where }, list.model.name, "groups"),
  };
}

function linked(source: Memberships, { ends: { name, model } }: From<"ends">): Parts {
  const { id, scope } = source;
  const inside = scopeTerms(scope);
  return {
    list: { name, select: `{ ${name}: { ${[...(inside.length === 0 ? [] : [`where: ${object(inside)}`]), `select: ${columns(source)}`, `orderBy: { ${id.name}: "asc" }`].join(", ")} } }` },
    model: model.name,
    printed: `row.${name}?.map((group) => (${element(source, "group")}))`,
    filter: `find.rows((some: Prisma.${model.name}WhereInput) => ({ ${name}: ${someOf(scope)} }), { ${ownElements(source, model.name).join(", ")} })`,
  };
}

function only(source: Memberships, { step: { relation, model } }: From<"parent">): Parts {
  const inside = scopeTerms(source.scope);
  return {
    list: { name: relation, select: `{ ${relation}: { ${[...(inside.length === 0 ? [] : [`where: ${object(inside)}`]), `select: ${columns(source)}`].join(", ")} } }` },
    model: model.name,
    printed: `[row.${relation} ?? []].flat().map((group) => (${element(source, "group")}))`,
    filter: `find.rows((is: Prisma.${model.name}WhereInput) => ({ ${relation}: ${someOf(source.scope).replaceAll("some", "is")} }), { ${ownElements(source, model.name).join(", ")} })`,
  };
}

function columns({ id, display }: Memberships): string {
  return object([id, ...(display ? [display] : [])].map((each) => `${each.name}: true`));
}

function element({ id, display, to }: Memberships, group: string): string {
  const value = `${group}.${id.name}`;
  const shown = display === undefined ? "" : `, display: ${group}.${display.name} || undefined`;
  return `{ value: ${idText(id, value)}, $ref: ${location(to, value)}${shown}, type: "direct" }`;
}

/** What a filter can ask where a read gives the groups' own rows. */
function ownElements({ id, display }: Memberships, model: string): readonly string[] {
  const find = `find${model}`;
  const letters = display?.type === "citext" ? "citext" : "folded";
  const shown = display === undefined ? [] : [`display: ${found({ kind: "column", place: { steps: [], column: display }, letters }, find, "string") ?? ""}`];
  return [`value: ${find}.key(${finder({ steps: [], column: id })}, ${idCodec(id)})`, ...shown, `type: ${find}.constant("direct")`];
}
