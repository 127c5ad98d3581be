/** A row behind a to-one relation that writes reach too: the person whom several tenants share. */
import type { LooseResource, LooseThrough } from "../config.js";
import type { Attribute, Column, SharedRow, Step, TenantType } from "../provider.js";
import type { PrismaModel } from "../read/prisma.js";
import { assignments } from "./assignments.js";
import { modelOf, suggestion } from "./context.js";
import type { ConfigPath } from "./context.js";
import { lettersOf, modelRef, ownColumn, placesOf } from "./place.js";
import { unmapped } from "./unmapped.js";
import type { Home } from "./home.js";

/** The leaves of a resource whose column lies behind a to-one relation, by relation. */
export function crossing(leaves: readonly Attribute[]): ReadonlyMap<string, readonly Attribute[]> {
  const found = new Map<string, Attribute[]>();
  for (const each of leaves) {
    const places = placesOf(each).map(({ place }) => place);
    for (const place of places) {
      const [first] = place.steps;
      if (first !== undefined) found.set(first.relation, [...(found.get(first.relation) ?? []), each]);
    }
  }
  return found;
}

export function sharedRows(home: Home, resource: LooseResource, leaves: readonly Attribute[], tenant: TenantType | undefined, path: ConfigPath): readonly SharedRow[] {
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
    const row = sharedRow(home, resource.through?.[relation] ?? {}, step, login, written, tenant, [...path, "through", relation]);
    if (row !== undefined) shared.push(row);
  }
  return shared;
}

function stepOf(attribute: Attribute | undefined): Step | undefined {
  return attribute !== undefined && "place" in attribute.source ? attribute.source.place.steps[0] : undefined;
}

function sharedRow(home: Home, through: Partial<LooseThrough>, step: Step, login: Attribute, written: readonly Attribute[], tenant: TenantType | undefined, path: ConfigPath): SharedRow | undefined {
  const field = home.model.fields.find((each) => each.name === step.relation);
  const model = modelOf(home, step.model.name, path);
  const [keyName, ...more] = field?.relation?.fromFields ?? [];
  if (field === undefined || model === undefined) return undefined;
  if (keyName === undefined || more.length > 0) return home.findings.later(path, "A shared row whose key does not stand on the resource's model");
  for (const name of ["onLink", "onDelete"] as const) {
    if (through[name] !== undefined && through[name] !== "keep") home.findings.later([...path, name], `"${name}: ${String(through[name])}"`);
  }
  if (through.onUpdate === "whenSole" || through.onUpdate === "refuse") return home.findings.later([...path, "onUpdate"], `"onUpdate: ${through.onUpdate}"`);

  const key = ownColumn(home, home.model, keyName, path);
  const id = ownColumn(home, model, field.relation?.toFields[0] ?? "id", path);
  const match = matchColumn(home, model, through, login, path);
  const owner = ownerColumn(home, model, through, tenant, path);
  const back = backRelation(home, model, field.relation?.name);
  if (key === undefined || id === undefined || match === undefined || back === undefined) return undefined;
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
    matchLetters: "letters" in login.source ? login.source.letters : lettersOf(match, false, undefined),
    attribute: login.key,
    link,
    owner,
    onUpdate: through.onUpdate === "write" ? "write" : owner === undefined || through.onUpdate === "keep" ? "keep" : "owned",
    create,
  };
}

/** What finds a known person: by default userName's own column, which must name one row. */
function matchColumn(home: Home, model: PrismaModel, through: Partial<LooseThrough>, login: Attribute, path: ConfigPath): Column | undefined {
  if (!("place" in login.source)) return undefined;
  const { column } = login.source.place;
  if (through.match !== undefined && through.match !== column.name) return home.findings.later([...path, "match"], "A match by another column than userName's");
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
    if (through.onUpdate === undefined) {
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

