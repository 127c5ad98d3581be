/** What POST does with a row of the same userName: `onExisting`. */
import type { LooseResource } from "../config.js";
import type { Assignment, Attribute, Literal, Removal, Resource } from "../provider.js";
import { heldBy, heldByActive, mentions, survives, terms, together } from "./condition.js";
import type { ConfigPath } from "./context.js";
import type { Home } from "./home.js";
import { checkOptions } from "./options.js";

export function existingOf(home: Home, resource: LooseResource, attributes: readonly Attribute[], externalId: Attribute | undefined, removal: Removal, equal: readonly Assignment[], path: ConfigPath): Resource["existing"] {
  const { onExisting } = resource;
  if (onExisting === undefined || !checkOptions(home, onExisting, "onExisting", "onExisting", path)) return undefined;
  if (home.resource !== "User") return home.findings.error("unknown-option", path, `"onExisting" is said of User alone: a row is known by its userName.`, { remedy: "leave it out" });
  const active = attributes.find(({ key }) => key === "active");
  const unmanaged = onExisting.unmanaged === "adopt";
  const inactive = onExisting.inactive === "restore";
  if (unmanaged && externalId?.source.kind === "oneRow") home.findings.later([...path, "unmanaged"], "Adoption where the externalId is a row of its own");
  if (unmanaged && externalId === undefined) home.findings.error("unknown-attribute", [...path, "unmanaged"], "A row is unmanaged while it has no externalId, and the mapping has none.", { remedy: `externalId: "…"` });
  if (inactive && (active?.definition.mutability !== "readWrite" || active.source.kind === "exists" || active.source.kind === "constant")) {
    home.findings.error("unknown-attribute", [...path, "inactive"], "A row is restored by writing active, and the mapping has none that can be written.", { remedy: `active: "…"` });
  }
  const removed = onExisting.removed === undefined || onExisting.removed === "create" ? undefined : removedOf(home, removal, active, equal, onExisting.removed, [...path, "removed"]);
  return !unmanaged && !inactive && removed === undefined ? undefined : { key: "userName", unmanaged, inactive, removed };
}

function removedOf(home: Home, removal: Removal, active: Attribute | undefined, equal: readonly Assignment[], policy: "restore" | "conflict", path: ConfigPath): NonNullable<Resource["existing"]>["removed"] {
  if (removal.kind !== "hide") {
    return home.findings.error("restore-without-removal", path, "DELETE hides no row, so none can be brought back.", { remedy: `softDelete: "…", or remove: { set: { … } } with a "where" that it contradicts` });
  }
  const where = home.rows.scope.where?.condition;
  const written = new Set(removal.set.map(({ column }) => column.name));
  const kept = terms(where).filter((term) => !mentions(term, written));
  const marks = removal.set.flatMap(({ column, value }): readonly (readonly [string, Literal])[] => {
    if (value.kind === "constant") return [[column.name, value.value]];
    return value.kind === "now" && column.optional ? [[column.name, { not: null }]] : [];
  });
  if (policy === "restore") {
    const back = together([heldBy(equal), ...(active === undefined ? [] : [heldByActive(active)])]);
    const asked = new Map([...written].map((name) => [name, back.get(name)]));
    if (!survives(where, asked)) {
      home.findings.error("restore-without-removal", path, "Nothing that a POST writes makes a removed row exist again.", { remedy: `let "where" ask for plain equalities, which are written then, or for what active: true writes` });
    }
  }
  return { policy, condition: { AND: [...kept, ...marks].map(([name, test]) => ({ [name]: test })) }, data: equal.filter(({ value }) => value.kind === "constant") };
}
