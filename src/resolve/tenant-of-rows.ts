/** The tenant of rows that are not resources themselves, and that a resource refers to. */
import type { Place } from "../provider.js";
import type { PrismaField, PrismaModel } from "../read/prisma.js";
import type { ConfigPath } from "./context.js";
import { followToColumn, ownColumn, relationOfKey } from "./place.js";
import type { Home } from "./home.js";

/** As `tenant` says, else by the one required relation to the tenant of the resource. Undefined: shared by all on purpose, or no tenants. `open`: a problem. */
export function tenantOfRows(home: Home, model: PrismaModel, said: string | null | undefined, path: ConfigPath): Place | undefined | "open" {
  const { tenant } = home.rows.scope;
  if (said === null || (tenant === undefined && said === undefined)) return undefined;
  if (said !== undefined) return followToColumn(home, model, said, [...path, "tenant"])?.place ?? "open";
  const relations = model.fields.filter((each) => leadsToTenant(home, each));
  const [relation] = relations;
  const name = relation?.relation?.fromFields[0];
  if (relations.length === 1 && name !== undefined) {
    const column = ownColumn(home, model, name, path);
    return column === undefined ? "open" : { steps: [], column };
  }
  const alike = model.fields.find((each) => each.name === tenant?.column.name && each.kind !== "object");
  home.findings.error("tenant-open", path, `Whose the rows of ${model.name} are is not said: ${relations.length === 0 ? "no required relation leads from them to the tenant" : "more than one relation leads from them to the tenant"}.`, {
    remedy: `tenant: "${alike?.name ?? "…"}", or tenant: null if every tenant may use all of them`,
    schema: { model: model.name },
  });
  return "open";
}

/** A required relation by one column to the model, and to the column of it, that the resource's tenant is the key of. */
function leadsToTenant(home: Home, field: PrismaField): boolean {
  const { tenant } = home.rows.scope;
  const holder = tenant === undefined ? undefined : home.schema.models.find(({ name }) => name === (tenant.steps.at(-1)?.model.name ?? home.model.name));
  const own = tenant === undefined || holder === undefined ? undefined : relationOfKey(holder, tenant.column.name);
  const { relation } = field;
  return own !== undefined && relation?.fromFields.length === 1 && field.isRequired && field.type === own.type && relation.toFields[0] === own.relation?.toFields[own.relation.fromFields.indexOf(tenant?.column.name ?? "")];
}
