/** Which writes may take a row out of what exists for SCIM: those are looked at once more before they are committed. */
import type { Assignment, Attribute, Resource } from "../provider.js";
import { heldBy, heldByAttribute, mentions, surelyHolds, survives, terms, together } from "./condition.js";
import type { Held } from "./condition.js";
import type { ConfigPath } from "./context.js";
import type { Home } from "./home.js";
import { placesOf } from "./place.js";

export function outsideOf(home: Home, leaves: readonly Attribute[], create: readonly Assignment[], stamp: readonly Assignment[], path: ConfigPath): Resource["outside"] {
  const { scope } = home.rows;
  const where = scope.where?.condition;
  const written = leaves.filter((each) => each.definition.mutability !== "readOnly");
  for (const each of stamp) {
    if (survives(where, heldBy([each]))) continue;
    home.findings.error("shared-column-options-differ", [...path, "stamp", each.column.name], `Every write sets ${home.model.name}.${each.column.name}, and "where" looks at it: a row may stop to exist by any write.`, {
      remedy: `write it under "create", or take it out of "where"`,
      schema: { model: home.model.name, field: each.column.name },
    });
  }
  const behind = scope.tenant?.steps[0]?.relation;
  const keys = home.model.fields.find((each) => each.name === behind)?.relation?.fromFields ?? [];
  const moves = (each: Attribute): boolean =>
    !survives(where, heldByAttribute(each)) || terms(where).some((term) => mentions(term, new Set(relationsOf(each)))) || [...heldByAttribute(each).keys()].some((name) => keys.includes(name));
  const made = together([heldBy(create), heldBy(stamp), ...written.map(heldByInsert)]);
  return { insert: behind !== undefined || !surelyHolds(where, made), keys: written.filter(moves).map((each) => each.key) };
}

function relationsOf(attribute: Attribute): readonly string[] {
  const places = attribute.source.kind === "lookup" ? [attribute.source.at] : placesOf(attribute).map(({ place }) => place);
  return places.flatMap(({ steps }) => steps[0]?.relation ?? []);
}

/** A client may leave the attribute out, and the column is then null or what the schema says; a User is active without a word. */
function heldByInsert(attribute: Attribute): Held {
  const held = heldByAttribute(attribute);
  if (attribute.definition.required || attribute.key === "active" || !("place" in attribute.source)) return held;
  const { name, hasDefault, optional } = attribute.source.place.column;
  const values = held.get(name);
  return new Map([...held, [name, hasDefault || values === undefined ? undefined : optional ? [...values, null] : values]]);
}
