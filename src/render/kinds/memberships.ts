/** `groups` of a User: the members of Group, read from the other end. */
import { finder, idCodec, location, object, parameter, property, term } from "../expressions.js";
import { scopeTerms } from "../scope.js";
import { contribution } from "./kind.js";
import type { Contribution, Of } from "./kind.js";

export function memberships({ source, key }: Of<"memberships">): Contribution {
  const { list, group, groupKey, id, scope, display, to } = source;
  const find = `find${list.model.name}`;
  const name = parameter({ name: group.relation });
  const value = id.type === "int" || id.type === "bigint" ? `String(${name}.${id.name})` : `${name}.${id.name}`;
  const inside = scopeTerms(scope);
  const visible = inside.length === 0 ? [] : [`${group.relation}: ${object(inside)}`];
  const columns = [id.name, ...(display ? [display.name] : [])].map((each) => `${each}: true`).join(", ");
  const shown = display === undefined ? "" : `, display: ${name}.${display.name} || undefined`;
  const found = [
    `value: ${find}.key(${finder({ steps: [], column: groupKey })}, ${idCodec(groupKey)})`,
    ...(display === undefined ? [] : [`display: ${find}.${display.optional ? "optionalText" : "text"}(${finder({ steps: [group], column: display })})`]),
    `type: ${find}.constant("direct")`,
  ];
  return contribution({
    list: {
      name: list.name,
      select: `{ ${list.name}: { ${[...(visible.length === 0 ? [] : [`where: { ${visible.join(", ")} }`]), `select: { ${group.relation}: { select: { ${columns} } } }`, `orderBy: { ${groupKey.name}: "asc" }`].join(", ")} } }`,
    },
    printed: `many(row.${list.name}?.map(({ ${term(group.relation, name)} }) => ({ value: ${value}, $ref: ${location(to, `${name}.${id.name}`)}${shown}, type: "direct" })))`,
    finders: [list.model.name],
    filters: [`${property(key)}: find.rows((some: Prisma.${list.model.name}WhereInput) => ({ ${list.name}: { some${visible.length === 0 ? "" : `: { AND: some, ${visible.join(", ")} }`} } }), { ${found.join(", ")} }),`],
  });
}
