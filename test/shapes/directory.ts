/** The two directories that a product has for customers, asking for the same in their own words. */
import type { Answer, Asking } from "../e2e/app.js";
import { Entra } from "../e2e/entra.js";
import { Okta } from "../e2e/okta.js";

type Tenant = ConstructorParameters<typeof Okta>[1];

export interface Directory {
  readonly name: string;
  find(type: "Users" | "Groups", filter: string): Promise<Answer>;
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
  patch(path: string, ...operations: readonly object[]): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  readonly operations: Operations;
}

interface Operations {
  active(value: boolean): object;
  set(path: string, value: unknown): object;
  rename(id: string, displayName: string): object;
  addMembers(ids: readonly string[]): object;
  removeMember(id: string): object;
  replaceMembers(ids: readonly string[]): object;
}

const values = (ids: readonly string[]): object => ids.map((value) => ({ value }));

export function okta(app: Asking, tenant: Tenant): Directory {
  const client = new Okta(app, tenant);
  return {
    name: "Okta",
    find: (type, filter) => client.get(`/${type}?filter=${encodeURIComponent(filter)}&startIndex=1&count=100`),
    get: (path) => client.get(path),
    post: (path, body) => client.post(path, body),
    put: (path, body) => client.put(path, body),
    patch: (path, ...operations) => client.patch(path, ...operations),
    delete: (path) => client.delete(path),
    operations: {
      active: (active) => ({ op: "replace", value: { active } }),
      set: (path, value) => ({ op: "replace", path, value }),
      rename: (id, displayName) => ({ op: "replace", value: { id, displayName } }),
      addMembers: (ids) => ({ op: "add", path: "members", value: values(ids) }),
      removeMember: (id) => ({ op: "remove", path: `members[value eq "${id}"]` }),
      replaceMembers: (ids) => ({ op: "replace", path: "members", value: values(ids) }),
    },
  };
}

export function entra(app: Asking, tenant: Tenant): Directory {
  const client = new Entra(app, tenant);
  return {
    name: "Entra ID",
    find: (type, filter) => client.find(type, filter, type === "Groups" ? "excludedAttributes=members&" : ""),
    get: (path) => client.get(path),
    post: (path, body) => client.post(path, body),
    // Entra never sends one; administrators' scripts do.
    put: (path, body) => new Okta(app, tenant).put(path, body),
    patch: (path, ...operations) => client.patch(path, ...operations),
    delete: (path) => client.delete(path),
    operations: {
      active: (active) => ({ op: "Replace", path: "active", value: active ? "True" : "False" }),
      set: (path, value) => ({ op: "Replace", path, value }),
      rename: (_, displayName) => ({ op: "Replace", path: "displayName", value: displayName }),
      addMembers: (ids) => ({ op: "Add", path: "members", value: ids.map((value) => ({ $ref: null, value })) }),
      removeMember: (id) => ({ op: "Remove", path: "members", value: values([id]) }),
      replaceMembers: (ids) => ({ op: "Replace", path: "members", value: values(ids) }),
    },
  };
}
