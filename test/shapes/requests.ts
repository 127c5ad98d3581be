/** Random requests of two tenants, over every route, with the ids of each wherever an id can stand. */
import fc from "fast-check";
import { coreGroup, coreUser, enterprise, patchOp } from "../database/endpoint.js";
import type { ShapeTenant } from "./shape.js";

export type TenantName = ShapeTenant["name"];

export interface Command {
  readonly tenant: TenantName;
  readonly method: string;
  /** With `{own:n}`, `{other:n}` and `{tenant}` in it. */
  readonly path: string;
  readonly body: unknown;
}

/** Ids that are nobody's, or of something else. */
const oddIds = ["nobody", "0190a002-0000-7000-8000-0000000000ff", "99999", "-1", "9007199254740993000"];

/** `strangers`: e-mail addresses of people whom neither tenant has; `ids`: of what is no resource. */
export function commands({ strangers = [], ids = [] }: { readonly strangers?: readonly string[]; readonly ids?: readonly string[] }): fc.Arbitrary<Command> {
  // `{own:n}` and `{other:n}` are counted round the ids that are there when the command runs.
  const slot = (weightOwn: number): fc.Arbitrary<string> =>
    fc.oneof(
      { weight: weightOwn, arbitrary: fc.nat(40).map((n) => `{own:${n}}`) },
      { weight: 3, arbitrary: fc.nat(40).map((n) => `{other:${n}}`) },
      { weight: 1, arbitrary: fc.constantFrom(...oddIds, ...ids) },
    );
  const reference = slot(5);
  const target = slot(9);
  const word = fc.constantFrom("one", "two", "three", "Engineering", "entra-katherine", "okta-ada", "x");
  const own = fc.nat(9).map((n) => `{tenant}-person${n}@{tenant}.example`);
  const name = strangers.length === 0 ? own : fc.oneof({ weight: 9, arbitrary: own }, { weight: 1, arbitrary: fc.constantFrom(...strangers) });
  const references = fc.array(reference, { maxLength: 3 }).map((all) => all.map((value) => ({ value })));
  const rarely = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined, freq: 2 });
  const mails = fc.array(fc.record({ value: word, type: fc.constantFrom("work", "home") }), { maxLength: 2 });
  const words = fc.array(fc.record({ value: word }), { maxLength: 2 });

  const userBody = fc.record({
    schemas: fc.constant([coreUser]), userName: name, externalId: rarely(word), title: rarely(word), displayName: rarely(word), nickName: rarely(word), active: rarely(fc.boolean()),
    name: rarely(fc.record({ givenName: word, familyName: word })), emails: rarely(mails), phoneNumbers: rarely(words), entitlements: rarely(words),
    groups: rarely(references), id: rarely(reference), [enterprise]: rarely(fc.record({ manager: reference.map((value) => ({ value })), department: word, costCenter: word })),
  });
  const groupBody = fc.record({ schemas: fc.constant([coreGroup]), displayName: word, externalId: rarely(word), members: rarely(references), id: rarely(reference) });
  const message = (...operations: readonly fc.Arbitrary<object>[]): fc.Arbitrary<object> => fc.array(fc.oneof(...operations), { minLength: 1, maxLength: 3 }).map((Operations) => ({ schemas: [patchOp], Operations }));
  const op = fc.constantFrom("add", "replace");
  const userPatch = message(
    fc.record({ op, path: fc.constantFrom("title", "displayName", "nickName", "externalId", `${enterprise}:department`, `${enterprise}:costCenter`, "name.familyName"), value: word }),
    fc.record({ op, path: fc.constant(`${enterprise}:manager`), value: reference.map((value) => ({ value })) }),
    fc.record({ op, path: fc.constant("userName"), value: name }),
    fc.record({ op, path: fc.constantFrom("emails", "phoneNumbers", "entitlements", "roles"), value: words }),
    fc.record({ op, path: fc.constant('emails[type eq "work"].value'), value: own }),
    fc.record({ op, value: fc.record({ active: fc.boolean(), id: reference }) }),
    fc.record({ op: fc.constant("remove"), path: fc.constantFrom("emails", "title", 'emails[value co "o"]', `${enterprise}:manager`) }),
  );
  const groupPatch = message(
    fc.record({ op, path: fc.constant("members"), value: references }),
    fc.record({ op: fc.constant("remove"), path: reference.map((id) => `members[value eq "${id}"]`) }),
    fc.record({ op: fc.constant("remove"), path: fc.constant("members"), value: references }),
    fc.record({ op, value: fc.record({ displayName: word, id: reference }) }),
    fc.record({ op, path: fc.constantFrom("externalId", "displayName"), value: word }),
  );
  const filter = (type: "Users" | "Groups"): fc.Arbitrary<string> => {
    const leaf = (path: string): fc.Arbitrary<string> => fc.tuple(fc.constantFrom("eq", "ne"), reference).map(([operator, id]) => `${path} ${operator} "${id}"`);
    const text = fc.tuple(fc.constantFrom("co", "sw", "ne", "eq"), fc.constantFrom("glob", "entra", "Engineering", "o", "katherine", "Katherine.Johnson@Globex.example", "+1 757 555 0106"));
    const paths = type === "Users" ? ["userName", "externalId", "emails.value", "phoneNumbers.value", "groups.display", "title", "name.familyName", "displayName", "nickName", `${enterprise}:department`] : ["displayName", "externalId"];
    const keys = type === "Users" ? ["id", "groups.value", "groups", "manager", `${enterprise}:manager.value`] : ["id", "members", "members.value"];
    const bracketed = reference.map((id) => (type === "Groups" ? `members[value eq "${id}"]` : `groups[value eq "${id}" or display co "e"]`));
    const one = fc.oneof(...keys.map(leaf), bracketed, fc.tuple(fc.constantFrom(...paths), text).map(([path, [operator, value]]) => `${path} ${operator} "${value}"`));
    return fc.oneof(one, one.map((each) => `not (${each})`), fc.tuple(one, fc.constantFrom("and", "or"), one).map((each) => each.join(" ")));
  };
  const list = (type: "Users" | "Groups"): fc.Arbitrary<string> =>
    fc.tuple(rarely(filter(type)), rarely(fc.constantFrom("count=2", "startIndex=3", "count=0", "attributes=id", "excludedAttributes=members"))).map(([asked, more]) => `/${type}?${asked === undefined ? "" : `filter=${asked}&`}${more ?? ""}`);
  const search = (type: "Users" | "Groups"): fc.Arbitrary<object> => filter(type).map((asked) => ({ schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], filter: asked }));

  const request = (method: string, path: fc.Arbitrary<string>, body: fc.Arbitrary<unknown> = fc.constant(undefined)): fc.Arbitrary<Omit<Command, "tenant">> => fc.record({ method: fc.constant(method), path, body });
  const at = (type: string): fc.Arbitrary<string> => target.map((id) => `/${type}/${id}`);
  return fc
    .tuple(
      fc.constantFrom<TenantName>("acme", "globex"),
      fc.oneof(
        { weight: 2, arbitrary: request("GET", fc.oneof(at("Users"), at("Groups"))) },
        { weight: 5, arbitrary: request("GET", fc.oneof(list("Users"), list("Groups"))) },
        { weight: 1, arbitrary: request("POST", fc.constantFrom("/Users/.search", "/.search"), search("Users")) },
        { weight: 1, arbitrary: request("POST", fc.constantFrom("/Groups/.search", "/.search"), search("Groups")) },
        { weight: 1, arbitrary: request("GET", list("Users").map((path) => path.replace("/Users", "/"))) },
        { weight: 2, arbitrary: request("POST", fc.constant("/Users"), userBody) },
        { weight: 2, arbitrary: request("POST", fc.constant("/Groups"), groupBody) },
        { weight: 2, arbitrary: request("PUT", at("Users"), userBody) },
        { weight: 2, arbitrary: request("PUT", at("Groups"), groupBody) },
        { weight: 5, arbitrary: request("PATCH", at("Users"), userPatch) },
        { weight: 5, arbitrary: request("PATCH", at("Groups"), groupPatch) },
        { weight: 1, arbitrary: request("DELETE", fc.oneof(at("Users"), at("Groups"))) },
      ),
    )
    .map(([tenant, each]) => ({ tenant, ...each }));
}
