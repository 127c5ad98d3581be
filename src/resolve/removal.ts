/** What DELETE does to the row, and to the rows that hang on it. */
import type { LooseResource } from "../config.js";
import type { Attribute, ListRelation, PersonMembers, Removal, Source } from "../provider.js";
import { assignments, without } from "./assignments.js";
import { heldBy, surelyHides } from "./condition.js";
import type { ConfigPath } from "./context.js";
import type { Home } from "./home.js";
import { isObject } from "./options.js";

/** What stands beside the row. */
interface Beside {
  readonly attributes: readonly Attribute[];
  readonly leaves: readonly Attribute[];
  readonly sides: readonly ListRelation[];
}

export function removalOf(home: Home, resource: LooseResource, { attributes, leaves, sides }: Beside, path: ConfigPath): Removal {
  const { remove = "delete", softDelete } = resource;
  const exists = attributes.some(({ source }) => source.kind === "exists");
  if (exists && (softDelete !== undefined || remove !== "delete")) {
    home.findings.error("exists-with-remove-set", [...path, softDelete === undefined ? "remove" : "softDelete"], "A row that is active while it exists is gone when it is deactivated, and this keeps it.", { remedy: `leave it out, or map active to a column` });
  }
  if (softDelete !== undefined && resource.remove !== undefined) home.findings.error("unknown-option", [...path, "remove"], `"remove" means nothing beside "softDelete".`, { remedy: "leave one of them out" });
  if (softDelete !== undefined) return hidden(home, { [softDelete]: home.model.fields.find((each) => each.name === softDelete)?.type === "Boolean" ? true : { $: "now" } }, [...path, "softDelete"]);
  if (isObject(remove)) {
    if (!isObject(remove.set)) home.findings.error("type-mismatch", [...path, "remove"], `"remove" is "delete", "deactivate", or { set: … }.`, { remedy: `remove: "delete"` });
    return hidden(home, isObject(remove.set) ? remove.set : {}, [...path, "remove", "set"]);
  }
  if (remove === "deactivate") return deactivating(home, attributes, path);
  if (remove !== "delete") home.findings.error("type-mismatch", [...path, "remove"], `"remove" is "delete", "deactivate", or { set: … }.`, { remedy: `remove: "delete"` });
  return deleting(home, leaves, sides, path);
}

function hidden(home: Home, set: Parameters<typeof assignments>[2], path: ConfigPath): Removal {
  if (home.findings.problems.some((each) => each.path === path || each.path.join() === path.join())) return { kind: "hide", before: [], members: undefined, set: [] };
  const written = without(home, ["from", "document"], assignments(home, home.model, set, path), "a removal", path);
  const where = home.rows.scope.where?.condition;
  if (!surelyHides(where, heldBy(written))) {
    home.findings.error("removal-does-not-hide", path, `A row with what this writes is one of ${home.resource} still: DELETE would answer 204, and the row stay.`, {
      remedy: where === undefined ? `say which rows exist: where: { … }, so that this contradicts it` : `let "where" leave such rows out, or write remove: "deactivate"`,
      ...(written[0] === undefined ? {} : { schema: { model: home.model.name, field: written[0].column.name } }),
    });
  }
  return { kind: "hide", before: [], members: undefined, set: written };
}

function deactivating(home: Home, attributes: readonly Attribute[], path: ConfigPath): Removal {
  const active = attributes.find(({ key }) => key === "active");
  if (active?.definition.mutability !== "readWrite" || active.source.kind === "constant") {
    home.findings.error("unknown-attribute", [...path, "remove"], `"deactivate" writes active, and ${home.resource} maps no active that can be written.`, { remedy: `active: "…"` });
  }
  return { kind: "deactivate", before: [], members: undefined, set: [] };
}

/** Rows that the database does not remove together with the resource's own go first. */
function deleting(home: Home, leaves: readonly Attribute[], sides: readonly ListRelation[], path: ConfigPath): Removal {
  const lists = [...sides, ...leaves.flatMap(({ source }) => listsOf(source))];
  for (const field of home.model.fields) {
    if (field.kind !== "object" || !field.isList) continue;
    const child = home.schema.models.find((each) => each.name === field.type);
    const back = child?.fields.find((each) => each.relation?.name === field.relation?.name && !each.isList && (each.relation?.fromFields.length ?? 0) > 0);
    const mapped = lists.some((list) => list.model.name === child?.name && list.parent === back?.name);
    // Without a word Prisma restricts a required relation.
    const onDelete = back?.relation?.onDelete ?? (back?.isRequired === true ? "Restrict" : "SetNull");
    if (child === undefined || back === undefined || mapped || (onDelete !== "Restrict" && onDelete !== "NoAction")) continue;
    home.findings.warn("restrict-blocks-delete", path, `A ${home.resource} that a row of ${child.name} refers to cannot be deleted: DELETE answers 409 then.`, { remedy: `onDelete: Cascade or SetNull in that relation; or ${home.resource === "User" ? `remove: "deactivate"` : `softDelete: "…"`}, which keeps the row`, schema: { model: child.name, field: back.name } });
  }
  return { kind: "delete", before: lists.filter((list, index) => !list.cascades && lists.findIndex((each) => each.name === list.name) === index), members: namedByPerson(home), set: [] };
}

/** A person may be in groups of several tenants, so the database cannot know which rows go with the one of this tenant. */
function namedByPerson(home: Home): PersonMembers | undefined {
  const groups = home.others.find(({ ref }) => ref.name === "Group")?.rows.scope;
  const [found] = home.members.flatMap((each) => (each.kind === "join" && each.back !== undefined && each.to.name === home.resource ? [{ ...each, back: each.back }] : []));
  if (groups === undefined || found === undefined) return undefined;
  const { list, memberRelation, back, life } = found;
  return { list, memberRelation, back, life, groups };
}

/** The relations to rows that are there for the resource's sake. */
function listsOf(source: Source): readonly ListRelation[] {
  switch (source.kind) {
    case "rows":
      return source.holder === undefined ? [source.list] : [];
    case "rowLists":
      return source.lists.flatMap(({ rows }) => listsOf(rows));
    case "members":
      return source.lists.flatMap((each) => (each.kind === "join" ? [each.list] : []));
    case "memberships":
      // Rows that name a person are removed inside the tenant alone.
      return source.from.kind === "join" && source.from.person === undefined ? [source.from.list] : [];
    default:
      return [];
  }
}
