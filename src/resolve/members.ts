/** Where the members of a group are kept: in a join model, at the other end of a many-to-many relation, or by a foreign key of their own. */
import type { LooseAttribute } from "../config.js";
import type { Column, Definition, MemberList } from "../provider.js";
import { listAssignments } from "./assignments.js";
import { suggestion } from "./context.js";
import type { ConfigPath } from "./context.js";
import { follow, foreignKey, listRelation, modelRef, otherEnd, ownColumn } from "./place.js";
import type { Target } from "./place.js";
import { backToRows, byPerson } from "./person.js";
import { notAnId, relationTo } from "./reference.js";
import { rowLife } from "./row-life.js";
import { entryOf, hasUnique, keysOf, traitsOf } from "./source.js";
import { unmapped } from "./unmapped.js";
import type { Home, Other, Resolved } from "./home.js";
import type { LooseEntry } from "../config.js";

type List = Extract<Target, { kind: "list" }>;

/** `members: "users"`, `members: "parts.engagementId"`, or a list of such where the members are of several kinds. */
export function members(home: Home, definition: Definition, entry: LooseAttribute, path: ConfigPath): Resolved | undefined {
  const entries = (Array.isArray(entry) ? entry : [entry]) as readonly LooseAttribute[];
  const found = entries.map((each, index) => listOf(home, definition, each, Array.isArray(entry) ? [...path, index] : path));
  const known = found.filter((each) => each !== undefined);
  if (known.length < found.length || known.length === 0) return undefined;
  const lists = known.map(({ list }) => list);
  if (!areApart(home, lists, path)) return undefined;
  return { source: { kind: "members", lists }, traits: Object.assign({}, ...known.map(({ traits }) => traits)) as Partial<Definition> };
}

/** Whether an id says by itself in which list its member belongs. */
function areApart(home: Home, lists: readonly MemberList[], path: ConfigPath): boolean {
  for (const [index, { to }] of lists.entries()) {
    const other = lists.slice(0, index).find((each) => each.to.name === to.name || (isCounted(home, each.to.name) && isCounted(home, to.name)));
    if (other === undefined) continue;
    const message = other.to.name === to.name ? `Two lists hold the ids of a ${to.name}, and in which of them a new member goes is not said.` : `The ids of ${other.to.name} and ${to.name} are both numbers, so that one id may be a member of either kind.`;
    home.findings.error("member-path-ambiguous", [...path, index], message, { remedy: other.to.name === to.name ? "leave one of them out" : `id: "…" for one of the two, a column of uuids` });
    return false;
  }
  return true;
}

function isCounted(home: Home, name: string): boolean {
  const type = home.others.find(({ ref }) => ref.name === name)?.rows.id.type;
  return type === "int" || type === "bigint";
}

function listOf(home: Home, definition: Definition, entry: LooseAttribute, path: ConfigPath): { readonly list: MemberList; readonly traits: Partial<Definition> } | undefined {
  const one = entryOf(home, entry, "members", path, ["where", "softDelete", "remove"]);
  if (one === undefined) return undefined;
  if (typeof one.at !== "string") return home.findings.error("type-mismatch", path, `"members" needs the list and the column of the join model.`, { remedy: `members: "list.userId"` });
  const at = typeof entry === "string" ? path : [...path, "at"];
  const target = follow(home, home.model, one.at, at);
  if (target === undefined) return undefined;
  if (target.kind !== "list" || target.steps.length > 0) return home.findings.error("member-column-not-id", at, `"${one.at}" is not a list of a join model.`, { remedy: `write "list.column"` });
  const name = one.ref ?? "User";
  const to = home.others.find((each) => each.ref.name === name);
  if (to === undefined) return home.findings.error("member-column-not-id", at, `There is no resource ${name} for members to refer to.`, suggestion(name, home.others.map(({ ref }) => ref.name)));
  const list = memberList(home, one, target, to, path, at);
  return list === undefined ? undefined : { list, traits: traitsOf(one, definition) };
}

function memberList(home: Home, entry: LooseEntry, target: List, to: Other, path: ConfigPath, at: ConfigPath): MemberList | undefined {
  const back = otherEnd(target.list, target.child, target.model);
  if (back === undefined && (target.child !== to.model || (target.rest !== undefined && target.rest !== to.rows.id.name))) return joinList(home, entry, target, to, path, at);
  if (target.child !== to.model || (target.rest ?? to.rows.id.name) !== to.rows.id.name) {
    const lists = home.model.fields.filter((each) => each.isList && each.type === to.model.name).map((each) => `"${each.name}"`);
    const told = { remedy: `write ${lists.length === 0 ? "" : `${lists.join(" or ")}, or `}"list.column" of a join model`, schema: { model: target.model.name, field: target.list.name } };
    return home.findings.error("member-column-not-id", at, `"${String(entry.at)}" holds no id of a ${to.ref.name}, which is ${to.model.name}.${to.rows.id.name}.`, told);
  }
  const ofRows = (["create", "where", "softDelete", "remove"] as const).find((name) => entry[name] !== undefined);
  if (ofRows !== undefined) return home.findings.error("unknown-option", [...path, ofRows], `"${String(entry.at)}" has no rows of its own to say "${ofRows}" of: a member is the ${to.ref.name} itself.`, { remedy: "leave it out" });
  return back === undefined ? childList(home, target, to, at) : endList(home, target, to, back.name, at);
}

/** What a list of the members' own rows says of them. */
function membersOwn(home: Home, { ref, model, rows, display }: Other, at: ConfigPath): Pick<MemberList, "to" | "scope" | "display"> {
  return { to: ref, scope: rows.scope, display: display === undefined ? undefined : ownColumn(home, model, display, at) };
}

function endList(home: Home, target: List, to: Other, back: string, at: ConfigPath): MemberList | undefined {
  if (!to.rows.isIdUnique) return home.findings.later(at, `A many-to-many relation to rows whose id is unique in a tenant alone (${to.model.name}.${to.rows.id.name})`);
  return { kind: "ends", ends: { name: target.list.name, back, model: modelRef(to.model), id: to.rows.id }, ...membersOwn(home, to, at) };
}

/** Each member is in one group at most: adding it to another moves it. */
function childList(home: Home, target: List, to: Other, at: ConfigPath): MemberList | undefined {
  const list = listRelation(home, home.model, keysOf(home.rows), target.list, target.child, at);
  if (list === undefined) return undefined;
  if (list.key.optional) return { kind: "children", list, id: to.rows.id, ...membersOwn(home, to, at) };
  return home.findings.error("type-mismatch", at, `${to.model.name}.${list.key.name} cannot be null, so that no ${to.ref.name} could be taken out of a ${home.resource}.`, {
    remedy: "make the column optional, or keep the members in a join model",
    schema: { model: to.model.name, field: list.key.name },
  });
}

function joinList(home: Home, entry: LooseEntry, target: List, to: Other, path: ConfigPath, at: ConfigPath): MemberList | undefined {
  const found = listRelation(home, home.model, keysOf(home.rows), target.list, target.child, at);
  if (found === undefined) return undefined;
  if (target.rest === undefined) {
    const key = target.child.fields.find((each) => each.kind === "object" && each.type === to.model.name)?.relation?.fromFields[0] ?? target.child.fields.map(({ name }) => name).find((each) => byPerson(home, target.child, each, to) !== undefined);
    return home.findings.error("not-a-column", at, `"${String(entry.at)}" is a list, and the column that holds the member's id is due.`, key === undefined ? {} : { remedy: `write "${String(entry.at)}.${key}"` });
  }
  const member = ownColumn(home, target.child, target.rest, at);
  if (member === undefined) return undefined;
  const relation = relationTo(target.child, member.name, to);
  const named = relation === undefined ? byPerson(home, target.child, member.name, to) : undefined;
  const memberRelation = relation ?? named?.relation;
  if (memberRelation === undefined) return notAnId(home, String(entry.at), target.child, member, to.ref, at);
  const back = named && backToRows(home, named, to.model, target.child, at);
  if (named !== undefined && back === undefined) return undefined;
  const held = relation === undefined ? { tenantKeys: [] } : foreignKey(home, target.child, relation, { key: to.rows.id, tenant: to.rows.scope.tenant }, at);
  if (held === undefined) return undefined;
  const list = { ...found, tenantKeys: once([...found.tenantKeys, ...held.tenantKeys]) };
  const tenantNames = list.tenantKeys.map((each) => each.name);
  const create = listAssignments(home, target.child, entry.create, [...path, "create"]);
  const isKeyed = hasUnique(target.child, [list.key.name, member.name], tenantNames);
  const life = rowLife(home, target.child, entry, list.name, create, isKeyed, path);
  if (life === undefined) return undefined;
  if (!isKeyed && life.removal === undefined) {
    home.findings.warn("unique-without-index", at, `${target.child.name} has no unique key over ${list.key.name} and ${member.name}, so a member could be added twice.`, {
      remedy: `@@unique([${list.key.name}, ${member.name}])`,
      schema: { model: target.child.name },
    });
  }
  const adds = entry.create !== false;
  if (adds) unmapped(home, target.child, [list.key.name, member.name, ...tenantNames, ...[...create, ...life.equal].map((each) => each.column.name)], path);
  return { kind: "join", list, member, memberRelation: memberRelation.name, back, create, adds, life, isKeyed, to: to.ref, scope: to.rows.scope, display: undefined };
}

function once(columns: readonly Column[]): readonly Column[] {
  return [...new Map(columns.map((each) => [each.name, each])).values()];
}
