/** What can only be said once all attributes of a resource are known: whether they agree with each other, and with what is written beside them. */
import type { LooseAttribute, LooseAttributes, LooseResource } from "../config.js";
import type { Assignment, Attribute, Place, SharedRow } from "../provider.js";
import { suggestion } from "./context.js";
import type { ConfigPath, Scope } from "./context.js";
import { isObject } from "./options.js";
import { placesOf } from "./place.js";
import type { Home } from "./home.js";
import { typeOf } from "./values.js";

/** Where the mapping says what an attribute of this key is. */
export function pathOf({ aliases }: Home, path: ConfigPath, key: string, isWholeName = false): ConfigPath {
  const [first = "", ...rest] = key.split(".");
  if (isWholeName) return [...path, "attributes", "name", "full"];
  const [urn] = [...aliases].find(([, alias]) => alias === first) ?? [];
  if (urn !== undefined) return [...path, "extensions", urn, "attributes", ...rest];
  return first === "enterprise" ? [...path, first, ...rest] : [...path, "attributes", first, ...rest];
}

// ---- One column under several attributes ----

interface Said {
  readonly at: string;
  readonly entry: Readonly<Record<string, unknown>>;
  readonly path: ConfigPath;
}

/** Options that are said once of a column and hold for every attribute on it. */
const ofColumn = ["lower", "default", "values"] as const;

/** `lower`, by the place of the column. Attributes that disagree are a problem. */
export function lowersOf(scope: Scope, resource: LooseResource, path: ConfigPath): ReadonlyMap<string, boolean | "trusted"> {
  const extensions = Object.entries(resource.extensions ?? {}).flatMap(([urn, { attributes }]) => saidOf(attributes, [...path, "extensions", urn, "attributes"]));
  const said = [...saidOf(resource.attributes, [...path, "attributes"]), ...saidOf(resource.enterprise ?? {}, [...path, "enterprise"]), ...extensions];
  for (const option of ofColumn) {
    const first = new Map<string, Said>();
    for (const each of said.filter(({ entry }) => entry[option] !== undefined && !isSwitch(entry["values"]))) {
      const before = first.get(each.at);
      if (before === undefined) first.set(each.at, each);
      else if (canonical(before.entry[option]) !== canonical(each.entry[option])) {
        scope.findings.error("shared-column-options-differ", [...each.path, option], `"${each.at}" is mapped more than once, and "${option}" is not the same.`, { remedy: `say "${option}" once; it holds for every attribute on the column` });
      }
    }
  }
  return new Map(said.flatMap(({ at, entry: { lower } }) => (lower === true || lower === "trusted" ? [[at, lower] as const] : [])));
}

/** Every entry with a place and options, whatever holds it. */
function saidOf(attributes: LooseAttributes, path: ConfigPath): readonly Said[] {
  return Object.entries(attributes).flatMap(([name, entry]) => saidBy(entry, [...path, name]));
}

function saidBy(entry: LooseAttribute | undefined, path: ConfigPath): readonly Said[] {
  if (!isObject(entry)) return [];
  if (typeof entry["at"] === "string") return [{ at: entry["at"], entry, path }];
  return Object.entries(entry).flatMap(([name, inner]) => saidBy(inner as LooseAttribute, [...path, name]));
}

/** Every column of the model that the mapping speaks of: if that goes wrong, there is a problem that says so already. */
export function mentioned({ attributes, enterprise, extensions = {}, create, stamp }: LooseResource): readonly string[] {
  const extended = Object.values(extensions).flatMap((each) => placesIn(each.attributes));
  return [...placesIn(attributes), ...placesIn(enterprise), ...extended, ...Object.keys(create ?? {}), ...Object.keys(stamp ?? {})];
}

function placesIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  // What is only read fills nothing.
  return isObject(value) && value["readOnly"] !== true ? Object.values(value).flatMap(placesIn) : [];
}

/** Values for true and false say nothing of the column's use as text. */
function isSwitch(values: unknown): boolean {
  return isObject(values) && ("true" in values || "false" in values);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (isObject(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each));
}

// ---- Values of other attributes ----

/** `from("…")` must name an attribute that is there when its value is due. */
export function checkFrom(home: Home, leaves: readonly Attribute[], written: readonly { readonly list: readonly Assignment[]; readonly path: ConfigPath }[], path: ConfigPath): void {
  for (const each of leaves) {
    const isWholeName = each.source.kind === "fullName";
    if (each.default === undefined || !("from" in each.default)) continue;
    const from = found(home, leaves, each.default.from, [...pathOf(home, path, each.key, isWholeName), "default"]);
    const fits = from === undefined || (isText(from) && ("place" in each.source ? typeOf(each.source.place.column) === "string" : true));
    if (!fits) home.findings.error("value-type-mismatch", [...pathOf(home, path, each.key, isWholeName), "default"], `${each.default.from} is not text that ${each.key} could hold.`, { remedy: from !== undefined && isText(from) ? "default: a constant of its own type" : `from("userName")` });
  }
  for (const { list, path: at } of written) {
    for (const { column, value } of list) {
      if (value.kind !== "from") continue;
      const from = found(home, leaves, value.key, [...at, column.name]);
      if (from === undefined) continue;
      if (!isText(from) || typeOf(column) !== "string") home.findings.error("value-type-mismatch", [...at, column.name], `${value.key} is not text that ${column.name} could hold.`, { remedy: `${column.name}: a constant, or rule("…")` });
      else if (!from.definition.required && !column.optional) {
        home.findings.error("value-type-mismatch", [...at, column.name], `${value.key} may be absent, and ${column.name} must hold something.`, { remedy: `name an attribute that is always there: from("userName")` });
      }
    }
  }
}

function found(home: Home, leaves: readonly Attribute[], key: string, path: ConfigPath): Attribute | undefined {
  const named = leaves.find((each) => each.key === key);
  const keys = leaves.filter((each) => isText(each)).map((each) => each.key);
  return named ?? home.findings.error("unknown-attribute", path, `${home.resource} maps no attribute "${key}".`, suggestion(key, keys));
}

function isText({ source, definition }: Attribute): boolean {
  return definition.type === "string" && (source.kind === "column" || source.kind === "choice") && definition.mutability !== "readOnly";
}

/** What is shown in place of an absent value is another attribute's: of the same type, shown to the same clients, and not itself a stand-in. */
export function checkFallbacks(home: Home, leaves: readonly Attribute[], path: ConfigPath): void {
  for (const each of leaves) {
    if (each.fallback === undefined) continue;
    const at = [...pathOf(home, path, each.key), "fallback"];
    const other = leaves.find(({ key }) => key === each.fallback);
    if (other === undefined) {
      home.findings.error("unknown-attribute", at, `${home.resource} maps no attribute "${each.fallback}".`, suggestion(each.fallback, leaves.filter((one) => isShownAs(one, each)).map(({ key }) => key)));
    } else if (!isShownAs(other, each)) {
      home.findings.error("type-mismatch", at, `${each.key} cannot show ${other.key}: it must be another attribute of one ${each.definition.type}, that every answer may show, and has no fallback of its own.`, suggestion(each.fallback, leaves.filter((one) => isShownAs(one, each)).map(({ key }) => key)));
    } else {
      home.findings.warn("fallback-not-filtered", at, `A filter on ${each.key} sees its own column, and not ${other.key}.`, { remedy: "leave it out where clients filter by it", ...schemaOf(home, each) });
    }
  }
}

/** The line of the schema that an attribute lies in. */
function schemaOf({ model }: Home, { source }: Attribute): { readonly schema?: { readonly model: string; readonly field: string } } {
  const place = "place" in source ? source.place : source.kind === "codec" ? source.places[0] : undefined;
  return place === undefined ? {} : { schema: { model: place.steps.at(-1)?.model.name ?? model.name, field: place.column.name } };
}

function isShownAs(other: Attribute, each: Attribute): boolean {
  const { definition, key, fallback } = other;
  return key !== each.key && definition.type === each.definition.type && !definition.multiValued && (definition.returned === "default" || definition.returned === "always") && fallback === undefined;
}

// ---- Columns that must hold something ----

/** A required column behind an attribute that a client may leave out: only text has a value that reads as absent. */
export function checkAbsent(home: Home, leaves: readonly Attribute[], path: ConfigPath): void {
  for (const each of leaves) {
    if (each.definition.required || each.definition.mutability === "readOnly" || each.default !== undefined || each.key === "active") continue;
    if (each.source.kind === "since" || each.source.kind === "switch" || (each.source.kind === "flag" && each.source.inverted && !each.source.place.column.optional)) {
      home.findings.error("required-unmapped", pathOf(home, path, each.key), `${each.key} is always true or false, and a client may leave it out.`, { remedy: "say what it is then (default: …), or that it must be sent (required: true)" });
      continue;
    }
    const place = writtenPlace(each);
    if (place === undefined || (each.source.kind === "choice" && each.source.other !== undefined)) continue;
    const { column, steps } = place;
    const isPlain = (column.type === "text" || column.type === "citext") && each.source.kind !== "choice" && each.source.kind !== "reference" && each.source.kind !== "lookup";
    // A document that holds nothing of it is there.
    if (isPlain || column.type === "json" || column.optional || column.hasDefault) continue;
    const model = steps.at(-1)?.model.name ?? home.model.name;
    home.findings.error("required-unmapped", pathOf(home, path, each.key, each.source.kind === "fullName"), `${model}.${column.name} is required, and a client may leave ${each.key} out.`, {
      remedy: each.source.kind === "reference" ? `say that it must be sent: { at: "${column.name}", required: true }` : "say what it is then (default: …), or that it must be sent (required: true)",
      schema: { model, field: column.name },
    });
  }
}

/** The column that a value becomes: of a look-up the foreign key. */
function writtenPlace({ source }: Attribute): Place | undefined {
  return source.kind === "lookup" ? { steps: [], column: source.key } : "place" in source ? source.place : undefined;
}

// ---- Columns that are written twice ----

/** A column that the mapping fills by itself cannot be a client's too. */
export function checkWrittenOnce(home: Home, leaves: readonly Attribute[], { create, stamp, others }: Readonly<Record<"create" | "stamp", readonly Assignment[]>> & { readonly others: string | undefined }, path: ConfigPath): void {
  const mapped = new Map(leaves.filter((each) => each.definition.mutability !== "readOnly").flatMap((each) => ownColumns(each).map((name) => [name, each.key] as const)));
  for (const [option, list] of [["create", create], ["stamp", stamp]] as const) {
    for (const { column } of list) {
      const key = mapped.get(column.name);
      const stamped = option === "create" && stamp.some((each) => each.column.name === column.name);
      if (key === undefined && !stamped && column.name !== others) continue;
      home.findings.error("shared-column-options-differ", [...path, option, column.name], `${home.model.name}.${column.name} is written by "${option}" and by ${key ?? (stamped ? `"stamp"` : `"others"`)}.`, {
        remedy: key === undefined ? "leave one of them out" : `leave one of them out, or write ${key}: { at: "${column.name}", default: … } or readOnly: true`,
        schema: { model: home.model.name, field: column.name },
      });
    }
  }
}

/** An id that a client can change would lose the resource for everybody who kept it (RFC 7643 3.1). */
export function checkId(home: Home, leaves: readonly Attribute[], stamp: readonly Assignment[], path: ConfigPath): void {
  const { id } = home.rows;
  const changing = leaves.find((each) => each.definition.mutability === "readWrite" && ownColumns(each).includes(id.name));
  if (changing === undefined && !stamp.some(({ column }) => column.name === id.name)) return;
  home.findings.error("id-mutable", changing === undefined ? [...path, "stamp", id.name] : pathOf(home, path, changing.key), `${changing?.key ?? `"stamp"`} writes ${home.model.name}.${id.name}, and that is the SCIM id, which never changes.`, {
    remedy: changing === undefined ? `write it under "create"` : `another column for the id, or ${changing.key}: { at: "${id.name}", immutable: true }`,
    schema: { model: home.model.name, field: id.name },
  });
}

/** A value that no directory gives or takes by its group is not given or taken by an attribute either. */
export function checkLocked(home: Home, leaves: readonly Attribute[], path: ConfigPath): void {
  if (home.valueGroups === undefined || home.valueGroups.locked.length === 0) return;
  const { column, locked } = home.valueGroups;
  for (const each of leaves.filter(({ definition, source }) => definition.mutability !== "readOnly" && source.kind !== "valueMembership")) {
    if (!ownColumns(each).includes(column.name)) continue;
    home.findings.error("shared-column-options-differ", pathOf(home, path, each.key), `The group ${locked.join(", ")} is locked, and ${each.key} writes ${home.model.name}.${column.name} too: a directory could put anybody into it there.`, {
      remedy: `${each.key}: { at: "${column.name}", readOnly: true }, or no "locked" in Group`,
      schema: { model: home.model.name, field: column.name },
    });
  }
}

export function ownColumns(attribute: Attribute): readonly string[] {
  if (attribute.source.kind === "lookup") return [attribute.source.key.name];
  return placesOf(attribute).filter(({ place }) => place.steps.length === 0).map(({ place }) => place.column.name);
}

/** Everything that is written without a client asking, with its place in the mapping. */
export function writtenOf(create: readonly Assignment[], shared: readonly SharedRow[], path: ConfigPath): readonly { readonly list: readonly Assignment[]; readonly path: ConfigPath }[] {
  return [{ list: create, path: [...path, "create"] }, ...shared.map((each) => ({ list: each.create, path: [...path, "through", each.step.relation, "create"] }))];
}
