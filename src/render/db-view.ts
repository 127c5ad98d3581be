/** The calls that a resource's file makes, as the members of its structural `Db` interface, in order of use. */
import type { Column } from "../provider.js";
import { calls, isBeside } from "./context.js";
import type { Context } from "./context.js";
import { idType } from "./expressions.js";
import type { Calls } from "./kinds/kind.js";
import { personCalls } from "./kinds/member-persons.js";
import { namedCalls } from "./kinds/named.js";
import { orphanCalls, relinkCalls, sharedCalls } from "./shared-view.js";
import { togetherCalls } from "./together-view.js";

/**
 * The members of the interface, line by line. Calls of one delegate that come from several places are intersected and not
 * overloaded: a generic method of the client fits each of several types, but no overloaded one.
 */
export function delegates(context: Context): readonly string[] {
  const { resource } = context;
  const all: readonly Calls[] = [
    ownCalls(context),
    locateCalls(context),
    ...resource.shared.flatMap((each) => [sharedCalls(context, each), ...relinkCalls(context, each)]),
    ...togetherCalls(context),
    ...calls(context),
    ...resource.sideRows.map(({ list: { model } }) => ({ delegate: model.delegate, methods: [`createMany(args: { data: Prisma.${model.name}CreateManyInput[] }): PromiseLike<{ count: number }>;`] })),
    ...namedCalls([...resource.sideRows.flatMap((each) => each.create), ...resource.create, ...resource.stamp, ...resource.removal.set, ...resource.shared.flatMap((each) => each.create)]),
    ...orphanCalls(context),
    ...resource.removal.before.map((each) => ({ delegate: each.model.delegate, methods: [`deleteMany(args: { where: { ${each.parent}: Where } }): PromiseLike<{ count: number }>;`] })),
    ...(resource.removal.members === undefined ? [] : [personCalls(resource.removal.members)]),
  ];
  const names = [...new Set(all.map(({ delegate }) => delegate))];
  return names.flatMap((name) => {
    const beside = all.flatMap((each) => (each.delegate === name && each.beside !== undefined ? [each.beside] : []));
    const known = new Set([...(resource.referenced && name === resource.model.delegate ? [resource.name] : []), ...beside]);
    const ids = [...known].map((each) => `${each}Ids[${JSON.stringify(name)}] & `).join("");
    // What two attributes ask in the same words stands there once.
    const asked = [...new Map(all.filter(({ delegate }) => delegate === name).map(({ methods }) => [methods.join("\n"), methods])).values()];
    const blocks = asked.map((methods) => methods.map((method) => `  ${method}`));
    return [`readonly ${name}: ${ids}{`, ...blocks.flatMap((methods, index) => (index === 0 ? methods : ["} & {", ...methods])), "};"];
  });
}

export function idsCall({ resource }: Context): string {
  const { name } = resource.id;
  const type = idType(resource.id);
  return `findMany(args: { where: Where & { readonly ${name}: { in: ${type}[] } }; select: { ${name}: true } }): PromiseLike<{ ${name}: ${type} }[]>;`;
}

function ownCalls({ resource, relations }: Context): Calls {
  const { model, isIdUnique, isReadOnly, removal, version } = resource;
  const own = relations.length > 0 ? "Own" : "Row";
  const select = relations.some((name) => !isBeside(name)) ? "Select" : "typeof own";
  const writes = [
    `create(args: { data: Prisma.${model.name}UncheckedCreateInput; select: typeof own }): PromiseLike<${own}>;`,
    `updateManyAndReturn(args: { where: Where; data: ${raised(version, "Data")}; select: typeof own }): PromiseLike<${own}[]>;`,
    `updateMany(args: { where: Where; data: ${version === undefined ? "Data" : `Data | (${raised(version, "Data")})`} }): PromiseLike<{ count: number }>;`,
    ...(removal.kind === "delete" ? ["deleteMany(args: { where: Where }): PromiseLike<{ count: number }>;"] : []),
  ];
  return {
    delegate: model.delegate,
    methods: [
      `${isIdUnique ? "findUnique" : "findFirst"}(args: { where: Identity; select: ${select} }): PromiseLike<Row | null>;`,
      `findMany(args: { where: Where; select: ${select}; orderBy: Order[]; skip: number; take: number }): PromiseLike<Row[]>;`,
      "count(args: { where: Where }): PromiseLike<number>;",
      ...(isReadOnly ? [] : writes),
    ],
  };
}

/** A write that raises the version. */
function raised(version: Column | undefined, data: string): string {
  return version === undefined ? data : `${data} & { ${version.name}: { increment: 1 } }`;
}

/** Only the ids of a page that lies far behind. */
function locateCalls({ resource: { model, id } }: Context): Calls {
  return { delegate: model.delegate, methods: [`findMany(args: { where: Where; select: { ${id.name}: true }; orderBy: Order[]; skip: number; take: number }): PromiseLike<{ ${id.name}: ${idType(id)} }[]>;`] };
}
