/** All that value-group.ts.hbs prints of groups that are the values of an enum column. */
import type { TenantType, ValueGroups } from "../provider.js";
import { constantText, created, finder, idCodec, idType, location, quoted } from "./expressions.js";
import { idText } from "./kinds/member-list.js";
import { scopeTerms, tenantArgument, tenantTerms, tenantTypes } from "./scope.js";

export function valueGroupView(groups: ValueGroups, tenantType: TenantType | undefined): object {
  const { scope, id, column, model } = groups;
  const behind = (terms: readonly string[]): string => terms.map((each) => `${each}, `).join("");
  const valueType = column.values.map(quoted).join(" | ");
  return {
    name: groups.name,
    quotedName: quoted(groups.name),
    variable: groups.file,
    urn: quoted(groups.schema.urn),
    tenantType: tenantType ?? "null",
    parameter: tenantArgument(tenantType).parameter,
    model: model.name,
    delegate: model.delegate,
    column: column.name,
    valueType,
    heldType: column.optional ? "Value | null" : "Value",
    whereType: [`Prisma.${model.name}WhereInput`, ...tenantTypes(scope).map((each) => `{ ${each} }`)].join(" & "),
    idColumn: id.name,
    idType: idType(id),
    idFinder: finder({ steps: [], column: id }),
    codec: idCodec(id),
    values: column.values.map(quoted).join(", "),
    leave: constantText(groups.leave),
    locked: groups.locked.map(quoted).join(", "),
    idText: idText(id, "id"),
    memberLocation: location({ name: "User", file: "user", endpoint: "/Users" }, "id"),
    location: location(groups, "value"),
    scope: behind(scopeTerms(scope)),
    tenantScope: behind(tenantTerms(scope)),
    existing: scope.where === undefined ? "" : `${scope.where.constant}, `,
    from: column.optional ? `OR: [{ ${column.name}: { in: from } }, { ${column.name}: null }]` : `${column.name}: { in: from }`,
    stamp: behind(created(groups.stamp)),
  };
}
