/** Whose the rows are that a place crosses on its way: a foreign key that the host's own code writes may point into another tenant. */
import type { LooseResource } from "../config.js";
import type { Place, Step } from "../provider.js";
import type { PrismaField, PrismaModel } from "../read/prisma.js";
import type { ConfigPath } from "./context.js";
import type { Home, Person, Start } from "./home.js";
import { follow, followToColumn } from "./place.js";
import type { Target } from "./place.js";
import { isObject } from "./options.js";
import { tenantBehind, tenantPlace } from "./tenant.js";

export function startOf(tenant: Place | undefined, resource: LooseResource): Start {
  return { tenant, through: new Set(throughOf(resource)) };
}

/** The relations that writes of the resource cross. */
function throughOf({ through = {}, attributes }: LooseResource): readonly string[] {
  const login = attributes["userName"];
  const at = isObject(login) ? login["at"] : login;
  const [first] = typeof at === "string" && at.includes(".") ? at.split(".") : [];
  return [...Object.keys(through), ...(first === undefined ? [] : [first])];
}

export function peopleOf({ fields }: PrismaModel, resource: LooseResource): readonly Person[] {
  return throughOf(resource).flatMap((relation) => {
    const model = fields.find((each) => each.name === relation)?.type;
    return model === undefined ? [] : [{ model, owner: resource.through?.[relation]?.owner }];
  });
}

/** Follows a place from the home's model, and notes of each row on the way where it holds its tenant. `said`: the tenant of the last one, as the mapping has it. */
export function reach(home: Home, text: string, path: ConfigPath, said?: string | null): Target | undefined {
  const target = follow(home, home.model, text, path);
  if (target === undefined) return undefined;
  // Of a list it is the tenant of its rows that the mapping says.
  const own = target.kind === "list" && said !== null ? undefined : said;
  const steps = insideAll(home, target.kind === "column" ? target.place.steps : target.steps, path, own);
  return steps && (target.kind === "column" ? { ...target, place: { ...target.place, steps } } : { ...target, steps });
}

/** The same, where only a column will do. */
export function reachColumn(home: Home, text: string, path: ConfigPath): Extract<Target, { kind: "column" }> | undefined {
  const target = followToColumn(home, home.model, text, path);
  const steps = target && insideAll(home, target.place.steps, path, undefined);
  return target && steps && { ...target, place: { ...target.place, steps } };
}

/** The step of a look-up, whose tenant is known. */
export function insideStep({ model, start, schema }: Home, step: Step, tenant: Place | undefined): Step {
  const field = model.fields.find((each) => each.name === step.relation);
  return { ...step, inside: tenant === undefined || (field !== undefined && isProven(start?.tenant, field, tenant, schema.hasForeignKeys)) ? undefined : { tenant, open: false } };
}

function insideAll(home: Home, steps: readonly Step[], path: ConfigPath, said: string | null | undefined): readonly Step[] | undefined {
  if (home.tenantType === undefined || said === null) return steps;
  const all: Step[] = [];
  let from: PrismaModel = home.model;
  let known = home.start?.tenant;
  for (const [index, step] of steps.entries()) {
    const field = from.fields.find((each) => each.name === step.relation);
    const next = home.schema.models.find((each) => each.name === step.model.name);
    if (field === undefined || next === undefined) return steps;
    if (from === home.model && index === 0 && home.start?.through.has(step.relation) === true) {
      all.push(step);
      known = undefined;
    } else {
      const inside = index === steps.length - 1 && typeof said === "string" ? saidInside(home, next, said, path) : insideOf(home, from, field, next, path);
      if (inside === undefined) return undefined;
      const isAsked = inside !== "nobody's" && !isProven(known, field, inside.tenant, home.schema.hasForeignKeys);
      all.push({ ...step, inside: isAsked ? inside : undefined });
      known = inside === "nobody's" ? undefined : inside.tenant;
    }
    from = next;
  }
  return all;
}

type Inside = NonNullable<Step["inside"]>;

function saidInside(home: Home, model: PrismaModel, said: string, path: ConfigPath): Inside | undefined {
  const tenant = tenantPlace(home, model, said, [...path.filter((each) => each !== "at"), "tenant"]);
  return tenant && { tenant, open: false };
}

/** Where a row holds its tenant; a table that holds none is nobody's. Undefined after a problem. */
function insideOf(home: Home, from: PrismaModel, field: PrismaField, model: PrismaModel, path: ConfigPath): Inside | "nobody's" | undefined {
  const resource = home.others.find((each) => each.model === model && each.rows.scope.tenant !== undefined);
  if (resource?.rows.scope.tenant !== undefined) return { tenant: resource.rows.scope.tenant, open: false };
  const person = home.people.filter((each) => each.model === model.name);
  // Of a person whom tenants share such a column tells one of them.
  const columns = tenantBehind(home, model).filter(({ name, optional }) => person.length === 0 || (!optional && person.every(({ owner }) => owner !== name)));
  const required = columns.filter(({ optional }) => !optional);
  const [column, ...more] = required.length > 0 ? required : columns;
  if (column === undefined) return "nobody's";
  if (more.length === 0) return { tenant: { steps: [], column }, open: column.optional };
  return home.findings.error("tenant-open", path, `The tenant of a row of ${model.name} may stand in ${[column, ...more].map(({ name }) => name).join(" or ")}, and ${from.name}.${field.name} may lead to a row of any.`, {
    remedy: `say where it stands: tenant: "…", beside "at"; or tenant: null, if all tenants share these rows on purpose`,
    schema: { model: from.name, field: field.name },
  });
}

/** Whether a row can lead to none of another tenant: it has its tenant from there, or its foreign key holds the tenant, too. */
function isProven(known: Place | undefined, { name, relation }: PrismaField, tenant: Place, hasForeignKeys: boolean): boolean {
  if (known === undefined) return false;
  const own = pathOf(known);
  if (own.length > 1) return own.join(".") === [name, ...pathOf(tenant)].join(".");
  return hasForeignKeys && tenant.steps.length === 0 && relation?.fromFields[relation.toFields.indexOf(tenant.column.name)] === own[0];
}

function pathOf({ steps, column }: Place): readonly string[] {
  return [...steps.map(({ relation }) => relation), column.name];
}
