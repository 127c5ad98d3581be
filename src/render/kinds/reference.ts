/** The id of another resource, in a foreign key of the row: of that resource's own row, or of the person whose row it is. */
import type { ResourceRef } from "../../provider.js";
import { finder, found, idCodec, location, object, order, parameter, property, quoted, readPlace, setter, term } from "../expressions.js";
import { knownArguments, scopeTerms, someWith } from "../scope.js";
import { contribution } from "./kind.js";
import type { Contribution, Of, Setting } from "./kind.js";
import { idText } from "./member-list.js";
import { builder, settersOf } from "./singular.js";

type Person = NonNullable<Of<"reference">["source"]["person"]>;

export function reference(attribute: Of<"reference">, setting: Setting): Contribution {
  const { source, definition, key } = attribute;
  const { place, to } = source;
  const { tenantType } = setting;
  const isWritten = definition.mutability !== "readOnly";
  const column = readPlace("row", place);
  const value = place.column.type === "int" || place.column.type === "bigint" ? `String(${column})` : column;
  const own: Seen = {
    places: [place],
    printed: `${column} === null${place.steps.length > 0 ? ` || ${column} === undefined` : ""} ? undefined : { value: ${value}, $ref: ${location(to, column)} }`,
    filters: [`${quoted(`${key}.value`)}: ${found(source, "find", "string") ?? ""},`],
  };
  return contribution({
    ...(source.person === undefined ? own : behindPerson(key, source.person, to, setting)),
    orders: [order(`${key}.value`, place)],
    values: isWritten ? [`readonly ${property(key)}: string | null;`] : [],
    setters: isWritten ? settersOf(place, `${property(key)}: ${setter(source, builder(place), attribute, "tenant") ?? ""},`) : [],
    rows: { references: [`${property(key)}: reference(${idCodec(place.column)}, (db: ${to.name}Ids, ids) => known${to.name}s(${knownArguments(tenantType)}))`] },
    refersTo: [to.name],
  });
}

type Seen = Pick<Contribution, "printed" | "filters"> & Partial<Pick<Contribution, "places" | "lists" | "finders">>;

/** A person who has no row in the tenant is nobody there: absent, and not found. */
function behindPerson(key: string, { relation, back, model, id, scope }: Person, to: ResourceRef, { resource }: Setting): Seen {
  const inside = scopeTerms(scope);
  const only = back.isList || inside.length > 0 ? `where: ${object(inside)}, ` : "";
  const rows = `row.${relation}?.${back.name}`;
  const having = back.isList ? `{ ${someWith(inside)} }` : inside.length === 0 ? "{ is: some }" : `{ is: { AND: [some, ${object(inside)}] } }`;
  const find = model.name === resource.model.name ? "find" : `find${model.name}`;
  const value = idCodec(id) === "textKey" ? `${find}.text(${finder({ steps: [], column: id })}, ${quoted(id.type === "citext" ? "citext" : "exact")})` : `${find}.key(${finder({ steps: [], column: id })}, ${idCodec(id)})`;
  return {
    lists: [{ name: `${relation}.${back.name}`, select: `{ ${relation}: { select: { ${back.name}: { ${only}select: { ${id.name}: true }${back.isList ? ", take: 1" : ""} } } } }` }],
    printed: `${back.isList ? `${rows}?` : `[${rows} ?? []].flat()`}.map(({ ${term(id.name, parameter(id))} }) => ({ value: ${idText(id, parameter(id))}, $ref: ${location(to, parameter(id))} }))[0]`,
    finders: model.name === resource.model.name ? [] : [model.name],
    filters: [`${quoted(`${key}.value`)}: find.one((some: Prisma.${model.name}WhereInput) => ({ ${relation}: { is: { ${back.name}: ${having} } } }), ${value}),`],
  };
}
