/** A row that the resource points to, and that has rows of its own. */
import type { Column, RowsHolder, Source, Step } from "../provider.js";
import type { PrismaModel } from "../read/prisma.js";
import type { ConfigPath } from "./context.js";
import type { Home } from "./home.js";
import { ownColumn } from "./place.js";

/** The foreign key that leads to the holder, the column of it that the key holds, and the way back. */
export function keysBehind(home: Home, { relation }: Step, holder: PrismaModel, path: ConfigPath): { readonly key: Column; readonly held: Column; readonly back: RowsHolder["back"] } | undefined {
  const field = home.model.fields.find((each) => each.name === relation);
  const back = holder.fields.find((each) => each.kind === "object" && each.relation?.name === field?.relation?.name && each.type === home.model.name && each !== field);
  const [name, ...more] = field?.relation?.fromFields ?? [];
  const held = field?.relation?.toFields[0];
  if (name === undefined || held === undefined || more.length > 0 || back === undefined) return home.findings.later(path, `A list behind ${home.model.name}.${relation}, whose key does not stand on the resource's model in one column`);
  const [own, other] = [ownColumn(home, home.model, name, path), ownColumn(home, holder, held, path)];
  return own && other && { key: own, held: other, back: { name: back.name, isList: back.isList } };
}

/** The lists that attributes write which are one with a row other tenants may share, and the relations behind which they lie. None where a tenant tells the rows apart. */
export function heldBehind(source: Source): readonly { readonly step: Step; readonly list: string }[] {
  switch (source.kind) {
    case "rows":
      return source.holder === undefined || source.holder.tenant !== undefined ? [] : [{ step: source.holder.step, list: source.list.name }];
    case "rowLists":
      return source.lists.flatMap(({ rows, isWritten }) => (isWritten ? heldBehind(rows) : []));
    case "oneRow":
      return source.scope.tenant !== undefined || source.by?.holder === undefined ? [] : [{ step: source.by.holder.step, list: source.by.list }];
    default:
      return [];
  }
}
