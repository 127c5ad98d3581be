/** Foreign keys to a person, where the resource is that person's row in the tenant, and the person's id is its SCIM id. */
import type { BackRelation } from "../provider.js";
import type { PrismaField, PrismaModel } from "../read/prisma.js";
import type { ConfigPath, Scope } from "./context.js";
import type { Other } from "./home.js";

export interface ByPerson {
  readonly person: PrismaModel;
  /** The relation of the model that names the person, and that of the resource's model. */
  readonly relation: PrismaField;
  readonly own: PrismaField;
}

/** Both the column and the SCIM id of the target are foreign keys to the same column: Membership.userId and TeamMember.userId. */
export function byPerson({ schema }: Scope, model: PrismaModel, key: string, { model: target, rows }: Pick<Other, "model" | "rows">): ByPerson | undefined {
  for (const own of keysOn(target, rows.id.name)) {
    const relation = keysOn(model, key).find((each) => each !== own && each.type === own.type && each.relation?.toFields[0] === own.relation?.toFields[0]);
    const person = schema.models.find((each) => each.name === own.type);
    if (relation !== undefined && person !== undefined && person !== target) return { person, relation, own };
  }
  return undefined;
}

/** The to-one relations that one column alone is the foreign key of. */
function keysOn(model: PrismaModel, key: string): readonly PrismaField[] {
  return model.fields
    .filter((each) => each.kind === "object" && !each.isList && each.relation?.fromFields.length === 1 && each.relation.fromFields[0] === key)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The way from the person to the rows that are the resource: who has none in the tenant does not exist there. */
export function backToRows({ findings }: Scope, { person, relation, own }: ByPerson, target: PrismaModel, model: PrismaModel, path: ConfigPath): BackRelation | undefined {
  const back = person.fields.find((each) => each.kind === "object" && each.type === target.name && each.relation?.name === own.relation?.name);
  if (back !== undefined) return { name: back.name, isList: back.isList };
  return findings.error("member-column-not-id", path, `${model.name}.${relation.name} names a ${person.name}, and no relation leads from there to ${target.name}: whether a ${person.name} is one of the tenant could not be asked.`, {
    remedy: `take @ignore from the relation of ${person.name} that leads to ${target.name}`,
    schema: { model: target.name, field: own.name },
  });
}
