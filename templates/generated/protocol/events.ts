/** The host's hooks as the store calls them: bound to one session, absent where the host gave none, so that nothing is read for nobody. */
import { host } from "./failure.js";
import type { AllHooks, Committed, HookEvent, Membership } from "./hooks.js";
import type { JsonObject } from "./json.js";
import type { Mapping } from "./mapping.js";
import type { Ids, Parts, Values } from "./resource.js";
import { clientOf } from "./rows.js";
import type { Session } from "./session.js";

type OnResource<Db> = (tx: Db, resource: JsonObject) => Promise<void>;

export interface ResourceEvents<Db> {
  /** All relations of the resource: what a hook is shown. */
  readonly everything: Parts;
  /** Whether a create or delete needs a transaction for the sake of a hook. */
  readonly creates: boolean;
  readonly deletes: boolean;
  /** `existing`: the row that a POST takes over or brings back, where `looks` has asked for it. */
  readonly beforeCreate: ((tx: Db, input: JsonObject, existing: JsonObject | undefined) => Promise<void>) | undefined;
  readonly looks: boolean;
  readonly afterCreate: OnResource<Db> | undefined;
  readonly beforeUpdate: ((tx: Db, resource: JsonObject, input: JsonObject) => Promise<void>) | undefined;
  readonly afterUpdate: OnResource<Db> | undefined;
  readonly beforeDelete: OnResource<Db> | undefined;
  readonly afterDelete: OnResource<Db> | undefined;
  /** Who waits for `active` to turn to what these values make it; undefined: nobody, or they leave it alone. */
  turn(values: Values): Turn<Db> | undefined;
  readonly members: MemberEvents<Db> | undefined;
  readonly password: PasswordEvent<Db> | undefined;
  created(resource: JsonObject): void;
  updated(id: string, resource: JsonObject | undefined): void;
  deleted(id: string): void;
}

export interface PasswordEvent<Db> {
  /** Whether these values set one. */
  given(values: Values): boolean;
  /** Hands it to the host. True: there was one. */
  hand(tx: Db, id: string, values: Values): Promise<boolean>;
}

export interface Turn<Db> {
  readonly to: boolean;
  /** The relations by which `active` is read. */
  readonly parts: Parts;
  readonly before: OnResource<Db> | undefined;
  readonly after: OnResource<Db> | undefined;
  committed(id: string, resource: JsonObject | undefined): void;
}

/** What moves in one list of links. */
export interface Moved {
  readonly attribute: string;
  readonly added: Ids;
  readonly removed: Ids;
}

export interface MemberEvents<Db> {
  /** Whether somebody waits for ids that come, and for ids that go. */
  readonly added: boolean;
  readonly removed: boolean;
  before(tx: Db, id: string, moved: Moved): Promise<void>;
  after(tx: Db, id: string, moved: Moved): Promise<void>;
  committed(id: string, moved: Moved): void;
}

/** Binds the host's hooks. A resource is handed over in its generated type: it was printed by the code beside that type. */
export function resourceEvents<Db, R, TenantId, Tx>(
  hooks: AllHooks<R, TenantId, Tx> | undefined,
  session: Session<unknown, TenantId>,
  mapping: Mapping,
): ResourceEvents<Db> {
  const { tenant, principal } = session.auth;
  const event = (tx: Db): HookEvent<TenantId, Tx> => ({ tenant, principal, tx: clientOf<Tx>(tx) });
  const shown = (resource: JsonObject): R => resource as unknown as R;
  const committed = (kind: Committed<R, TenantId>["kind"], id: string, resource: JsonObject | undefined): void => {
    if (hooks?.committed === undefined) return;
    session.afterCommit.push(() => hooks.committed?.({ kind, tenant, principal, id, resource: resource === undefined ? undefined : shown(resource) }));
  };
  const { beforeCreate, beforeUpdate } = hooks ?? {};
  const onResource = (name: "afterCreate" | "afterUpdate" | "beforeDelete" | "afterDelete" | `${"before" | "after"}${"Deactivate" | "Reactivate"}`): OnResource<Db> | undefined =>
    hooks?.[name] === undefined ? undefined : (tx, resource) => host(() => hooks[name]?.({ ...event(tx), resource: shown(resource) }));

  const turn = (to: boolean): Turn<Db> | undefined => {
    const told = to ? "reactivated" : "deactivated";
    const [before, after] = [onResource(to ? "beforeReactivate" : "beforeDeactivate"), onResource(to ? "afterReactivate" : "afterDeactivate")];
    if (before === undefined && after === undefined && hooks?.[told] === undefined) return undefined;
    return {
      to,
      parts: mapping.reads["active"] ?? 0,
      before,
      after,
      committed(id, resource) {
        if (hooks?.[told] !== undefined) session.afterCommit.push(() => hooks[told]?.({ tenant, principal, id, resource: resource === undefined ? undefined : shown(resource) }));
      },
    };
  };
  const [on, off] = [turn(true), turn(false)];

  const afterCreate = onResource("afterCreate");
  const beforeDelete = onResource("beforeDelete");
  const afterDelete = onResource("afterDelete");
  return {
    everything: Object.values(mapping.reads).reduce((all, parts) => all | parts, 0),
    creates: beforeCreate !== undefined || afterCreate !== undefined,
    deletes: beforeDelete !== undefined || afterDelete !== undefined,
    beforeCreate: beforeCreate && ((tx, input, existing) => host(() => hooks?.beforeCreate?.({ ...event(tx), input, ...(existing === undefined ? {} : { existing: shown(existing) }) }))),
    looks: beforeCreate !== undefined,
    afterCreate,
    beforeUpdate: beforeUpdate && ((tx, resource, input) => host(() => hooks?.beforeUpdate?.({ ...event(tx), resource: shown(resource), input }))),
    afterUpdate: onResource("afterUpdate"),
    beforeDelete,
    afterDelete,
    turn: ({ active }) => (active === true ? on : active === false ? off : undefined),
    members: memberEvents(hooks, session, event),
    password: passwordEvent(hooks, event),
    created: (resource) => committed("created", String(resource["id"]), resource),
    updated: (id, resource) => committed("updated", id, resource),
    deleted: (id) => committed("deleted", id, undefined),
  };
}

function passwordEvent<Db, R, TenantId, Tx>(hooks: AllHooks<R, TenantId, Tx> | undefined, event: (tx: Db) => HookEvent<TenantId, Tx>): PasswordEvent<Db> | undefined {
  if (hooks?.password === undefined) return undefined;
  return {
    given: ({ password }) => password !== undefined,
    async hand(tx, id, { password }) {
      if (typeof password !== "string" && password !== null) return false;
      await host(() => hooks.password?.({ ...event(tx), id, password }));
      return true;
    },
  };
}

function memberEvents<Db, R, TenantId, Tx>(
  hooks: AllHooks<R, TenantId, Tx> | undefined,
  session: Session<unknown, TenantId>,
  event: (tx: Db) => HookEvent<TenantId, Tx>,
): MemberEvents<Db> | undefined {
  const added = hooks?.beforeMemberAdded !== undefined || hooks?.afterMemberAdded !== undefined || hooks?.memberAdded !== undefined;
  const removed = hooks?.beforeMemberRemoved !== undefined || hooks?.afterMemberRemoved !== undefined || hooks?.memberRemoved !== undefined;
  if (!added && !removed) return undefined;
  const { tenant, principal } = session.auth;
  const call = async (when: "before" | "after", tx: Db, id: string, moved: Moved): Promise<void> => {
    for (const [members, name] of [[moved.removed, `${when}MemberRemoved`], [moved.added, `${when}MemberAdded`]] as const) {
      const told: Membership = { id, attribute: moved.attribute, members };
      if (members.length > 0) await host(() => hooks?.[name]?.({ ...event(tx), ...told }));
    }
  };
  return {
    added,
    removed,
    before: (tx, id, moved) => call("before", tx, id, moved),
    after: (tx, id, moved) => call("after", tx, id, moved),
    committed(id, moved) {
      for (const [members, name] of [[moved.removed, "memberRemoved"], [moved.added, "memberAdded"]] as const) {
        if (members.length > 0 && hooks?.[name] !== undefined) session.afterCommit.push(() => hooks[name]?.({ tenant, principal, id, attribute: moved.attribute, members }));
      }
    },
  };
}
