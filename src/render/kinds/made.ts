/** Rows that are made beside the resource's own: how a list is added to, and what the functions that do it are handed. */
import type { Assignment, TenantType } from "../../provider.js";
import { assigned } from "../expressions.js";
import { tenantArgument, tenantValue } from "../scope.js";
import { askedParameter, isAwaited, uses } from "../view.js";
import type { Setting } from "./kind.js";

/** Columns that no client gives. */
export function madeColumns(list: readonly Assignment[], type: TenantType | undefined): readonly string[] {
  const now = list.some(isAwaited) ? "now" : "new Date()";
  return list.map((each) => `${each.column.name}: ${assigned(each, { now, tenant: tenantValue(type), beside: true })}`);
}

export interface Added {
  readonly delegate: string;
  /** The list, and one of it: "items", "item". */
  readonly all: string;
  readonly one: string;
  readonly columns: readonly string[];
  readonly create: readonly Assignment[];
  /** Rows that are there are passed over. */
  readonly skips: boolean;
}

export interface EachAdded extends Omit<Added, "all" | "skips"> {
  /** Whether the host is asked for columns of what the client sent. */
  readonly awaits: boolean;
}

/** Many in one statement; one by one where each has to ask for a value of its own. */
export function addLine({ delegate, all, one, columns, create, skips }: Added): string {
  const row = `{ ${columns.join(", ")} }`;
  const more = skips ? ", skipDuplicates: true" : "";
  const asked = askedParameter(row, true);
  if (!create.some(isAwaited)) return `(db, parent, ${all}${asked}) => db.${delegate}.createMany({ data: ${all}.map((${one}) => (${row}))${more} })`;
  return `(db, parent, ${all}${asked}) => oneByOne(${all}, async (${one}) => (${row}), (row) => db.${delegate}.createMany({ data: [row]${more} }))`;
}

/** The same for rows of several resources, each handed with its own. */
export function addEachLine({ delegate, one, columns, create, awaits }: EachAdded): string {
  const row = `{ ${columns.join(", ")} }`;
  const asked = askedParameter(row, true).replace(/^, /, "");
  const each = ["parent", one].filter((name) => uses(row, name)).concat(asked === "" ? [] : [`making: ${asked}`]).join(", ");
  if (!create.some(isAwaited) && awaits) return `async (db, rows) => db.${delegate}.createMany({ data: await madeRows(rows, async ({ ${each} }) => (${row})) })`;
  if (!create.some(isAwaited)) return `(db, rows) => db.${delegate}.createMany({ data: rows.map(({ ${each} }) => (${row})) })`;
  return `(db, rows) => oneByOne(rows, async ({ ${each} }) => (${row}), (row) => db.${delegate}.createMany({ data: [row] }))`;
}

/** The same for rows that hang on nothing: each is known by its value. */
export function makeLine({ delegate, columns, create }: Pick<Added, "delegate" | "columns" | "create">): string {
  const row = `{ ${columns.join(", ")} }`;
  const asked = askedParameter(row, true);
  const list = asked === "" ? "values" : "all";
  if (!create.some(isAwaited)) return `(db, ${list}${asked}) => db.${delegate}.createMany({ data: ${list}.map((value) => (${row})), skipDuplicates: true })`;
  return `(db, ${list}${asked}) => oneByOne(${list}, async (value) => (${row}), (row) => db.${delegate}.createMany({ data: [row], skipDuplicates: true }))`;
}

/** The tenant, and the host's rules where a new row asks one. */
export function handed({ resource, tenantType }: Setting, create: readonly Assignment[], asks = false): { readonly parameter: string; readonly argument: string } {
  const tenant = tenantArgument(tenantType);
  if (!asks && !create.some(({ value }) => value.kind === "rule")) return tenant;
  const join = (first: string, second: string): string => (first === "" ? second : `${first}, ${second}`);
  return { parameter: join(tenant.parameter, `rules: ${resource.name}Rules`), argument: join(tenant.argument, "rules") };
}
