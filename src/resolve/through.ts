/** A row behind a to-one relation that writes reach too: the person whom several tenants share. */
import type { LooseResource, LooseThrough } from "../config.js";
import type { Attribute, Column, SharedRow, Step, TenantType } from "../provider.js";
import type { PrismaModel } from "../read/prisma.js";
import { assignments } from "./assignments.js";
import { modelOf, suggestion } from "./context.js";
import type { ConfigPath } from "./context.js";
import { heldBehind } from "./holder.js";
import { lettersOf, modelRef, ownColumn, placesOf } from "./place.js";
import { unmapped } from "./unmapped.js";
import type { Home } from "./home.js";

/** The leaves of a resource whose column lies behind a to-one relation, by relation. */
export function crossing(leaves: readonly Attribute[]): ReadonlyMap<string, readonly Attribute[]> {
  const found = new Map<string, Attribute[]>();
  for (const each of leaves) {
    for (const first of [...placesOf(each).map(({ place }) => place.steps[0]), ...heldBehind(each.source).map(({ step }) => step)]) {
      if (first !== undefined) found.set(first.relation, [...(found.get(first.relation) ?? []), each]);
    }
  }
  return found;
}

export function sharedRows(home: Home, resource: LooseResource, leaves: readonly Attribute[], always: ReadonlySet<string>, tenant: TenantType | undefined, path: ConfigPath): readonly SharedRow[] {
  const behind = crossing(leaves);
  for (const relation of Object.keys(resource.through ?? {})) {
    if (!behind.has(relation)) home.findings.error("unknown-field", [...path, "through", relation], `No attribute of ${home.resource} lies behind a relation "${relation}".`, suggestion(relation, [...behind.keys()]));
  }
  const login = leaves.find((each) => each.key === "userName");
  const shared: SharedRow[] = [];
  for (const [relation, attributes] of behind) {
    const written = attributes.filter((each) => each.definition.mutability !== "readOnly");
    if (written.length === 0) continue;
    const deep = written.find((each) => "place" in each.source && each.source.place.steps.length > 1);
    const at = [...path, "attributes", (deep ?? written[0])?.key ?? ""];
    if (deep !== undefined) {
      home.findings.later(at, `Writing ${deep.key} behind more than one relation`);
      continue;
    }
    const step = stepOf(login);
    if (step?.relation !== relation || login === undefined) {
      home.findings.error("relation-policy-missing", at, `${written[0]?.key ?? ""} lies behind the relation "${relation}", and what a write does to that row is not said.`, {
        remedy: "mark it readOnly: true; only the relation that userName crosses is written by this version",
        schema: { model: home.model.name, field: relation },
      });
      continue;
    }
    const row = sharedRow(home, resource.through?.[relation] ?? {}, step, { login, written, always }, tenant, [...path, "through", relation]);
    if (row !== undefined) shared.push(row);
  }
  return shared;
}

function stepOf(attribute: Attribute | undefined): Step | undefined {
  return attribute !== undefined && "place" in attribute.source ? attribute.source.place.steps[0] : undefined;
}

interface Behind {
  readonly login: Attribute;
  readonly written: readonly Attribute[];
  /** Keys of attributes that no request may leave out. */
  readonly always: ReadonlySet<string>;
}

function sharedRow(home: Home, through: Partial<LooseThrough>, step: Step, { login, written, always }: Behind, tenant: TenantType | undefined, path: ConfigPath): SharedRow | undefined {
  const field = home.model.fields.find((each) => each.name === step.relation);
  const model = modelOf(home, step.model.name, path);
  const [keyName, ...more] = field?.relation?.fromFields ?? [];
  if (field === undefined || model === undefined) return undefined;
  if (keyName === undefined || more.length > 0) return home.findings.later(path, "A shared row whose key does not stand on the resource's model");
  const key = ownColumn(home, home.model, keyName, path);
  const id = ownColumn(home, model, field.relation?.toFields[0] ?? "id", path);
  const named = matchAttribute(home, step, through, { login, written, always }, path);
  const match = named === undefined ? undefined : matchColumn(home, model, named, path);
  const owner = ownerColumn(home, model, through, tenant, path);
  const back = backRelation(home, model, field.relation?.name);
  if (key === undefined || id === undefined || named === undefined || match === undefined || back === undefined) return undefined;
  const create = through.create === undefined ? [] : assignments(home, model, through.create, [...path, "create"]);
  const link = through.link ?? "connectOrCreate";
  if (link !== "connect") {
    const covered = written.flatMap((each) => placesOf(each).map(({ place }) => place.column.name));
    unmapped(home, model, [match.name, ...covered, ...(owner ? [owner.name] : []), ...create.map((each) => each.column.name)], path);
  }
  return {
    step: { ...step, model: modelRef(model) },
    key,
    id,
    back: { name: back.name, isList: back.isList },
    match,
    matchLetters: named.source.kind === "column" ? named.source.letters : lettersOf(match, false, undefined),
    attribute: named.key,
    link,
    owner,
    onLink: through.onLink ?? "keep",
    onUpdate: through.onUpdate === undefined || through.onUpdate === "owned" ? (owner === undefined ? "keep" : "owned") : through.onUpdate,
    orphan: through.onDelete === "deleteOrphan" ? orphanOf(home, model, { owner, link, held: heldLists(written) }, [...path, "onDelete"]) : undefined,
    create,
  };
}

/** The attribute whose value finds a known person: by default userName. Another one must always be there, or a POST without it would find nobody. */
function matchAttribute(home: Home, step: Step, { match }: Partial<LooseThrough>, { login, written, always }: Behind, path: ConfigPath): Attribute | undefined {
  if (match === undefined || ("place" in login.source && login.source.place.column.name === match)) return login;
  const at = [...path, "match"];
  const named = written.find(({ source }) => source.kind === "column" && source.place.column.name === match);
  const told = { schema: { model: step.model.name, field: match } };
  if (named === undefined) return home.findings.error("match-not-unique", at, `No attribute is kept in ${step.model.name}.${match}, so a request does not say whom to look for.`, { ...told, remedy: `map an attribute to "${step.relation}.${match}", with required: true` });
  if (always.has(named.key)) return named;
  return home.findings.error("match-not-unique", at, `${named.key} finds the shared row, and a client may leave it out.`, { ...told, remedy: `match by an attribute that is always there, of the core schema or of an extension that is required, with required: true` });
}

/** What finds a known person must name one row. */
function matchColumn(home: Home, model: PrismaModel, named: Attribute, path: ConfigPath): Column | undefined {
  if (!("place" in named.source)) return undefined;
  const { column } = named.source.place;
  if (!["text", "citext", "int", "bigint", "uuid"].includes(column.type)) {
    return home.findings.error("match-not-unique", [...path, "match"], `${model.name}.${column.name} is a ${column.type === "dateTime" ? "date" : column.type}, and no column to know a row by.`, { remedy: "match by text, a whole number or a uuid", schema: { model: model.name, field: column.name } });
  }
  const field = model.fields.find((each) => each.name === column.name);
  const unique = field?.isUnique === true || field?.isId === true || model.uniques.some((each) => each.fields.length === 1 && each.fields[0] === column.name);
  if (!unique) {
    return home.findings.error("match-not-unique", path, `${model.name}.${column.name} finds the shared row, and it is not unique.`, {
      remedy: `write @unique behind ${model.name}.${column.name}`,
      schema: { model: model.name, field: column.name },
    });
  }
  return column;
}

function ownerColumn(home: Home, model: PrismaModel, through: Partial<LooseThrough>, tenant: TenantType | undefined, path: ConfigPath): Column | undefined {
  if (through.owner === undefined) {
    if (through.onUpdate === undefined || (through.onLink === "update" && (through.onUpdate === "keep" || through.onUpdate === "refuse"))) {
      home.findings.warn("shared-person-without-owner", path, `${model.name} is shared by tenants, and nothing says which of them may change its columns; they are written when the row is made and kept from then on.`, {
        remedy: `add a column that holds the owning tenant, and write owner: "…"; or say onUpdate: "keep"`,
        schema: { model: model.name },
      });
    }
    return undefined;
  }
  const owner = ownColumn(home, model, through.owner, [...path, "owner"]);
  if (owner === undefined) return undefined;
  const type = owner.type === "int" ? "number" : owner.type === "bigint" ? "bigint" : "string";
  if (type === tenant) return owner;
  return home.findings.error("owner-type-mismatch", [...path, "owner"], `${model.name}.${owner.name} does not have the type of the tenant's id.`, { remedy: `name a column that holds a tenant's id, of type ${{ string: "String", number: "Int", bigint: "BigInt" }[tenant ?? "string"]}`, schema: { model: model.name, field: owner.name } });
}

function backRelation(home: Home, model: PrismaModel, relation: string | undefined): SharedRow["back"] | undefined {
  return model.fields.find((each) => each.kind === "object" && each.relation?.name === relation && each.type === home.model.name);
}

/** The lists of the shared row whose rows attributes write: they are a part of it, and go with it. */
function heldLists(written: readonly Attribute[]): ReadonlySet<string> {
  return new Set(written.flatMap(({ source }) => heldBehind(source).map(({ list }) => list)));
}

/**
 * A row that nobody points to any more goes with the last one that did. Only where that is this tenant's to decide, and where a row that comes to point
 * there at the same moment makes the database refuse: any other foreign key would lose it silently.
 */
function orphanOf(home: Home, model: PrismaModel, { owner, link, held }: { readonly owner: Column | undefined; readonly link: SharedRow["link"]; readonly held: ReadonlySet<string> }, path: ConfigPath): SharedRow["orphan"] {
  if (owner === undefined && link !== "create") {
    return home.findings.error("orphan-delete-unsafe", path, `A ${model.name} may have been there before any directory linked it, and nothing says whose it is: DELETE would remove a stranger's account.`, {
      remedy: `name the column that holds the owning tenant (owner: "…"), or link: "create"`,
      schema: { model: model.name },
    });
  }
  const pointing = home.schema.models.flatMap((other) => other.fields.filter((field) => field.kind === "object" && field.type === model.name && (field.relation?.fromFields.length ?? 0) > 0).map((field) => ({ other, field })));
  const isPart = (relation: string | undefined): boolean => pointing.some(({ field }) => field.relation?.name === relation && field.relation?.onDelete === "Cascade" && model.fields.some((each) => each.relation?.name === relation && held.has(each.name)));
  const loose = pointing.filter(({ field }) => !isPart(field.relation?.name)).find(({ field }) => !["Restrict", "NoAction"].includes(field.relation?.onDelete ?? (field.isRequired ? "Restrict" : "SetNull")));
  if (loose !== undefined) {
    return home.findings.error("orphan-delete-unsafe", path, `A row of ${loose.other.name} that comes to point to a ${model.name} while it is removed would be lost with it, or lose it.`, {
      remedy: `onDelete: Restrict on ${loose.other.name}.${loose.field.name}`,
      schema: { model: loose.other.name, field: loose.field.name },
    });
  }
  const back = model.fields.filter((field) => field.kind === "object" && (field.relation?.fromFields.length ?? 0) === 0 && !isPart(field.relation?.name));
  const implicit = back.find((field) => field.isList && !pointing.some(({ field: other }) => other.relation?.name === field.relation?.name));
  if (implicit !== undefined) {
    return home.findings.error("orphan-delete-unsafe", path, `The database removes the links of ${model.name}.${implicit.name} together with the row, also one that is made at that moment.`, { remedy: `onDelete: "keep"`, schema: { model: model.name, field: implicit.name } });
  }
  return { without: back.map(({ name, isList }) => ({ name, isList })) };
}
