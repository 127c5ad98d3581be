/** `Group: { valuesOf: "role", … }`: each value of an enum column of the users is a group. */
import type { LooseEnumGroup, LooseResource } from "../config.js";
import type { Attribute, ResourceRef, ValueGroups } from "../provider.js";
import { groupSchema, userSchema } from "../scim/core-schemas.js";
import { fitting, suggestion } from "./context.js";
import type { ConfigPath } from "./context.js";
import type { Home } from "./home.js";
import { assignments, without } from "./assignments.js";
import { checkOptions } from "./options.js";
import { modelRef, ownColumn } from "./place.js";

export const groupRef: ResourceRef = { name: "Group", file: "group", endpoint: "/Groups" };

/** `home`: of the users. */
export function valueGroups(home: Home, user: LooseResource, group: LooseEnumGroup, path: ConfigPath): ValueGroups | undefined {
  const table = Object.keys(group).find((name) => name === "model" || name === "attributes" || name === "tenant");
  if (table !== undefined) return home.findings.error("enum-group-with-table", [...path, table], `Groups are the values of "${group.valuesOf}" or the rows of a model, and not both.`, { remedy: `leave out "${table}", or "valuesOf"`, schema: { model: home.model.name, field: group.valuesOf } });
  if (!checkOptions(home, group, "valueGroup", "the resource Group", path)) return undefined;
  const column = ownColumn(home, home.model, group.valuesOf, [...path, "valuesOf"]);
  if (column === undefined) return undefined;
  const told = { schema: { model: home.model.name, field: column.name } };
  if (column.type !== "enum") return home.findings.error("type-mismatch", [...path, "valuesOf"], `Groups are the values of an enum, and ${home.model.name}.${column.name} is not one.`, { ...fitting(home, home.model, ({ kind, isList }) => kind === "enum" && !isList, "a column of an enum"), ...told });
  if (group.leave === undefined) return home.findings.error("config-invalid", path, "What a user holds who is taken out of a group is not said.", { remedy: `leave: "${column.values.at(-1) ?? "…"}"` });
  const locked = Array.isArray(group.locked) ? group.locked : [];
  for (const [name, value] of [["leave", group.leave] as const, ...locked.map((each) => ["locked", each] as const)]) {
    if (!column.values.includes(value)) return home.findings.error("enum-value-unknown", [...path, name], `${home.model.name}.${column.name} has no value "${value}".`, { ...suggestion(value, column.values), ...told });
  }
  if (locked.includes(group.leave)) return home.findings.error("type-mismatch", [...path, "locked"], `"${group.leave}" is what a user becomes who is taken out of a group, and so it cannot be locked.`, { remedy: `locked: ${JSON.stringify(locked.filter((each) => each !== group.leave))}`, ...told });
  const [core] = [groupSchema];
  const shown = ["value", "$ref", "type"];
  const definitions = core.attributes.map((each) => (each.subAttributes === undefined ? each : { ...each, subAttributes: each.subAttributes.filter(({ name }) => shown.includes(name)) }));
  return {
    ...groupRef,
    description: core.description,
    schema: { urn: core.id, name: core.name, description: core.description },
    attributes: definitions,
    unmapped: ["externalId", "members.display"],
    model: modelRef(home.model),
    scope: home.rows.scope,
    id: home.rows.id,
    column,
    leave: group.leave,
    locked: column.values.filter((each) => locked.includes(each)),
    stamp: without(home, ["rule", "from", "row"], assignments(home, home.model, user.stamp ?? {}, [...path, "stamp"]), "users that change their group", path),
  };
}

/** `groups` of a User: the one whose value it holds. */
export function valueMembership(home: Home, { column }: ValueGroups): Attribute | undefined {
  const definition = userSchema.attributes.find((each) => each.name === "groups");
  return definition === undefined ? undefined : { key: "groups", definition, source: { kind: "valueMembership", place: { steps: [], column }, to: groupRef }, typeName: `${home.resource}Group`, default: undefined };
}
