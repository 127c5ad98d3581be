/** The row behind a to-one relation that tenants share: its setters, and who may write it. */
import type { SharedRow } from "../provider.js";
import type { Context } from "./context.js";
import { idType } from "./expressions.js";
import type { Block, Calls } from "./kinds/kind.js";
import { upperFirst } from "./view.js";

export function sharedBlocks(context: Context, shared: SharedRow): readonly Block[] {
  const { resource } = context;
  const { relation, model } = shared.step;
  const written = writtenThere(context, shared);
  const owned = owner(shared);
  const common = { type: upperFirst(relation), model: model.name };
  const setters = written.length > 0 && (shared.link !== "connect" || shared.onUpdate !== "keep");
  return [
    ...(setters ? [{ template: "shared-setters.ts.hbs", view: { ...common, written } }] : []),
    ...(isJoined(context, shared)
      ? [
          {
            template: "shared.ts.hbs",
            view: {
              ...common,
              doc:
                owned === undefined
                  ? "This row is shared with other tenants; the mapping lets each of them write it (`onUpdate: \"write\"`)."
                  : `This row is shared with other tenants: its columns are this tenant's to change only while it owns the account (${owned}).`,
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
  const ids = `{ ${shared.id.name}: ${idType(shared.id)} }[]`;
  const match = shared.matchLetters === "folded" || shared.matchLetters === "lowered" ? `{ in: string[]; mode: "insensitive" }` : "string";
  return {
    delegate: model.delegate,
    methods: [
      "/** Without a tenant: this row is one for all of them. */",
      `findMany(args: { where: { ${shared.match.name}: ${match} }; select: { ${shared.id.name}: true }; take: 2 }): PromiseLike<${ids}>;`,
      ...(shared.link === "connect"
        ? []
        : [`createManyAndReturn(args: { data: Prisma.${model.name}CreateManyInput[]; skipDuplicates: true; select: { ${shared.id.name}: true } }): PromiseLike<${ids}>;`]),
      ...(isJoined(context, shared)
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
