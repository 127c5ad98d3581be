/** The row behind a to-one relation that tenants share: its setters, and who may write it. */
import type { SharedRow } from "../provider.js";
import type { Context } from "./context.js";
import { idType, quoted } from "./expressions.js";
import type { Block, Calls } from "./kinds/kind.js";
import { otherThan, soleTerms } from "./scope.js";
import { upperFirst } from "./view.js";

export function sharedBlocks(context: Context, shared: SharedRow): readonly Block[] {
  const { resource } = context;
  const { relation, model } = shared.step;
  const written = writtenThere(context, shared);
  const owned = owner(shared);
  const common = { type: upperFirst(relation), model: model.name };
  const setters = written.length > 0 && (shared.link !== "connect" || shared.onUpdate !== "keep" || shared.onLink === "update");
  return [
    ...(setters ? [{ template: "shared-setters.ts.hbs", view: { ...common, written } }] : []),
    ...(isJoined(context, shared)
      ? [
          {
            template: shared.onUpdate === "refuse" ? "shared-refused.ts.hbs" : "shared.ts.hbs",
            view: {
              ...common,
              doc: docOf(shared),
              own: resource.model.delegate,
              ...soleView(context, shared),
              variable: joinedName(shared),
              tenant: owned === undefined ? "" : "tenant: Tenant",
              db: `${resource.name}Db`,
              parent: resource.model.name,
              relation,
              delegate: model.delegate,
              ownedBy: owned === undefined ? "" : `, ${owned}: tenant`,
              back: `${shared.back.name}: { ${quantifier(shared)}: where }`,
            },
          },
        ]
      : []),
  ];
}

function docOf({ onUpdate, owner }: SharedRow): string {
  switch (onUpdate) {
    case "owned":
      return `This row is shared with other tenants: its columns are this tenant's to change only while it owns the account (${owner?.name ?? ""}).`;
    case "whenSole":
      return "This row may be shared with other tenants: it is written only while nothing of theirs points to it (`onUpdate: \"whenSole\"`).";
    case "refuse":
      return "This row is shared with other tenants: a request that would change it is refused (`onUpdate: \"refuse\"`).";
    default:
      return "This row is shared with other tenants; the mapping lets each of them write it (`onUpdate: \"write\"`).";
  }
}

function soleView({ resource }: Context, shared: SharedRow): { readonly others: string | undefined; readonly sole: string | undefined } {
  const { onUpdate, back } = shared;
  if (onUpdate !== "whenSole" || !back.isList) return { others: undefined, sole: undefined };
  const other = otherThan(resource, "where", `where.${resource.id.name}`);
  return { others: `${back.name}: { none: ${other} }`, sole: soleTerms(resource, shared, "where", `where.${resource.id.name}`) };
}

/** What must hold of a known row for a POST to write it. */
function linkGuard(shared: SharedRow): readonly string[] {
  const { onUpdate, back } = shared;
  if (onUpdate === "write") return [];
  if (onUpdate === "whenSole") return [back.isList ? `${back.name}: { none: {} }` : `${back.name}: { is: null }`];
  return shared.owner === undefined ? [] : [`${shared.owner.name}: tenant`];
}

/** The key of a row that was found or made. A person without one is nobody to point at: a null would join no row at all. */
export function keyOf({ id, attribute }: SharedRow, row: string): string {
  return id.optional ? `${row}.${id.name} ?? missing(${quoted(attribute)})` : `${row}.${id.name}`;
}

/** How a POST writes the row that it found. */
export function relinkLines(context: Context, shared: SharedRow): readonly string[] {
  if (shared.onLink !== "update" || shared.link === "create" || writtenThere(context, shared).length === 0) return [];
  const { relation, model } = shared.step;
  const where = [`${shared.id.name}: ${keyOf(shared, "found")}`, ...linkGuard(shared), "OR: news"].join(", ");
  return [`    update: (found) => relink(written${upperFirst(relation)}, values, (news, data) => db.${model.delegate}.updateMany({ where: { ${where} }, data })),`];
}

/** Before the row goes the key of the shared one is read, and with the last row that points there it goes too. */
export function orphanLines({ resource }: Context): { readonly before: readonly string[]; readonly after: readonly string[] } {
  const all = resource.shared.flatMap((shared) => (shared.orphan === undefined ? [] : [{ shared, without: shared.orphan.without }]));
  if (all.length === 0) return { before: [], after: [] };
  const keys = all.map(({ shared }) => `${shared.key.name}: true`).join(", ");
  return {
    before: [`  const left = await db.${resource.model.delegate}.findMany({ where, select: { ${keys} } });`],
    after: all.map(({ shared, without }) => {
      const held = shared.key.optional ? `left.flatMap((row) => row.${shared.key.name} ?? [])` : `left.map((row) => row.${shared.key.name})`;
      const terms = [`${shared.id.name}: { in: ${held} }`, ...(shared.owner === undefined ? [] : [`${shared.owner.name}: tenant`]), ...without.map(({ name, isList }) => `${name}: ${isList ? "{ none: {} }" : "{ is: null }"}`)];
      return `  await db.${shared.step.model.delegate}.deleteMany({ where: { ${terms.join(", ")} } });`;
    }),
  };
}

/** The call of a link that writes the row. */
export function relinkCalls(context: Context, shared: SharedRow): readonly Calls[] {
  if (relinkLines(context, shared).length === 0) return [];
  const { model, relation } = shared.step;
  return [{ delegate: model.delegate, methods: [`updateMany(args: { where: Prisma.${model.name}WhereInput & { readonly ${shared.id.name}: ${idType(shared.id)} }; data: ${upperFirst(relation)}Data }): PromiseLike<{ count: number }>;`] }];
}

/** The calls that removing an orphan takes. */
export function orphanCalls({ resource }: Context): readonly Calls[] {
  const all = resource.shared.filter(({ orphan }) => orphan !== undefined);
  if (all.length === 0) return [];
  const keys = (text: (shared: SharedRow) => string): string => all.map((shared) => `${shared.key.name}: ${text(shared)}`).join("; ");
  return [
    { delegate: resource.model.delegate, methods: [`findMany(args: { where: Where; select: { ${keys(() => "true")} } }): PromiseLike<{ ${keys(({ key }) => `${idType(key)}${key.optional ? " | null" : ""}`)} }[]>;`] },
    ...all.map((shared) => ({
      delegate: shared.step.model.delegate,
      methods: [`deleteMany(args: { where: Prisma.${shared.step.model.name}WhereInput & { readonly ${shared.id.name}: { in: ${idType(shared.id)}[] }${shared.owner === undefined ? "" : `; readonly ${shared.owner.name}: Tenant`} } }): PromiseLike<{ count: number }>;`],
    })),
  ];
}

export function joinedName(shared: SharedRow): string {
  return `joined${upperFirst(shared.step.relation)}`;
}

/** Whether an update may reach the row. */
export function isJoined(context: Context, shared: SharedRow): boolean {
  return shared.onUpdate !== "keep" && writtenThere(context, shared).length > 0;
}

export function sharedCalls(context: Context, shared: SharedRow): Calls {
  const { model, relation } = shared.step;
  const owned = owner(shared);
  const ids = `{ ${shared.id.name}: ${idType(shared.id)}${shared.id.optional ? " | null" : ""} }[]`;
  const isText = shared.match.type === "text" || shared.match.type === "citext";
  const match = isText && (shared.matchLetters === "folded" || shared.matchLetters === "lowered") ? `{ in: string[]; mode: "insensitive" }` : idType(shared.match);
  return {
    delegate: model.delegate,
    methods: [
      "/** Without a tenant: this row is one for all of them. */",
      `findMany(args: { where: { ${shared.match.name}: ${match} }; select: { ${shared.id.name}: true }; take: 2 }): PromiseLike<${ids}>;`,
      ...(shared.link === "connect"
        ? []
        : [`createManyAndReturn(args: { data: Prisma.${model.name}CreateManyInput[]; skipDuplicates: true; select: { ${shared.id.name}: true } }): PromiseLike<${ids}>;`]),
      ...(isJoined(context, shared) && shared.onUpdate !== "refuse"
        ? [
            `updateMany(args: { where: Prisma.${model.name}WhereInput & { readonly ${shared.back.name}: { ${quantifier(shared)}: Identity }${owned === undefined ? "" : `; readonly ${owned}: Tenant`} }; data: ${upperFirst(relation)}Data }): PromiseLike<{ count: number }>;`,
          ]
        : []),
    ],
  };
}

function writtenThere({ leaves }: Context, shared: SharedRow): readonly string[] {
  return leaves.flatMap(({ setters }) => setters.filter(({ relation }) => relation === shared.step.relation).map(({ line }) => line));
}

function quantifier({ back }: SharedRow): "some" | "is" {
  return back.isList ? "some" : "is";
}

function owner(shared: SharedRow): string | undefined {
  return shared.onUpdate === "owned" ? shared.owner?.name : undefined;
}
