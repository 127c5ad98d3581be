/** Who asks, and whether they may (RFC 7644 2, 7.4; RFC 6750 3). */
import type { Auth, Engine, ScimRequest, Unchecked } from "./engine.js";
import { ScimError, unavailable } from "./error.js";

export type Scope = "read" | "write";

const challenge = 'Bearer realm="scim"';

/** The caller. Throws 401, or 503 when the host cannot tell: never "allowed". */
export async function caller<TenantId, Session>(engine: Engine<TenantId, Session>, request: ScimRequest): Promise<Auth<TenantId>> {
  let auth: Unchecked | null;
  try {
    auth = await engine.authenticate(request);
  } catch (error) {
    throw unavailable(5, error);
  }
  // A host in plain JavaScript may give anything: without a tenant there is no query, and Prisma would read an absent value as "all".
  if (auth !== null && auth !== undefined) {
    if (engine.withoutTenants) return withoutTenant(auth) as Auth<TenantId>;
    if (isTenant(auth.tenant)) return auth as Auth<TenantId>;
    throw unavailable(5, new Error("authenticate gave no tenant: a text, a number or a bigint."));
  }

  // RFC 6750 3.1: a request that brought no bearer token, or another scheme, gets no error code. Schemes compare without case.
  const sent = /^bearer +\S/i.test(request.header("authorization") ?? "");
  throw sent
    ? new ScimError(401, "The access token is wrong, expired or revoked.", undefined, { "WWW-Authenticate": `${challenge}, error="invalid_token"` })
    : new ScimError(401, "Please send an access token: Authorization: Bearer …", undefined, { "WWW-Authenticate": challenge });
}

/** Scopes that are not given mean both (engine.ts). */
export function permit<TenantId>(auth: Auth<TenantId>, needed: Scope): void {
  if (auth.scopes === undefined || auth.scopes.includes(needed)) return;
  throw new ScimError(403, `The access token lacks the scope "${needed}".`, undefined, {
    "WWW-Authenticate": `${challenge}, error="insufficient_scope", scope="${needed}"`,
  });
}

/** The mapping says `tenant: null`. Who names a tenant all the same believes that rows are kept apart, and they are not. */
function withoutTenant(auth: Unchecked): Unchecked {
  if (auth.tenant === null) return auth;
  if (auth.tenant === undefined) return { ...auth, tenant: null };
  throw unavailable(5, new Error("authenticate gave a tenant, and the mapping knows none (tenant: null)."));
}

function isTenant(tenant: unknown): boolean {
  return typeof tenant === "bigint" || (typeof tenant === "string" && tenant !== "") || (typeof tenant === "number" && Number.isFinite(tenant));
}
