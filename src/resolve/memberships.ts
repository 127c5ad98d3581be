/** `groups` of a User: the members of Group, read from the other end. Direct ones alone: what a group inside a group holds is not computed. */
import type { Attribute, JoinList, ListRelation, MemberList, MembershipsSource, RowLife } from "../provider.js";
import type { PrismaModel } from "../read/prisma.js";
import { userSchema } from "../scim/core-schemas.js";
import type { ConfigPath } from "./context.js";
import { upperFirst } from "./names.js";
import { byPerson } from "./person.js";
import { listRelation, modelRef, ownColumn } from "./place.js";
import { valueMembership } from "./value-groups.js";
import type { Home, Other } from "./home.js";

export function membershipsOf(home: Home, path: ConfigPath): Attribute | undefined {
  if (home.valueGroups !== undefined) return valueMembership(home, home.valueGroups);
  const group = home.others.find((each) => each.ref.name === "Group");
  const members = home.members.find(({ to }) => to.name === home.resource);
  const definition = userSchema.attributes.find((each) => each.name === "groups");
  if (group === undefined || members === undefined || definition === undefined) return undefined;
  const from = fromOf(home, members, group, path);
  if (from === undefined) return undefined;
  const { id, scope } = group.rows;
  const display = group.display === undefined ? undefined : ownColumn(home, group.model, group.display, path);
  const subs = ["value", "$ref", "type", ...(display ? ["display"] : [])];
  return {
    key: "groups",
    definition: { ...definition, subAttributes: (definition.subAttributes ?? []).filter((each) => subs.includes(each.name)) },
    source: { kind: "memberships", from, id, scope, display, to: group.ref },
    typeName: `${home.resource}Group`,
    default: undefined,
  };
}

function fromOf(home: Home, members: MemberList, group: Other, path: ConfigPath): MembershipsSource["from"] | undefined {
  switch (members.kind) {
    case "ends": {
      const { name, back } = members.ends;
      return { kind: "ends", ends: { name: back, back: name, model: modelRef(group.model), id: group.rows.id } };
    }
    case "children":
      return { kind: "parent", step: { relation: members.list.parent, model: modelRef(group.model), optional: true, inside: undefined } };
    case "join": {
      const join = home.schema.models.find((each) => each.name === members.list.model.name);
      const named = join === undefined || members.back === undefined ? undefined : byPerson(home, join, members.member.name, home);
      const holder = named?.person ?? home.model;
      const back = join === undefined ? undefined : holder.fields.find((each) => each.kind === "object" && each.isList && each.type === join.name && each.relation?.name === relationName(join, members.memberRelation));
      if (join === undefined || back === undefined) return undefined;
      const key = named === undefined ? home.rows.id : ownColumn(home, holder, named.own.relation?.toFields[0] ?? "", path);
      const list = key && listRelation(home, holder, { key, tenant: named === undefined ? home.rows.scope.tenant : undefined }, back, join, path);
      const person = named && { relation: named.own.name, model: modelRef(holder), optional: false, inside: undefined };
      return list === undefined ? undefined : { kind: "join", list, group: { relation: members.list.parent, model: modelRef(group.model), optional: members.list.key.optional, inside: undefined }, groupKey: members.list.key, where: whereOf(members, list), person };
    }
  }
}

/** The same condition, under a name of this file's own: the two files import each other, and a constant would not be there yet. `current`, since `existing` and a plural is what a resource exports. */
function whereOf({ life: { where } }: JoinList, { name }: ListRelation): RowLife["where"] {
  return where === undefined ? undefined : { ...where, constant: `current${upperFirst(name)}` };
}

function relationName(join: PrismaModel, relation: string): string | undefined {
  return join.fields.find((each) => each.name === relation)?.relation?.name;
}
