/** Where the host's own code stands beside a write. What no hook asks for is not read. */
import type { JsonObject } from "./json.js";
import type { Ids } from "./resource.js";

/**
 * Given to every hook that runs inside the transaction. What a hook writes with `tx` commits or rolls back together with the
 * write. A race that the database calls off is run again, and its hooks with it: what leaves the database belongs after the commit.
 */
export interface HookEvent<TenantId, Tx> {
  readonly tenant: TenantId;
  /** Who acts, as `authenticate` said. */
  readonly principal: string | undefined;
  readonly tx: Tx;
}

/** Given to hooks that run after the commit, outside every transaction. A resource is present where the answer had one. */
export interface CommittedEvent<R, TenantId> {
  readonly tenant: TenantId;
  readonly principal: string | undefined;
  readonly id: string;
  readonly resource: R | undefined;
}

export interface Committed<R, TenantId> extends CommittedEvent<R, TenantId> {
  readonly kind: "created" | "updated" | "deleted";
}

/**
 * The hooks of one resource. `before…` and `after…` run inside the transaction; throw a `ScimError` to refuse, and nothing
 * is written. `beforeUpdate` costs a read of the resource under its lock, and so do the delete hooks; `after…` costs the
 * transaction, and a read of what the answer does not hold; `committed` costs nothing.
 */
export interface ResourceHooks<R, TenantId, Tx> {
  /** `existing`: what is there already, where the mapping lets a POST take it over or bring it back. */
  beforeCreate?(event: HookEvent<TenantId, Tx> & { readonly input: JsonObject; readonly existing?: R }): Promise<void> | void;
  afterCreate?(event: HookEvent<TenantId, Tx> & { readonly resource: R }): Promise<void> | void;
  /** `input`: the PATCH or the resource as sent. Also called when the write then turns out to change nothing. */
  beforeUpdate?(event: HookEvent<TenantId, Tx> & { readonly resource: R; readonly input: JsonObject }): Promise<void> | void;
  afterUpdate?(event: HookEvent<TenantId, Tx> & { readonly resource: R }): Promise<void> | void;
  beforeDelete?(event: HookEvent<TenantId, Tx> & { readonly resource: R }): Promise<void> | void;
  afterDelete?(event: HookEvent<TenantId, Tx> & { readonly resource: R }): Promise<void> | void;
  committed?(event: Committed<R, TenantId>): Promise<void> | void;
}

/**
 * `active` turns, by PATCH or PUT, from what it was to the other: a write that leaves it as it is calls none of these. Neither
 * does a POST, which has its own hooks, nor a DELETE. They come beside the update hooks, between `beforeUpdate` and
 * `afterUpdate`. The `before…` ones cost a read of the resource under its lock, and are asked before anything is written;
 * `deactivated` and `reactivated` run after the commit.
 */
export interface ActivationHooks<R, TenantId, Tx> {
  beforeDeactivate?(event: HookEvent<TenantId, Tx> & { readonly resource: R }): Promise<void> | void;
  afterDeactivate?(event: HookEvent<TenantId, Tx> & { readonly resource: R }): Promise<void> | void;
  deactivated?(event: CommittedEvent<R, TenantId>): Promise<void> | void;
  beforeReactivate?(event: HookEvent<TenantId, Tx> & { readonly resource: R }): Promise<void> | void;
  afterReactivate?(event: HookEvent<TenantId, Tx> & { readonly resource: R }): Promise<void> | void;
  reactivated?(event: CommittedEvent<R, TenantId>): Promise<void> | void;
}

/** Which ids one write moves into a list of links, or out of it. */
export interface Membership {
  /** Of the resource that holds the list. */
  readonly id: string;
  /** The list: "members". */
  readonly attribute: string;
  /** Never empty. An id that was there already, or was not there to be removed, is not among them. */
  readonly members: Ids;
}

/**
 * Members come and go by POST, PATCH or PUT of the list. Each costs a read of which of the named ids are there, under the lock of
 * the list. A DELETE of the group, or of a member, calls the delete hooks alone. `memberAdded` and `memberRemoved` run after the
 * commit. When a POST brings members, `beforeMemberAdded` finds its group already there.
 */
export interface MemberHooks<TenantId, Tx> {
  beforeMemberAdded?(event: HookEvent<TenantId, Tx> & Membership): Promise<void> | void;
  afterMemberAdded?(event: HookEvent<TenantId, Tx> & Membership): Promise<void> | void;
  memberAdded?(event: Omit<HookEvent<TenantId, Tx>, "tx"> & Membership): Promise<void> | void;
  beforeMemberRemoved?(event: HookEvent<TenantId, Tx> & Membership): Promise<void> | void;
  afterMemberRemoved?(event: HookEvent<TenantId, Tx> & Membership): Promise<void> | void;
  memberRemoved?(event: Omit<HookEvent<TenantId, Tx>, "tx"> & Membership): Promise<void> | void;
}

/** For a mapping that keeps no password itself. */
export interface PasswordHook<TenantId, Tx> {
  /**
   * A client sets the password of a resource by POST, PUT or PATCH, or takes it away: null. Nothing else ever sees it. Runs inside the
   * transaction, once the resource is written; throw a `ScimError` to refuse. Not called for a person behind a relation whom another
   * tenant owns, or nobody (`owner` of the mapping). Without that column nothing tells whose the person is, and it is called once:
   * by the POST that makes the person. `onUpdate: "write"` lets every tenant into the account.
   */
  password(event: HookEvent<TenantId, Tx> & { readonly id: string; readonly password: string | null }): Promise<void> | void;
}

/** What a resource may be given: its generated type offers only what it has. */
export type AllHooks<R, TenantId, Tx> = ResourceHooks<R, TenantId, Tx> & ActivationHooks<R, TenantId, Tx> & MemberHooks<TenantId, Tx> & Partial<PasswordHook<TenantId, Tx>>;
