/** Golden `custom-extension`: a schema of the host's own with every type that SCIM has (RFC 7643 2.3, 3.3), on a real PostgreSQL. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../templates/generated/protocol/json.js";
import { openKind } from "./host.js";
import type { Answer, Caller, KindHost } from "./host.js";

const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const player = "urn:example:scim:Player";
const seat = "urn:example:scim:Seat";
const section = "urn:example:scim:Section";
const [acmeId, globexId] = ["0190a000-0000-7000-8000-00000000000a", "0190a000-0000-7000-8000-00000000000b"];
const licence = "0190a000-0000-7000-8000-0000000000ff";

let host: KindHost<"acme" | "globex">;
let acme: Caller;
let globex: Caller;
/** Has a value in each attribute; the others have none. */
let ann: string;
let ben: string;

const everything = {
  stand: 3,
  played: "9007199254740993",
  fee: 120.5,
  pitch: 442.5,
  soloist: true,
  touring: true,
  onStage: false,
  joined: "2024-03-01T10:00:00.250Z",
  portrait: "AQL/",
  licence,
  rank: "SOLO",
  level: "second",
  playing: false,
  badge: "B-7",
  site: "https://Example.com/Ann",
  scan: "3q2+7w==",
  stage: { hall: "Great Hall", row: 2 },
  prizes: ["ARD", "Echo"],
  years: [1999, 2001],
  languages: ["de", "fr"],
  gigs: [{ town: "Köln", at: "2025-05-01T18:00:00.000Z", seats: 900, poster: "AAE=" }],
};

beforeAll(async () => {
  host = await openKind("custom-extension", {
    tenants: { acme: acmeId, globex: globexId },
    seed: `CREATE UNIQUE INDEX engagement_login_lower ON "Engagement" ("orchestraId", lower(login))`,
  });
  ({ acme, globex } = host.tenants);
  ben = idOf(await acme.make("/Users", { schemas: [core], userName: "ben" }));
  ann = idOf(await acme.make("/Users", { schemas: [core, player], userName: "ann", [player]: { ...everything, mentor: { value: ben } } }));
  await globex.make("/Users", { schemas: [core, player], userName: "gus", [player]: everything });
});
afterAll(async () => {
  await host.close();
  expect(host.errors).toEqual([]);
});

const idOf = (resource: JsonObject): string => String(resource["id"]);
const ofPlayer = ({ body }: Pick<Answer, "body">): JsonObject => (body[player] ?? {}) as JsonObject;
const get = async (id: string, query = ""): Promise<Answer> => acme.request("GET", `/Users/${id}${query}`);
const find = async (filter: string): Promise<unknown> => {
  const found = await acme.find("/Users", filter);
  return typeof found === "string" ? found : [...found].sort();
};

describe("read", () => {
  it("answers every value in the form of its type, and a big integer in all its digits", async () => {
    const answer = await get(ann);
    expect(answer.body["schemas"]).toEqual([core, player]);
    const { portrait, languages, ...shown } = everything;
    expect(portrait).toBe("AQL/");
    expect(new Set(ofPlayer(answer)["languages"] as readonly string[])).toEqual(new Set(languages));
    expect({ ...ofPlayer(answer), languages: undefined }).toEqual({ ...shown, feeText: "120.5", union: "DOV", mentor: { value: ben, $ref: `https://app.example/scim/v2/Users/${ben}` } });
  });

  it("shows an attribute that is returned on request only when it is named, by URN and in any letter case", async () => {
    expect(ofPlayer(await get(ann))["portrait"]).toBeUndefined();
    expect(ofPlayer(await get(ann, `?attributes=${player.toUpperCase()}:PORTRAIT`))).toEqual({ portrait: "AQL/" });
    expect(ofPlayer(await get(ann, `?attributes=${player}:stage.row`))).toEqual({ stage: { row: 2 } });
    expect(Object.keys(ofPlayer(await get(ann, `?attributes=${player}`)))).toContain("fee");
    expect((await get(ann, `?excludedAttributes=${player}`)).body[player]).toBeUndefined();
  });

  it("answers what a resource without values has: constants, and booleans that are never absent", async () => {
    expect(ofPlayer(await get(ben))).toEqual({ soloist: false, onStage: true, playing: true, union: "DOV" });
  });

  it("lists types, traits and uniqueness in /Schemas, and the extension in /ResourceTypes", async () => {
    const { body } = await acme.request("GET", `/Schemas/${player}`);
    const attributes = new Map((body["attributes"] as readonly JsonObject[]).map((each) => [String(each["name"]), each]));
    const typed = Object.fromEntries([...attributes].map(([name, each]) => [name, each["type"]]));
    expect(typed).toMatchObject({ stand: "integer", played: "string", fee: "decimal", feeText: "string", pitch: "decimal", soloist: "boolean", joined: "dateTime", portrait: "binary", licence: "string", site: "reference", stage: "complex", languages: "string", gigs: "complex" });
    expect(attributes.get("badge")).toMatchObject({ caseExact: true, mutability: "immutable", uniqueness: "server" });
    expect(attributes.get("rank")).toMatchObject({ canonicalValues: ["SOLO", "TUTTI"] });
    expect(attributes.get("languages")).toMatchObject({ multiValued: true });
    expect(attributes.get("site")).toMatchObject({ referenceTypes: ["external"] });
    expect(attributes.get("union")).toMatchObject({ mutability: "readOnly" });
    const type = await acme.request("GET", "/ResourceTypes/User");
    expect(type.body["schemaExtensions"]).toEqual([{ schema: player, required: false }, { schema: seat, required: false }]);
  });
});

describe("filter", () => {
  const cases: readonly (readonly [filter: string, found: readonly string[] | "invalidFilter"])[] = [
    ["stand eq 3", ["ann"]],
    ["stand ne 3", ["ben"]],
    ["not (stand eq 3)", ["ben"]],
    ["stand gt 2", ["ann"]],
    ["stand le 2", []],
    ["stand lt 99999999999", ["ann"]],
    ["stand pr", ["ann"]],
    ["stand co 3", "invalidFilter"],
    ['stand eq "three"', "invalidFilter"],
    ["stand eq 3.5", "invalidFilter"],
    ['played eq "9007199254740993"', ["ann"]],
    ['played eq "9007199254740992"', []],
    ['played gt "9007199254740992"', ["ann"]],
    ['played co "900"', "invalidFilter"],
    ["fee eq 120.50", ["ann"]],
    ["fee ge 120.4999", ["ann"]],
    ["fee lt 120.5", []],
    ["fee ne 120.5", ["ben"]],
    ['feeText eq "120.5000"', ["ann"]],
    ["pitch gt 442", ["ann"]],
    ["pitch eq 442.5", ["ann"]],
    ["soloist eq true", ["ann"]],
    ["soloist ne true", ["ben"]],
    ["soloist gt true", "invalidFilter"],
    ["touring pr", ["ann"]],
    ["touring ne true", ["ben"]],
    ["touring eq false", []],
    ["onStage eq false", ["ann"]],
    ["playing eq true", ["ben"]],
    ['joined eq "2024-03-01T11:00:00.25+01:00"', ["ann"]],
    ['joined gt "2024-03-01T10:00:00Z"', ["ann"]],
    ['joined sw "2024"', "invalidFilter"],
    ['joined eq "yesterday"', "invalidFilter"],
    ['portrait eq "AQL/"', ["ann"]],
    ['portrait ne "AQL/"', ["ben"]],
    ['portrait eq "not base64!"', []],
    ['portrait sw "AQ"', "invalidFilter"],
    ['portrait gt "AQ"', "invalidFilter"],
    ["portrait pr", ["ann"]],
    [`licence eq "${licence}"`, ["ann"]],
    ['licence ne "nonsense"', ["ann", "ben"]],
    ['licence sw "0190"', "invalidFilter"],
    ['rank eq "solo"', ["ann"]],
    ['rank ne "SOLO"', ["ben"]],
    ['rank sw "t"', []],
    ['level eq "second"', ["ann"]],
    ['badge eq "B-7"', ["ann"]],
    ['badge eq "b-7"', []],
    ['site ew "/Ann"', ["ann"]],
    ['site ew "/ann"', []],
    ['scan eq "3q2+7w=="', ["ann"]],
    ['scan gt "3"', "invalidFilter"],
    ['stage.hall co "great"', ["ann"]],
    ["stage.row eq 2", ["ann"]],
    ["stage pr", ["ann"]],
    ["not (stage pr)", ["ben"]],
    ['stage[hall sw "Great" and row eq 2]', ["ann"]],
    ['stage eq "x"', "invalidFilter"],
    ['languages eq "DE"', ["ann"]],
    ['languages co "r"', ["ann"]],
    ['languages ne "de"', ["ann", "ben"]],
    ['not (languages eq "de")', ["ben"]],
    ["languages pr", ["ann"]],
    ['prizes eq "ARD"', ["ann"]],
    ['prizes eq "ard"', []],
    ['prizes co "A"', "invalidFilter"],
    ["years eq 2001", ["ann"]],
    ["years pr", ["ann"]],
    ["not (years eq 2001)", ["ben"]],
    ['gigs[town eq "Köln" and seats ge 900]', ["ann"]],
    ['gigs[town eq "Köln" and seats gt 900]', []],
    ['gigs.at gt "2025-01-01T00:00:00Z"', ["ann"]],
    ['gigs[poster eq "AAE="]', ["ann"]],
    ["not (gigs pr)", ["ben"]],
    ['union eq "dov"', ["ann", "ben"]],
    ["nothing pr", "invalidFilter"],
  ];
  it.each(cases)("%s", async (filter, found) => {
    const urn = filter.replace(/(^|\(|not \()(?!not)([a-zA-Z]+)/, (_, before: string, name: string) => `${before}${player}:${name}`);
    expect(await find(urn), urn).toEqual(found);
    // The bare name means the same where no other schema has it.
    expect(await find(filter), filter).toEqual(found);
  });

  it("knows the whole extension, in `schemas` too, and a mentor by the id", async () => {
    expect(await find(`${player} pr`)).toEqual(["ann", "ben"]);
    expect(await find(`schemas eq "${player}"`)).toEqual(["ann", "ben"]);
    expect(await find(`${player}:mentor.value eq "${ben}"`)).toEqual(["ann"]);
    expect(await find(`${player}:mentor eq "${ben}"`)).toEqual(["ann"]);
    expect(await find(`not (${player}:mentor pr)`)).toEqual(["ben"]);
  });
});

describe("write", () => {
  const made = async (userName: string, more: object = {}): Promise<string> => idOf(await acme.make("/Users", { schemas: [core, player], userName, [player]: { ...everything, badge: userName, ...more } }));
  const path = (name: string): string => `${player}:${name}`;

  it.each<readonly [name: string, value: unknown, shown: unknown]>([
    ["stand", 4, 4],
    ["stand", "5", 5],
    ["played", "-9223372036854775808", "-9223372036854775808"],
    ["fee", 0.1, 0.1],
    ["pitch", 1e21, 1e21],
    ["soloist", false, false],
    ["touring", "False", false],
    ["onStage", true, true],
    ["joined", "2020-02-29T00:00:00+02:00", "2020-02-28T22:00:00.000Z"],
    ["portrait", "3q2+7w", "3q2+7w=="],
    ["licence", "0190a000-0000-7000-8000-0000000000fe", "0190a000-0000-7000-8000-0000000000fe"],
    ["rank", "tutti", "TUTTI"],
    ["level", "FIRST", "first"],
    ["playing", true, true],
    ["site", "urn:x:1", "urn:x:1"],
    ["scan", "AAAA", "AAAA"],
    ["stage", { row: 9 }, { hall: "Great Hall", row: 9 }],
    ["stage.hall", "Foyer", { hall: "Foyer", row: 2 }],
    ["languages", ["en"], ["en"]],
    ["prizes", ["Opus"], ["Opus"]],
    ["years", [7], [7]],
    ["gigs", [{ town: "Ulm", seats: 1 }], [{ town: "Ulm", seats: 1 }]],
  ])("PATCH replace %s with %j, twice: the second changes nothing", async (name, value, shown) => {
    const id = await made(`patch-${name}-${JSON.stringify(value)}`);
    const [top = ""] = name.split(".");
    for (const status of [200, 200]) {
      const answer = await acme.patch(`/Users/${id}?attributes=${path(top)}`, { op: "replace", path: path(name), value });
      expect(answer.status, answer.text).toBe(status);
      expect(ofPlayer(answer)[top]).toEqual(shown);
    }
  });

  it("takes PATCH without a path: an object under the URN, and keys that are paths", async () => {
    const id = await made("pathless");
    const whole = await acme.patch(`/Users/${id}`, { op: "add", value: { [player]: { stand: 8, stage: { row: 1 } } } });
    expect(ofPlayer(whole)).toMatchObject({ stand: 8, stage: { hall: "Great Hall", row: 1 }, fee: 120.5 });
    const keys = await acme.patch(`/Users/${id}`, { op: "Replace", value: { [path("stand")]: 9, [path("stage.hall")]: "Attic" } });
    expect(ofPlayer(keys)).toMatchObject({ stand: 9, stage: { hall: "Attic", row: 1 } });
  });

  it.each<readonly [name: string, value: unknown]>([
    ["stand", 1.5],
    ["stand", 3e9],
    ["stand", true],
    ["played", 12],
    ["played", "12.5"],
    ["played", "9223372036854775808"],
    ["fee", "much"],
    ["fee", 1e12],
    ["soloist", 1],
    ["joined", "yesterday"],
    ["portrait", "&&&"],
    ["licence", "0190"],
    ["rank", "CHIEF"],
    ["level", "third"],
    ["scan", "no base64"],
    ["stage", "Great Hall"],
    ["stage", { row: "front" }],
    ["languages", [1]],
    ["years", ["long ago"]],
    ["years", [3e9]],
    ["gigs", [{ seats: "many" }]],
    ["gigs", [{ at: "soon" }]],
    ["mentor", { value: "0190a000-0000-7000-8000-0000000000dd" }],
  ])("refuses %s: %j, in POST, PUT and PATCH", async (name, value) => {
    const id = await made(`wrong-${name}-${JSON.stringify(value)}`);
    const body = { schemas: [core, player], userName: `bad-${name}`, [player]: { [name]: value } };
    const answers = [await acme.request("POST", "/Users", body), await acme.request("PUT", `/Users/${id}`, body), await acme.patch(`/Users/${id}`, { op: "replace", path: path(name), value })];
    for (const { status, body: error, text } of answers) expect([status, error["scimType"]], text).toEqual([400, "invalidValue"]);
  });

  it("clears by remove, null, empty and by a PUT without it; what cannot be empty becomes its default", async () => {
    const id = await made("clears");
    for (const name of ["stand", "played", "fee", "touring", "joined", "licence", "rank", "stage", "languages", "prizes", "years", "gigs"]) {
      const answer = await acme.patch(`/Users/${id}?attributes=${path(name)}`, { op: "remove", path: path(name) });
      expect(answer.status, answer.text).toBe(200);
      expect(ofPlayer(answer)[name], name).toBeUndefined();
    }
    for (const [name, value] of [["pitch", null], ["site", ""], ["scan", ""], ["portrait", null]] as const) {
      const answer = await acme.patch(`/Users/${id}?attributes=${path(name)}`, { op: "replace", path: path(name), value });
      expect(ofPlayer(answer)[name], name).toBeUndefined();
    }
    const booleans = await acme.patch(`/Users/${id}`, { op: "remove", path: path("soloist") }, { op: "replace", path: path("onStage"), value: null }, { op: "remove", path: path("playing") });
    expect(ofPlayer(booleans)).toMatchObject({ soloist: false, onStage: true, playing: true });
    const other = await made("replaced");
    const put = await acme.request("PUT", `/Users/${other}`, { schemas: [core], userName: "replaced" });
    expect(put.status, put.text).toBe(200);
    expect(ofPlayer(put)).toEqual({ badge: "replaced", soloist: false, onStage: true, playing: true, union: "DOV" });
    expect(await host.rows(`SELECT count(*)::int AS left FROM "Gig" WHERE "engagementId" = '${other}'`)).toEqual([{ left: 0 }]);
  });

  it("keeps an immutable value, refuses another, and answers 409 for a badge that is taken in the tenant alone", async () => {
    const id = await made("keeps");
    expect((await acme.patch(`/Users/${id}`, { op: "replace", path: path("badge"), value: "keeps" })).status).toBe(200);
    expect((await acme.patch(`/Users/${id}`, { op: "replace", path: path("badge"), value: "other" })).body["scimType"]).toBe("mutability");
    const taken = await acme.request("POST", "/Users", { schemas: [core, player], userName: "second", [player]: { badge: "keeps" } });
    expect([taken.status, taken.body["scimType"]]).toEqual([409, "uniqueness"]);
    await globex.make("/Users", { schemas: [core, player], userName: "second", [player]: { badge: "keeps" } });
  });

  it("passes over what is read-only in a body and refuses it as the target of a PATCH", async () => {
    const id = await made("fixed", { union: "none", feeText: "1" });
    expect(ofPlayer(await get(id))).toMatchObject({ union: "DOV", feeText: "120.5" });
    expect((await acme.patch(`/Users/${id}`, { op: "replace", path: path("union"), value: "none" })).body["scimType"]).toBe("mutability");
  });

  it("takes elements away by a filter in the path, and values of a simple list by `value` (erratum 7122)", async () => {
    const id = await made("elements", { gigs: [{ town: "Ulm", seats: 1 }, { town: "Jena", seats: 2 }] });
    const gigs = await acme.patch(`/Users/${id}`, { op: "remove", path: `${path("gigs")}[town eq "ulm"]` }, { op: "replace", path: `${path("gigs")}[town eq "Jena"].seats`, value: 20 });
    expect(ofPlayer(gigs)["gigs"]).toEqual([{ town: "Jena", seats: 20 }]);
    const languages = await acme.patch(`/Users/${id}`, { op: "remove", path: `${path("languages")}[value eq "de"]` }, { op: "add", path: path("languages"), value: ["it", "fr"] });
    expect(new Set(ofPlayer(languages)["languages"] as readonly string[])).toEqual(new Set(["fr", "it"]));
  });

  it("does not remove an extension as a whole that holds a value which cannot change", async () => {
    const fixed = await acme.patch(`/Users/${await made("whole")}`, { op: "remove", path: player });
    expect([fixed.status, fixed.body["scimType"]]).toEqual([400, "mutability"]);
  });
});

describe("tenants", () => {
  it("shows no other tenant's values by any filter, and takes no mentor from there", async () => {
    const [gus] = (await globex.request("GET", `/Users?filter=${encodeURIComponent('userName eq "gus"')}`)).body["Resources"] as readonly JsonObject[];
    expect(await acme.find("/Users", `${player}:licence eq "${licence}" and userName eq "gus"`)).toEqual([]);
    const answer = await acme.patch(`/Users/${ann}`, { op: "replace", path: `${player}:mentor`, value: { value: String(gus?.["id"]) } });
    expect([answer.status, answer.body["scimType"]]).toEqual([400, "invalidValue"]);
  });
});

describe("an extension that may be missing", () => {
  it("must have what it requires only where it is, and goes as a whole (RFC 7643 6)", async () => {
    const half = { schemas: [core, seat], userName: "seated", [seat]: { hall: "Foyer" } };
    expect((await acme.request("POST", "/Users", half)).body["scimType"]).toBe("invalidValue");
    const made = await acme.make("/Users", { ...half, [seat]: { hall: "Foyer", number: "7" } });
    const id = idOf(made);
    expect([made["schemas"], made[seat]]).toEqual([[core, player, seat], { hall: "Foyer", number: "7" }]);
    expect((await acme.request("PUT", `/Users/${id}`, half)).body["scimType"]).toBe("invalidValue");
    expect((await acme.patch(`/Users/${id}`, { op: "remove", path: `${seat}:number` })).body["scimType"]).toBe("mutability");
    const without = await acme.patch(`/Users/${id}`, { op: "remove", path: seat });
    expect([without.body["schemas"], without.body[seat]]).toEqual([[core, player], undefined]);
    expect(await find(`${seat} pr`)).toEqual([]);
    const back = await acme.request("PUT", `/Users/${id}`, { ...half, [seat]: { number: "8" } });
    expect(back.body[seat]).toEqual({ number: "8" });
    expect((await acme.request("PUT", `/Users/${id}`, { schemas: [core], userName: "seated" })).body[seat]).toBeUndefined();
  });
});

describe("a required extension", () => {
  it("must be there with what it requires, and stays", async () => {
    const group = "urn:ietf:params:scim:schemas:core:2.0:Group";
    expect((await acme.request("POST", "/Groups", { schemas: [group], displayName: "Brass" })).body["scimType"]).toBe("invalidValue");
    expect((await acme.request("POST", "/Groups", { schemas: [group, section], displayName: "Brass", [section]: {} })).body["scimType"]).toBe("invalidValue");
    const made = await acme.make("/Groups", { schemas: [group, section], displayName: "Brass", [section]: { sign: "BR" } });
    expect(made[section]).toEqual({ sign: "BR" });
    expect((await acme.patch(`/Groups/${idOf(made)}`, { op: "remove", path: section })).body["scimType"]).toBe("mutability");
    expect(await acme.find("/Groups", `${section}:sign eq "br"`, "displayName")).toEqual(["Brass"]);
  });
});
