/** Golden `slots-with-parts`: elements in columns of their own, with several parts, of other types and behind a relation (RFC 7643 2.4), on a real PostgreSQL. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { JsonObject } from "../../templates/generated/protocol/json.js";
import { openKind } from "./host.js";
import type { Caller, KindHost } from "./host.js";

let host: KindHost<"one" | "two">;
let one: Caller;

beforeAll(async () => {
  host = await openKind("slots-with-parts", {
    tenants: { one: "one", two: "two" },
    seed: `CREATE UNIQUE INDEX person_mail_lower ON "Person" (lower(mail))`,
    options: { rules: { mayLink: () => true } },
  });
  one = host.tenants.one;
});
afterAll(async () => {
  await host.close();
  expect(host.errors).toEqual([]);
});

const idOf = (resource: JsonObject): string => String(resource["id"]);
const work = { type: "work", primary: true };
const home = { type: "home", primary: false };
const full = {
  emails: [{ value: "ann@home.example", ...home }, { value: "Ann@work.example", display: "Ann at work", ...work }],
  phoneNumbers: [{ value: "+49", type: "mobile", primary: true }, { value: "42", type: "work", primary: false }],
  addresses: [{ locality: "Ulm", postalCode: "89073", ...home }, { streetAddress: "Ring 1", locality: "Köln", country: "DE", ...work }],
  ims: [{ value: "@ann", display: "Ann", type: "matrix", primary: true }],
};

it("keeps each part in its own column, whatever its type, and reads it back", async () => {
  const made = await one.make("/Users", { userName: "ann", ...full });
  expect(made).toMatchObject(full);
  const [row] = await host.rows(`SELECT a.*, p.spare FROM "Account" a JOIN "Person" p ON p.id = a."personId" WHERE p.mail = 'ann'`);
  expect(row).toMatchObject({ workMail: "Ann@work.example", workName: "Ann at work", desk: 42, mobile: "+49", street: "Ring 1", town: "Köln", country: "DE", homeTown: "Ulm", homeZip: 89073, chat: "@ann", spare: "ann@home.example" });
  expect(await one.make("/Users", { userName: "ben" })).not.toHaveProperty("addresses");
});

it.each<readonly [filter: string, found: readonly string[] | string]>([
  ['addresses[type eq "work" and locality eq "köln"]', ["ann"]],
  ['addresses[type eq "home" and locality eq "Köln"]', []],
  ['addresses[type eq "home" and streetAddress pr]', []],
  ['addresses.postalCode gt "89000"', ["ann"]],
  ['addresses.postalCode co "89"', "invalidFilter"],
  ['addresses.country eq "de"', ["ann"]],
  ["addresses pr", ["ann"]],
  ["not (addresses pr)", ["ben"]],
  ['not (addresses.locality eq "Ulm")', ["ben"]],
  ["addresses[primary eq true and country pr]", ["ann"]],
  ['phoneNumbers[type eq "work"].value eq "42"', ["ann"]],
  ['phoneNumbers.value eq "x"', []],
  ['emails[type eq "home" and value eq "ANN@home.example"]', ["ann"]],
  ['emails.display sw "ann"', ["ann"]],
  ['emails[type eq "home" and display pr]', []],
  ['ims[type eq "matrix" and display eq "ann"]', ["ann"]],
  ['ims[type eq "xmpp"]', []],
])("finds %s", async (filter, found) => {
  expect(await one.find("/Users", filter)).toEqual(found);
});

it("writes one part by a path, merges an element into its slot, and replaces all by a list", async () => {
  const id = idOf(await one.make("/Users", { userName: "cy", ...full }));
  const read = async (): Promise<JsonObject> => (await one.request("GET", `/Users/${id}`)).body;
  const patch = async (...operations: readonly object[]): Promise<JsonObject> => {
    const answer = await one.patch(`/Users/${id}`, ...operations);
    expect(answer.status, answer.text).toBe(200);
    return answer.body;
  };
  expect(await patch({ op: "replace", path: 'addresses[type eq "work"].locality', value: "Bonn" })).toMatchObject({ addresses: [full.addresses[0], { ...full.addresses[1], locality: "Bonn" }] });
  expect(await patch({ op: "add", path: "emails", value: [{ value: "cy@x.example", type: "work" }] })).toMatchObject({ emails: [full.emails[0], { value: "cy@x.example", ...work }] });
  const cleared = await patch({ op: "remove", path: 'addresses[type eq "home"]' }, { op: "remove", path: 'addresses[type eq "work"].country' });
  expect(cleared["addresses"]).toEqual([{ streetAddress: "Ring 1", locality: "Bonn", ...work }]);
  const untyped = await patch({ op: "replace", path: "addresses", value: [{ locality: "Jena" }] });
  expect(untyped["addresses"]).toEqual([{ locality: "Jena", ...work }]);
  expect((await patch({ op: "remove", path: "addresses" }))["addresses"]).toBeUndefined();
  expect(await host.rows(`SELECT street, town, country, "homeTown" FROM "Account" WHERE id = '${id}'`)).toEqual([{ street: null, town: "", country: null, homeTown: null }]);
  expect((await one.patch(`/Users/${id}`, { op: "replace", path: 'phoneNumbers[type eq "work"].value', value: "many" })).body["scimType"]).toBe("invalidValue");
  const put = await one.request("PUT", `/Users/${id}`, { userName: "cy", phoneNumbers: [{ value: "7", type: "work" }, { value: "9", type: "fax" }] });
  expect(put.body["phoneNumbers"]).toEqual([{ value: "7", type: "work", primary: false }]);
  expect(await read()).not.toHaveProperty("emails");
});

it("refuses an element of a type without columns where the leniency is off", async () => {
  const strict = await openKind("slots-with-parts", { tenants: { one: "one" }, seed: "", options: { rules: { mayLink: () => true }, leniencies: { slotWithoutColumn: false } } });
  const answer = await strict.tenants.one.request("POST", "/Users", { userName: "dot", addresses: [{ locality: "Rom", type: "holiday" }] });
  expect([answer.status, answer.body["scimType"]]).toEqual([400, "invalidValue"]);
  await strict.close();
});
