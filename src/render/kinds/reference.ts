/** The id of another resource, in a foreign key of the row: of that resource's own row, or of the person whose row it is. */
import type { ReferenceSource, Resource, ResourceRef, SeenRow } from "../../provider.js";
import { finder, idCodec, idType, location, object, order, property, quoted, readPlace, setter } from "../expressions.js";
import { knownArguments, personTerms, scopeTerms } from "../scope.js";
import { topLevel } from "../view.js";
import { contribution } from "./kind.js";
import type { Contribution, Of, Setting } from "./kind.js";
import { builder, settersOf } from "./singular.js";

export function reference(attribute: Of<"reference">, setting: Setting): Contribution {
  const { source, definition, key } = attribute;
  const { place, to, seen } = source;
  const isWritten = definition.mutability !== "readOnly";
  const column = readPlace("row", place);
  const value = place.column.type === "int" || place.column.type === "bigint" ? `String(${column})` : column;
  const absent = [...(place.column.optional ? [`${column} === null`] : []), ...(seen === undefined ? [] : [`row.${seenName(to)}?.has(${column}) !== true`])].join(" || ");
  const written = setter(source, builder(place), attribute, "tenant") ?? "";
  return contribution({
    places: [place],
    beside: seen === undefined ? undefined : besideOf(source, setting),
    printed: `${absent === "" ? "" : `${absent} ? undefined : `}{ value: ${value}, $ref: ${location(to, column)} }`,
    filters: [`${quoted(`${key}.value`)}: ${filter(source)},`],
    orders: [order(`${key}.value`, place)],
    values: isWritten ? [`readonly ${property(key)}: string | null;`] : [],
    // What is hidden reads as absent, and stays when that is what a client says.
    setters: isWritten ? settersOf(place, `${property(key)}: ${seen === undefined || !place.column.optional ? written : `seen(${written}, () => (${seenTerm(seen)}))`},`) : [],
    rows: {
      ...(isWritten ? { references: [`${property(key)}: reference(${idCodec(place.column)}, ${known(to, setting)})`] } : {}),
      ...(seen === undefined ? {} : { ordersWithin: [`${quoted(`${key}.value`)}: ${thereTerm(seen)}`] }),
    },
    refersTo: isWritten || seen !== undefined ? [to.name] : [],
  });
}

function filter(source: ReferenceSource): string {
  const { place, seen } = source;
  const codec = idCodec(place.column);
  if (seen === undefined) return `find.${place.column.optional ? "optionalKey" : "key"}(${finder(place)}, ${codec})`;
  const absent = `{ NOT: ${thereTerm(seen)} }`;
  const at = finder(place, [`${seen.relation}: ${is(seen)}`]);
  return `find.key(${at}, ${codec}, ${absent})`;
}

/** The row at the end is there for the tenant: `{ manager: { is: { orgId: tenant } } }`. */
function seenTerm(seen: SeenRow): string {
  return `{ ${seen.relation}: ${is(seen)} }`;
}

/** The same, and true or false of every row: what may be neither is asked by way of the list that leads back. */
function thereTerm(seen: SeenRow): string {
  const term = seenTerm(seen);
  return seen.around === undefined ? term : `{ ${seen.relation}: { is: { ${seen.around}: { some: ${term} } } } }`;
}

function is({ back, scope }: SeenRow): string {
  return `{ is: ${object(back === undefined ? scopeTerms(scope) : personTerms(scope, back))} }`;
}

function seenName(to: ResourceRef): string {
  return `$known${to.name}s`;
}

/** All references of the resource to one other are looked at by one statement, the same that a write asks. */
function besideOf({ to, place }: ReferenceSource, setting: Setting): NonNullable<Contribution["beside"]> {
  const columns = [...new Set(referencesOf(setting.resource, to).map((each) => `row.${each.place.column.name}`))];
  return {
    name: seenName(to),
    type: `ReadonlySet<${idType(place.column)}>`,
    call: `referred(${quoted(seenName(to))}, (row: Row) => [${columns.join(", ")}], ${known(to, setting)})`,
  };
}

function referencesOf(resource: Resource, to: ResourceRef): readonly ReferenceSource[] {
  return topLevel(resource).flatMap(({ source }) => (source.kind === "reference" && source.seen !== undefined && source.to.name === to.name ? [source] : []));
}

function known(to: ResourceRef, { tenantType }: Setting): string {
  return `(db: ${to.name}Ids, ids) => known${to.name}s(${knownArguments(tenantType)})`;
}
