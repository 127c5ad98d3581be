/** Where the host's own code stands beside a write. What no hook asks for is not read. */
import { host } from "./failure.js";
import type { JsonObject } from "./json.js";
import type { Parts } from "./resource.js";
import { clientOf } from "./rows.js";
import type { Session } from "./session.js";

/** Given to every hook. `tx` is the transaction of the write: what a hook writes with it commits or rolls back together. */
export interface HookEvent<TenantId, Tx> {
  readonly tenant: TenantId;
  /** Who acts, as `authenticate` said. */
  readonly principal: string | undefined;
  readonly tx: Tx;
}

/** Told after commit, outside every transaction. A resource is present where the answer had one. */
export interface Committed<R, TenantId> {
  readonly kind: "created" | "updated" | "deleted";
  readonly tenant: TenantId;
  readonly principal: string | undefined;
  readonly id: string;
  readonly resource: R | undefined;
}

/**
 * The hooks of one resource. `before…` and `after…` run inside the transaction; throw a `ScimError` to refuse, and nothing
 * is written. `beforeUpdate` costs a read of the resource under its lock, the delete hooks one before the delete;
 * `committed` costs nothing.
 */
export interface ResourceHooks<R, TenantId, Tx> {
  beforeCreate?(event: HookEvent<TenantId, Tx> & { readonly input: JsonObject }): Promise<void> | void;
  afterCreate?(event: HookEvent<TenantId, Tx> & { readonly resource: R }): Promise<void> | void;
  /** `input`: the PATCH or the resource as sent. Also called when the write then turns out to change nothing. */
  beforeUpdate?(event: HookEvent<TenantId, Tx> & { readonly resource: R; readonly input: JsonObject }): Promise<void> | void;
  afterUpdate?(event: HookEvent<TenantId, Tx> & { readonly resource: R }): Promise<void> | void;
  beforeDelete?(event: HookEvent<TenantId, Tx> & { readonly resource: R }): Promise<void> | void;
  afterDelete?(event: HookEvent<TenantId, Tx> & { readonly resource: R }): Promise<void> | void;
  committed?(event: Committed<R, TenantId>): Promise<void> | void;
}

/** The hooks as the store calls them: bound to one session, absent where the host gave none. */
export interface ResourceEvents<Db> {
  /** All relations of the resource: what a hook is shown. */
  readonly everything: Parts;
  /** Whether a create, update or delete needs a transaction for the sake of a hook. */
  readonly creates: boolean;
  readonly updates: boolean;
  readonly deletes: boolean;
  readonly beforeCreate: ((tx: Db, input: JsonObject) => Promise<void>) | undefined;
  readonly afterCreate: ((tx: Db, resource: JsonObject) => Promise<void>) | undefined;
  readonly beforeUpdate: ((tx: Db, resource: JsonObject, input: JsonObject) => Promise<void>) | undefined;
  readonly afterUpdate: ((tx: Db, resource: JsonObject) => Promise<void>) | undefined;
  readonly beforeDelete: ((tx: Db, resource: JsonObject) => Promise<void>) | undefined;
  readonly afterDelete: ((tx: Db, resource: JsonObject) => Promise<void>) | undefined;
  created(resource: JsonObject): void;
  updated(id: string, resource: JsonObject | undefined): void;
  deleted(id: string): void;
}

/** Binds the host's hooks. A resource is handed over in its generated type: it was printed by the code beside that type. */
export function resourceEvents<Db, R, TenantId, Tx>(
  hooks: ResourceHooks<R, TenantId, Tx> | undefined,
  session: Session<unknown, TenantId>,
  everything: Parts,
): ResourceEvents<Db> {
  const { tenant, principal } = session.auth;
  const event = (tx: Db): HookEvent<TenantId, Tx> => ({ tenant, principal, tx: clientOf<Tx>(tx) });
  const shown = (resource: JsonObject): R => resource as unknown as R;
  const committed = (kind: Committed<R, TenantId>["kind"], id: string, resource: JsonObject | undefined): void => {
    if (hooks?.committed === undefined) return;
    session.afterCommit.push(() => hooks.committed?.({ kind, tenant, principal, id, resource: resource === undefined ? undefined : shown(resource) }));
  };
  const { beforeCreate, beforeUpdate } = hooks ?? {};
  const onResource = (name: "afterCreate" | "afterUpdate" | "beforeDelete" | "afterDelete") =>
    hooks?.[name] === undefined
      ? undefined
      : (tx: Db, resource: JsonObject): Promise<void> => host(() => hooks[name]?.({ ...event(tx), resource: shown(resource) }));

  const afterCreate = onResource("afterCreate");
  const afterUpdate = onResource("afterUpdate");
  const beforeDelete = onResource("beforeDelete");
  const afterDelete = onResource("afterDelete");
  return {
    everything,
    creates: beforeCreate !== undefined || afterCreate !== undefined,
    updates: beforeUpdate !== undefined || afterUpdate !== undefined,
    deletes: beforeDelete !== undefined || afterDelete !== undefined,
    beforeCreate: beforeCreate && ((tx, input) => host(() => hooks?.beforeCreate?.({ ...event(tx), input }))),
    afterCreate,
    beforeUpdate: beforeUpdate && ((tx, resource, input) => host(() => hooks?.beforeUpdate?.({ ...event(tx), resource: shown(resource), input }))),
    afterUpdate,
    beforeDelete,
    afterDelete,
    created: (resource) => committed("created", String(resource["id"]), resource),
    updated: (id, resource) => committed("updated", id, resource),
    deleted: (id) => committed("deleted", id, undefined),
  };
}
