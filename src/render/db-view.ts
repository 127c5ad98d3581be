/** The calls that a resource's file makes, as the members of its structural `Db` interface, in order of use. */
import type { CollectionView, LinkView, SharedView } from "./write-view.js";

export interface OwnCalls {
  /** Of the resource. */
  readonly name: string;
  readonly model: string;
  readonly delegate: string;
  readonly idColumn: string;
  readonly idType: string;
  readonly selectType: string;
  readonly ownType: string;
  readonly referenced: boolean;
  readonly tenantColumn: string;
  readonly leftovers: readonly { readonly delegate: string; readonly relation: string }[];
}

/**
 * The members of the interface, line by line. Calls of one delegate that come from several places are intersected and not
 * overloaded: a generic method of the client fits each of several types, but no overloaded one.
 */
export function delegates(own: OwnCalls, shared: readonly SharedView[], collections: readonly CollectionView[], links: readonly LinkView[]): readonly string[] {
  const blocks: readonly (readonly [string, readonly string[]])[] = [
    [own.delegate, ownCalls(own)],
    ...shared.map((each) => [each.delegate, sharedCalls(own, each)] as const),
    ...collections.map((each) => [each.delegate, collectionCalls(each)] as const),
    ...links.map((each) => [each.delegate, linkCalls(each)] as const),
    ...own.leftovers.map((each) => [each.delegate, [`deleteMany(args: { where: { ${each.relation}: Where } }): PromiseLike<{ count: number }>;`]] as const),
  ];
  const names = [...new Set(blocks.map(([name]) => name))];
  return names.flatMap((name) => {
    const ids = own.referenced && name === own.delegate ? `${own.name}Ids[${JSON.stringify(name)}] & ` : "";
    const all = blocks.filter(([each]) => each === name).map(([, methods]) => methods.map((method) => `  ${method}`));
    return [`readonly ${name}: ${ids}{`, ...all.flatMap((methods, index) => (index === 0 ? methods : ["} & {", ...methods])), "};"];
  });
}

export function idsCall({ idColumn, idType }: Pick<OwnCalls, "idColumn" | "idType">): string {
  return `findMany(args: { where: Where & { readonly ${idColumn}: { in: ${idType}[] } }; select: { ${idColumn}: true } }): PromiseLike<{ ${idColumn}: ${idType} }[]>;`;
}

function ownCalls(own: OwnCalls): readonly string[] {
  const { model, idColumn, selectType, ownType } = own;
  return [
    `findUnique(args: { where: Identity; select: ${selectType} }): PromiseLike<Row | null>;`,
    `findMany(args: { where: Where; select: ${selectType}; orderBy: { ${idColumn}: "asc" }; skip: number; take: number }): PromiseLike<Row[]>;`,
    "count(args: { where: Where }): PromiseLike<number>;",
    `create(args: { data: Prisma.${model}UncheckedCreateInput; select: typeof own }): PromiseLike<${ownType}>;`,
    `updateManyAndReturn(args: { where: Where; data: Data; select: typeof own }): PromiseLike<${ownType}[]>;`,
    "updateMany(args: { where: Where; data: Data }): PromiseLike<{ count: number }>;",
    "deleteMany(args: { where: Where }): PromiseLike<{ count: number }>;",
  ];
}

function sharedCalls(own: OwnCalls, shared: SharedView): readonly string[] {
  const id = `{ ${shared.idColumn}: ${shared.idType} }[]`;
  return [
    "/** Without a tenant: this row is one for all of them. */",
    `findMany(args: { where: { ${shared.match}: ${shared.matchType} }; select: { ${shared.idColumn}: true }; take: 2 }): PromiseLike<${id}>;`,
    ...(shared.makes
      ? [`createManyAndReturn(args: { data: Prisma.${shared.model}CreateManyInput[]; skipDuplicates: true; select: { ${shared.idColumn}: true } }): PromiseLike<${id}>;`]
      : []),
    ...(shared.joined
      ? [
          `updateMany(args: { where: Prisma.${shared.model}WhereInput & { readonly ${shared.back}: { some: { ${own.idColumn}: ${own.idType}; ${own.tenantColumn}: Tenant } }${shared.ownedByType} }; data: ${shared.type}Data }): PromiseLike<{ count: number }>;`,
        ]
      : []),
  ];
}

function collectionCalls({ model, selectName, idColumn }: CollectionView): readonly string[] {
  return [
    `findMany(args: { where: ${model}Where; select: typeof ${selectName}; orderBy: { ${idColumn}: "asc" } }): PromiseLike<Prisma.${model}GetPayload<{ select: typeof ${selectName} }>[]>;`,
    `createMany(args: { data: Prisma.${model}CreateManyInput[] }): PromiseLike<{ count: number }>;`,
    `updateMany(args: { where: ${model}Where; data: Partial<Prisma.${model}CreateManyInput> }): PromiseLike<{ count: number }>;`,
    `deleteMany(args: { where: ${model}Where }): PromiseLike<{ count: number }>;`,
  ];
}

function linkCalls({ model, member, idType }: LinkView): readonly string[] {
  return [
    `findMany(args: { where: ${model}Where; select: { ${member}: true } }): PromiseLike<{ ${member}: ${idType} }[]>;`,
    `createMany(args: { data: Prisma.${model}CreateManyInput[]; skipDuplicates: true }): PromiseLike<{ count: number }>;`,
    `deleteMany(args: { where: ${model}Where }): PromiseLike<{ count: number }>;`,
  ];
}
