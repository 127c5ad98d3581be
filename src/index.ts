/** The whole run-time surface of a mapping file: five functions that return plain data. Nothing is imported at run time. */
import type { AnyTypeMap, Config, From, GroupAttribute, ModelName, Now, Rule, Tenant, UserAttribute } from "./config.js";

export type * from "./config.js";

/**
 * Opens a mapping. The type map says what the schema holds; the second brackets let each resource find its own model.
 *
 * @example
 * export default defineConfig<Prisma.TypeMap>()({
 *   User: { model: "Membership", tenant: "orgId", attributes: { userName: "user.email" } },
 * });
 */
export function defineConfig<T extends AnyTypeMap>() {
  return <U extends ModelName<T>, G extends ModelName<T>, R extends { readonly [name: string]: ModelName<T> }>(config: Config<T, U, G, R>): Config<T, U, G, R> => config;
}

/** A value that a typed function of this name in the host's `rules.ts` gives. Example: `create: { id: rule("newId") }`. */
export const rule = <const Name extends string>(name: Name): Rule<Name> => ({ $: "rule", name });

/** The moment of the request, one for all its writes. Example: `stamp: { touchedAt: now() }`. */
export const now = (): Now => ({ $: "now" });

/** The tenant that `authenticate` gave. Example: `create: { createdFor: tenant() }`. */
export const tenant = (): Tenant => ({ $: "tenant" });

/** The value of another attribute of the same request. Example: `default: from("userName")`. */
export const from = <const Attribute extends UserAttribute | GroupAttribute | (string & Record<never, never>)>(attribute: Attribute): From<Attribute> => ({ $: "from", attribute });
