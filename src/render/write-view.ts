/** The writing half of a resource's file: setters, shared rows, child rows, members, and what POST and DELETE do. */
import type { Assignment, Attribute, Column, Resource, SharedRow } from "../provider.js";
import { access, assigned, choicesOf, codec, columnType, constantText, idCodec, idType, parameter, printed, property, quoted, setter, term, writtenType } from "./expressions.js";
import { insertLines } from "./insert-view.js";
import { isAsynchronous, isRule, keyOf, membersOf, placesOf, rowsOf, selectName, upperFirst } from "./view.js";
import type { Context, MembersAttribute, RowsAttribute } from "./view.js";

export interface WriteView {
  readonly values: readonly string[];
  readonly newType: string;
  readonly rules: readonly { readonly doc: string; readonly signature: string }[];
  readonly written: readonly string[];
  readonly writtenArgument: string | undefined;
  readonly shared: readonly SharedView[];
  readonly collections: readonly CollectionView[];
  readonly links: readonly LinkView[];
  readonly joins: boolean;
  readonly insert: readonly string[];
  readonly stamp: string;
  readonly remove: readonly string[];
}

export interface SharedView {
  readonly type: string;
  readonly model: string;
  readonly delegate: string;
  readonly relation: string;
  readonly variable: string;
  readonly back: string;
  readonly doc: string;
  readonly written: readonly string[];
  /** Whether any write reaches the row: its own insert, or an update. */
  readonly writes: boolean;
  /** Whether an update may reach the row. */
  readonly joined: boolean;
  readonly ownedBy: string;
  readonly ownedByType: string;
  readonly match: string;
  readonly matchType: string;
  readonly idColumn: string;
  readonly idType: string;
  readonly makes: boolean;
}

export interface CollectionView {
  readonly name: string;
  readonly rows: string;
  readonly selectName: string;
  readonly dataName: string;
  readonly item: string;
  readonly itemFields: readonly string[];
  readonly model: string;
  readonly delegate: string;
  readonly select: string;
  readonly data: string;
  readonly itemOf: string;
  readonly identity: string;
  readonly key: string;
  readonly keyType: string;
  readonly parent: string;
  readonly relation: string;
  readonly idColumn: string;
  readonly idType: string;
  /** The row of one id, as a term of a condition. */
  readonly idTerm: string;
  readonly create: string;
}

export interface LinkView {
  readonly name: string;
  readonly variable: string;
  readonly model: string;
  readonly delegate: string;
  readonly key: string;
  readonly keyType: string;
  readonly parent: string;
  readonly relation: string;
  readonly member: string;
  /** The member's id inside a function, and as a column. */
  readonly memberName: string;
  readonly memberTerm: string;
  readonly idType: string;
  readonly codec: string;
  readonly to: string;
  readonly create: string;
}

export function writeView(context: Context): WriteView {
  const { resource } = context;
  const own = context.leaves.filter((each) => placesOf(each.source).every((place) => place.steps.length === 0));
  const written = own.flatMap((each) => setters(each, "set"));
  const required = context.leaves.filter((each) => each.definition.required && isWritten(each)).map((each) => quoted(each.key));
  return {
    values: context.leaves.flatMap(valueFields),
    newType: required.length === 0 ? "Partial<Values>" : `Partial<Values> & Pick<Values, ${required.join(" | ")}>`,
    rules: rulesOf(context),
    written,
    writtenArgument: written.some((line) => /\btenant\b/.test(line)) ? "tenant: Tenant" : undefined,
    shared: resource.shared.map((each) => sharedView(context, each)),
    collections: rowsOf(context).map((each) => collectionView(each)),
    links: membersOf(context).map((each) => linkView(each)),
    joins: isAsynchronous(resource),
    insert: insertLines(context),
    stamp: stampOf(resource),
    remove: removeLines(resource),
  };
}

function isWritten(attribute: Attribute): boolean {
  return attribute.definition.mutability !== "readOnly" && valueFields(attribute).length > 0;
}

/** One member of `Values` for each value that a client may write. */
function valueFields(attribute: Attribute): readonly string[] {
  const { source, definition, key } = attribute;
  if (definition.mutability === "readOnly") return [];
  if (source.kind === "slots") return source.slots.map((slot) => `readonly ${quoted(slot.key)}: string | null;`);
  if (source.kind === "fullName") return [`readonly "name.formatted": string | null;`];
  if (source.kind === "reference") return [`readonly ${property(key)}: string | null;`];
  if (["rows", "members", "memberships", "constant", "complex"].includes(source.kind)) return [];
  return [`readonly ${property(key)}: ${writtenType(attribute)};`];
}

function setters(attribute: Attribute, set: string): readonly string[] {
  const { source, definition, key } = attribute;
  if (definition.mutability === "readOnly") return [];
  if (source.kind === "slots") {
    return source.slots.map((slot) => {
      const column = { kind: "column", place: slot.place, letters: slot.letters } as const;
      const optional = { ...attribute, definition: { ...definition, required: false, type: "string" as const } };
      return `${quoted(slot.key)}: ${setter(column, set, optional, "tenant") ?? ""},`;
    });
  }
  const text = setter(source, set, attribute, "tenant");
  return text === undefined ? [] : [`${source.kind === "fullName" ? `"name.formatted"` : property(key)}: ${text},`];
}

function rulesOf(context: Context): WriteView["rules"] {
  const { resource, tenantType } = context;
  const given = `RuleContext<${tenantType}, Prisma.TransactionClient>`;
  const links = resource.shared.filter((each) => each.link !== "create");
  const mayLink = links.slice(0, 1).map(() => ({
    doc: "Whether a tenant may add the person who has this e-mail already: only for domains that it has proved to be its own.",
    signature: `mayLink(email: string, tenant: ${tenantType}, context: ${given}): boolean | Promise<boolean>;`,
  }));
  const assignments = [...resource.create, ...resource.stamp, ...resource.shared.flatMap((each) => each.create), ...rowsOf(context).flatMap((each) => each.source.create)];
  const values = new Map(
    assignments.flatMap((each) => {
      if (each.value.kind !== "rule") return [];
      const type = columnType(each.column);
      return [
        [
          each.value.name,
          { doc: `The value of ${each.column.name} for a new row.`, signature: `${property(each.value.name)}(context: ${given}): ${type} | Promise<${type}>;` },
        ] as const,
      ];
    }),
  );
  return [...mayLink, ...[...values.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, rule]) => rule)];
}

function sharedView(context: Context, shared: SharedRow): SharedView {
  const { relation, model } = shared.step;
  const written = context.leaves.flatMap((each) => {
    const [place] = placesOf(each.source);
    return place?.steps.length === 1 && place.steps[0]?.relation === relation ? setters(each, `set${upperFirst(relation)}`) : [];
  });
  const owner = shared.onUpdate === "owned" ? shared.owner : undefined;
  return {
    type: upperFirst(relation),
    model: model.name,
    delegate: model.delegate,
    relation,
    variable: `joined${upperFirst(relation)}`,
    back: shared.back,
    doc:
      owner === undefined
        ? "This row is shared with other tenants; the mapping lets each of them write it (`onUpdate: \"write\"`)."
        : `This row is shared with other tenants: its columns are this tenant's to change only while it owns the account (${owner.name}).`,
    written,
    writes: written.length > 0 && (shared.link !== "connect" || shared.onUpdate !== "keep"),
    joined: shared.onUpdate !== "keep" && written.length > 0,
    ownedBy: owner === undefined ? "" : `, ${owner.name}: tenant`,
    ownedByType: owner === undefined ? "" : `; readonly ${owner.name}: Tenant`,
    match: shared.match.name,
    matchType: shared.matchLetters === "folded" || shared.matchLetters === "lowered" ? `{ in: string[]; mode: "insensitive" }` : "string",
    idColumn: shared.id.name,
    idType: idType(shared.id),
    makes: shared.link !== "connect",
  };
}

function collectionView(attribute: RowsAttribute): CollectionView {
  const { source, definition } = attribute;
  const { list, each } = source;
  return {
    name: definition.name,
    rows: `rowsOf${upperFirst(list.name)}`,
    selectName: selectName(list.name),
    dataName: `dataOf${upperFirst(list.name)}`,
    item: source.item,
    itemFields: each.map((sub) => `readonly ${property(sub.definition.name)}: ${itemType(sub)};`),
    model: list.model.name,
    delegate: list.model.delegate,
    select: [source.id.name, ...new Set(each.flatMap((sub) => placesOf(sub.source).map((place) => place.column.name)))].map((name) => `${name}: true`).join(", "),
    data: each.flatMap(columnData).join(", "),
    itemOf: each.map((sub) => `${property(sub.definition.name)}: ${itemRead(sub)}`).join(", "),
    identity: each
      .filter((sub) => sub.definition.name === "value" || sub.definition.name === "type")
      .map((sub) => quoted(sub.definition.name))
      .join(", "),
    key: list.key.name,
    keyType: idType(list.key),
    parent: keyOf(list.key, "parent"),
    relation: list.parent,
    idColumn: source.id.name,
    idType: idType(source.id),
    idTerm: term(source.id.name, "id"),
    create: created(source.create),
  };
}

function itemType(sub: Attribute): string {
  const type = sub.definition.type === "boolean" ? "boolean" : sub.definition.type === "integer" || sub.definition.type === "decimal" ? "number" : sub.definition.type === "dateTime" ? "Date" : "string";
  return sub.definition.name === "value" ? type : `${type} | null`;
}

function itemRead(sub: Attribute): string {
  const text = printed(sub.source, "row", sub.definition.type).replace(/ (\|\||\?\?) undefined$/, "");
  if (sub.source.kind === "choice" || text.startsWith("shown(")) return `${text} ?? ${sub.definition.name === "value" ? `""` : "null"}`;
  return text;
}

/** The column that a sub-attribute becomes; absent is null, or what a required column holds instead. */
function columnData(sub: Attribute): readonly string[] {
  const { source, definition } = sub;
  const value = `item${access(definition.name)}`;
  if (source.kind === "constant" || !("place" in source)) return [];
  const { column } = source.place;
  // Absent, where only the schema knows what that is: left out of an insert, left alone by an update.
  if (!column.optional && column.hasDefault && definition.name !== "value" && (source.kind === "choice" ? source.other === undefined : hasNoEmpty(column))) {
    const [text] = columnData({ ...sub, source: { ...source, place: { ...source.place, column: { ...column, hasDefault: false } } } });
    return [`...(${value} === null ? {} : { ${text?.replace(`${value} ?? ""`, value) ?? ""} })`];
  }
  if (source.kind === "choice") {
    const other = source.other === undefined ? "" : `, ${constantText(source.other)}`;
    const stored = (text: string): string => `stands(${choicesOf(source)}, ${text}, ${quoted(definition.name)}${other})`;
    return [`${column.name}: ${column.optional ? `${value} === null ? null : ${stored(value)}` : stored(`${value} ?? ""`)}`];
  }
  if (source.kind === "flag") {
    const plain = definition.type === "boolean" ? `${value} ?? ${String(source.inverted)}` : value;
    return [`${column.name}: ${source.inverted ? `!(${value} ?? false)` : column.optional ? value : plain}`];
  }
  const by = codec(column, definition.type);
  if (by !== undefined && by !== "uuid" && by !== "dateTime") return [`${column.name}: ${column.optional ? `${value} === null ? null : ` : ""}hold(${by}, ${value}, ${quoted(definition.name)})`];
  if (column.type === "boolean") return [`${column.name}: ${column.optional ? value : `${value} ?? false`}`];
  return [`${column.name}: ${column.optional || definition.name === "value" ? value : `${value} ?? ""`}`];
}

function hasNoEmpty({ type }: Column): boolean {
  return type !== "text" && type !== "citext" && type !== "boolean";
}

function linkView(attribute: MembersAttribute): LinkView {
  const { source, definition } = attribute;
  return {
    name: definition.name,
    variable: `linksOf${upperFirst(definition.name)}`,
    model: source.list.model.name,
    delegate: source.list.model.delegate,
    key: source.list.key.name,
    keyType: idType(source.list.key),
    parent: keyOf(source.list.key, "parent"),
    relation: source.list.parent,
    member: source.member.name,
    memberName: parameter(source.member),
    memberTerm: term(source.member.name, parameter(source.member)),
    idType: idType(source.member),
    codec: idCodec(source.member),
    to: source.to.name,
    create: created(source.create),
  };
}

function created(list: readonly Assignment[]): string {
  return list.map((each) => `, ${each.column.name}: ${assigned(each, { now: "new Date()", tenant: "tenant" })}`).join("");
}

function stampOf(resource: Resource): string {
  if (resource.stamp.length === 0) return "() => ({})";
  const columns = resource.stamp.map((each) => `${each.column.name}: ${assigned(each, { now: "now", tenant: "tenant" })}`).join(", ");
  const asynchronous = resource.stamp.some(isRule);
  return `${asynchronous ? "async " : ""}(${asynchronous ? "db, { input, now }" : "_db, { now }"}) => ({ ${columns} })`;
}

function removeLines(resource: Resource): readonly string[] {
  const { delegate } = resource.model;
  if (resource.removal.before.length === 0) return [`remove: (db, where) => db.${delegate}.deleteMany({ where }),`];
  return [
    "async remove(db, where) {",
    ...resource.removal.before.map((list) => `  await db.${list.model.delegate}.deleteMany({ where: { ${list.parent}: where } });`),
    `  return db.${delegate}.deleteMany({ where });`,
    "},",
  ];
}
